"""## 查什么
中职学校是不是报了高级。

## 为什么
指南一（二）1：一般情况下中职以初、中级为主，高职、本科初、中、高级都可以。报高级不是不行，但要先评估学生的能力，并向培训评价组织问清能否申报。

## 例子
提醒：院校类型为中职，等级为高级。

通过：中职报中级；高职报高级。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, CertificateLevel, SchoolType

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .schools import TYPE_IN_DOUBT, is_type_misfilled


def level_unusual_for_school(case: Case, application: Application) -> Iterator[Answer]:
    """Fails the highest level at a 中职."""
    if case.school.type is not SchoolType.SECONDARY:
        yield NotApplicable("只看中职学校。")
    elif is_type_misfilled(case):
        yield NotEvaluated(TYPE_IN_DOUBT)
    elif application.level is CertificateLevel.ADVANCED:
        yield Fail(
            f"中职学校申报了“{application.certificate}”高级；中职一般以初、中级为主。", application.origin.at("level")
        )


RULE = Rule(
    id="CRT004",
    title="等级适合院校类型",
    level=Severity.WARNING,
    clause="一（二）1",
    doc=__doc__,
    hint="评估学生能力，向培训评价组织问清中职能否申报高级；确实要报，可在 docgen.toml 中写明理由。",
    check_application=level_unusual_for_school,
    reads=("level",),
)
