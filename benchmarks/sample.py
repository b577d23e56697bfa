"""The sample's first application as templates see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docgen.pipeline import check
from docgen.plan.context import Checked, application_context
from docgen.render.narrative import narrate
from docgen.render.templates import find_template

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "school"


def application_fields() -> dict[str, Any]:
    """The context of the sample's first 申报书."""
    case = check(SAMPLE).case
    context = application_context(case, case.applications[0], Checked())
    context["叙述"] = narrate(find_template("application").file("narrative.toml"), context)
    return context
