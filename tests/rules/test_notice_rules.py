"""The NOT rules: for each a review that passes and one that fails, changed in one place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from docgen.catalogue import load_catalogue
from docgen.findings import Evaluation, FindingKind, Outcome
from docgen.model.records import CertificateLevel, SchoolType
from docgen.model.review import (
    AccountRequest,
    Conclusion,
    Decision,
    DossierApplication,
    NoticeInfo,
    Review,
    ReviewedSchool,
)
from docgen.model.schema import ACCOUNTS, DECISIONS, NOTICE, SCHOOLS, Sheet
from docgen.model.source import Origin
from docgen.rules import RULES, About, evaluate_subject

CATALOGUE = load_catalogue()
LEVEL = CertificateLevel.INTERMEDIATE


def origin(sheet: Sheet, row: int) -> Origin:
    places = {column.attribute: (row, number) for number, column in enumerate(sheet.columns, 1)}
    return Origin("评审结果.xlsx", sheet.name, row, places)


GOOD = NoticeInfo(
    origin(NOTICE, 2),
    issuer="某某秘书处",
    mark="某某秘书处文件",
    number="某试秘〔2021〕12号",
    title="关于公布名单的通知",
    addressee="各有关院校",
    date="2021年7月5日",
    printed="2021年7月6日",
    contact="张三",
    phone="0771-5550000",
    mend_by="2021-07-20",
)
SCHOOL = ReviewedSchool(
    origin(SCHOOLS, 2),
    "甲乙职业技术学院",
    "4145000001",
    SchoolType.HIGHER_VOCATIONAL,
    "李四",
    "13800000000",
    "a@b.edu.cn",
)
DECISION = Decision(origin(DECISIONS, 2), SCHOOL.name, "网店运营推广", LEVEL, 120, Conclusion.APPROVED, 120)
ACCOUNT = AccountRequest(origin(ACCOUNTS, 2), "丙职业学校", "3645000001", SchoolType.SECONDARY, "三星级")
DOSSIER = DossierApplication(SCHOOL.name, "网店运营推广", LEVEL, 120, "院校申报材料/甲/申报书.pdf")


def decided(**changes: Any) -> dict[str, Any]:
    return {"decisions": (replace(DECISION, **changes),)}


def noticed(**changes: Any) -> dict[str, Any]:
    return {"notice": replace(GOOD, **changes)}


def asked(**changes: Any) -> dict[str, Any]:
    return {"accounts": (replace(ACCOUNT, **changes),)}


SECOND = replace(DECISION, origin=origin(DECISIONS, 3))
OTHER = replace(SCHOOL, origin=origin(SCHOOLS, 3), name="丁戊师范大学", code="4145000002")

FAILS: list[tuple[str, dict[str, Any], str, str]] = [
    ("NOT001", decided(conclusion=Conclusion.ADJUSTED, approved=1200), "F2", "多出1080人"),
    ("NOT002", decided(conclusion=Conclusion.REFUSED, opinion="没有教师"), "F2", "却填了批准人数120"),
    ("NOT003", decided(school="甲乙职业技术学校"), "A2", "是不是“甲乙职业技术学院”"),
    ("NOT003", decided(school="完全不同的大学"), "A2", "没有“完全不同的大学”"),
    ("NOT004", {"schools": (SCHOOL, OTHER)}, "A3", "没有一项评审结果"),
    (
        "NOT005",
        {"decisions": (DECISION, replace(SECOND, certificate="网店运营推广职业技能等级证书"))},
        "B3",
        "第2行重复",
    ),
    ("NOT006", decided(conclusion=Conclusion.REFUSED, approved=None), "G2", "没有写理由"),
    ("NOT007", noticed(number=""), "C2", "“文号”没有填写"),
    ("NOT007", noticed(title=""), "D2", "“标题”没有填写"),
    ("NOT008", noticed(number="某试秘[2021]12号"), "C2", "六角括号"),
    ("NOT008", noticed(number="某试秘〔2021〕第12号"), "C2", "“第”"),
    ("NOT008", noticed(number="某试秘〔2021〕012号"), "C2", "虚位"),
    ("NOT008", noticed(school_number="某试函31号"), "O2", "写法"),
    ("NOT009", noticed(printed="2021年7月4日"), "I2", "早于成文日期"),
    ("NOT009", noticed(mend_by="2021年6月20日"), "Q2", "不晚于成文日期"),
    ("NOT009", noticed(mend_by="二十日"), "Q2", "不是日期"),
    ("NOT009", noticed(number="某试秘〔2020〕12号"), "C2", "文号的年份是2020"),
    ("NOT010", {"dossiers": (DOSSIER, replace(DOSSIER, certificate="智能财税"))}, "", "“智能财税”中级没有结论"),
    ("NOT012", decided(conclusion=None), "E2", "没有填“结论”"),
    ("NOT013", decided(conclusion=Conclusion.ADJUSTED), "F2", "却与申报人数一样"),
    ("NOT013", decided(conclusion=Conclusion.ADJUSTED, approved=None), "F2", "没有填批准人数"),
    ("NOT013", decided(approved=100), "F2", "应当是“调整”"),
    ("NOT014", decided(certificate="网店运营推厂"), "B2", "是不是“网店运营推广”"),
    ("NOT015", {"schools": (SCHOOL, replace(SCHOOL, origin=origin(SCHOOLS, 3)))}, "A3", "与第2行重复"),
    ("NOT015", {"schools": (SCHOOL, replace(OTHER, code=SCHOOL.code))}, "B3", "院校代码相同"),
    ("NOT015", {"schools": (SCHOOL, replace(OTHER, name=f"{SCHOOL.name[:-1]}苑"))}, "A3", "只差一个字"),
    ("NOT015", {"schools": (SCHOOL, replace(OTHER, name=SCHOOL.name[:-2] + SCHOOL.name[-1:]))}, "A3", "只差一个字"),
    ("NOT016", {"schools": (replace(SCHOOL, mail=""),)}, "F2", "没有邮箱"),
    ("NOT016", {"schools": (replace(SCHOOL, mail="a@b"),)}, "F2", "不完整"),
    ("NOT017", asked(code="36450"), "A2", "不是10位数字"),
    ("NOT017", asked(star_grade=""), "D2", "没有填星级"),
    ("NOT018", decided(conclusion=Conclusion.RETURNED, approved=None), "G2", "没有写要改什么"),
    ("NOT018", decided(conclusion=Conclusion.RETURNED, approved=None, opinion="材料不全"), "G2", "没有写明位置"),
    ("NOT019", {"dossiers": (replace(DOSSIER, persons=102),)}, "D2", "申报书上是102人"),
    ("NOT020", noticed(copies="、".join(["甲乙职业技术学院"] * 80)), "G2", "版记一页放不下"),
]


def evaluated(**changes: Any) -> Evaluation:
    parts: dict[str, Any] = {
        "notice": GOOD,
        "catalogue": CATALOGUE,
        "schools": (SCHOOL,),
        "decisions": (DECISION,),
        "accounts": (ACCOUNT,),
        "dossiers": (DOSSIER,),
    }
    review = Review(**(parts | changes))
    return evaluate_subject(About.REVIEW, review, review.decisions)


def test_a_sound_review_passes_every_rule_or_has_nothing_to_look_at() -> None:
    outcomes = evaluated().rules
    ids = {rule.id for rule in RULES if rule.about is About.REVIEW}
    assert ids <= outcomes.keys()
    assert {outcomes[id] for id in ids} == {Outcome.PASS, Outcome.NOT_APPLICABLE}


@pytest.mark.parametrize(("rule", "changes", "cell", "said"), FAILS)
def test_what_is_wrong_is_told_where_it_stands(rule, changes, cell, said) -> None:
    found = [one for one in evaluated(**changes).findings if one.rule == rule and one.kind is FindingKind.FAIL]
    assert [one.source.cell for one in found] == [cell], found
    assert said in found[0].message
    assert found[0].hint


def test_every_rule_on_reviews_has_a_failing_case() -> None:
    assert {rule for rule, *_ in FAILS} == {rule.id for rule in RULES if rule.about is About.REVIEW}


def test_what_cannot_be_read_is_not_evaluated() -> None:
    unread = replace(DECISION, origin=replace(DECISION.origin, unreadable=frozenset(("approved",))), approved=None)
    assert evaluated(decisions=(unread,)).rules["NOT001"] is Outcome.NOT_EVALUATED
    assert evaluated(**noticed(date="")).rules["NOT009"] is Outcome.NOT_EVALUATED


def test_without_dossiers_nothing_is_said_of_them() -> None:
    assert evaluated(dossiers=None).rules["NOT010"] is Outcome.NOT_APPLICABLE
