"""Gives a workbook back with its faulty cells coloured and commented, and a sheet that leads to each."""

from .workbook import Marked, mark_workbook

__all__ = ["Marked", "mark_workbook"]
