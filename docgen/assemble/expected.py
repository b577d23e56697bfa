"""What a finished volume must hold, noted down while it is composed, for its proof. Pages count from 0."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a link or bookmark leads: the page (None: nowhere), and there the place, as `place_of` writes it."""

    page: int | None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark: its title, where it leads, how deep it is. `owner` is the number of its piece, 0 for cover and index."""

    title: str
    landing: Landing
    depth: int
    owner: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture or drawing that a page's content draws by name: digest of its bytes ("": not compared), and its shape.

    `shape` is width and height in pixels of a picture, the box of a form.
    """

    digest: str
    shape: tuple[float, ...]
    owner: int


@dataclass(slots=True)
class PageExpected:
    """One page: its size in points, the digest of its own content stream, what that draws, what all that is made of.

    `owners` are the numbers of the pieces on it; `links` where its links lead, in order.
    """

    width: float
    height: float
    owners: tuple[int, ...] = ()
    content: str = ""
    drawings: dict[str, Drawing] = field(default_factory=dict)
    prints: frozenset[str] = frozenset()
    links: list[Landing] = field(default_factory=list)
    annotations: int = 0


@dataclass(slots=True)
class Expected:
    """A whole volume. `attachments` by name, each with the digest of the file."""

    pages: list[PageExpected] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    attachments: dict[str, str] = field(default_factory=dict)
    archival: str = ""


def place_of(destination: Iterable[object]) -> str:
    """An explicit destination's kind and numbers as text, without its page: the same by whatever library it is read."""
    _, *rest = destination
    return " ".join(_operand(value) for value in rest)


def _operand(value: object) -> str:
    if isinstance(value, int | float | Decimal):
        return f"{float(value):.2f}"
    text = "" if value is None else str(value)
    return text if text.startswith("/") else "-"
