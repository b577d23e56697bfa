"""Transforms evidence files into verified volumes."""

from .faults import FINDING_TYPES

__all__ = ["FINDING_TYPES"]
