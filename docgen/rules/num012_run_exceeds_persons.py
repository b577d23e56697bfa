"""## 查什么
每期人数是不是比全年的培训人数还多（期数为 1 或没有填）。

## 为什么
指南二（二）2（3）：培训人数是全年的累计人数，每期人数不可能比它多。两栏可能填反了。期数在 2 以上的，由 NUM003 核查。

## 例子
提醒：培训人数 40，每期人数 120。

通过：培训人数 120，每期人数 40。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application

from .base import Answer, Fail, NotApplicable, Rule


def run_exceeds_persons(case: Case, application: Application) -> Iterator[Answer]:  # noqa: ARG001
    """Fails a run that is larger than the whole year's persons."""
    persons, each, runs = application.persons, application.persons_per_run, application.runs
    if not persons or not each or (runs or 0) > 1:
        yield NotApplicable("培训人数、每期人数没有都填，或不止一期。")
    elif each > persons:
        yield Fail(f"每期 {each} 人，比全年的培训人数 {persons} 人还多。", application.origin.at("persons_per_run"))


RULE = Rule(
    id="NUM012",
    title="每期人数不超过培训人数",
    level=Severity.WARNING,
    clause="二（二）2（3）",
    doc=__doc__,
    hint="核对两栏是不是填反了：培训人数填全年累计人数。",
    check_application=run_exceeds_persons,
    reads=("persons", "persons_per_run", "runs"),
)
