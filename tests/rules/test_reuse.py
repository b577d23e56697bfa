"""The same file, or nearly the same picture, used for different things."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import Any

from rule_cases import EVIDENCE, fails, looks, make_case, outcome, said

from docgen.evidence.likeness import brief_of, coarse
from docgen.findings import FindingKind, Outcome
from docgen.model.case import Case, unseen
from docgen.rules.alike import NEAR, near_pairs
from docgen.rules.mat008_alike_pictures_for_different_things import RULE

TWO = ({}, {"number": "A02", "level": "高级"})


def pair(first: dict[str, Any], second: dict[str, Any], **more: Any) -> Case:
    """Two pieces of evidence, for A01 and A02 unless they say otherwise, in a school that applies for both."""
    one = {"kind": "场地", "path": "a.jpg", "scope": "A01", **first}
    other = {"kind": "场地", "path": "b.jpg", "scope": "A02", **second}
    return make_case(applications=TWO, evidences=(one, other), **more)


def same(first: dict[str, Any], second: dict[str, Any], **more: Any) -> Case:
    return pair({**first, "sha256": "e"}, {**second, "sha256": "e"}, **more)


def alike(first: dict[str, Any], second: dict[str, Any], **more: Any) -> Case:
    return pair({**first, "likeness": looks(90)}, {**second, "likeness": looks(90, 60)}, **more)


def levels(rule: str, case: Case) -> list[str]:
    return [found.level.value for found in fails(rule, case)]


def test_one_content_in_two_applications_wants_to_be_declared() -> None:
    for rule, make, level in (("MAT007", same, "warning"), ("MAT008", alike, "info")):
        (finding,) = fails(rule, make({}, {}))
        assert "分别用于A01和A02，没有登记为共用" in finding.message
        assert finding.level.value == level
        assert finding.application == ""
        for declared in ("A01、A02", "全部"):
            assert not fails(rule, make({"scope": declared}, {"scope": declared}))


def test_a_room_that_both_applications_have_is_declared_as_shared_by_its_row() -> None:
    named = {"subject": "网店运营实训室"}
    for rule, make in (("MAT007", same), ("MAT008", alike)):
        assert not fails(rule, make(named, named))
        assert fails(rule, make(named, named, venues=({"scope": "A01"}, {"name": "机房", "scope": "A02"})))


def test_other_things_and_other_kinds() -> None:
    room, hall = {"subject": "一号实训室"}, {"subject": "二号实训室"}
    for rule, make in (("MAT007", same), ("MAT008", alike)):
        assert levels(rule, make(room, hall)) == ["warning"]
        assert levels(rule, make(room, {**hall, "kind": "设备"})) == ["info"]
        people = make({"kind": "教师", "subject": "张丽华"}, {"kind": "教师", "subject": "韦明"})
        assert levels(rule, people) == ["warning"]
    teacher = {"kind": "教师", "subject": "张丽华"}
    assert levels("MAT007", same(room, teacher)) == ["warning"]
    assert levels("MAT008", alike(room, teacher)) == ["info"]


def test_one_path_registered_for_two_applications_is_meant() -> None:
    assert not fails("MAT007", same({"path": "a.jpg"}, {"path": "a.jpg"}))
    twice = same({"path": "a.jpg", "subject": "一号"}, {"path": "a.jpg", "subject": "二号"})
    assert "文件“a.jpg”登记了几次，却分别用来证明“一号”和“二号”" in fails("MAT007", twice)[0].message


def test_what_is_twice_in_one_volume_is_told_once() -> None:
    case = same({"subject": "一号"}, {"subject": "二号", "scope": "A01"})
    assert fails("EVI012", case)
    assert not fails("MAT007", case)
    assert not fails("MAT008", case)


def test_many_uses_of_one_content_are_one_finding_with_every_path() -> None:
    rows = [
        {
            "kind": "场地",
            "path": f"{number}.jpg",
            "scope": "A01",
            "subject": f"{number}号",
            "likeness": looks(90, 40 + number),
        }
        for number in range(1, 7)
    ]
    (finding,) = fails("MAT008", make_case(evidences=rows))
    assert "（另有 4 张也几乎一样：“3.jpg”、“4.jpg”、“5.jpg”、“6.jpg”）" in finding.message


def test_pictures_of_different_rooms_are_not_alike() -> None:
    rows = [{**EVIDENCE[1], "path": f"{number}.jpg", "subject": f"{number}号"} for number in range(12)]
    assert outcome("MAT008", make_case(evidences=rows)) is Outcome.PASS


def test_pictures_without_a_fingerprint_are_said_to_be_not_compared() -> None:
    (finding,) = said("MAT008", make_case(evidences=({**EVIDENCE[1], "likeness": ""},)))
    assert finding.kind is FindingKind.NOT_EVALUATED
    assert "1 张照片几乎是空白的，或没有读出画面" in finding.message
    assert outcome("MAT008", make_case(evidences=(EVIDENCE[2],))) is Outcome.NOT_APPLICABLE


def test_only_near_pictures_are_asked_for_their_whole_looks() -> None:
    far = {"kind": "场地", "path": "c.jpg", "scope": "A02", "likeness": looks(7)}
    whole = make_case(
        applications=TWO,
        evidences=(
            {"kind": "场地", "path": "a.jpg", "scope": "A01", "likeness": looks(90)},
            {"kind": "场地", "path": "b.jpg", "scope": "A02", "likeness": looks(90, 60)},
            far,
        ),
    )
    asked: list[str] = []
    files = {item.file.sha256: item.file.likeness for item in whole.evidence if item.file}

    def look(sha256: str) -> str:
        asked.append(sha256)
        return files[sha256]

    items = tuple(
        replace(item, file=replace(item.file, likeness=brief_of(item.file.likeness))) if item.file else item
        for item in whole.evidence
    )
    case = replace(whole, evidence=items, looks=look)
    assert fails("MAT008", case) == fails("MAT008", whole) != []
    assert sorted(set(asked)) == [f"{row:064x}" for row in (2, 3)]
    (lost,) = said("MAT008", replace(case, looks=unseen))
    assert lost.kind is FindingKind.NOT_EVALUATED
    assert "没有比较：“a.jpg”、“b.jpg”" in lost.message


def test_near_pairs_are_those_of_comparing_each_with_each() -> None:
    rng = random.Random(4)  # noqa: S311 - no secret
    numbers = [rng.getrandbits(256) for _ in range(300)]
    for number in numbers[:60]:
        for _ in range(rng.randrange(60)):
            number ^= 1 << rng.randrange(256)
        numbers.append(number)
    values = [f"{number:064x}00" for number in dict.fromkeys(numbers)]
    expected = {
        (one, other)
        for place, one in enumerate(values)
        for other in values[place + 1 :]
        if (coarse(one) ^ coarse(other)).bit_count() <= NEAR
    }
    assert len(expected) > 20
    found = list(near_pairs(values))
    assert set(found) == expected
    assert len(found) == len(expected)


def test_five_thousand_pictures_take_two_seconds_at_most() -> None:
    rng = random.Random(5)  # noqa: S311 - no secret
    tail = looks(90)[64:]
    rows = [
        {
            "kind": "场地",
            "path": f"{number}.jpg",
            "scope": "A01",
            "subject": f"{number}号",
            "likeness": f"{rng.getrandbits(256):064x}{tail}",
        }
        for number in range(5000)
    ]
    case = make_case(evidences=rows)
    start = time.process_time()
    assert RULE.check_school is not None
    assert list(RULE.check_school(case)) == []
    assert time.process_time() - start < 2


def test_thousands_of_copies_are_told_of_without_comparing_each_with_each() -> None:
    rows = [
        {"kind": "场地", "path": f"{number}.jpg", "scope": "A01", "subject": f"{number}号", "likeness": looks(90)}
        for number in range(1500)
    ]
    kinds = [finding.kind for finding in said("MAT008", make_case(evidences=rows))]
    assert sorted(kinds) == [FindingKind.FAIL, FindingKind.NOT_EVALUATED]
