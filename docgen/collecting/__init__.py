"""Returned files of all schools, in whatever shape, into one workbook: `docgen collect`."""

from .job import Collected, Job
from .work import COLLECTORS, collect

__all__ = ["COLLECTORS", "Collected", "Job", "collect"]
