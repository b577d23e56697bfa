"""Blank forms of other offices ↔ data: places found and filled without tags, values read back."""
