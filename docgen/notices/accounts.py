"""Requests for accounts: which way each goes (guide 二（二）1（2）)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from docgen.model.records import SchoolType
from docgen.model.review import AccountRequest


class Way(StrEnum):
    """What becomes of a request."""

    OPEN = "开通"
    DEPARTMENT = "教育厅"
    MEND = "补充"


@dataclass(frozen=True, slots=True)
class Account:
    """A request with its way, and what it lacks."""

    request: AccountRequest
    way: Way
    lacking: tuple[str, ...] = ()


def account_of(request: AccountRequest) -> Account:
    """Judge a request: all three items there and right, and the star grade of a 中职 school that decides who opens it."""
    lacking = []
    if not re.fullmatch(r"\d{10}", request.code):
        said = f"现为“{request.code}”" if request.code else "没有填写"
        lacking.append(f"院校代码（10位数识别码）：{said}")
    if not request.name:
        lacking.append("学校全称：没有填写")
    if request.type is None:
        lacking.append("学校类型（中职、高职或本科）：没有填写")
    if request.type is SchoolType.SECONDARY and not request.star_grade:
        lacking.append("中职学校的星级：没有填写，星级决定由谁办理")
    if lacking:
        return Account(request, Way.MEND, tuple(lacking))
    return Account(request, Way.DEPARTMENT if request.by_department else Way.OPEN)
