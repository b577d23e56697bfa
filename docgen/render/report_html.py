"""The check report as one HTML page that needs nothing else: to filter, to print, to send."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.findings import Evaluation, FindingKind
from docgen.tools.packed import PackedRows

from .pdf import html_pieces
from .report_view import Checked, Line, ReportView, make_view
from .templates import TemplateFolder, find_template

KIND = "check-report"


def render_html_report(
    case: Checked, evaluation: Evaluation, workspace: Path | None = None, folder: TemplateFolder | None = None
) -> str:
    """The page, from the template folder of its kind (a workspace's own wins), or from `folder`.

    Raises InputError for a wrong template.
    """
    return "".join(html_report_pieces(case, evaluation, folder or find_template(KIND, workspace)))


def html_report_pieces(case: Checked, evaluation: Evaluation, folder: TemplateFolder) -> Iterator[str]:
    """The page piece by piece. Raises InputError for a wrong template, maybe after some pieces."""
    fields = _fields(make_view(case, evaluation)) | {"说明": _pages(evaluation)}
    return html_pieces(folder, {"报告": fields})


def _pages(evaluation: Evaluation) -> list[dict[str, object]]:
    """The page of each rule that has a finding, which the findings lead to: the report needs no other file."""
    told = {finding.rule for finding in evaluation.findings if finding.kind is not FindingKind.NOT_APPLICABLE}
    kinds = [evaluation.types[rule] for rule in sorted(told) if rule in evaluation.types]
    return [
        {
            "编号": kind.id,
            "名称": kind.title,
            "级别": kind.level.label,
            "条款": kind.clause,
            "段落": [part for part in _parts(kind.doc) if part["文字"]],
        }
        for kind in kinds
    ]


def _parts(doc: str) -> list[dict[str, str]]:
    """A page's headings and paragraphs, in order; `标题` is "" for what stands before the first heading."""
    parts: list[dict[str, str]] = []
    heading = ""
    for block in doc.strip().split("\n\n"):
        if block.startswith("## "):
            heading, _, block = block[3:].partition("\n")
        if block.strip():
            parts.append({"标题": heading, "文字": block.strip().replace("`", "")})
            heading = ""
    return parts


def _fields(view: ReportView) -> dict[str, object]:
    """The view in the template's words."""

    def rows(lines: tuple[Line, ...]) -> Iterator[dict[str, object]]:
        for line in lines:
            yield {
                "编号": line.rule,
                "规则": line.title,
                "类": "waived" if line.waived else line.severity,
                "级别": line.level,
                "内容": line.message,
                "位置": line.place,
                "办法": line.hint,
                "条款": line.clause,
                "豁免": line.waived,
                "申报": line.application,
            }

    rules = sorted({(line.rule, line.title) for line in view.lines})
    return {
        "院校": view.school,
        "年度": view.year,
        "结论": view.verdict,
        "错误数": view.errors,
        "提醒数": view.warnings,
        "说明数": view.infos,
        "豁免数": view.waived,
        "规则数": view.rules,
        "通过数": view.passed,
        "申报数": view.applications,
        "事项": view.about,
        "单位": view.unit,
        "组": view.group,
        "规则": [{"编号": rule, "名称": title} for rule, title in rules],
        "分组": PackedRows(
            {"编号": group.application, "标题": group.heading, "问题": list(rows(group.lines))} for group in view.groups
        ),
        "未能核查": PackedRows(rows(view.unknown)),
    }
