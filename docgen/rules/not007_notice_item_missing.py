"""## 查什么
“通知信息”里发文机关、发文机关标志、文号、标题、主送、成文日期、联系人、联系电话有没有填。

## 为什么
这些是公文必备的要素，缺一个通知就发不出去（指南三：通过正式文件下发）。

## 例子
不通过：文号空着。

通过：各项都已填写。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Review
from docgen.model.schema import NOTICE

from .base import About, Answer, Fail, Rule


def notice_item_missing(review: Review) -> Iterator[Answer]:
    """Fails a compulsory item of the notice that is blank."""
    notice = review.notice
    for column in NOTICE.columns:
        if (
            column.required
            and not getattr(notice, column.attribute)
            and column.attribute not in notice.origin.unreadable
        ):
            yield Fail(f"“{column.header}”没有填写。", notice.origin.at(column.attribute))


RULE = Rule(
    id="NOT007",
    title="通知的要素齐全",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="在“通知信息”工作表里补填。",
    check_subject=notice_item_missing,
    about=About.REVIEW,
)
