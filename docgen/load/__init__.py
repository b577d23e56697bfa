"""Transform a workspace folder into a Case and the findings of reading it."""

from .faults import FINDING_TYPES
from .review import LoadedReview, load_review
from .settings import read_settings
from .sheets import Basics, load_basics
from .workspace import Loaded, load

__all__ = ["FINDING_TYPES", "Basics", "Loaded", "LoadedReview", "load", "load_basics", "load_review", "read_settings"]
