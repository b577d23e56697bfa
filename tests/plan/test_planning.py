"""A plan holds what is to be made of thousands of dossiers in little room, in an order that can be worked off."""

from __future__ import annotations

import gc
import pickle
import tracemalloc
from decimal import Decimal

import pytest

from docgen.catalogue import load_catalogue
from docgen.findings import Finding, Severity
from docgen.model.case import Case
from docgen.model.records import (
    Application,
    CertificateLevel,
    Equipment,
    EvidenceFile,
    EvidenceItem,
    EvidenceKind,
    School,
    Scope,
    Teacher,
)
from docgen.model.source import Origin
from docgen.plan.artefacts import Maker, Plan
from docgen.plan.context import Checked
from docgen.plan.planning import Materials, make_plan

CATALOGUE = load_catalogue()
BOOK = "申报数据.xlsx"


def school(count: int) -> Case:
    """A school with so many applications, each with three teachers, eight devices and two pieces of evidence."""
    numbers = [f"A{place:04d}" for place in range(count)]
    return Case(
        School(Origin(BOOK, "院校信息", 2), "试验职业技术学院"),
        CATALOGUE,
        applications=tuple(
            Application(
                Origin(BOOK, "申报证书", row), number, "网店运营推广", CertificateLevel.INTERMEDIATE, persons=30
            )
            for row, number in enumerate(numbers, 2)
        ),
        teachers=tuple(
            Teacher(Origin(BOOK, "教师", 2), f"教师{number}{each}", scope=Scope((number,)))
            for number in numbers
            for each in range(3)
        ),
        equipment=tuple(
            Equipment(
                Origin(BOOK, "设备", 2), f"设备{number}{each}", count=5, price=Decimal(10), scope=Scope((number,))
            )
            for number in numbers
            for each in range(8)
        ),
        evidence=tuple(
            EvidenceItem(
                Origin(BOOK, "佐证材料", 2),
                kind,
                f"{number}/{kind}.pdf",
                scope=Scope((number,)),
                file=EvidenceFile(f"{number}/{kind}.pdf", 1000, f"{place:064x}", "pdf", pages=3),
            )
            for place, number in enumerate(numbers)
            for kind in (EvidenceKind.TEACHER, EvidenceKind.VENUE)
        ),
    )


def planned(count: int, *findings: Finding) -> Plan:
    return make_plan(school(count), Checked(findings), Materials({}))


def test_each_file_comes_after_those_that_it_needs_and_can_be_found_again() -> None:
    draft = Finding("NUM001", Severity.ERROR, "人数不对。", "改正。", "A0002", "")
    plan = planned(7, draft)
    seen: set[str] = set()
    for artefact in plan.artefacts:
        assert set(artefact.needs) <= seen
        assert artefact in plan.of(artefact.position)
        seen.add(artefact.path)
    assert len(seen) == len(plan.artefacts) == sum(len(plan.of(position)) for position in range(-1, 7))
    assert [dossier.draft for dossier in plan.dossiers] == [position == 2 for position in range(7)]
    index = plan.school[-1]
    assert set(index.needs) == seen - {index.path}
    summary = next(part for part in plan.school if part.kind == "approval-summary")
    assert {path.partition("-")[0] for path in summary.needs} == {f"A000{place}" for place in (0, 1, 3, 4, 5, 6)}


def test_what_an_artefact_shows_is_its_own_dossier() -> None:
    plan = planned(5)
    for dossier in plan.dossiers:
        for artefact in dossier.artefacts:
            shown = plan.show(artefact)
            assert shown["申报"]["申报编号"] == artefact.application == dossier.application
            if artefact.maker is Maker.VOLUME:
                assert [path for *_, path in shown["条目"]] == [f"{artefact.application}/{artefact.detail}.pdf"]
            else:
                assert [row["姓名"] for row in shown["教师"]] == [
                    f"教师{artefact.application}{each}" for each in range(3)
                ]
    rows = plan.show(plan.school[0])
    assert [row["申报编号"] for row in rows["申报"]] == [row["编号"] for row in rows["资料夹"]]


def test_one_changed_row_changes_the_fingerprints_of_its_dossier_and_of_what_tells_of_it() -> None:
    before, after = planned(6), planned(6, Finding("TXT001", Severity.WARNING, "有错字。", "改正。", "A0003", ""))
    old = {part.path: part.fingerprint for part in before.artefacts}
    changed = [part for part in after.artefacts if old[part.path] != part.fingerprint]
    assert {part.application for part in changed} == {"A0003", ""}
    assert {part.maker for part in changed if part.application} <= {Maker.WORD, Maker.PAGE}
    assert "index.html" in {part.path for part in changed}


def test_a_plan_takes_little_room_for_each_dossier() -> None:
    def room(count: int) -> int:
        case = school(count)
        gc.collect()
        tracemalloc.start()
        try:
            plan = make_plan(case, Checked(), Materials({}))
            case.forget()
            gc.collect()
            kept, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert len(plan.dossiers) == count
        return kept

    room(20)  # what is loaded at first use
    assert (room(420) - room(20)) / 400 < 2500


def test_artefacts_go_to_another_process() -> None:
    plan = planned(3)
    for artefact in plan.artefacts:
        assert pickle.loads(pickle.dumps(artefact)) == artefact  # noqa: S301


@pytest.mark.parametrize("count", [0, 1])
def test_a_school_with_next_to_nothing_has_a_plan(count: int) -> None:
    plan = planned(count)
    assert len(plan.dossiers) == count
    assert {part.path for part in plan.school} >= {"index.html", "院校信息表.docx"}
