"""What reports that were made before said: read from the data that their PDFs carry."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import InvalidOperation
from pathlib import Path

from docgen.carried import carried
from docgen.errors import InputError
from docgen.plan.season import CARRIED_KIND, CARRIED_SCHEMA, issued_figures
from docgen.publish.manifest import Entry
from docgen.season.figures import Issued


def issued_reports(out: Path, earlier: Mapping[str, Entry]) -> tuple[Issued, ...]:
    """The finished reports that lie in OUT, by period; drafts were never handed in, so they bind nobody."""
    found: dict[int, Issued] = {}
    for path, entry in sorted(earlier.items()):
        if not path.endswith(".pdf") or entry.draft or not (out / path).is_file():
            continue
        try:
            data = carried(out / path)
        except InputError:
            continue  # the publisher tells of a finished file that someone damaged
        if data is None or data["kind"] != CARRIED_KIND or data["schema"] != CARRIED_SCHEMA or data.get("草稿"):
            continue
        try:
            number = int(data["期"]["期次"])
            figures, corrections, labels = issued_figures(data)
        except (KeyError, TypeError, ValueError, InvalidOperation):
            continue  # attached by someone else under our name: no report of ours
        found[number] = Issued(number, figures, corrections, labels)
    return tuple(found[number] for number in sorted(found))
