"""A build makes what changed and what depends on it, keeps the rest, and ends with the bytes of a build from scratch."""

import os
import shutil
from pathlib import Path

import pytest
from small_school import edit, photo, tree

from docgen.engine.progress import Step
from docgen.errors import OutputError
from docgen.pipeline import Built, build, verify
from docgen.publish.lock import LOCK_NAME
from docgen.render.templates import package_templates

pytestmark = pytest.mark.xdist_group("small_school")
A01, A02 = "A01-网店运营推广-中级", "A02-老年照护-初级"
SCHOOL_FILES = {
    "院校信息表.docx",
    "院校信息表.pdf",
    "申报汇总表.xlsx",
    "核查报告.html",
    "核查报告.xlsx",
    "主管领导审核汇总页.pdf",
    "index.html",
}


def dossier(built: Built, name: str) -> set[str]:
    return {path for path in built.result.made if path.startswith(f"{name}/")}


def test_a_build_with_nothing_changed_writes_nothing(workspace: Path) -> None:
    out = workspace / "成品"
    before = {path: path.stat() for path in out.rglob("*")}
    built = build(workspace)
    assert built.result.made == () == built.result.removed
    assert set(built.result.kept) == set(tree(out)) - {"manifest.json"}
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == {
        path: status.st_mtime_ns for path, status in before.items()
    }


def test_changes_one_after_another_end_like_a_build_from_scratch(workspace: Path, tmp_path: Path) -> None:
    edit(workspace, "申报证书", "K2", "实训店铺有三年经营记录。")
    built = build(workspace)
    assert f"{A01}/申报书.pdf" in built.result.made
    assert dossier(built, A02) == set()
    assert {path for path in built.result.made if "/" not in path} <= SCHOOL_FILES

    (workspace / "佐证材料/A02/教师/莫示例.jpg").write_bytes(photo(210, 300))
    built = build(workspace)
    assert dossier(built, A01) == set()
    assert dossier(built, A02) == {
        f"{A02}/{name}" for name in ("教师佐证材料.pdf", "自查表.pdf", "主管领导审核页.docx", "主管领导审核页.pdf")
    }

    own = workspace / "templates/self-check"
    shutil.copytree(package_templates() / "self-check", own)
    page = own / "template.html"
    page.write_text(page.read_text("utf-8").replace("</body>", "<p>示例学校自用</p></body>"), "utf-8")
    built = build(workspace)
    assert {path.rpartition("/")[2] for path in built.result.made if "/" in path} == {
        "自查表.pdf",
        "主管领导审核页.docx",
        "主管领导审核页.pdf",
    }

    edit(workspace, "申报证书", "B3", None)  # a certificate is gone: errors, a draft in a folder of another name
    built = build(workspace)
    assert any(path.startswith(f"{A02}/") for path in built.result.removed)
    assert dossier(built, A01) == set()
    assert verify(built.out).intact

    clean = Path(shutil.copytree(workspace, tmp_path / "别处", ignore=shutil.ignore_patterns("成品", ".docgen")))
    assert tree(build(clean).out) == tree(built.out)


def test_what_is_missing_in_out_is_made_again(workspace: Path) -> None:
    lost = [f"{A01}/场地佐证材料.pdf", f"{A02}/申报书.docx", "index.html"]
    for path in lost:
        (workspace / "成品" / path).unlink()
    assert sorted(build(workspace).result.made) == sorted(lost)


def test_without_its_memory_a_build_makes_the_same_files(workspace: Path) -> None:
    before = tree(workspace / "成品")
    shutil.rmtree(workspace / ".docgen")
    built = build(workspace, only=["A02"])
    assert built.result.made == ()
    assert tree(built.out) == before


def test_a_finished_file_that_was_edited_without_a_trace_is_not_taken_for_ours(workspace: Path) -> None:
    page = workspace / "成品" / A01 / "申报书.docx"
    build(workspace)
    status = page.stat()
    data = bytearray(page.read_bytes())
    data[100] ^= 1
    page.write_bytes(bytes(data))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(OutputError, match=r"申报书\.docx.*改动"):
        build(workspace)
    assert build(workspace, force=True).result.made == (f"{A01}/申报书.docx",)


def test_a_template_edited_during_the_build_counts_from_the_next_one_on(workspace: Path) -> None:
    own = workspace / "templates/index"
    shutil.copytree(package_templates() / "index", own)
    page = own / "template.html"
    first = page.read_text("utf-8").replace("</body>", "<p>第一稿</p></body>")
    page.write_text(first, "utf-8")

    def someone_works_on_it(step: Step) -> None:
        page.write_text(first.replace("第一稿", "第二稿"), "utf-8")

    built = build(workspace, watch=someone_works_on_it)
    assert "第一稿" in (built.out / "index.html").read_text("utf-8")
    assert build(workspace).result.made == ("index.html",)
    assert "第二稿" in (built.out / "index.html").read_text("utf-8")


def test_evidence_that_vanishes_while_it_is_merged_is_told_and_made_good_by_the_next_build(workspace: Path) -> None:
    before = tree(workspace / "成品")
    photo = workspace / "佐证材料/A01/场地/实训室.jpg"
    kept = photo.read_bytes()
    (workspace / "成品" / A01 / "场地佐证材料.pdf").unlink()

    def someone_takes_it_away(step: Step) -> None:
        photo.unlink(missing_ok=True)

    built = build(workspace, watch=someone_takes_it_away)
    assert [finding.source.file for finding in built.evaluation.findings if finding.rule == "ASM001"] == [
        "佐证材料/A01/场地/实训室.jpg"
    ]
    assert [dossier.draft for dossier in built.plan.dossiers] == [True, False]
    assert verify(built.out).intact
    photo.write_bytes(kept)
    again = build(workspace)
    assert tree(again.out) == before


def test_of_two_builds_on_one_folder_the_second_says_so_and_stops(workspace: Path) -> None:
    edit(workspace, "申报证书", "K2", "改动。")
    refused = []

    def another_build(step: Step) -> None:
        if not refused:
            with pytest.raises(OutputError, match=r"另一个 docgen 正在往.*里写") as error:
                build(workspace)
            refused.append(error)

    built = build(workspace, watch=another_build)
    assert refused
    assert verify(built.out).intact
    assert not (built.out / LOCK_NAME).exists()
