"""Returned files of all schools, in whatever shape, into one workbook: `docgen collect`."""

from .work import COLLECTORS, Collected, Job, collect

__all__ = ["COLLECTORS", "Collected", "Job", "collect"]
