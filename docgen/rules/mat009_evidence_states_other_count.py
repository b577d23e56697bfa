"""## 查什么
佐证材料里的文字（PDF、Office 文件）在场地、设备名称后面写的数量（“工位 25 个”“数量：40”“40台”），与“场地”“设备”工作表填的是否一样。

只列出两个数，由您判断：材料可能是早年的、分批采购的，或只说其中一部分。扫描件和照片没有文字，写明没有核查。

## 为什么
指南二（二）2（5）第二条：佐证材料要与申报信息一一对应。填 50 个工位，材料里只有 25 个，审核人会问。

## 例子

有说明：`A01/场地/实训室说明.pdf` 写着“网店运营实训室：面积 120 平方米，工位 25 个。”，“场地”工作表填的是 40。

没有说明：两个数一样，或者材料没有写数量。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Equipment, EvidenceItem, EvidenceKind, Venue
from docgen.model.text import fold

from .base import Answer, Fail, Rule
from .evidence_texts import Page, nothing_to_compare, page_source, readings, unread
from .words import concerned

Row = Venue | Equipment

_MOST_PLACES = 50
_FAR = 60
"""A number belongs to a name if it stands within that many characters behind it, before the next name."""
_NUMBER = r"(?<![\d.])(\d{1,4})(?![\d.])"
_SEATS = (
    re.compile(rf"(?:工位|座位|机位|席位|考位)(?:数量?|总数)?(?:\(个\))?[:为有共约]*{_NUMBER}"),
    re.compile(rf"{_NUMBER}个?(?:工位|座位|机位|席位|考位)"),
    re.compile(r"(?<![\d.])(\d{2,4})座(?![\d楼号机])"),
)
_PIECES = (
    re.compile(rf"数量(?:\(台?套?\))?[:为]?{_NUMBER}"),
    re.compile(rf"{_NUMBER}(?:台套|台\(套\)|台/套|台|套|辆)(?![式型账])"),
)


def evidence_states_other_count(case: Case) -> Iterator[Answer]:
    """Fails texts that state another number of seats or pieces than the row; it is the user's to judge which holds."""
    items = [item for item in case.evidence if item.kind in (EvidenceKind.VENUE, EvidenceKind.EQUIPMENT)]
    yield from nothing_to_compare(items, "场地、设备佐证材料")
    rows: list[Row] = [*case.venues, *case.equipment]
    names = {fold(row.name) for row in rows if row.name}
    for reading in readings(items):
        for page in reading.pages:
            for same in _by_name(rows, reading.item):
                yield from _compared(case, reading.item, page, same, names)
    yield from unread(items)


def _by_name(rows: Iterable[Row], item: EvidenceItem) -> list[list[Row]]:
    """The rows that the item may speak of, those of one name together."""
    grouped: dict[tuple[type[Row], str], list[Row]] = {}
    for row in rows:
        shared = item.scope.everywhere or row.scope.everywhere or set(item.scope.numbers) & set(row.scope.numbers)
        if row.name and shared:
            grouped.setdefault((type(row), fold(row.name)), []).append(row)
    return list(grouped.values())


def _compared(case: Case, item: EvidenceItem, page: Page, rows: Sequence[Row], names: set[str]) -> Iterator[Fail]:
    """The finding on one name on one page, if the numbers behind it are all others than those of its rows."""
    first = rows[0]
    own = [row.seats if isinstance(row, Venue) else row.count for row in rows]
    listed = [number for number in own if number is not None]
    specifications = "".join(fold(row.specification) for row in rows if isinstance(row, Equipment))
    patterns = _SEATS if isinstance(first, Venue) else _PIECES
    stated = [
        int(match[1])
        for text in islice(_behind(page, fold(first.name), names), _MOST_PLACES)
        for pattern in patterns
        for match in pattern.finditer(text)
        if match[0] not in specifications
    ]
    if not stated or len(listed) < len(own) or {*listed, sum(listed)} & set(stated):
        return
    what, sheet, unit = ("工位", "场地", "个") if isinstance(first, Venue) else ("数量", "设备", "")
    numbers = "、".join(str(number) for number in dict.fromkeys(stated))
    filled = "、".join(str(number) for number in dict.fromkeys(listed))
    place = first.origin.at("seats" if isinstance(first, Venue) else "count").cell
    message = (
        f"“{item.path}”第{page.number}页，“{first.name}”后面写的{what}是 {numbers}{unit and ' ' + unit}，"
        f"“{sheet}”工作表（{place}）填的是 {filled}{unit and ' ' + unit}。"
    )
    for application in concerned(case, item.scope):
        yield Fail(message, page_source(case, item, page.number), application=application)


def _behind(page: Page, name: str, names: set[str]) -> Iterator[str]:
    """What follows the name each time it stands there by itself, up to the next name, at most _FAR characters."""
    longer = [other for other in names if name in other and other != name]
    at = page.tight.find(name)
    while at >= 0:
        end = at + len(name)
        if not any(page.tight.startswith(other, at - other.find(name)) for other in longer):
            text = page.tight[end : end + _FAR]
            stops = [place for other in names if (place := text.find(other)) >= 0]
            yield text[: min(stops, default=len(text))]
        at = page.tight.find(name, end)


RULE = Rule(
    id="MAT009",
    title="佐证材料写的数量与填报一致",
    level=Severity.INFO,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="看哪一个数是对的：填错的改正；材料只说了一部分或已经过时的，补上新的材料，或不改。",
    check_school=evidence_states_other_count,
)
