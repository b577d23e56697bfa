"""What is given on the command line → the files to merge, in order; what is not there is told with what was meant."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docgen.errors import InputError, UsageError
from docgen.merging.gathering import gather
from docgen.merging.words import one_line


def put(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def names(*paths: Path) -> list[str]:
    return [given.path.name for given in gather(paths).files]


def test_files_come_in_the_order_given_and_folders_as_a_person_counts(tmp_path: Path) -> None:
    put(tmp_path, "乙.pdf", "甲.pdf", "册/10.jpg", "册/9.jpg", "册/1/b.jpg", "册/1/a.jpg")
    assert names(tmp_path / "乙.pdf", tmp_path / "册", tmp_path / "甲.pdf") == [
        "乙.pdf",
        "a.jpg",
        "b.jpg",
        "9.jpg",
        "10.jpg",
        "甲.pdf",
    ]
    assert [given.folder for given in gather([tmp_path / "册"]).files] == ["1", "1", "", ""]


def test_hidden_and_temporary_files_of_a_folder_are_no_material(tmp_path: Path) -> None:
    put(tmp_path, ".DS_Store", "~$清单.docx", "Thumbs.db", "__MACOSX/._a.jpg", ".docgen/x", "a.jpg")
    assert names(tmp_path) == ["a.jpg"]


def test_a_hidden_file_that_is_named_is_taken(tmp_path: Path) -> None:
    put(tmp_path, ".扫描.pdf")
    assert names(tmp_path / ".扫描.pdf") == [".扫描.pdf"]


@pytest.mark.parametrize(
    ("there", "given", "meant"),
    [
        ("教师证书.pdf", "教师证书.PDF.pdf", "教师证书.pdf"),
        ("培训.JPG", "培训.jpeg", "培训.JPG"),
        ("a", "很不一样.pdf", ""),
    ],
)
def test_a_file_that_is_not_there_is_told_with_what_was_meant(
    tmp_path: Path, there: str, given: str, meant: str
) -> None:
    put(tmp_path, there)
    with pytest.raises(InputError) as caught:
        gather([tmp_path / there, tmp_path / given])
    assert f"{given}”不存在" in caught.value.message
    assert (f"是不是“{meant}”" in caught.value.message) is bool(meant)
    assert "是不是“”" not in caught.value.message


def test_every_missing_file_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        gather([tmp_path / "甲.pdf", tmp_path / "没有" / "乙.pdf"])
    assert "甲.pdf”不存在" in caught.value.message
    assert "没有文件夹" in caught.value.message


@pytest.mark.parametrize("name", ["a\0b.pdf", "长" * 300 + ".pdf"])
def test_a_name_that_the_system_does_not_take(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"不能用作文件名|名称或路径太长"):
        gather([tmp_path / name])


def test_nothing_given() -> None:
    with pytest.raises(UsageError, match="没有给出"):
        gather([])


def test_an_empty_folder_alone_cannot_be_merged_beside_others_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(InputError, match="空”文件夹里没有可以合并的文件"):
        gather([tmp_path / "空"])
    put(tmp_path, "a.pdf")
    gathering = gather([tmp_path / "空", tmp_path / "a.pdf"])
    assert [each.reason for each in gathering.left_out] == ["文件夹里没有可以合并的文件"]


def test_links_that_lead_out_of_a_folder_are_told_and_circles_end(tmp_path: Path) -> None:
    put(tmp_path, "外.pdf", "册/内.pdf")
    (tmp_path / "册" / "链接.pdf").symlink_to(tmp_path / "外.pdf")
    (tmp_path / "册" / "失效.pdf").symlink_to(tmp_path / "册" / "没有.pdf")
    (tmp_path / "册" / "圈").symlink_to(tmp_path / "册")
    gathering = gather([tmp_path / "册"])
    assert [given.path.name for given in gathering.files] == ["内.pdf"]
    told = {Path(each.file).name: each.reason for each in gathering.left_out}
    assert told.keys() == {"链接.pdf", "失效.pdf"}
    assert "之外的链接" in told["链接.pdf"]
    assert "失效的链接" in told["失效.pdf"]


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.pdf")
    put(tmp_path, "a.pdf")
    gathering = gather([tmp_path / "管道.pdf", tmp_path / "a.pdf"])
    assert [each.reason for each in gathering.left_out] == ["不是普通的文件"]


def test_titles_are_one_line_of_text(tmp_path: Path) -> None:
    put(tmp_path, "张三\n\x07培训  证书.pdf")
    assert gather([tmp_path]).files[0].title == "张三 培训 证书"
    assert one_line(os.fsdecode(b"\xd5\xc5.pdf")) == "��.pdf"


def test_two_garbled_names_keep_apart(tmp_path: Path) -> None:
    for name in (b"\xd5.pdf", b"\xd6.pdf"):
        (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    assert len({given.name for given in gather([tmp_path]).files}) == 2
