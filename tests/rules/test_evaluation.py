"""Asking all rules: outcomes, waivers, and a rule that breaks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_cases import EVIDENCE, make_case

from docgen.findings import Finding, FindingKind, FindingType, Outcome, Severity
from docgen.model.case import Case
from docgen.model.settings import Waiver
from docgen.model.source import Origin, Source
from docgen.rules import RULES, About, Rule, evaluate, evaluate_subject
from docgen.rules.base import Answer, Fail
from docgen.rules.nearness import is_slip
from docgen.rules.sch003_credit_code_wrong import check_character

NO_EQUIPMENT = EVIDENCE[:2]
TWO = ({}, {"number": "A02", "level": "高级"})


def broken(case: Case) -> Iterator[Answer]:
    raise ZeroDivisionError("by zero")
    yield


def test_a_rule_that_raises_is_not_evaluated_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    rule = Rule("AAA001", "坏规则", Severity.ERROR, "", "", "", check_school=broken)
    with caplog.at_level(logging.ERROR):
        result = evaluate(make_case(school={"leader_name": ""}), (), (rule, *RULES))
    assert result.rules["AAA001"] is Outcome.NOT_EVALUATED
    assert "规则 AAA001 自身出错（ZeroDivisionError）" in next(f.message for f in result.findings if f.rule == "AAA001")
    assert result.rules["APR001"] is Outcome.FAIL
    assert "ZeroDivisionError: by zero" in caplog.text


def test_a_waiver_stops_a_finding_from_blocking_and_shows_its_reason() -> None:
    case = make_case(applications=TWO, evidences=NO_EQUIPMENT, waivers=(("EVI005", "A01", "评价组织不要求"),))
    result = evaluate(case)
    waived = {f.application: (f.waived, f.blocks) for f in result.findings if f.rule == "EVI005"}
    assert waived == {"A01": ("评价组织不要求", False), "A02": ("", True)}
    assert result.summary["waived"] == 1
    assert result.answers[("EVI005", "A01")] is Outcome.FAIL
    assert result.blocks


def test_a_waiver_without_an_application_holds_everywhere_and_a_named_one_is_nearer() -> None:
    waivers = (("EVI005", "", "都不要求"), ("EVI005", "A02", "另有说明"))
    result = evaluate(make_case(applications=TWO, evidences=NO_EQUIPMENT, waivers=waivers))
    assert [f.waived for f in result.findings if f.rule == "EVI005"] == ["都不要求", "另有说明"]
    assert not result.blocks
    assert not [f for f in result.findings if f.rule == "WVR002" and f.kind is FindingKind.FAIL]


def test_what_is_said_of_waivers_cannot_be_waived() -> None:
    loading = Finding("WVR001", Severity.ERROR, "豁免没有写理由")
    result = evaluate(make_case(waivers=(("WVR001", "", "x"),)), (loading,))
    assert next(f for f in result.findings if f.rule == "WVR001").blocks


def test_a_waiver_of_what_only_a_build_can_find_is_left_alone() -> None:
    result = evaluate(make_case(waivers=(("ASM001", "A01", "已核对"),)))
    assert result.rules["WVR002"] is Outcome.PASS
    assert result.rules["WVR003"] is Outcome.PASS


def test_the_findings_of_loading_are_kept_sorted_and_can_be_waived() -> None:
    loading = Finding("DAT013", Severity.ERROR, "读不出来", application="A01", source=Source("a.xlsx", "教师", "B7"))
    types = (FindingType("DAT013", "数字", Severity.ERROR, "", ""),)
    result = evaluate(make_case(waivers=(("DAT013", "A01", "x"),)), (loading,), types=types)
    assert result.rules["DAT013"] is Outcome.FAIL
    assert "DAT013" in result.types
    assert list(result.findings) == sorted(result.findings, key=lambda f: f.order)
    assert [f.waived for f in result.findings if f.rule == "DAT013"] == ["x"]


def test_without_applications_the_rules_about_them_do_not_apply() -> None:
    outcomes = evaluate(make_case(applications=())).rules
    assert outcomes["NUM001"] is Outcome.NOT_APPLICABLE
    assert set(outcomes) == {rule.id for rule in RULES if rule.about is About.SCHOOL}


def test_a_rule_wants_exactly_one_check() -> None:
    with pytest.raises(ValueError, match="AAA001"):
        Rule("AAA001", "", Severity.ERROR, "", "", "")


def test_a_school_rule_that_blames_one_application_passes_the_school() -> None:
    def blames(case: Case) -> Iterator[Answer]:
        yield Fail("错", application="A02")

    rule = Rule("AAA001", "", Severity.ERROR, "", "", "", check_school=blames)
    assert evaluate(make_case(), (), (rule,)).answers == {
        ("AAA001", ""): Outcome.PASS,
        ("AAA001", "A02"): Outcome.FAIL,
    }


@dataclass(frozen=True)
class Stage:
    """A part of a subject that is no school."""

    label: str
    passes: bool
    origin: Origin = field(default=Origin("a.xlsx", "计划", 2))


def _whole(subject: tuple[Stage, ...]) -> Iterator[Answer]:
    if not all(stage.passes for stage in subject):
        yield Fail("有一期不对")


def _each(subject: tuple[Stage, ...], stage: Stage) -> Iterator[Answer]:
    if not stage.passes:
        yield Fail(f"{len(subject)} 期中的这一期不对", stage.origin.at("x"))


SEASON = {"about": About.SEASON}
WHOLE = Rule("AAA001", "", Severity.ERROR, "", "", "", check_subject=_whole, **SEASON)
EACH = Rule("AAA002", "", Severity.ERROR, "", "", "", check_part=_each, **SEASON)


OTHERS = tuple(rule for rule in RULES if rule.about is not About.SEASON)


def test_another_subject_is_asked_its_own_rules_of_the_whole_and_of_each_part() -> None:
    stages = (Stage("第1期", True), Stage("第2期", False))
    result = evaluate_subject(About.SEASON, stages, stages, rules=(*OTHERS, WHOLE, EACH))
    assert {key: outcome for key, outcome in result.answers.items() if not key[0].startswith("WVR")} == {
        ("AAA001", ""): Outcome.FAIL,
        ("AAA002", "第1期"): Outcome.PASS,
        ("AAA002", "第2期"): Outcome.FAIL,
    }
    assert [f.source.cell for f in result.findings if f.rule == "AAA002"] == ["A2"]
    assert "AAA001" not in evaluate(make_case(), (), (*RULES, WHOLE)).rules
    assert "SCH001" not in evaluate_subject(About.SEASON, stages, stages).rules


def test_waivers_of_another_subject_rest_until_it_is_asked() -> None:
    stages = (Stage("第1期", False),)
    wrong = (("AAA001", "第1期", "已核对"), ("SCH001", "", "已核对"))
    school = evaluate(make_case(waivers=wrong[:1]), (), (*RULES, WHOLE))
    assert {school.rules[rule] for rule in ("WVR003", "WVR004")} == {Outcome.NOT_APPLICABLE}
    waivers = tuple(Waiver(*waiver, Source("docgen.toml")) for waiver in (("AAA002", "第1期", "已核对"), *wrong[1:]))
    season = evaluate_subject(About.SEASON, stages, stages, waivers=waivers, rules=(*RULES, EACH))
    assert [f.waived for f in season.findings if f.rule == "AAA002"] == ["已核对"]
    assert {season.rules[rule] for rule in ("WVR002", "WVR003", "WVR004")} == {Outcome.PASS}


def test_a_check_must_fit_what_its_rule_is_about() -> None:
    with pytest.raises(ValueError, match="AAA001"):
        Rule("AAA001", "", Severity.ERROR, "", "", "", check_subject=_whole)


ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_always_changes_the_check_character(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    assert (check_character(wrong) == check_character(code)) is (wrong == code)


@given(st.text("电子商务网店运营推广", max_size=12), st.text("电子商务网店运营推广", max_size=12))
def test_a_slip_goes_both_ways_and_is_never_the_same_name(first: str, second: str) -> None:
    assert is_slip(first, second) == is_slip(second, first)
    assert not is_slip(first, first)
