"""The rules about biweekly reports: what each fails, where it points to, and what it passes."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from season_maker import SHOP, day, entry, season

from docgen.findings import FindingKind, Outcome, Severity
from docgen.model.records import CertificateLevel
from docgen.model.season import Matter, PeriodRemarks
from docgen.model.source import Origin
from docgen.rules import RULES, About, evaluate_subject
from docgen.season.figures import Issued, Progress

KEY = (SHOP, "中级")
ALL = tuple(range(1, 14))
REMARK = PeriodRemarks(
    Origin("a.xlsx", "工作情况", 9, {"start": (9, 2), "number": (9, 1)}), start=day("7-10"), end=day("7-25")
)


def good() -> list[Any]:
    """A season that goes well: 100 trained and on in time."""
    stages = (("学生培训", 0), ("考核报名", 1), ("考核", 2), ("取证", 3))
    return [
        entry(1 + batch * 3 + later, matter, 25, row=2 + 4 * batch + later)
        for batch in range(4)
        for matter, later in stages
    ]


# rule, entries (added to a good season unless `only`), what else differs, a word of the message, the cell
FAILING: list[tuple[str, list[Any], dict[str, Any], str, str]] = [
    ("BIW001", [], {"start": None}, "开始日期没有填", "B3"),
    ("BIW001", [], {"end": datetime.date(2021, 7, 1)}, "早于开始日期", "B4"),
    ("BIW001", [], {"cycle": 0}, "周期天数是 0", "B5"),
    ("BIW001", [], {"paused_from": day("7-19")}, "只填了一个", "B7"),
    ("BIW002", [], {"plan": ()}, "没有计划", "A2"),
    ("BIW002", [], {"plan": ((SHOP, "中级", None),)}, "批准人数没有填", "C2"),
    ("BIW002", [], {"plan": ((SHOP, "中级", 100), (SHOP, "中级", 90))}, "写了两行（另一行在 A2）", "A3"),
    ("BIW003", [entry("7-4", "学生培训", 3, 30)], {}, "早于开始日期 2021年7月5日，没有计入任何一期", "A30"),
    ("BIW003", [entry(None, "学生培训", 3, 30, date=day("9-3", 2022))], {}, "晚于结束日期", "A30"),
    ("BIW003", [entry("7-20", "学生培训", 3, 30)], {"paused_from": day("7-19"), "paused_until": day("8-1")}, "算在第2期", "A30"),
    ("BIW004", [entry(1, "学生培训", 3, 30, certificate="网店运营推厂")], {}, "是不是“网店运营推广”", "B30"),
    ("BIW004", [entry(1, "学生培训", 3, 30, level=CertificateLevel.ELEMENTARY)], {"plan": ((SHOP, "中级", 100),)}, "批准的是中级", "B30"),
    ("BIW004", [entry(1, "学生培训", 3, 30, certificate="")], {}, "没有写证书名称", "B30"),
    ("BIW005", [entry(2, "学生培训", -2, 30)], {}, "新增 -2 人，累计从 25 变为 23 人（没有写原因）", "E30"),
    ("BIW006", [entry(4, "取证", 5, 30)], {}, "到第4期累计取证 30 人，多于累计考核 25 人，多 5 人", "E30"),
    ("BIW007", [entry(3, "考核", 5, 30)], {}, "累计考核 30 人，多于累计考核报名 25 人", "E30"),
    ("BIW008", [entry(2, "考核报名", 5, 30)], {}, "累计考核报名 30 人，多于累计学生培训 25 人", "E30"),
    ("BIW009", [entry(13, "学生培训", 5, 30)], {}, "累计培训 105 人，超过批准的 100 人", "E30"),
    ("BIW010", [], {"remarks": ALL[:4] + ALL[5:]}, "没有写第5期的工作情况", "A2"),
    ("BIW010", [], {"remarks": (*ALL, 3)}, "第3期写了 2 行（第 4、4 行）", "A4"),
    ("BIW010", [], {"remarks": (*ALL, 14)}, "第 14 期不在 13 期之内", "A15"),
    ("BIW010", [], {"remarks": (1, *ALL[2:], REMARK)}, "第2期是2021年7月19日—8月1日，而这一行写了 2021年7月10日", "B9"),
    ("BIW011", [entry("9-3", "师资培训", 3, 30), entry("9-3", "师资培训", 3, 31)], {}, "与 进展 E30 完全相同", "E31"),
    ("BIW012", [], {"issued": (Issued(4, {(KEY, Matter.TRAINING): Decimal(30)}),)}, "第4期报告里学生培训 30 人，现在的数据是 25 人，相差 -5 人", "A2"),
    ("BIW013", [entry(1, "学生培训", 3), entry(5, "学生培训", 3)], {"only": True, "upto": 5}, "第2期、第3期、第4期连续 3 期", "A2"),
    ("BIW014", [entry(1, "学生培训", 35)], {"only": True, "upto": 7}, "每期要 10.8 人。照目前的速度到结束约 65 人", "C2"),
    ("BIW014", [entry(1, "学生培训", 35)], {"only": True}, "各期已过完，累计培训 35 人，比批准的 100 人少 65 人", "C2"),
    ("BIW015", [entry(1, "", 3, 30)], {}, "没有写事项", "D30"),
    ("BIW015", [entry(None, "学生培训", 3, 30)], {}, "没有日期", "A30"),
    ("BIW015", [entry(1, "学生培训", 3, 30, unit="学时")], {}, "单位是“学时”", "F30"),
    ("BIW015", [entry(1, "学生培训", 2.5, 30)], {}, "2.5 不是整数", "E30"),
    ("BIW016", [entry(1, "学生培训", 3, 30, stated=Decimal(30))], {}, "写的累计是 30 人，各期新增之和是 28 人，相差 2 人", "E30"),
]  # fmt: skip


def evaluation(entries: list[Any], changes: dict[str, Any]) -> Any:
    changes = {"remarks": ALL, **changes}
    only, upto, issued = changes.pop("only", False), changes.pop("upto", 13), changes.pop("issued", ())
    progress = Progress(season(entries if only else [*good(), *entries], **changes), upto, issued)
    return evaluate_subject(About.SEASON, progress, progress.lines)


@pytest.mark.parametrize(("rule", "entries", "changes", "word", "cell"), FAILING)
def test_what_a_rule_fails(rule: str, entries: list[Any], changes: dict[str, Any], word: str, cell: str) -> None:
    found = [f for f in evaluation(entries, dict(changes)).findings if f.rule == rule and f.kind is FindingKind.FAIL]
    assert [f for f in found if word in f.message and f.source.cell == cell], [
        (f.message, f.source.cell) for f in found
    ]


def test_a_season_that_goes_well_passes_every_rule() -> None:
    result = evaluation([], {})
    own = {rule.id for rule in RULES if rule.about is About.SEASON}
    assert {rule for rule, *_ in FAILING} == own
    assert {rule: outcome for rule, outcome in result.rules.items() if rule in own and outcome is not Outcome.PASS} == {
        "BIW012": Outcome.NOT_APPLICABLE
    }
    assert not result.blocks


def test_a_correction_with_its_reason_is_only_told_and_one_below_nothing_is_an_error() -> None:
    told = evaluation([entry(2, "学生培训", -2, 30, note="2 人退出")], {})
    assert {f.level for f in told.findings if f.rule == "BIW005"} == {Severity.INFO}
    below = evaluation([entry(1, "学生培训", -3)], {"only": True})
    assert [f.level for f in below.findings if f.rule == "BIW005"] == [Severity.ERROR]


def test_without_a_plan_nothing_is_said_to_be_unapproved() -> None:
    result = evaluation([], {"plan": ()})
    assert result.rules["BIW004"] is Outcome.NOT_EVALUATED
    assert result.rules["BIW009"] is Outcome.NOT_APPLICABLE
