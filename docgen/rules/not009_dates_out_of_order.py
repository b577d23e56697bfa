"""## 查什么
成文日期、印发日期、截止日期是不是日期；印发日期不早于成文日期；截止日期晚于成文日期；文号的年份与成文日期一致。

## 为什么
日期前后矛盾的公文会被退回；截止日期早于发文日期，院校无法照办。

## 例子
不通过：成文日期2021年7月5日，修改截止日期2021年6月20日。

通过：成文日期2021年7月5日，修改截止日期2021年7月20日。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.review import Review, date_of

from .base import About, Answer, Fail, NotEvaluated, Rule

_DATES = {"date": "成文日期", "printed": "印发日期", "start_by": "试点截止日期", "mend_by": "修改截止日期"}


def dates_out_of_order(review: Review) -> Iterator[Answer]:
    """Fails dates that are none, or that contradict one another."""
    notice = review.notice
    days = {}
    for name, header in _DATES.items():
        text = getattr(notice, name)
        days[name] = date_of(text)
        if text and days[name] is None:
            yield Fail(f"{header}“{text}”不是日期。", notice.origin.at(name))
    signed = days["date"]
    if signed is None:
        yield NotEvaluated("成文日期没有填写或读不出来，没有核查先后。", notice.origin.at("date"))
        return
    for name, header in _DATES.items():
        day = days[name]
        if day is not None and (day < signed or (day == signed and name in ("start_by", "mend_by"))):
            message = (
                f"{header}（{getattr(notice, name)}）不晚于成文日期（{notice.date}）。"
                if name != "printed"
                else (f"印发日期（{notice.printed}）早于成文日期（{notice.date}）。")
            )
            yield Fail(message, notice.origin.at(name))
    year = re.search(r"〔(\d{4})〕", notice.number)
    if year and int(year[1]) != signed.year:
        message = f"文号的年份是{year[1]}，成文日期是{signed.year}年。"
        yield Fail(message, notice.origin.at("number"), level=Severity.WARNING)


RULE = Rule(
    id="NOT009",
    title="各个日期写对、先后合理",
    level=Severity.ERROR,
    clause="三",
    doc=__doc__,
    hint="核对这几个日期，写成 2021年7月5日 的样子。",
    check_subject=dates_out_of_order,
    about=About.REVIEW,
)
