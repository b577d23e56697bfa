"""`merge` as a library function, on real files of every kind: order, bookmarks, index, refusals, same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import evidence_files
import pikepdf
import pytest
from docx import Document
from pypdf import PdfReader
from pypdf.generic import Destination

from docgen.assemble.records import Entry, FrontMatter, VolumeOrder
from docgen.errors import InputError, OutputError, UsageError
from docgen.findings import Severity
from docgen.merging import merge
from docgen.merging.work import cover_fields
from docgen.pipeline import merge as merge_of_the_pipeline
from docgen.render.known_fields import known_fields
from docgen.render.templates import find_template
from docgen.tools import libreoffice


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a PDF of three pages that has bookmarks and links, a photo, and a TIFF of two pages."""
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "1 章程.pdf").write_bytes(evidence_files.pdf("Alpha", "Beta", "Gamma", change=evidence_files.outlined))
    (folder / "2 全景.jpg").write_bytes(evidence_files.jpeg(orientation=6))
    pages = [evidence_files.picture(1240, 1754, mode) for mode in ("RGB", "L")]
    pages[0].save(folder / "10 扫描.tif", save_all=True, append_images=pages[1:], dpi=(150, 150))
    return folder


def texts(path: Path) -> list[str]:
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(path).pages]


def bookmarks(path: Path) -> list[tuple[int, str, int]]:
    """Depth, title and page (from 1) of every bookmark."""
    reader = PdfReader(path)

    def walk(entries: list[object], depth: int) -> Iterator[tuple[int, str, int]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            elif isinstance(entry, Destination):
                page = reader.get_destination_page_number(entry)
                yield depth, str(entry.title), -1 if page is None else page + 1

    return list(walk(reader.outline, 0))


def links(path: Path, page: int) -> list[int]:
    """The pages (from 1) to which the links of a page (from 0) lead."""
    with pikepdf.open(path) as pdf:
        places = {each.objgen: number for number, each in enumerate((page.obj for page in pdf.pages), 1)}
        return [places[note.Dest[0].objgen] for note in pdf.pages[page].obj.get("/Annots", ()) if "/Dest" in note]


def test_pages_come_in_order_with_bookmarks_and_a_title(files: Path, tmp_path: Path) -> None:
    target = tmp_path / "结果" / "补充材料.pdf"
    merged = merge([files], target)
    assert (merged.made, merged.whole, merged.pages, merged.left_out) == (True, True, 6, ())
    assert [(item.title, item.first_page, item.pages) for item in merged.items] == [
        ("1 章程", 1, 3),
        ("2 全景", 4, 1),
        ("10 扫描", 5, 2),
    ]
    shown = texts(target)
    assert [word for word, text in zip(("Alpha", "Beta", "Gamma"), shown, strict=False) if word in text] == [
        "Alpha",
        "Beta",
        "Gamma",
    ]
    assert not any("共6页" in text for text in shown)
    tops = [(title, page) for depth, title, page in bookmarks(target) if depth == 0]
    assert [page for _, page in tops] == [1, 4, 5]
    assert ["章程" in tops[0][0], "全景" in tops[1][0], "扫描" in tops[2][0]] == [True] * 3
    assert (1, "Chapter 2", 3) in bookmarks(target)
    assert links(target, 0) == [3]
    with pikepdf.open(target) as pdf:
        assert str(pdf.docinfo["/Title"]) == "补充材料"
        assert str(pdf.Root.Lang).startswith("zh")
        assert {(float(page.mediabox[2]) > 590, float(page.mediabox[3]) > 590) for page in pdf.pages} == {(True, True)}
    assert target.stat().st_size == merged.size


def test_cover_index_and_foot_where_they_are_wanted(files: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    merged = merge([files], target, title="教师佐证材料", subtitle="甲职业学院", index=True, number=True)
    assert [item.first_page for item in merged.items] == [3, 6, 7]
    shown = texts(target)
    assert "教师佐证材料甲职业学院共3件（照片" in shown[0]
    assert "8页" in shown[0]
    assert "目录" in shown[1]
    assert "第2页共8页" in shown[1]
    assert "教师佐证材料·甲职业学院·第3页共8页" in shown[2]
    assert links(target, 1) == [3, 3, 6, 6, 7, 7]
    assert [title for depth, title, _ in bookmarks(target) if depth == 0][:2] == ["封面", "目录"]


def test_the_foot_does_without_a_subtitle(files: Path, tmp_path: Path) -> None:
    merge([files], tmp_path / "a.pdf", title="材料", number=True)
    assert all(f"材料·第{number}页共6页" in text for number, text in enumerate(texts(tmp_path / "a.pdf"), 1))


def test_the_same_files_give_the_same_bytes(files: Path, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        merge([files], tmp_path / name / "x.pdf", index=True, number=True)
    assert (tmp_path / "甲" / "x.pdf").read_bytes() == (tmp_path / "乙" / "x.pdf").read_bytes()


def test_the_same_file_twice_is_merged_twice_with_a_word_and_keeps_its_links_apart(files: Path, tmp_path: Path) -> None:
    document = files / "1 章程.pdf"
    merged = merge([document, document], tmp_path / "x.pdf")
    assert (merged.pages, merged.whole) == (6, True)
    assert f"“{document}”给了2次，放了2次。" in [remark.message for remark in merged.remarks]
    assert (links(tmp_path / "x.pdf", 0), links(tmp_path / "x.pdf", 3)) == ([3], [6])


def test_two_files_of_the_same_content_are_told(files: Path, tmp_path: Path) -> None:
    (files / "3 又一份.jpg").write_bytes((files / "2 全景.jpg").read_bytes())
    merged = merge([files], tmp_path / "x.pdf")
    assert len(merged.items) == 4
    assert any("又一份.jpg”内容完全相同" in remark.message for remark in merged.remarks)


def test_a_bad_file_is_named_and_the_others_go_on(files: Path, tmp_path: Path) -> None:
    (files / "空.pdf").write_bytes(b"")
    (files / "截断.jpg").write_bytes(evidence_files.jpeg()[:200])
    (files / "压缩.zip").write_bytes(b"PK\x03\x04")
    merged = merge([files], tmp_path / "x.pdf", index=True)
    assert (merged.made, merged.whole, len(merged.items)) == (True, False, 3)
    assert {Path(each.file).name for each in merged.left_out} == {"空.pdf", "截断.jpg", "压缩.zip"}
    assert all(each.reason and each.remedy for each in merged.left_out)


def test_where_no_file_can_be_used_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "空.pdf").write_bytes(b"")
    with pytest.raises(InputError, match="没有一个文件可以合并") as caught:
        merge([tmp_path / "空.pdf"], tmp_path / "新" / "x.pdf")
    assert "空.pdf" in caught.value.message
    assert [path.name for path in tmp_path.iterdir()] == ["空.pdf"]


def test_what_is_worth_a_word_is_told_in_plain_chinese(tmp_path: Path) -> None:
    def with_script(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")

    (tmp_path / "带脚本.pdf").write_bytes(evidence_files.pdf("A", change=with_script))
    merged = merge([tmp_path / "带脚本.pdf"], tmp_path / "x.pdf")
    told = [remark for remark in merged.remarks if "里的脚本" in remark.message]
    assert len(told) == 1
    assert told[0].level is Severity.INFO
    assert told[0].message.startswith(f"“{tmp_path / '带脚本.pdf'}”")


def test_the_inputs_stay_as_they_are_and_nothing_is_left_beside_the_result(files: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in files.iterdir()}
    merge([files], tmp_path / "x.pdf")
    assert {path: path.read_bytes() for path in files.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.pdf", "材料"]


class TestOverwriting:
    def test_an_existing_file_stays_unless_forced(self, files: Path, tmp_path: Path) -> None:
        target = tmp_path / "x.pdf"
        target.write_bytes(evidence_files.pdf("mine"))
        with pytest.raises(OutputError, match="没有覆盖") as caught:
            merge([files], target)
        assert "--force" in caught.value.hint
        assert target.read_bytes() == evidence_files.pdf("mine")
        assert merge([files], target, force=True).made
        assert len(texts(target)) == 6

    def test_what_is_no_pdf_is_never_overwritten(self, files: Path, tmp_path: Path) -> None:
        (tmp_path / "x.pdf").write_bytes(b"my diary")
        with pytest.raises(OutputError, match="不是 PDF"):
            merge([files], tmp_path / "x.pdf", force=True)
        assert (tmp_path / "x.pdf").read_bytes() == b"my diary"

    @pytest.mark.parametrize("force", [False, True])
    def test_an_input_is_never_overwritten(self, files: Path, tmp_path: Path, force: bool) -> None:
        (tmp_path / "链接.pdf").symlink_to(files / "1 章程.pdf")
        for target in (files / "1 章程.pdf", tmp_path / "链接.pdf"):
            with pytest.raises(OutputError, match="要合并的文件之一"):
                merge([files], target, force=force)

    def test_other_targets_that_cannot_be(self, files: Path, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"以 \.pdf 结尾"):
            merge([files], tmp_path / "申报数据.xlsx")
        (tmp_path / "夹.pdf").mkdir()
        with pytest.raises(OutputError, match="是一个文件夹"):
            merge([files], tmp_path / "夹.pdf", force=True)
        with pytest.raises(OutputError, match="不是文件夹"):
            merge([files], files / "2 全景.jpg" / "x.pdf")
        with pytest.raises(OutputError, match="名称或路径太长"):
            merge([files], tmp_path / ("长" * 300 + ".pdf"))


@pytest.mark.parametrize("name", ["有 空格 的", "笑脸😀", "长" * 80, "𠮷野家", "<b>&{{ 7*7 }}"])
def test_unusual_names_are_titles_like_others(tmp_path: Path, name: str) -> None:
    source = tmp_path / f"{name}.jpg"
    source.write_bytes(evidence_files.jpeg())
    merged = merge([source], tmp_path / f"{name}.pdf", index=True, number=True)
    assert (merged.made, merged.title, merged.items[0].title) == (True, name, name)
    with pikepdf.open(tmp_path / f"{name}.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]) == name


@pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not installed")
def test_office_files_go_in_as_pdf(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Equipment")
    document.save(str(tmp_path / "说明.docx"))
    merged = merge([tmp_path / "说明.docx"], tmp_path / "x.pdf")
    assert "Equipment" in texts(tmp_path / "x.pdf")[0]
    assert any("LibreOffice 转换" in remark.message for remark in merged.remarks)


def test_every_field_of_the_cover_is_told(tmp_path: Path) -> None:
    matter = FrontMatter(VolumeOrder("题", "副", "", ()), (Entry("张某某", "证书", "照片", 1, 3),), 4, 2)
    fields = cover_fields(matter)
    known = {field.path for field in known_fields(find_template("merged")).fields}
    assert {*fields, *(f"条目[].{name}" for name in fields["条目"][0])} - known == set()


def test_merge_is_a_verb_of_the_library() -> None:
    assert merge_of_the_pipeline is merge


def test_a_photo_within_the_resolution_goes_in_byte_by_byte(tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(evidence_files.jpeg(width=1000, height=800))
    merge([tmp_path / "照片.jpg"], tmp_path / "x.pdf")
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        held = [each.read_raw_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    assert (tmp_path / "照片.jpg").read_bytes() in held
