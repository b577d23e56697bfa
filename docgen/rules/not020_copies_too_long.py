"""## 查什么
“抄送”是不是长得一页的版记放不下（六百字以上）。

## 为什么
版记在公文最后一面，放不下的会印到版心以外（GB/T 9704-2012，7.4）。

## 例子
不通过：把二百所院校的名称逐一写进“抄送”。

通过：“抄送”写“各有关培训评价组织、各市教育局”。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Review

from .base import About, Answer, Fail, NotApplicable, Rule

_MOST = 600
"""Characters: 24 lines of 26, of which some end early, and the line of 印发机关."""


def copies_too_long(review: Review) -> Iterator[Answer]:
    """Fails a list of copies that is higher than a page."""
    copies = review.notice.copies
    if not copies:
        yield NotApplicable("没有填写抄送。")
    elif len(copies) > _MOST:
        yield Fail(f"“抄送”有{len(copies)}个字，版记一页放不下。", review.notice.origin.at("copies"))


RULE = Rule(
    id="NOT020",
    title="抄送在一页版记里放得下",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="改用统称，例如“各有关院校”；要逐一列名的，另作附件。",
    check_subject=copies_too_long,
    about=About.REVIEW,
)
