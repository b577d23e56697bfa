"""## 查什么
“院校网址”是不是一个网址。

## 为什么
注册要填（指南二（一）2）；写错了的网址在院校信息表和申报书上一眼可见。

## 例子
不通过：`www,example.edu.cn`（逗号）、`office@example.edu.cn`（这是邮箱）、`暂无`。

通过：`www.example.edu.cn`、`https://www.example.edu.cn/`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule
from .formats import is_mail, is_website


def website_malformed(case: Case) -> Iterator[Answer]:
    """Fails a website's address that cannot be one."""
    website = case.school.website
    if not website:
        yield NotApplicable("院校网址没有填写。")
    elif not is_website(website):
        why = "是邮箱地址，不是网址" if is_mail(website) else "不是一个完整的网址"
        yield Fail(f"院校网址“{website}”{why}。", case.school.origin.at("website"))


RULE = Rule(
    id="SCH006",
    title="院校网址格式正确",
    level=Severity.ERROR,
    clause="二（一）2",
    doc=__doc__,
    hint="填学校官方网站首页的地址，形如 www.example.edu.cn。",
    check_school=website_malformed,
    reads=("website",),
)
