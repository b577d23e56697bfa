"""Every rule and its answer for one application: what was looked at, what passed, what did not apply and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.findings import Evaluation, Finding, FindingKind, Outcome, Severity
from docgen.model.case import Case

from .report_view import headings_of

_MARKS = {
    Outcome.PASS: "通过",
    Outcome.FAIL: "不通过",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.NOT_EVALUATED: "未能核查",
}
_WAIVED = "豁免"
_LEVELS = tuple(level.label for level in Severity)
_COLOURS = {"通过": "\x1b[32m", "错误": "\x1b[31m", "不适用": "\x1b[2m", "豁免": "\x1b[2m"}
_OTHER_COLOUR, _HEADING, _RESET = "\x1b[33m", "\x1b[1m", "\x1b[0m"
_INDENT = " " * 6


def explain(
    case: Case, evaluation: Evaluation, application: str, families: Mapping[str, str], *, colour: bool = False
) -> str:
    """The answers of all rules for one application (its number as the workbook spells it), grouped by family.

    A rule that looks at the whole school answers for each application: it failed here if it names this one, or the
    school as a whole. `families` maps the first letters of ids to their names, in the order in which they are listed.
    """
    lines: list[str] = []
    counts: dict[str, int] = {}
    order = {family: place for place, family in enumerate(families)}
    rules = sorted({rule for rule, _ in evaluation.answers}, key=lambda rule: (order.get(rule[:3], len(order)), rule))
    told: dict[tuple[str, str], list[Finding]] = {}
    for finding in evaluation.findings:
        told.setdefault((finding.rule, finding.application), []).append(finding)
    family = ""
    for rule in rules:
        findings = [*told.get((rule, application), ()), *told.get((rule, ""), ())]
        outcome = _outcome(evaluation, rule, application)
        if outcome is None:
            continue
        failed = [finding for finding in findings if finding.kind is FindingKind.FAIL]
        word = _word_of(failed) if failed else _MARKS[outcome]
        counts[word] = counts.get(word, 0) + 1
        if rule[:3] != family:
            family = rule[:3]
            lines += ["", _paint(families.get(family, family), _HEADING, colour)]
        kind = evaluation.types.get(rule)
        mark = _paint(word, _COLOURS.get(word, _OTHER_COLOUR), colour)
        lines.append(f"  {rule}　{mark}　{kind.title if kind else ''}".rstrip())
        lines += [f"{_INDENT}{text}" for text in dict.fromkeys(_reasons(findings, outcome))]
    heading = headings_of(case).get(application, application)
    said = "，".join(f"{word} {counts[word]} 条" for word in (*_LEVELS, *_MARKS.values(), _WAIVED) if word in counts)
    total = sum(counts.values())
    return "\n".join([_paint(heading, _HEADING, colour), *lines, "", f"共 {total} 条规则：{said}。"]) + "\n"


def _outcome(evaluation: Evaluation, rule: str, application: str) -> Outcome | None:
    """The rule's outcome for the application, by its own answer and by the school's; None if it was not asked."""
    own, school = evaluation.answers.get((rule, application)), evaluation.answers.get((rule, ""))
    if own is None or school is None:
        return own or school
    return Outcome.worst((own, school))


def _word_of(failed: list[Finding]) -> str:
    """How a failed rule is called: by the gravest of its faults that nobody answers for."""
    levels = [finding.level for finding in failed if not finding.waived]
    return min(levels, key=lambda level: level.rank).label if levels else _WAIVED


def _reasons(findings: list[Finding], outcome: Outcome) -> Iterator[str]:
    """What was said: the faults of a failure, the reason of what did not apply or could not be evaluated."""
    for finding in findings:
        if finding.kind is FindingKind.FAIL:
            place = f"（{finding.source}）" if str(finding.source) else ""
            waived = f"　豁免理由：{finding.waived}" if finding.waived else ""
            yield f"{finding.message}{place}{waived}"
        elif finding.kind is FindingKind.NOT_EVALUATED or outcome is Outcome.NOT_APPLICABLE:
            yield finding.message


def _paint(text: str, style: str, colour: bool) -> str:
    return f"{style}{text}{_RESET}" if colour else text
