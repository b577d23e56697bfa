"""What every form of the check report shows: findings grouped by application, the gravest first, and the count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.findings import Evaluation, Finding, FindingKind, Outcome
from docgen.model.case import Case
from docgen.model.review import Review, date_of
from docgen.tools.packed import PackedRows

SCHOOL_HEADING = "全校"
_TOGETHER = 4
"""Groups that are kept packed together."""
REVIEW_HEADING = "通知和各张工作表"

Checked = Case | Review
"""What a report is about: a school's applications, or the secretariat's decisions, which are grouped by school."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as it is shown. `severity` is error, warning or info; `level` its Chinese label, or 豁免, 未能核查."""

    rule: str
    title: str
    severity: str
    level: str
    message: str
    place: str
    hint: str
    clause: str
    waived: str
    application: str


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one application, or of the school (`application` "")."""

    application: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report, ready to be put into words, cells or HTML. `unknown` is what could not be evaluated."""

    school: str
    year: str
    groups: Sequence[Group]
    unknown: tuple[Line, ...]
    errors: int
    warnings: int
    infos: int
    waived: int
    rules: int
    passed: int
    applications: int
    verdict: str
    about: str = "1+X证书制度试点申报"
    unit: str = "申报"
    group: str = "申报"

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of all groups, in their order."""
        return (line for group in self.groups for line in group.lines)


def make_view(case: Checked, evaluation: Evaluation) -> ReportView:
    """The view of a report. The whole comes first, then the applications (or schools) in the order of their sheet."""
    failed = [finding for finding in evaluation.findings if finding.kind is FindingKind.FAIL]
    unknown = [finding for finding in evaluation.findings if finding.kind is FindingKind.NOT_EVALUATED]
    summary = evaluation.summary
    outcomes = evaluation.rules
    view = ReportView(
        school="",
        year="",
        groups=PackedRows(_groups(case, failed, evaluation), _TOGETHER),
        unknown=_joined([line_of(finding, evaluation) for finding in unknown]),
        errors=summary["errors"],
        warnings=summary["warnings"],
        infos=summary["infos"],
        waived=summary["waived"],
        rules=len(outcomes),
        passed=sum(outcome is Outcome.PASS for outcome in outcomes.values()),
        applications=len(case.applications),
        verdict="",
    )
    if isinstance(case, Review):
        day = date_of(case.notice.date)
        return replace(
            view,
            school=case.notice.issuer or "（未填发文机关）",
            year=f"{day.year}年度" if day else "",
            verdict=_verdict(summary, f"{view.applications} 项评审结果", "正式通知", "院校"),
            about="1+X证书制度试点评审结果",
            unit="评审结果",
            group="院校",
        )
    return replace(
        view,
        school=case.school.name or "（未填院校名称）",
        year=f"{case.school.year}年度" if case.school.year else "",
        verdict=_verdict(summary, f"{view.applications} 项申报", "正式材料", "申报"),
    )


def headings_of(case: Checked) -> dict[str, str]:
    """What the findings of the whole ("") and of each application or school stand under, in the order of the sheet."""
    if isinstance(case, Review):
        labels = (row.label for rows in (case.schools, case.decisions, case.accounts) for row in rows)
        return {"": REVIEW_HEADING} | {label: label for label in labels}
    headings = {"": SCHOOL_HEADING}
    for application in case.applications:
        name = application.certificate or "未填证书名称"
        level = f"（{application.level}）" if application.level else "（未填等级）"
        headings.setdefault(application.label, f"{application.label}　{name}{level}")
    return headings


def _groups(case: Checked, findings: Iterable[Finding], evaluation: Evaluation) -> Iterator[Group]:
    headings = headings_of(case)
    gathered: dict[str, list[Finding]] = {}
    for finding in findings:
        gathered.setdefault(finding.application, []).append(finding)
    strange = [number for number in gathered if number not in headings]
    for number in (*headings, *strange):
        if number in gathered:
            rows = sorted(gathered[number], key=lambda row: (bool(row.waived), row.level.rank, row.order))
            missing = "工作簿里没有这所院校" if isinstance(case, Review) else "“申报证书”里没有这个编号"
            heading = headings.get(number, f"{number}　（{missing}）")
            yield Group(number, heading, tuple(line_of(row, evaluation) for row in rows))


def line_of(finding: Finding, evaluation: Evaluation) -> Line:
    """A finding as it is shown."""
    kind = evaluation.types.get(finding.rule)
    level = finding.level.label
    if finding.kind is FindingKind.NOT_EVALUATED:
        level = "未能核查"
    elif finding.waived:
        level = "豁免"
    return Line(
        finding.rule,
        kind.title if kind else "",
        finding.level.value,
        level,
        finding.message,
        str(finding.source),
        finding.hint,
        finding.clause,
        finding.waived,
        finding.application,
    )


def _joined(lines: Iterable[Line]) -> tuple[Line, ...]:
    """One line for all rules that could not be evaluated for the very same reason."""
    gathered: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        gathered.setdefault((line.application, line.message, line.place), []).append(line)
    return tuple(
        replace(same[0], rule="、".join(line.rule for line in same), title="、".join(line.title for line in same))
        for same in gathered.values()
    )


def _verdict(summary: dict[str, int], all_of_them: str, made: str, one: str) -> str:
    """The report in one sentence: what may be `made` of `all_of_them`, and what of each `one` that is at fault."""
    counts = [
        f"{summary[name]} {words}"
        for name, words in (("errors", "处错误"), ("warnings", "处提醒"), ("infos", "条说明"), ("waived", "处豁免"))
        if summary[name]
    ]
    tail = f"另有 {summary['notEvaluated']} 项未能核查。" if summary["notEvaluated"] else ""
    if not counts:
        return f"没有发现问题：{all_of_them}都可以生成{made}。{tail}"
    found = f"共 {'、'.join(counts)}。"
    if summary["errors"]:
        return f"{found}有错误的{one}只能生成草稿，改正后再核查一次。{tail}"
    return f"{found}没有错误，{all_of_them}都可以生成{made}。{tail}"
