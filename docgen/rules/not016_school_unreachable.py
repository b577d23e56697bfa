"""## 查什么
有评审结果的院校有没有填邮箱，是不是完整的邮箱地址。

## 为什么
没有邮箱就没有邮件草稿，要另行发送，容易漏（指南三）。

## 例子
不通过：`school001@example`。

通过：`school001@example.edu.cn`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Review

from .base import About, Answer, Fail, NotApplicable, Rule
from .formats import is_mail


def school_unreachable(review: Review) -> Iterator[Answer]:
    """Fails a school with a result whose mail address is missing or none."""
    if not review.schools:
        yield NotApplicable("“院校”工作表里没有院校。")
    for school in review.schools:
        if not review.decisions_of(school):
            continue
        if not school.mail:
            yield Fail(f"“{school.name}”没有邮箱。", school.origin.at("mail"), application=school.name)
        elif not is_mail(school.mail):
            yield Fail(
                f"“{school.name}”的邮箱“{school.mail}”不完整。", school.origin.at("mail"), application=school.name
            )


RULE = Rule(
    id="NOT016",
    title="院校的邮箱能收信",
    level=Severity.WARNING,
    clause="三",
    doc=__doc__,
    hint="补填或更正这所院校联系人的邮箱。",
    check_subject=school_unreachable,
    about=About.REVIEW,
)
