"""## 查什么
一册佐证材料会不会超过 docgen.toml 设定的页数（max_volume_pages）或大小（max_volume_mb、max_total_mb），又不能再分册。

## 为什么
指南二（二）2（4）：上传的文件以 1–3 个为宜，同类材料放到一个文件中。材料太多时，docgen 先把图片缩小到还看得清的程度，再把一类材料分成几册；但总数不超过三册，一件材料也不会拆开。还放不下的，只能由学校取舍。

页数和大小是合并之前估计的：照片按排版后的尺寸和 min_dpi 估算，PDF 里有文字的页按原来的大小，扫描页按 min_dpi 估算。合并后的实际大小见 ASM009。

## 例子
提醒：A01 有教师、场地、设备三类材料，每册限 200 页，设备类估计有 350 页。

通过：删去设备手册中用不上的页，设备类只有 120 页；或者只有教师、场地两类材料，场地类分成了两册。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.evidence.estimates import weigh
from docgen.evidence.volumes import MEGABYTE, MOST_VOLUMES, VolumePart, parts_of
from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceItem
from docgen.model.source import Source

from .base import Answer, Fail, NotApplicable, Rule
from .evidence import place_of

_NUMERALS = "一二三"


def volume_too_full(case: Case, application: Application) -> Iterator[Answer]:
    """Fails volumes that exceed what one may hold by estimate, and applications whose volumes do together."""
    settings = case.settings.evidence
    parts = parts_of(case, application)
    if not parts:
        yield NotApplicable("没有能用的佐证材料。")
    elif not (settings.max_volume_pages or settings.max_volume_mb or settings.max_total_mb):
        yield NotApplicable("docgen.toml 没有设定每册的页数和大小。")
    for part in parts:
        for said in _excesses(case, part):
            yield Fail(f"{_title(part)}{said}；{_why(part, len(parts))}。", _heaviest(case, part))
    least = sum(part.room.least for part in parts)
    if settings.max_total_mb and least > settings.max_total_mb * MEGABYTE:
        yield Fail(
            f"各册佐证材料缩小后估计共有 {least / MEGABYTE:.0f} MB，超过设定的合计 {settings.max_total_mb} MB。",
            application.origin.at("number"),
            "拿掉不必要的材料，换成小一些的文件，或者把 docgen.toml 中的 max_total_mb 调大。",
        )


def _excesses(case: Case, part: VolumePart) -> Iterator[str]:
    settings = case.settings.evidence
    if settings.max_volume_pages and part.room.pages > settings.max_volume_pages:
        yield f"估计有 {part.room.pages} 页，超过设定的每册 {settings.max_volume_pages} 页"
    if settings.max_volume_mb and part.room.least > settings.max_volume_mb * MEGABYTE:
        yield f"缩小后估计仍有 {part.room.least / MEGABYTE:.0f} MB，超过设定的每册 {settings.max_volume_mb} MB"


def _title(part: VolumePart) -> str:
    return f"{part.kind.value}佐证材料" + (f"（{_NUMERALS[part.number - 1]}）" if part.of > 1 else "")


def _why(part: VolumePart, volumes: int) -> str:
    if len(part.items) == 1:
        return "只有一件材料，不能拆开"
    if volumes >= MOST_VOLUMES:
        return f"本项申报已有{volumes}册，不再分册"
    return "一件材料就占了大部分，分册也放不下"


def _heaviest(case: Case, part: VolumePart) -> Source:
    """Where the item is named that takes most of the volume."""

    def weight(item: EvidenceItem) -> tuple[int, int]:
        if item.file is None:
            return 0, 0
        weighed = weigh(item.file, case.settings.evidence)
        return (weighed.pages, weighed.least) if case.settings.evidence.max_volume_pages else (weighed.least, 0)

    return place_of(case, max(part.items, key=weight))


RULE = Rule(
    id="EVI030",
    title="一册佐证材料放得下",
    level=Severity.WARNING,
    clause="二（二）2（4）",
    doc=__doc__,
    hint="拿掉不必要的材料（例如手册中用不上的页），把文件换成小一些的，或者在 docgen.toml 中把 max_volume_pages、max_volume_mb 调大。",
    check_application=volume_too_full,
    by_number=True,
)
