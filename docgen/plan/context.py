"""What templates get to see: the case in the workbook's own words, so that a tag is called as its column is."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from docgen.findings import Finding, FindingKind, FindingType, Severity
from docgen.model import schema
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceKind, SchoolType, Scope
from docgen.tools.packed import PackedRows

from .figures import application_figures, school_figures
from .volumes import numeral, usable, volume_rows

_CHECKS = (
    ("完整：佐证材料和填报内容有没有缺漏", ("DAT", "SCH", "APR", "ROW", "TEA", "VEN", "EQP", "EVI", "ASM")),
    ("匹配：人数、等级、专业、佐证材料与证书是否一一对应", ("CRT", "MAJ", "NUM", "MAT")),
    ("文字：有没有错别字和未写完的内容", ("TXT", "FNT")),
)
"""The guide's three checks (二（二）2（5）) and the rule families that stand for each."""

_RESULTS = {"pass": "通过", "fail": "不通过", "notApplicable": "不适用", "notEvaluated": "未能核查"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found, as the plan needs it. `answers`: (rule, application) → pass, fail, notApplicable, notEvaluated."""

    findings: tuple[Finding, ...] = ()
    answers: Mapping[tuple[str, str], str] | None = None
    types: Sequence[FindingType] = ()
    _found: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Findings by application, kept from the first question on, and by rule: each dossier asks for a hundred rules."""

    def of(self, application: str) -> tuple[Finding, ...]:
        """The findings of an application; "" gives the school's own."""
        return tuple(finding for _, finding in self._placed(application))

    def of_rule(self, rule: str, application: str) -> list[Finding]:
        """What a rule found for an application and for the school, in the order of all findings."""
        found = self._by_rule("").get(rule, [])
        if application:
            found = sorted((*found, *self._by_rule(application).get(rule, ())), key=lambda each: each[0])
        return [finding for _, finding in found]

    def _placed(self, application: str) -> Sequence[tuple[int, Finding]]:
        """The findings of an application, each with its place among all."""
        by_application: dict[str, array[int]] | None = self._found.get("applications")
        if by_application is None:
            by_application = self._found["applications"] = {}
            for place, finding in enumerate(self.findings):
                by_application.setdefault(finding.application, array("L")).append(place)
        return [(place, self.findings[place]) for place in by_application.get(application, ())]

    def _by_rule(self, application: str) -> Mapping[str, list[tuple[int, Finding]]]:
        """The same by rule; of one application at a time, since those of thousands would be many small lists."""
        kept = "the school" if not application else "an application"
        name, by_rule = self._found.get(kept, ("\0", {}))
        if name != application:
            by_rule = {}
            for place, finding in self._placed(application):
                by_rule.setdefault(finding.rule, []).append((place, finding))
            self._found[kept] = application, by_rule
        found: Mapping[str, list[tuple[int, Finding]]] = by_rule
        return found

    def rows(self, application: str) -> list[dict[str, Any]]:
        """Those findings as rows for documents."""
        return _finding_rows(self.of(application))

    def blocks(self, application: str) -> bool:
        """Whether the dossier stays a draft: an error of its own, or one of the school's, which stands in every dossier."""
        return any(finding.blocks for number in ("", application) for finding in self.of(number))


def field_name(header: str) -> str:
    """A column's name as a template writes it: without the unit in brackets (面积（㎡） → 面积)."""
    return re.sub(r"[（(].*?[）)]$", "", header).strip()


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Scope):
        return str(value)
    return value


def record_fields(record: Any, sheet: schema.Sheet) -> dict[str, Any]:
    """A record as template fields: header → value (None for a number not given), then the unknown columns as texts."""
    fields = {field_name(name): value for name, value in record.extra.items()}
    for column in sheet.columns:
        fields[field_name(column.header)] = _plain(getattr(record, column.attribute))
    return fields


def _rows(records: Iterable[Any], sheet: schema.Sheet) -> list[dict[str, Any]]:
    return [record_fields(record, sheet) for record in records]


def _headings(case: Case, application: Application) -> dict[str, str]:
    """Numbered headings of the 申报书; "" for a section that is left out because nothing was written for it.

    往年试点 is there only if there were any (guide 二（一）1); 申报理由 and 保障措施 need not be written.
    """
    names = [
        "基本信息",
        "申报理由",
        "教学场地",
        "软硬件设备",
        "师资培训",
        "试点专业学生招生情况",
        "往年试点情况",
        "培训计划",
        "保障措施",
        "佐证材料目录",
    ]
    told = {
        "申报理由": application.reason.strip(),
        "往年试点情况": case.past_pilots_of(application),
        "保障措施": application.safeguards.strip() or case.school.group_head,
    }
    kept = [name for name in names if told.get(name, True)]
    return {name: f"{numeral(kept.index(name) + 1)}、{name}" if name in kept else "" for name in names}


def _finding_rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as rows for documents, the gravest first; answers that are no faults are left to the report."""
    told = [finding for finding in findings if finding.kind is FindingKind.FAIL]
    told.sort(key=lambda finding: (finding.level.rank, finding.order))
    return [
        {
            "编号": finding.rule,
            "级别": finding.level.label,
            "内容": finding.message,
            "位置": str(finding.source),
            "办法": finding.hint,
            "豁免": finding.waived,
            "阻止": finding.blocks,
        }
        for finding in told
    ]


def _check_rows(checked: Checked, application: str) -> list[dict[str, Any]]:
    """The guide's three checks, point by point, with what was found for one application and for the school."""
    answers = checked.answers or {}
    groups = []
    for title, families in _CHECKS:
        points = []
        for kind in checked.types:
            if not kind.id.startswith(families):
                continue
            found = checked.of_rule(kind.id, application)
            faults = [finding for finding in found if finding.kind is FindingKind.FAIL]
            answer = answers.get((kind.id, application), answers.get((kind.id, ""), ""))
            if faults:
                answer = "fail"
            if not answer:
                continue
            points.append(
                {
                    "编号": kind.id,
                    "项目": kind.title,
                    "结果": _result(answer, faults),
                    "发现": [
                        finding.message + (f"（豁免：{finding.waived}）" if finding.waived else "") for finding in found
                    ],
                }
            )
        groups.append({"名称": title, "项目": points, "问题数": sum(point["结果"] == "不通过" for point in points)})
    return groups


def _result(answer: str, faults: Sequence[Finding]) -> str:
    """The word that a reader of the check list sees; a waived or light fault is not called a failure."""
    if answer != "fail" or not faults:
        return _RESULTS[answer]
    if all(finding.waived for finding in faults):
        return "豁免"
    worst = min(finding.level.rank for finding in faults if not finding.waived)
    return {Severity.ERROR.rank: "不通过", Severity.WARNING.rank: "提醒", Severity.INFO.rank: "说明"}[worst]


def school_context(case: Case, checked: Checked) -> dict[str, Any]:
    """The fields of the whole school's documents."""
    school = case.school
    secondary = school.type is SchoolType.SECONDARY
    return {
        "院校": record_fields(school, schema.SCHOOL),
        "统计": school_figures(case),
        "申报": PackedRows(application_row(case, application, checked) for application in case.applications),
        "日期": case.settings.date,
        "草稿": any(finding.blocks for finding in checked.of("")),
        "首次申报": bool(school.first_time),
        "须先报教育厅": secondary and school.star_grade in ("一星级", "二星级"),
        "问题": checked.rows(""),
        "送审问题": [row for row in checked.rows("") if _for_the_leader(row)],
    }


def application_row(case: Case, application: Application, checked: Checked) -> dict[str, Any]:
    """One application in the school's own tables: its columns, its figures, its state."""
    findings = checked.of(application.label)
    row = record_fields(application, schema.APPLICATIONS)
    row |= {
        "统计": application_figures(case, application),
        "草稿": checked.blocks(application.label),
        "错误数": sum(finding.blocks for finding in findings),
        "提醒数": sum(
            finding.level is Severity.WARNING and finding.kind is FindingKind.FAIL and not finding.waived
            for finding in findings
        ),
        "豁免数": sum(bool(finding.waived) for finding in findings),
        "佐证件数": {kind.value: len(usable(case.evidence_of(application, kind))) for kind in EvidenceKind},
    }
    return row


def _for_the_leader(row: Mapping[str, Any]) -> bool:
    """Whether an approval page shows the finding: not how the workbook is laid out, where nothing was misread."""
    return not (row["编号"].startswith("DAT") and row["级别"] == Severity.INFO.label)


def _unknown_rows(checked: Checked, application: str) -> list[dict[str, str]]:
    """What could not be checked for an application; nobody may take it for a pass. One reason is told once."""
    reasons: dict[str, list[str]] = {}
    for finding in (*checked.of(application), *checked.of("")):
        if finding.kind is FindingKind.NOT_EVALUATED:
            reasons.setdefault(finding.message, []).append(finding.rule)
    return [
        {"编号": "、".join(dict.fromkeys(rules)), "内容": reason, "简述": brief(reason)}
        for reason, rules in reasons.items()
    ]


_NAMES = re.compile(r"：“[^“”]*”(?:、“[^“”]*”)+(?:等)?。\Z")
"""A list of names at the end of a sentence."""


def brief(message: str) -> str:
    """A finding without the names listed at its end, for a page that must stay one page; the self-check has them.

    Where they are many, that names but the first of them, and no page may promise a list that is none.
    """
    return _NAMES.sub(lambda names: f"（{'' if names[0].endswith('等。') else '名称'}见自查表）。", message)


def application_particulars(case: Case, application: Application, checked: Checked) -> dict[str, Any]:
    """What every document of a dossier says of it, the front pages of its volumes too."""
    return {
        "院校": record_fields(case.school, schema.SCHOOL),
        "申报": record_fields(application, schema.APPLICATIONS),
        "草稿": checked.blocks(application.label),
    }


def application_context(case: Case, application: Application, checked: Checked) -> dict[str, Any]:
    """The fields of one application's documents."""
    number = application.label
    rows = checked.rows(number) + checked.rows("")
    return application_particulars(case, application, checked) | {
        "教师": _rows(case.teachers_of(application), schema.TEACHERS),
        "场地": _rows(case.venues_of(application), schema.VENUES),
        "设备": _rows(case.equipment_of(application), schema.EQUIPMENT),
        "招生": _rows(case.enrolments_of(application), schema.ENROLMENTS),
        "往年试点": _rows(case.past_pilots_of(application), schema.PAST_PILOTS),
        "佐证材料": volume_rows(case, application),
        "统计": application_figures(case, application),
        "标题": _headings(case, application),
        "日期": case.settings.date,
        "问题": [row for row in rows if not row["豁免"] and _for_the_leader(row)],
        "豁免": [row for row in rows if row["豁免"]],
        "未核查": _unknown_rows(checked, number),
        "自查": _check_rows(checked, number),
    }
