"""Whether what a waiver names is there."""

from __future__ import annotations

import re

from docgen.model.settings import Waiver
from docgen.model.text import fold

from .base import WaiverUse

_ID = re.compile(r"[A-Z]{3}\d{3}")


def is_known_rule(waiver: Waiver, use: WaiverUse) -> bool:
    """Whether there is such a rule; an id of a family whose list is not known here is let pass."""
    if waiver.rule in use.known_rules:
        return True
    return bool(_ID.fullmatch(waiver.rule)) and waiver.rule[:3] not in use.families


def is_known_application(waiver: Waiver, use: WaiverUse) -> bool:
    """Whether there is such an application; none named means the whole school."""
    return not waiver.application or fold(waiver.application) in use.labels
