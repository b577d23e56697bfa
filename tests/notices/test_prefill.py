"""Dossiers carry their data: from `docgen build` to a filled-in 评审结果.xlsx, and to the question what was never decided."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest

from docgen.carried import attach
from docgen.catalogue import load_catalogue
from docgen.collecting import collect
from docgen.collecting.prefilling import prefilled
from docgen.load import load_review
from docgen.load.dossiers import dossiers_of, read_dossiers
from docgen.model.records import CertificateLevel, SchoolType
from docgen.model.review import DossierApplication
from docgen.notices import notice
from docgen.pipeline import Built
from docgen.render.workbook import review_workbook


def blank_pdf() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    saved = io.BytesIO()
    pdf.save(saved)
    return saved.getvalue()


def dossier(**changes: object) -> bytes:
    school = {"院校名称": "甲学院", "院校代码": "4145000001", "院校类型": "高职", "联系人邮箱": "a@b.cn"}
    application = {"证书名称": "网店运营推广", "等级": "中级", "培训人数": 120}
    data = {"kind": "application", "schema": 1, "draft": False, "school": school, "application": application | changes}
    return attach(blank_pdf(), data)


def workspace(folder: Path, *rows: dict[str, object]) -> Path:
    folder.mkdir()
    (folder / "docgen.toml").write_text('kind = "secretariat"\n', "utf-8")
    (folder / "评审结果.xlsx").write_bytes(review_workbook({"评审结果": list(rows)}))
    (folder / "院校申报材料" / "甲").mkdir(parents=True)
    return folder


def test_every_dossier_of_a_build_carries_its_application(built_sample: Built) -> None:
    found = dossiers_of((path.as_posix(), path.read_bytes()) for path in sorted(built_sample.out.glob("A*/申报书.pdf")))
    case = built_sample.case
    wanted = {(row.certificate, row.level, row.persons) for row in case.applications}
    assert {(one.certificate, one.level, one.persons) for one in found.applications} == wanted
    assert {(one.school, one.code, one.type) for one in found.applications} == {
        (case.school.name, case.school.code, case.school.type)
    }
    assert not any(one.draft for one in found.applications)


def test_a_prefilled_workbook_is_ready_for_conclusions(built_sample: Built, tmp_path: Path) -> None:
    place = workspace(tmp_path / "w")
    for path in built_sample.out.glob("A*/申报书.pdf"):
        shutil.copy(path, place / "院校申报材料" / "甲" / f"{path.parent.name}.pdf")
    dossiers = read_dossiers(place / "院校申报材料", place)
    assert dossiers is not None
    (place / "评审结果.xlsx").write_bytes(prefilled(dossiers.applications))
    review = load_review(place, load_catalogue(place)).review
    assert [school.name for school in review.schools] == [built_sample.case.school.name]
    assert len(review.decisions) == len(built_sample.case.applications)
    assert {(row.applied, row.conclusion) for row in review.decisions} == {
        (row.persons, None) for row in built_sample.case.applications
    }


def test_what_stands_in_the_workbook_stays_and_nothing_stands_twice(tmp_path: Path) -> None:
    done = {"院校名称": "甲学院", "证书名称": "网店运营推广", "等级": "中级", "申报人数": 100, "结论": "同意"}
    place = workspace(tmp_path / "w", done)
    review = load_review(place, load_catalogue(place)).review
    new = DossierApplication(
        "甲学院", "智能财税", CertificateLevel.ELEMENTARY, 60, "x.pdf", type=SchoolType.UNDERGRADUATE
    )
    (place / "评审结果.xlsx").write_bytes(prefilled([dossiers_of([("x.pdf", dossier())]).applications[0], new], review))
    rows = load_review(place, load_catalogue(place)).review.decisions
    assert [(row.certificate, row.applied, row.conclusion) for row in rows] == [
        ("网店运营推广", 100, "同意"), ("智能财税", 60, None),
    ]  # fmt: skip


def put(place: Path, data: bytes, name: str = "申报书.pdf") -> Path:
    path = place / "院校申报材料" / "甲" / name
    path.write_bytes(data)
    return path


def test_an_application_that_was_never_decided_is_told_with_its_file(tmp_path: Path) -> None:
    place = workspace(tmp_path / "w")
    put(place, dossier())
    found = [one for one in notice(place, tmp_path / "o").evaluation.findings if one.rule == "NOT010"]
    assert [(one.source.file, one.application) for one in found] == [("院校申报材料/甲/申报书.pdf", "甲学院")]


@pytest.mark.parametrize(
    ("data", "findings", "without"),
    [
        (blank_pdf(), 0, 1),
        (b"%PDF-1.7 broken", 1, 0),
        (dossier(证书名称=""), 0, 1),
        (dossier(证书名称=["a"]), 0, 1),
    ],
)
def test_other_pdfs_are_passed_over_and_broken_ones_told(tmp_path: Path, data, findings, without) -> None:
    place = workspace(tmp_path / "w")
    put(place, data)
    found = read_dossiers(place / "院校申报材料", place)
    assert found is not None
    assert (found.applications, len(found.findings), found.without) == ((), findings, without)


@pytest.mark.parametrize("persons", ["120", -1, 1.5, True, 10**9])
def test_nothing_in_carried_data_is_trusted(persons) -> None:
    (one,) = dossiers_of([("x.pdf", dossier(培训人数=persons, 等级="特级"))]).applications
    assert (one.persons, one.level) == (None, None)


def test_collect_fills_the_secretariats_workbook_from_a_builds_own_folder(built_sample: Built, tmp_path: Path) -> None:
    """The whole way as a person goes it: build at the school, collect and notice at the secretariat."""
    target = tmp_path / "评审结果.xlsx"
    done = collect([built_sample.out], target)
    case = built_sample.case
    assert (done.kind, done.unread, done.more["applications"]) == ("application", 0, len(case.applications))
    (tmp_path / "docgen.toml").write_text('kind = "secretariat"\n', "utf-8")
    review = load_review(tmp_path, load_catalogue(tmp_path)).review
    assert [(row.certificate, row.applied) for row in review.decisions] == [
        (row.certificate, row.persons) for row in case.applications
    ]
    again = collect([built_sample.out], tmp_path / "第二次.xlsx", schools=target)
    assert again.more == done.more
    (tmp_path / "第二次.xlsx").replace(target)
    assert load_review(tmp_path, load_catalogue(tmp_path)).review.decisions == review.decisions
