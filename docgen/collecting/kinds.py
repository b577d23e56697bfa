"""Which kind of documents was given: what the PDFs of ours carry says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from docgen.carried import carried
from docgen.errors import InputError

from .gathering import gather
from .records import Unread

DEFAULT = "biweekly"
_ENOUGH = 5


def kind_of(files: Sequence[Path]) -> str:
    """The kind that most of the first few PDFs of ours carry; that of biweekly reports where none does."""
    kinds: Counter[str] = Counter()
    unread: list[Unread] = []
    for given in gather(files, unread):
        if not given.data.startswith(b"%PDF"):
            continue
        try:
            data = carried(given.data)
        except InputError:
            continue  # told when it is collected
        if data is not None:
            kinds[data["kind"]] += 1
            if sum(kinds.values()) >= _ENOUGH:
                break
    return kinds.most_common(1)[0][0] if kinds else DEFAULT
