"""What the PDFs of notices carry of their own data, so that who receives them need not copy results by eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.model.review import AccountRequest, Decision, NoticeInfo, ReviewedSchool, written_date

KIND, SCHEMA = "notice", 1


def notice_data(
    about: str,
    notice: NoticeInfo,
    number: str,
    title: str,
    *,
    draft: bool,
    school: ReviewedSchool | None = None,
    **content: Any,
) -> dict[str, Any]:
    """The data of one notice: kind, schema, what it is `about` (the template's kind), the document's own marks, the
    school that it goes to, and its content (`decisions` or `account`), under the workbook's headers.

    Nobody's phone or mail: what is needed is who, what, how many.
    """
    told: dict[str, Any] = {
        "kind": KIND,
        "schema": SCHEMA,
        "about": about,
        "draft": draft,
        "notice": _said(
            {"发文机关": notice.issuer, "文号": number, "标题": title, "成文日期": written_date(notice.date)}
        ),
    }
    if school is not None:
        told["school"] = _said({"院校名称": school.name, "院校代码": school.code, "院校类型": str(school.type or "")})
    return told | content


def decisions_data(rows: Sequence[Decision], *, named: bool = False) -> list[dict[str, Any]]:
    """Decisions as data. `named`: those of many schools, as the general notice publishes them (no reasons)."""
    if named:
        return [
            _said(
                {
                    "院校名称": row.school,
                    "证书名称": row.certificate,
                    "等级": str(row.level or ""),
                    "批准人数": row.granted,
                }
            )
            for row in rows
        ]
    return [
        _said(
            {
                "证书名称": row.certificate,
                "等级": str(row.level or ""),
                "申报人数": row.applied,
                "结论": str(row.conclusion or ""),
                "批准人数": row.granted,
                "评审意见": row.opinion,
            }
        )
        for row in rows
    ]


def account_data(request: AccountRequest, way: str, lacking: Sequence[str]) -> dict[str, Any]:
    """The answer to a request for an account as data."""
    told = {
        "院校名称": request.name,
        "院校代码": request.code,
        "院校类型": str(request.type or ""),
        "中职星级": request.star_grade,
    }
    return _said(told) | {"办理": way, "缺少": list(lacking)}


def _said(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value not in (None, "")}
