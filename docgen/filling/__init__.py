"""`docgen fill` and `docgen extract`: forms of other offices filled from a school's data, and read back."""

from docgen.forms.faults import FINDING_TYPES

from .data import Subject
from .extracting import Extraction, Unread, extract
from .target import MAP_FOLDER
from .work import Filled, FilledForm, fill

__all__ = ["FINDING_TYPES", "MAP_FOLDER", "Extraction", "Filled", "FilledForm", "Subject", "Unread", "extract", "fill"]
