"""The check report for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Evaluation

from .report_view import Checked, Line, ReportView, make_view

_RESET = "\x1b[0m"
_STYLES = {"错误": "\x1b[1;31m", "提醒": "\x1b[33m", "说明": "\x1b[36m", "豁免": "\x1b[2m", "未能核查": "\x1b[2m"}
_HEADING, _QUIET, _GOOD = "\x1b[1m", "\x1b[2m", "\x1b[1;32m"
_INDENT = " " * 7


def render_text_report(case: Checked, evaluation: Evaluation, *, colour: bool = False) -> str:
    """The report as lines of text ending in a newline; `colour` adds the terminal's colours."""
    view = make_view(case, evaluation)
    lines = list(_lines(view))
    text = "\n".join(words for _, words in lines) if not colour else "\n".join(_paint(*line) for line in lines)
    return text + "\n"


def _paint(style: str, words: str) -> str:
    """A line in its style; only the label of a finding is coloured, what follows stays easy to read."""
    if not style:
        return words
    if style in (_HEADING, _QUIET, _GOOD):
        return f"{style}{words}{_RESET}"
    label, _, rest = words.lstrip().partition("　")
    return f"  {style}{label}{_RESET}　{rest}"


def _lines(view: ReportView) -> Iterator[tuple[str, str]]:
    """(style, words) of each line."""
    yield _HEADING, f"核查结果　{view.school}{'　' + view.year if view.year else ''}"
    yield "", ""
    for group in view.groups:
        yield _HEADING, group.heading
        for line, after in zip(group.lines, (*group.lines[1:], None), strict=True):
            yield from _finding(line, advise=after is None or (after.rule, after.hint) != (line.rule, line.hint))
        yield "", ""
    if view.unknown:
        yield _HEADING, "未能核查（不等于通过，请自行核对）"
        for line in view.unknown:
            where = f"{line.application}　" if line.application else ""
            yield _STYLES[line.level], f"  {line.rule}　{where}{line.message}{_bracketed(line.place)}"
        yield "", ""
    yield "", f"核查了 {view.applications} 项{view.unit}，{view.rules} 条规则中 {view.passed} 条通过。"
    yield "" if view.errors else _GOOD, view.verdict


def _finding(line: Line, *, advise: bool) -> Iterator[tuple[str, str]]:
    """One finding; equal advice for several in a row is given once, after the last of them."""
    yield _STYLES[line.level], f"  {line.level} {line.rule}　{line.message}"
    if line.place:
        yield _QUIET, f"{_INDENT}位置：{line.place}"
    if line.waived:
        yield _QUIET, f"{_INDENT}豁免理由：{line.waived}"
    elif line.hint and advise:
        clause = f"（指南{line.clause}）" if line.clause else ""
        yield "", f"{_INDENT}怎么办：{line.hint}{clause}"


def _bracketed(place: str) -> str:
    return f"（{place}）" if place else ""
