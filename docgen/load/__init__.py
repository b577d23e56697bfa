"""Transform a workspace folder into a Case and the findings of reading it."""

from .faults import FINDING_TYPES
from .settings import read_settings
from .workspace import Loaded, load

__all__ = ["FINDING_TYPES", "Loaded", "load", "read_settings"]
