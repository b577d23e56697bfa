"""Biweekly reports: a school's season → Word, PDF and Excel for one period, the latest due one, or all."""

from .work import Made, Reported, report

__all__ = ["Made", "Reported", "report"]
