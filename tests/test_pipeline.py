"""The main job, end to end, on the sample: what lies in OUT and what people read in it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from docgen.errors import InputError, OutputError, UsageError
from docgen.pipeline import Built, build, finding_types, verify

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SCHOOL_FILES = {
    "index.html",
    "manifest.json",
    "院校信息表.docx",
    "院校信息表.pdf",
    "申报汇总表.xlsx",
    "主管领导审核汇总页.pdf",
    "核查报告.html",
    "核查报告.xlsx",
}
DOSSIER_FILES = {
    "申报书.docx",
    "申报书.pdf",
    "教师佐证材料.pdf",
    "场地佐证材料.pdf",
    "设备佐证材料.pdf",
    "自查表.pdf",
    "主管领导审核页.docx",
    "主管领导审核页.pdf",
}


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def pdf_text(path: Path) -> str:
    """The text without any white space, since a PDF breaks lines where it must."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(path).pages))


def docx_text(path: Path) -> str:
    document = Document(str(path))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return re.sub(r"\s", "", "".join(texts))


def test_out_holds_what_the_design_says(built_sample: Built) -> None:
    files = tree(built_sample.out)
    assert {path for path in files if "/" not in path} == SCHOOL_FILES
    assert len(built_sample.plan.dossiers) >= 8
    for dossier in built_sample.plan.dossiers:
        inside = {path.split("/")[1] for path in files if path.startswith(f"{dossier.folder}/")}
        assert inside - {"其他佐证材料.pdf"} == DOSSIER_FILES
        assert dossier.folder.startswith(f"{dossier.application}-")


def test_manifest_tells_the_truth(built_sample: Built) -> None:
    manifest = json.loads((built_sample.out / "manifest.json").read_text(encoding="utf-8"))
    files = tree(built_sample.out)
    assert {row["path"]: row["sha256"] for row in manifest["files"]} == {
        path: digest for path, digest in files.items() if path != "manifest.json"
    }
    for row in manifest["files"]:
        path = built_sample.out / row["path"]
        assert row["bytes"] == path.stat().st_size
        assert row["made_of"], row["path"]
        if path.suffix == ".pdf":
            assert row["pages"] == len(PdfReader(path).pages)
    inputs = {row["name"]: row["sha256"] for row in manifest["inputs"]}
    for name, digest in inputs.items():
        assert hashlib.sha256((SAMPLES / "school" / name).read_bytes()).hexdigest() == digest


def test_nobody_signs_a_page_on_which_nothing_stands(built_sample: Built, built_faulty: Built) -> None:
    checks = [path for built in (built_sample, built_faulty) for path in built.out.glob("*/自查表.pdf")]
    assert len(checks) > 40
    for path in checks:
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
        (signed,) = (page for page in pages if "自查人（签字）" in page)
        assert "TXT006" in signed, path


def test_two_builds_are_equal_file_by_file(built_sample: Built, tmp_path: Path) -> None:
    again = build(SAMPLES / "school", tmp_path / "again")
    assert tree(again.out) == tree(built_sample.out)


def test_building_again_in_place_changes_nothing(school: Path) -> None:
    first = build(school, only=["A01"])
    before = tree(first.out)
    second = build(school, only=["A01"])
    assert tree(second.out) == before
    assert second.result.made == ()


def test_word_and_pdf_have_the_same_narrative(built_sample: Built) -> None:
    for dossier in built_sample.plan.dossiers:
        folder = built_sample.out / dossier.folder
        word, pdf = docx_text(folder / "申报书.docx"), pdf_text(folder / "申报书.pdf")
        sentences = [
            part for part in word.split("。") if "总面积" in part or "承担本证书培训" in part or "年度计划" in part
        ]
        assert len(sentences) >= 3
        for sentence in sentences:
            assert sentence[-20:] in pdf


def test_totals_in_the_prose_are_right(built_sample: Built) -> None:
    case = built_sample.case
    for application, dossier in zip(case.applications, built_sample.plan.dossiers, strict=True):
        venues = case.venues_of(application)
        text = pdf_text(built_sample.out / dossier.folder / "申报书.pdf")
        assert f"实训场地{len(venues)}处" in text
        assert f"工位{sum(venue.seats or 0 for venue in venues)}个" in text
        assert ("往年试点情况" in text) == bool(case.past_pilots_of(application))
        for teacher in case.teachers_of(application):
            assert teacher.name in text


def test_what_the_leader_signs_is_one_page(built_sample: Built) -> None:
    for dossier in built_sample.plan.dossiers:
        page = PdfReader(built_sample.out / dossier.folder / "主管领导审核页.pdf")
        assert len(page.pages) == 1, dossier.folder


def test_approval_page_lists_the_very_files(built_sample: Built) -> None:
    for dossier in built_sample.plan.dossiers:
        folder = built_sample.out / dossier.folder
        text = pdf_text(folder / "主管领导审核页.pdf")
        listed = DOSSIER_FILES - {"主管领导审核页.docx", "主管领导审核页.pdf"}
        for name in listed:
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            assert f"{name}" in text
            assert digest[:16] in text
        assert "视为已经过学校主管领导审核" in text
        assert docx_text(folder / "主管领导审核页.docx").count("主管领导") >= 2


def test_index_links_lead_to_files(built_sample: Built) -> None:
    html = (built_sample.out / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', html)
    assert len(links) >= len(built_sample.plan.artefacts) - 1
    for link in links:
        assert (built_sample.out / unquote(link)).is_file()
    assert "http" not in html


def test_summary_workbook_adds_up(built_sample: Built) -> None:
    sheet = load_workbook(built_sample.out / "申报汇总表.xlsx")["申报汇总"]
    header = [cell.value for cell in sheet[3]]
    rows = [dict(zip(header, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=4)]
    assert [row["申报编号"] for row in rows[:-1]] == [row.number for row in built_sample.case.applications]
    assert [row["培训人数"] for row in rows[:-1]] == [row.persons for row in built_sample.case.applications]
    assert rows[-1]["培训人数"] == f"=SUBTOTAL(109,E4:E{3 + len(rows) - 1})"
    assert sheet.auto_filter.ref


def test_verify_proves_and_names_changes(built_sample: Built, tmp_path: Path) -> None:
    out = Path(shutil.copytree(built_sample.out, tmp_path / "out"))
    assert verify(out).intact
    victim = built_sample.plan.dossiers[0].artefacts[0].path
    data = bytearray((out / victim).read_bytes())
    data[len(data) // 2] ^= 1
    (out / victim).write_bytes(bytes(data))
    assert verify(out).changed == (victim,)


def test_dossiers_with_errors_are_drafts_on_every_page(built_faulty: Built) -> None:
    drafts = [dossier for dossier in built_faulty.plan.dossiers if dossier.draft]
    assert drafts
    for dossier in drafts:
        folder = built_faulty.out / dossier.folder
        names = {path.name for path in folder.iterdir()}
        assert not {"主管领导审核页.docx", "主管领导审核页.pdf"} & names
        for path in folder.glob("*.pdf"):
            for page in PdfReader(path).pages:
                assert "草稿" in re.sub(r"\s", "", page.extract_text()), f"{path} has a page without the mark"
        document = Document(str(folder / "申报书.docx"))
        assert "草稿" in document.sections[0].header._element.xml


def test_finished_dossiers_bear_no_draft_mark(built_sample: Built) -> None:
    assert not any(dossier.draft for dossier in built_sample.plan.dossiers)
    for dossier in built_sample.plan.dossiers:
        for path in (built_sample.out / dossier.folder).glob("*.pdf"):
            assert "草稿" not in pdf_text(path)
        header = Document(str(built_sample.out / dossier.folder / "申报书.docx")).sections[0].header
        assert "草稿" not in header._element.xml


def test_only_makes_one_dossier_and_keeps_the_rest(school: Path) -> None:
    full = build(school, only=["A01", "A02"])
    folders = {dossier.application: dossier.folder for dossier in full.plan.dossiers}
    kept = {path: digest for path, digest in tree(full.out).items() if path.startswith(folders["A02"])}
    again = build(school, only=["a01"])
    after = tree(again.out)
    assert kept
    assert kept.items() <= after.items()
    assert not any(path.startswith(folders["A03"]) for path in after)
    assert verify(again.out).intact


def test_unknown_number_is_a_usage_error(school: Path) -> None:
    with pytest.raises(UsageError, match="A99"):
        build(school, only=["A99"])


def test_places_that_are_refused(school: Path) -> None:
    for bad in (school, school.parent, school / "佐证材料", school / "佐证材料" / "x"):
        with pytest.raises(OutputError):
            build(school, bad)


def test_no_workspace_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        build(tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_rare_character_is_found_before_it_prints_as_a_box(school: Path) -> None:
    workbook = load_workbook(school / "申报数据.xlsx")
    sheet = workbook["教师"]
    sheet["A2"] = str(sheet["A2"].value) + "\U0003134a"
    buffer = io.BytesIO()
    workbook.save(buffer)
    (school / "申报数据.xlsx").write_bytes(buffer.getvalue())
    found = [finding for finding in build(school, only=["A01"]).evaluation.findings if finding.rule == "FNT001"]
    assert [(finding.source.sheet, finding.source.cell) for finding in found] == [("教师", "A2")]


def test_finding_types_have_distinct_ids_and_pages() -> None:
    types = finding_types()
    assert len({kind.id for kind in types}) == len(types)
    assert all(kind.doc.strip() and kind.title for kind in types)
