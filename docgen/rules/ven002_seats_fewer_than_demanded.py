"""## 查什么
证书要求里写了工位数时，这项申报的场地工位够不够。

## 为什么
指南一（二）2：了解证书的场地要求，达到条件再申报。

要求由本校用 `docgen catalogue import` 导入；没有要求的证书不查。

## 例子
不通过：要求 50 个工位，各处场地一共 40 个。

通过：一共 50 个或更多。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .words import quoted


def seats_fewer_than_demanded(case: Case, application: Application) -> Iterator[Answer]:
    """Fails fewer seats than the user's catalogue demands."""
    demand = case.catalogue.demand(application.certificate, application.level) if application.certificate else None
    if demand is None or demand.seats is None:
        yield NotApplicable("目录里没有这个证书对工位数的要求。")
        return
    venues = case.venues_of(application)
    seats = sum(venue.seats or 0 for venue in venues)
    unknown = [venue.name for venue in venues if venue.seats is None]
    if seats >= demand.seats:
        return
    if unknown:
        yield NotEvaluated(f"不知道{quoted(unknown)}有多少工位，无法与要求的 {demand.seats} 个比较。")
    else:
        yield Fail(
            f"“{application.certificate}”{application.level or ''}要求至少 {demand.seats} 个工位，场地一共 {seats} 个。",
            application.origin.at("number"),
        )


RULE = Rule(
    id="VEN002",
    title="工位数达到证书要求",
    level=Severity.ERROR,
    clause="一（二）2",
    doc=__doc__,
    hint="核对场地的工位数，补上漏填的场地；确实不够的，先建设场地再申报。",
    check_application=seats_fewer_than_demanded,
    reads=("certificate", "level"),
    by_number=True,
)
