"""`docgen rules`: every rule by its family, or one rule's page."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click
from rapidfuzz import process
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from docgen import pipeline
from docgen.errors import UsageError
from docgen.findings import FindingType, Severity

FAMILIES = {
    "DAT": "读取数据",
    "SCH": "院校信息",
    "CRT": "证书与等级",
    "MAJ": "试点专业",
    "NUM": "人数",
    "TEA": "教师",
    "VEN": "场地",
    "EQP": "设备",
    "EVI": "佐证材料",
    "MAT": "相互匹配",
    "ROW": "必填的格子",
    "TXT": "文字",
    "APR": "审核与负责人",
    "NOT": "评审结果和通知",
    "WVR": "豁免",
    "ASM": "合并佐证材料",
    "FNT": "字体",
    "BIW": "双周报",
    "FRM": "填表",
}
"""The first letters of an id, in the order in which the families are listed; unknown ones come last."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


@click.command("rules")
@click.argument("rule", metavar="[编号]", required=False)
def command(rule: str | None) -> None:
    """列出全部核查规则；给出编号时，说明这条规则查什么、为什么、怎样才通过。

    例如：docgen rules EVI003
    """
    types = pipeline.finding_types()
    console = Console(soft_wrap=False, highlight=False)
    if not console.is_terminal:
        console.width = 100
    if rule is None:
        _list(console, types)
    else:
        _show(console, _find(types, rule))


def _find(types: Sequence[FindingType], written: str) -> FindingType:
    """The rule of an id, however it is spelled. Raises UsageError with the nearest ids."""
    key = re.sub(r"[\s_-]", "", written).upper()
    by_id = {kind.id: kind for kind in types}
    if key in by_id:
        return by_id[key]
    near = [name for name, _, _ in process.extract(key, list(by_id), limit=3, score_cutoff=60)]
    hint = f"是不是 {'、'.join(near)}？" if near else ""
    raise UsageError(f"没有编号为“{written}”的规则。", f"{hint}用 docgen rules 列出全部规则。")


def _list(console: Console, types: Sequence[FindingType]) -> None:
    families: dict[str, list[FindingType]] = {family: [] for family in FAMILIES}
    for kind in types:
        families.setdefault(kind.id[:3], []).append(kind)
    for family, members in families.items():
        if not members:
            continue
        console.print(Text(f"{FAMILIES.get(family, family)}（{family}）", style="bold"))
        table = Table(box=None, show_header=False, pad_edge=True, padding=(0, 2, 0, 2))
        for width in (6, 4, 44, None):
            table.add_column(min_width=width, no_wrap=width in (6, 4))
        for kind in members:
            clause = f"指南{kind.clause}" if kind.clause else ""
            table.add_row(kind.id, Text(kind.level.label, style=_COLOURS[kind.level]), kind.title, clause)
        console.print(table)
        console.print()
    console.print(f"共 {len(types)} 条。docgen rules 编号 查看其中一条的说明。")


def _show(console: Console, kind: FindingType) -> None:
    """A rule's page: set for reading on a terminal, as Markdown elsewhere."""
    page = kind.doc.strip()
    clause = f"　指南{kind.clause}" if kind.clause else ""
    if console.is_terminal:
        console.print(Text(f"{kind.id}　{kind.title}", style="bold"))
        console.print(Text(kind.level.label, style=_COLOURS[kind.level]).append(clause, style="dim"))
        console.print()
        console.print(Markdown(page))
    else:
        click.echo(f"# {kind.id} {kind.title}\n\n级别：{kind.level.label}{clause}\n\n{page}")
