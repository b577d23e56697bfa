"""Applications that dossiers carry → 评审结果.xlsx with its schools and applications filled in, ready for conclusions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docgen.catalogue.names import certificate_key
from docgen.model.review import DossierApplication, Review
from docgen.model.schema import ACCOUNTS, DECISIONS, NOTICE, SCHOOLS, Sheet
from docgen.model.schema.values import values_of
from docgen.model.text import fold
from docgen.render.workbook import review_workbook


def prefilled(
    applications: Sequence[DossierApplication], review: Review | None = None, certificates: Sequence[str] = ()
) -> bytes:
    """The workbook's bytes. What `review` holds already stays, first and as it was; only what is missing is added.

    Schools come in the order in which their dossiers come; a school's contact is that of its first dossier.
    """
    rows: dict[str, list[Mapping[str, Any]]] = {sheet.name: [] for sheet in (NOTICE, SCHOOLS, DECISIONS, ACCOUNTS)}
    if review is not None:
        rows[NOTICE.name] = _rows(NOTICE, (review.notice,))
        rows[SCHOOLS.name] = _rows(SCHOOLS, review.schools)
        rows[DECISIONS.name] = _rows(DECISIONS, review.decisions)
        rows[ACCOUNTS.name] = _rows(ACCOUNTS, review.accounts)
    schools = {fold(str(row["院校名称"])) for row in rows[SCHOOLS.name]}
    decided = {
        (fold(str(row["院校名称"])), certificate_key(str(row["证书名称"])), str(row["等级"]))
        for row in rows[DECISIONS.name]
    }
    for one in applications:
        if fold(one.school) not in schools:
            schools.add(fold(one.school))
            rows[SCHOOLS.name].append(
                {
                    "院校名称": one.school, "院校代码": one.code, "院校类型": str(one.type or ""), "联系人": one.contact,
                    "手机号": one.phone, "邮箱": one.mail,
                }
            )  # fmt: skip
        key = (fold(one.school), certificate_key(one.certificate), str(one.level or ""))
        if key not in decided:
            decided.add(key)
            rows[DECISIONS.name].append(
                {
                    "院校名称": one.school, "证书名称": one.certificate, "等级": str(one.level or ""),
                    "申报人数": one.persons, "评审意见": "申报书为草稿" if one.draft else "",
                }
            )  # fmt: skip
    return review_workbook(rows, certificates=certificates, examples=False)


def _rows(sheet: Sheet, records: Iterable[Any]) -> list[Mapping[str, Any]]:
    return [values_of(record, sheet) for record in records]
