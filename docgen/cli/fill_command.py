"""docgen fill: other offices' blank forms, filled from a school's data."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import click

from docgen.filling import Filled, fill
from docgen.findings import Finding, Severity
from docgen.forms.maps import shown_label
from docgen.forms.results import FillResult, PlaceKind, Proposal, State

from .options import shown_progress

_COLOURS = {State.FILLED: "green", State.PROPOSED: "yellow", State.BLANK: None}
_LEVELS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: None}
_WIDEST = 40


def _as_json(filled: Filled) -> str:
    """The result for programs."""
    content: dict[str, Any] = {
        "form": str(filled.form),
        "map": str(filled.map_file) if filled.map_file else None,
        "mapKnown": filled.known,
        "forms": [
            {
                "subject": each.subject,
                "file": str(each.path) if each.path else None,
                "places": [_place(proposal) for proposal in each.result.proposals],
                "findings": [finding.as_dict() for finding in (*filled.findings, *each.result.findings)],
            }
            for each in filled.forms
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode(errors="replace").decode()


def _place(proposal: Proposal) -> dict[str, Any]:
    return {
        "at": proposal.place.at,
        "kind": proposal.place.kind.value,
        "label": shown_label(proposal.place),
        "field": proposal.field,
        "value": proposal.value,
        "rows": [list(row) for row in proposal.rows],
        "emptyColumns": list(proposal.empty_columns()),
        "score": proposal.score,
        "state": proposal.state.value,
        "why": proposal.why,
        "others": [list(other) for other in proposal.others],
    }


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _cut(text: str, most: int = _WIDEST) -> str:
    text = " ".join(text.split())
    while _width(text) > most:
        text = f"{text[:-2]}…" if text.endswith("…") else f"{text[:-1]}…"
    return text


def _padded(text: str, width: int) -> str:
    return f"{text}{' ' * max(width - _width(text), 0)}"


def _table(result: FillResult) -> None:
    """Label → field → value → score, a line a place."""
    head = ("位置", "标签", "数据", "内容", "把握", "处理")
    rows = [
        (
            _cut(each.place.at, 26),
            _cut(shown_label(each.place) or "（没有标签）", 30),
            _cut(each.field or each.title or "—", 26),
            _cut(each.value or "—", 30),
            f"{each.score:.2f}" if each.score else "—",
            f"{each.state.value}{_columns(each)}" if each.state is State.FILLED else f"{each.state.value}：{each.why}",
        )
        for each in result.proposals
    ]
    widths = [max(_width(row[column]) for row in (head, *rows)) for column in range(5)]
    for number, row in enumerate((head, *rows)):
        line = "  ".join([*(_padded(text, width) for text, width in zip(row[:5], widths, strict=True)), row[5]])
        state = result.proposals[number - 1].state if number else None
        click.secho(line, fg=_COLOURS[state] if state else None, bold=not number)


def _columns(proposal: Proposal) -> str:
    """Which columns of a filled list stay empty, for the table of the plan."""
    empty = proposal.empty_columns()
    return f"；{'、'.join(map(_cut, empty))}留空" if empty else ""


def _say(filled: Filled, *, plan: bool) -> None:
    for each in filled.forms:
        result = each.result
        counts = "，".join(f"{state.value}{len(result.of(state))}处" for state in State)
        what = "对照" if plan else "填好"
        where = str(each.path) if each.path else f"{filled.form}（{what}）"
        click.echo(f"{click.style(where, bold=True)}：{counts}")
        if plan:
            _table(result)
        elif len(filled.forms) == 1:
            _details(result)
        for finding in (*filled.findings, *result.findings):
            if len(filled.forms) == 1 or finding.level is not Severity.INFO:
                _tell(finding)
    if filled.map_file:
        words = "按对照表填的" if filled.known else "对照表写在"
        click.echo(f"{words}：{filled.map_file}（哪里不对就改它，再填一次）", err=True)


def _details(result: FillResult) -> None:
    """What was not filled and why: what waits for a person, and which data was missing."""
    for each in result.of(State.PROPOSED):
        what = f"，可能是“{each.title}”：{_cut(each.value)}" if each.value else ""
        line = f"  待定  {each.place.at}“{_cut(shown_label(each.place))}”{what}（{each.why}）"
        click.secho(line, fg="yellow")
    for each in result.of(State.BLANK):
        kind = "" if each.place.kind is not PlaceKind.TABLE else "（表格）"
        click.echo(f"  留空  {each.place.at}“{_cut(shown_label(each.place)) or '没有标签'}”{kind}（{each.why}）")
    for each in result.of(State.FILLED):
        if empty := each.empty_columns():
            columns = "、".join(f"“{_cut(header)}”" for header in empty)
            click.echo(f"  留空  {each.place.at}的列{columns}（“{each.field}”里没有对得上的数据）")


def _tell(finding: Finding) -> None:
    label = click.style(finding.level.label, fg=_LEVELS[finding.level])
    click.echo(f"  {label} {finding.rule} {finding.message}{finding.hint}", err=True)


@click.command(short_help="把别处发来的空白表格（Word、Excel、PDF）用本校数据填好")
@click.argument("form", metavar="空白表格", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--data",
    required=True,
    metavar="学校文件夹",
    type=click.Path(path_type=Path, readable=False),
    help="数据从哪里来：学校文件夹；也可以是 .json 文件，或一行填一份的 .xlsx 文件。",
)
@click.option(
    "-o",
    "--output",
    "out",
    metavar="文件或文件夹",
    type=click.Path(path_type=Path, readable=False),
    help="填好的表格放在哪里；填多份时写文件夹。",
)
@click.option(
    "--application", "applications", multiple=True, metavar="编号", help="填哪一项申报，例如 A01；可以写几次。"
)
@click.option("--each", is_flag=True, help="每项申报填一份。")
@click.option("--period", metavar="期次", help="双周报这样的进度表填哪一期：期次或起止日期，例如 5。")
@click.option("--plan", is_flag=True, help="不填，只列出每个位置打算填什么；写了 -o 就另存一份标了颜色的表格。")
@click.option(
    "--map",
    "map_file",
    metavar="文件.toml",
    type=click.Path(path_type=Path, readable=False),
    help="用这份对照表；不写时按表格自动找。",
)
@click.option("--remove-empty-rows", "remove_surplus", is_flag=True, help="表格里用不到的空行去掉；不写则留着。")
@click.option("--flatten", is_flag=True, help="PDF 表格填好后不能再改。")
@click.option("--force", is_flag=True, help="结果的文件已经有了时覆盖它。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def command(form: Path, data: Path, out: Path | None, as_json: bool, plan: bool, **wishes: Any) -> int:
    """用学校的数据填别处发来的空白表格：不需要在表格里写标签。

    认出“院校名称”“联系电话”这样的标签，把内容填在旁边或下面的空格、冒号后面、横线上；勾选 □ 和 ○；教师、场地、设备等
    多行表格逐行填，行数不够就加行。拿不准的不填，列出来等您定；签字、盖章、意见一律不填。空白表格本身不改动。

    \b
    例：
      docgen fill 申报表.docx --data 我的学校 --application A01 -o 申报表-已填.docx
      docgen fill 申报表.docx --data 我的学校 --each -o 填好的
      docgen fill 申报表.docx --data 我的学校 --plan -o 对照.docx
      docgen fill 登记表.xlsx --data 名单.xlsx -o 填好的

    填法记在对照表里，改正它再填一次就照改过的填。退出码：0 填好了；1 有错误；3 表格或数据不能用。
    """
    with shown_progress("填表") as progress:
        filled = fill(form, data, out, plan=plan, progress=progress, **wishes)
    if as_json:
        click.echo(_as_json(filled))
    else:
        _say(filled, plan=plan)
    every = [*filled.findings, *(finding for each in filled.forms for finding in each.result.findings)]
    return 1 if any(finding.blocks for finding in every) else 0
