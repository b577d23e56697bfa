"""Merges files outside any dossier into one verified PDF (`docgen merge`)."""

from .records import LeftOut, Merged, MergedItem, Remark
from .work import merge

__all__ = ["LeftOut", "Merged", "MergedItem", "Remark", "merge"]
