"""How much room a cell of a Word table has, and the size of type at which a value fits it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from docgen.findings import Finding

from ..faults import SMALLER, TOO_LONG, finding
from ..measuring import LINE, fit, lines, role_of
from ..results import PlaceKind, Proposal
from ..structure import Cell
from .xml import W, value_of

_MARGIN = 5.4  # points: Word's own on each side of a cell
_DEFAULT_SIZE = 10.5
_GROWS_TO = 2
_TWIPS = 20.0


@dataclass(slots=True)
class Measure:
    """Measures values against cells; what does not fit is noted in `findings`."""

    form: str
    styles: etree._Element | None
    findings: list[Finding] = field(default_factory=list)
    _default: tuple[float, str] | None = None

    def size_for(self, cell: Cell, proposal: Proposal, value: str = "") -> int:
        """The size in half points that a value needs in a cell; 0 where its own size does."""
        value = value or proposal.value
        room = room_of(cell)
        if not value or room <= 0:
            return 0
        size, family = self._type(cell)
        height, exact = height_of(cell)
        if proposal.place.kind is PlaceKind.TABLE and not exact:
            return 0  # rows of one list in one size; they grow with their text
        if not height:  # the row grows with its text: two lines are no fault, and long text is what it is for
            if _is_long(value):
                return 0
            height = _GROWS_TO * LINE * size
        wanted = fit(value, size, room, height, role_of(family))
        if wanted.fits and wanted.size == size:
            return 0
        at = proposal.place.at
        if wanted.fits:
            words = f"“{_short(value)}”从 {size:g} 磅缩小到 {wanted.size:g} 磅才放得下。"
            self.findings.append(finding(SMALLER, self.form, at, words))
            return round(wanted.size * 2)
        count = lines(value, size, room, role_of(family))
        fate = "放不下的看不见" if exact else "格子会变高"
        words = f"“{_short(value)}”要占{count}行，格子放不下，{fate}。"
        self.findings.append(finding(TOO_LONG, self.form, at, words, "请看一看版面，或在数据里改短。"))
        return round(wanted.size * 2) if exact else 0

    def _type(self, cell: Cell) -> tuple[float, str]:
        """The size in points and the font of what is typed into a cell."""
        size, family = self._defaults()
        paragraph = next(iter(cell.handle.iterfind(f"{W}p")), None) if cell.handle is not None else None
        candidates = []
        if paragraph is not None:
            first = paragraph.find(f"{W}r/{W}rPr")
            candidates = [first if first is not None else paragraph.find(f"{W}pPr/{W}rPr")]
            if candidates[0] is None or not len(candidates[0]):
                before = cell.handle.getprevious()
                candidates.append(before.find(f".//{W}r/{W}rPr") if before is not None else None)
        for properties in candidates:
            if properties is not None:
                half = value_of(properties.find(f"{W}sz"))
                fonts = properties.find(f"{W}rFonts")
                return (int(half) / 2 if half.isdigit() else size, value_of(fonts, "eastAsia") or family)
        return size, family

    def _defaults(self) -> tuple[float, str]:
        if self._default is None:
            size, family = _DEFAULT_SIZE, "宋体"
            if self.styles is not None:
                for path in (
                    f"{W}docDefaults/{W}rPrDefault/{W}rPr",
                    f"{W}style[@{W}default='1'][@{W}type='paragraph']/{W}rPr",
                ):
                    properties = self.styles.find(path)
                    if properties is not None:
                        half = value_of(properties.find(f"{W}sz"))
                        size = int(half) / 2 if half.isdigit() else size
                        family = value_of(properties.find(f"{W}rFonts"), "eastAsia") or family
            self._default = size, family
        return self._default


def _is_long(value: str) -> bool:
    return len(value) > 60 or "\n" in value


def room_of(cell: Cell) -> float:
    """A cell's width for text, in points; 0 where the form does not say."""
    if cell.handle is None:
        return 0.0
    width = cell.handle.find(f"{W}tcPr/{W}tcW")
    twips = value_of(width, "w")
    if width is not None and value_of(width, "type") in ("dxa", "") and twips.isdigit() and int(twips) > 0:
        return int(twips) / _TWIPS - 2 * _MARGIN
    table = next(cell.handle.iterancestors(f"{W}tbl"), None)
    columns = table.findall(f"{W}tblGrid/{W}gridCol") if table is not None else []
    wide = sum(int(value_of(each, "w") or 0) for each in columns[cell.column : cell.right + 1])
    return wide / _TWIPS - 2 * _MARGIN if wide else 0.0


def height_of(cell: Cell) -> tuple[float, bool]:
    """The height that a cell's rows are given, in points (0: as high as the text), and whether it is fixed."""
    row = next(cell.handle.iterancestors(f"{W}tr"), None)
    total, exact = 0.0, False
    for _ in range(cell.rows):
        if row is None:
            break
        height = row.find(f"{W}trPr/{W}trHeight")
        digits = value_of(height)
        total += int(digits) / _TWIPS if digits.isdigit() else 0.0
        exact = exact or value_of(height, "hRule") == "exact"
        row = row.getnext()
    return total, exact


def _short(value: str) -> str:
    value = value.replace("\n", " ")
    return value if len(value) <= 20 else f"{value[:20]}…"
