"""What cannot be a workspace or a workbook is refused in one clear sentence, with exit code 3; what is near is found."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt
from workspace_maker import workbook  # type: ignore[import-not-found]

from docgen.catalogue import load_catalogue
from docgen.errors import InputError
from docgen.findings import Severity
from docgen.load import container, load, load_review
from docgen.load import workbook as workbook_module


def _xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("院校信息").write(0, 0, "院校名称")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _locked_xls() -> bytes:
    data = bytearray(_xls())
    data[data.index(b"\x5c\x00\x70\x00")] = 0x2F  # the record after BOF becomes FILEPASS
    return bytes(data)


def _xls_with_false_dimensions() -> bytes:
    """A first row behind the last: the reader would set 300 GB aside."""
    data = bytearray(_xls())
    place = data.index(b"\x00\x02\x0e\x00")
    data[place + 4 : place + 8] = (2_949_120).to_bytes(4, "little")
    return bytes(data)


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def _far_corner() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook({})))
    book["申报证书"]["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _beyond_the_last_row() -> bytes:
    """A cell far below the last row that there can be."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook({}))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="C1"', b'r="C1999999999"'))
    return out.getvalue()


def _lying_length() -> bytes:
    """A sheet whose length in the directory of the archive is smaller than what it unpacks to."""
    data = bytearray(_zip(**{"xl__workbook.xml": b"<a/>" + b" " * 5000}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "空文件"),
        (workbook({})[:2000], "不完整或已损坏"),
        (b"PK\x03\x04" + bytes(300), "不完整或已损坏"),
        (_lying_length(), "不完整或已损坏"),
        (_ole("EncryptedPackage"), "打开密码"),
        (_locked_xls(), "打开密码"),
        (_xls()[:3000], "损坏"),
        (_xls()[:-512], "损坏"),
        (_xls_with_false_dimensions(), "损坏"),
        (_zip(**{"xl__workbook.xml": b"<a/>", "xl__sharedStrings.xml": b'<sst uniqueCount="7999999999"/>'}), "损坏"),
        (_ole("WordDocument"), "Word 文档"),
        (_zip(word__document_xml=b"x", **{"word__document.xml": b"x"}), "Word 文档"),
        (_zip(**{"a.txt": b"x"}), "压缩包"),
        (_zip(**{"xl__workbook.xml": b"<not closed"}), "损坏"),
        (_zip(**{"xl__workbook.xml": b"<workbook/>"}), "损坏"),
        (_zip(**{"xl__workbook.xml": b" " * 150_000_000}), "解开后有 150 MB"),
        (_far_corner(), "第 1048576 行"),
        (_beyond_the_last_row(), "第 1999999999 行"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html><table></table>", "网页"),
        (b"<html><head>" + "表".encode("gbk"), "网页"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML 表格 2003"),
        ("申报编号,证书名称\nA01,甲\n".encode("gbk"), "CSV"),
        ("没有表格".encode(), "纯文本"),
        (b"\x00\x01\x02\x03" * 50, "认不出"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_what_is_no_readable_workbook(workspace, data: bytes, sentence: str) -> None:
    workspace.put("申报数据.xlsx", data)
    with pytest.raises(InputError, match=sentence) as caught:
        workspace.load()
    assert "申报数据.xlsx" in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 3


def test_an_encrypted_ods(workspace) -> None:
    data = _zip(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        **{"content.xml": b"\x01\x02", "META-INF__manifest.xml": b"<x><manifest:encryption-data/></x>"},
    )
    workspace.put("申报数据.xlsx", data)
    with pytest.raises(InputError, match="打开密码"):
        workspace.load()


@pytest.mark.parametrize("times", ["1048576", "1999999999", "9" * 30])
def test_a_row_repeated_a_million_times_in_ods(workspace, times: str) -> None:
    names = "office table text"
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names.split())
    row = (
        f'<table:table-row table:number-rows-repeated="{times}"><table:table-cell table:number-columns-repeated="1000">'
    )
    content = f'<office:d {spaces}><table:table table:name="教师">{row}<text:p>x</text:p></table:table-cell></table:table-row></table:table></office:d>'
    workspace.put(
        "申报数据.xlsx",
        _zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": content.encode()}),
    )
    with pytest.raises(InputError, match=r"“教师”一直用到第 \d{7,} 行"):
        workspace.load()


def test_too_large_a_workbook_is_not_even_opened(workspace, monkeypatch) -> None:
    workspace.sheets()
    monkeypatch.setattr(workbook_module, "MAX_WORKBOOK_BYTES", 1000)
    with pytest.raises(InputError, match="没有读取"):
        workspace.load()


def test_the_limits_of_the_issue() -> None:
    assert container.MAX_WORKBOOK_BYTES == 50_000_000
    assert container.MAX_UNPACKED_BYTES == 400_000_000


def test_no_permission(workspace, monkeypatch) -> None:
    workspace.sheets()

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError):
        workspace.load()


@pytest.mark.parametrize(
    ("name", "command"), [("双周报数据.xlsx", "docgen report"), ("评审结果.xlsx", "docgen notice")]
)
def test_a_workbook_of_another_command_is_not_taken_for_the_applications(tmp_path, name, command) -> None:
    openpyxl.Workbook().save(tmp_path / name)
    with pytest.raises(InputError, match="没有工作簿“申报数据") as refused:
        load(tmp_path, load_catalogue(tmp_path))
    assert command in refused.value.hint


def test_a_folder_without_settings_is_no_secretariats_workspace_and_is_not_called_a_schools(tmp_path) -> None:
    with pytest.raises(InputError, match="”不是秘书处的工作区"):
        load_review(tmp_path, load_catalogue(tmp_path))


def test_no_folder_no_workbook_a_file_a_folder(workspace, tmp_path) -> None:
    for path, sentence in ((tmp_path / "nowhere", "找不到工作区"), (workspace.put("a.txt", "x"), "不是工作区文件夹")):
        workspace.directory = path
        with pytest.raises(InputError, match=sentence):
            workspace.load()
    workspace.directory = tmp_path
    with pytest.raises(InputError, match="没有工作簿“申报数据"):
        workspace.load()
    (tmp_path / "申报数据.xlsx").mkdir()
    with pytest.raises(InputError, match="是一个文件夹"):
        workspace.load()
    with pytest.raises(InputError, match=r"找不到工作簿“x\.xlsx”"):
        workspace.load(workbook=tmp_path / "x.xlsx")


def test_a_copy_beside_the_workbook_is_told_for_that_may_be_the_one_that_was_filled_in(workspace, told) -> None:
    workspace.put("申报数据.xlsx", workbook({}))
    workspace.put("通讯录.xlsx", workbook({}))
    assert told(workspace.load()) == []
    workspace.put("申报数据（定稿）.xlsx", workbook({}))
    loaded = workspace.load()
    assert told(loaded) == [("DAT021", "")]
    (copy,) = (found for found in loaded.findings if found.rule == "DAT021")
    assert copy.level is Severity.INFO
    assert "还有“申报数据（定稿）.xlsx”，没有读取" in copy.message


def test_the_only_other_fitting_workbook_is_read_and_told(workspace, told) -> None:
    workspace.put("2021申报.xlsx", workbook({}))
    workspace.put("通讯录.xlsx", workbook({"院校信息": None, "申报证书": None, "人员": [["a"]]}))
    workspace.put("坏.xls", b"<html>")
    workspace.put("~$2021申报.xlsx", b"x")
    loaded = workspace.load()
    assert told(loaded) == [("DAT020", ""), ("DAT021", "")]
    assert loaded.case.settings.workbook == "2021申报.xlsx"
    assert list(loaded.case.inputs) == ["2021申报.xlsx"]
    workspace.put("另一本.xlsx", workbook({}))
    with pytest.raises(InputError, match="“2021申报") as caught:
        workspace.load()
    assert "“另一本.xlsx”" in caught.value.message


def test_a_workbook_given_by_path_lies_where_it_will(workspace, tmp_path_factory, told) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "数据.xlsx"
    elsewhere.write_bytes(workbook({}))
    loaded = workspace.load(workbook=elsewhere)
    assert loaded.case.school.origin.file == "数据.xlsx"
    assert told(loaded) == []


def test_a_linked_workbook_outside_is_refused(workspace, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "数据.xlsx"
    elsewhere.write_bytes(workbook({}))
    (workspace.directory / "申报数据.xlsx").symlink_to(elsewhere)
    with pytest.raises(InputError, match="链接"):
        workspace.load()


def test_a_lock_file_of_libreoffice(workspace, told) -> None:
    workspace.sheets().put(".~lock.申报数据.xlsx#", b"x")
    assert told(workspace.load()) == [("DAT020", "")]
