"""Makes everything that the secretariat sends after a review (`docgen notice`), and a school's request for return."""

from .agreement import FINDING_TYPES
from .making import check_review, notice
from .records import Noticed
from .request import request_return

__all__ = ["FINDING_TYPES", "Noticed", "check_review", "notice", "request_return"]
