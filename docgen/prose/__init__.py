"""Proofreading Chinese prose offline: slips of the pen, of punctuation, of numbers, and names that are nearly right."""

from .names import NameList, near_names
from .proofreading import marked, proofread
from .slip import Slip, SlipKind

__all__ = ["NameList", "Slip", "SlipKind", "marked", "near_names", "proofread"]
