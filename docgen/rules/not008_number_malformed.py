"""## 查什么
文号（和院校通知起始文号）是不是“机关代字〔年份〕序号号”：年份四位、用六角括号〔〕，序号不加“第”、不编虚位。

## 为什么
GB/T 9704-2012 7.2.5 规定的写法；写错了要重新发文。

## 例子
不通过：`某试秘[2021]第012号`。

通过：`某试秘〔2021〕12号`。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Review

from .base import About, Answer, Fail, NotApplicable, Rule

_FORM = re.compile(r"[^\s〔〕\[\]0-9]+〔(?:19|20)\d{2}〕[1-9]\d*号")


def _fault(text: str) -> str:
    """What is wrong with a number, in words that go on after it."""
    if re.search(r"[\[\]【】（）()［］]", text):
        return "的年份不在六角括号〔〕里"
    if "第" in text:
        return "的序号前有“第”"
    if re.search(r"〕0\d*号?$", text):
        return "的序号编了虚位（前面的0）"
    if not text.endswith("号"):
        return "没有以“号”结尾"
    return "不是“机关代字〔年份〕序号号”的写法"


def number_malformed(review: Review) -> Iterator[Answer]:
    """Fails a number of the notice that is not in the standard's form."""
    notice = review.notice
    given = [name for name in ("number", "school_number") if getattr(notice, name)]
    if not given:
        yield NotApplicable("没有填写文号。")
    for name in given:
        text = getattr(notice, name)
        if not _FORM.fullmatch(text):
            yield Fail(f"文号“{text}”{_fault(text)}。", notice.origin.at(name))


RULE = Rule(
    id="NOT008",
    title="发文字号的写法规范",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="改成“机关代字〔年份〕序号号”，例如 某试秘〔2021〕12号；〔〕可以从这里复制。",
    check_subject=number_malformed,
    about=About.REVIEW,
)
