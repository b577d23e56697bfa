"""A school's workbook → a copy with its faulty cells coloured and commented, and a sheet that leads to each.

The copy is changed part by part, so that drop-downs, formats, charts and pictures stay as they were. A cell's colour is
a conditional format laid over it, so that its own format is not touched; marking a marked copy again takes the earlier
marks out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from docgen.errors import InputError
from docgen.findings import Evaluation, Finding, FindingKind
from docgen.model.schema import RESULT_SHEET
from docgen.tools.spreadsheetml import SHEET_ORDER, put_in_order, q

from ..excel.package import read_members
from ..report_view import Checked, headings_of, line_of, make_view
from .comments import Comments
from .parts import Parts, new_root
from .results import Row, write_results
from .styles import LEVEL_COLOURS, Styles

_ALWAYS = 'N("docgen核查")=0'
"""A condition that always holds, and tells our colours from the user's own."""

_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_MOST_WORDS = 1_500
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked workbook. `cells` counts the marked cells; `unplaced` the findings that belong to no cell of it."""

    data: bytes
    cells: int
    unplaced: int


def mark_workbook(path: Path, case: Checked, evaluation: Evaluation) -> Marked:
    """The workbook at `path`, marked with what checking found. The same input gives the same bytes.

    Raises InputError where it is not an .xlsx (an old .xls, .ods, .csv; one with macros) or cannot be read.
    """
    members = read_members(path, "工作簿")
    parts = Parts(members)
    try:
        return _marked(parts, case, evaluation)
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise InputError(
            f"工作簿“{path.name}”的内部结构有损坏，不能标注。", "用 Excel 或 WPS 打开它，另存为 .xlsx 后再试。"
        ) from error


def cells_of(finding: Finding) -> tuple[str, ...]:
    """The cells that a finding names, one by one."""
    return tuple(_CELL.findall(finding.source.cell))


def _marked(parts: Parts, case: Checked, evaluation: Evaluation) -> Marked:
    book = parts.linked("", "officeDocument")
    styles = Styles(_styles(parts, book))
    found: dict[str, dict[str, list[Finding]]] = {}
    told = [finding for finding in evaluation.findings if finding.kind is FindingKind.FAIL]
    for finding in told:
        for place in (finding.source, *finding.also):
            if place.file == case.settings.workbook and place.sheet:
                for cell in _CELL.findall(place.cell):
                    found.setdefault(place.sheet, {}).setdefault(cell, []).append(finding)
    present = {title for title, _, _ in parts.sheets()}
    for number, (title, part, _) in enumerate(list(parts.sheets()), 1):
        if title != RESULT_SHEET:
            _mark_sheet(Comments(parts, part, number), styles, found.get(title, {}))
    headings = headings_of(case)
    rows = []
    unknown = [finding for finding in evaluation.findings if finding.kind is FindingKind.NOT_EVALUATED]
    for finding in (*sorted(told, key=_gravest_first), *unknown):
        line = line_of(finding, evaluation)
        heading = headings.get(finding.application, finding.application)
        cells = cells_of(finding) if finding.source.file == case.settings.workbook else ()
        target = (finding.source.sheet, cells[0]) if cells and finding.source.sheet in present else None
        rows.append(Row(line, heading, target))
    write_results(parts, styles, make_view(case, evaluation), rows)
    marked = {sheet: cells for sheet, cells in found.items() if sheet in present}
    placed = {id(finding) for cells in marked.values() for findings in cells.values() for finding in findings}
    return Marked(parts.saved(), sum(map(len, marked.values())), sum(id(finding) not in placed for finding in told))


def _gravest_first(finding: Finding) -> tuple[object, ...]:
    return (bool(finding.waived), finding.level.rank, finding.order)


def _styles(parts: Parts, book: str) -> etree._Element:
    name = parts.linked(book, "styles")
    if name:
        return parts.tree(name)
    root = new_root("styleSheet")
    parts.add("xl/styles.xml", root, _STYLES_TYPE)
    parts.link(book, "xl/styles.xml", "styles")
    return root


def _mark_sheet(comments: Comments, styles: Styles, found: dict[str, list[Finding]]) -> None:
    """Take earlier marks out of a sheet and put the new ones in."""
    root = comments.parts.tree(comments.sheet)
    for block in list(root.findall(q("conditionalFormatting"))):
        if any(formula.text == _ALWAYS for formula in block.iter(q("formula"))):
            root.remove(block)
    comments.clear()
    if not found:
        return
    levels: dict[str, list[str]] = {}
    for cell, findings in found.items():
        open_ = [finding for finding in findings if not finding.waived] or findings
        gravest = min(open_, key=lambda finding: finding.level.rank)
        levels.setdefault(gravest.level.value, []).append(cell)
    priority = max((int(rule.get("priority", "0")) for rule in root.iter(q("cfRule"))), default=0)
    for level, colour in LEVEL_COLOURS.items():
        if level in levels:
            priority += 1
            block = etree.Element(q("conditionalFormatting"), sqref=" ".join(levels[level]))
            rule = etree.SubElement(block, q("cfRule"), type="expression")
            rule.set("dxfId", str(styles.fill_dxf(colour)))
            rule.set("priority", str(priority))
            etree.SubElement(rule, q("formula")).text = _ALWAYS
            put_in_order(root, block, SHEET_ORDER)
    comments.write({cell: _words(findings) for cell, findings in found.items()})


def _words(findings: Iterable[Finding]) -> str:
    """What a comment says of its cell: each finding with its advice, the gravest first."""
    said = []
    for finding in sorted(findings, key=_gravest_first):
        label = "豁免" if finding.waived else finding.level.label
        advice = f"\n怎么办：{finding.hint}" if finding.hint and not finding.waived else ""
        said.append(f"{label} {finding.rule}：{finding.message}{advice}")
    text = "\n".join(dict.fromkeys(said))
    return text if len(text) <= _MOST_WORDS else text[:_MOST_WORDS] + "…（其余见工作表“核查结果”）"
