"""What a hostile or unlucky user gives: one clear sentence, the right code, and the user's files as they were."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from docgen.cli.main import main
from docgen.publish.journal import JOURNAL_NAME
from docgen.render.templates import package_templates

WORKBOOK = "申报数据.xlsx"
SHEETS: dict[str, list[list[object]]] = {
    "院校信息": [["项目", "内容"], ["院校名称", "甲职业学院"], ["院校类型", "高职"]],
    "申报证书": [["申报编号", "证书名称", "等级", "培训人数"], ["A01", "网店运营推广", "中级", 20]],
    "教师": [["姓名", "职称", "申报编号"], ["张三", "教授", "全部"]],
}
PHOTO = "佐证材料/A01/教师/张三.jpg"
Files = dict[str, tuple[str, int]]
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A workspace of one application, one teacher and one photo."""
    folder = tmp_path / "学校"
    (folder / PHOTO).parent.mkdir(parents=True)
    Image.effect_noise((300, 200), 80).convert("RGB").save(folder / PHOTO)
    write(folder, SHEETS)
    return folder


def write(folder: Path, sheets: dict[str, list[list[object]]]) -> None:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / WORKBOOK)


def tree(folder: Path) -> Files:
    """Every regular file with its digest and its time of change, but for what docgen keeps to be quicker next time."""
    return {
        path.relative_to(folder).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and ".docgen" not in path.relative_to(folder).parts
    }


@pytest.fixture
def docgen(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line; gives its exit code and all that it said."""

    def run(*arguments: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(left.value.code or 0), said.out + said.err

    return run


def apart(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line in a process of its own, which must end within a minute."""
    command = [sys.executable, "-c", "from docgen.cli import main; main()", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, timeout=60, env={**os.environ, **variables}
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("a = = 3", "第 1 行写法不对"),
        ("[evidence]\nmax_dpi = " + "9" * 6000, "大得读不了"),
        ("a = " + "[" * 5000, "嵌套太深"),
        ('[workspace]\noutput = "."', "成品不能写进工作区本身"),
        ('[workspace]\noutput = "佐证材料/x"', "成品不能写进“佐证材料”文件夹"),
        ('[workspace]\noutput = "申报数据.xlsx"', "是一个文件，不是文件夹"),
    ],
)
def test_settings_that_stop_a_build(tiny: Path, docgen: Run, settings: str, words: str) -> None:
    (tiny / "docgen.toml").write_text(settings, encoding="utf-8")
    before = tree(tiny)
    code, said = docgen("build", tiny)
    assert (code, words in said) == (3, True), said
    assert tree(tiny) == before


@pytest.mark.parametrize("place", ["../外面", "/外面", r"C:\\外面", r"a\u0000b", "长" * 100])
def test_settings_never_lead_out_of_the_workspace(tiny: Path, docgen: Run, place: str) -> None:
    lines = [f'{key} = "{place}"' for key in ("workbook", "evidence", "output")]
    (tiny / "docgen.toml").write_text("\n".join(["[workspace]", *lines]), encoding="utf-8")
    code, said = docgen("check", tiny)
    assert code == 1
    assert said.count("已按默认值处理") == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on Windows")
@pytest.mark.parametrize(("name", "code"), [(WORKBOOK, 3), ("docgen.toml", 3), (PHOTO, 1)])
def test_a_pipe_in_the_place_of_a_file_never_hangs(tiny: Path, name: str, code: int) -> None:
    (tiny / name).unlink(missing_ok=True)
    os.mkfifo(tiny / name)
    assert apart("check", tiny).returncode == code


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names are Unicode there")
def test_a_name_of_unreadable_bytes_is_a_finding(tiny: Path, docgen: Run) -> None:
    Path(os.fsdecode(os.fsencode(tiny / PHOTO).replace("张三".encode(), "张三".encode("gbk")))).write_bytes(b"x")
    code, said = docgen("check", tiny, "--format", "json")
    assert code == 1
    assert [found["rule"] for found in json.loads(said)["findings"]].count("DAT027") == 1


def test_a_page_pasted_as_a_name_is_a_finding(tiny: Path, docgen: Run) -> None:
    write(tiny, SHEETS | {"教师": [["姓名", "职称", "申报编号"], ["x" * 20_000, "教授", "全部"]]})
    code, said = docgen("check", tiny)
    assert code == 1
    assert "DAT028" in said
    assert "20000 个字" in said


@pytest.mark.parametrize("place", ["长" * 300, "申报数据.xlsx/x", "圈"])
def test_places_that_cannot_be_written_to(tiny: Path, docgen: Run, place: str) -> None:
    (tiny / "圈").symlink_to("圈")
    before = tree(tiny)
    code, said = docgen("build", tiny, "-o", tiny / place)
    assert code == 3, said
    assert "怎么办" in said
    assert tree(tiny) == before


def test_a_journal_that_names_the_users_files_deletes_nothing(tiny: Path, docgen: Run) -> None:
    out = tiny / "成品"
    out.mkdir()
    for listed in (f'["../{WORKBOOK}"]', json.dumps([str(tiny / WORKBOOK)]), '["C:/x"]', "5", "[" * 100_000, ""):
        (out / JOURNAL_NAME).write_text(listed, encoding="utf-8")
        before = tree(tiny)
        assert docgen("build", tiny)[0] == 3, listed
        assert tree(tiny) == before


def test_a_linked_folder_in_out_is_not_written_through(tiny: Path, tmp_path: Path, docgen: Run) -> None:
    outside, out = tmp_path / "别处", tiny / "成品"
    outside.mkdir()
    out.mkdir()
    (out / "A01-网店运营推广-中级").symlink_to(outside)
    code, said = docgen("build", tiny)
    assert (code, "指向别处的链接" in said) == (3, True)
    assert list(outside.iterdir()) == []
    assert [path.name for path in out.iterdir()] == ["A01-网店运营推广-中级"]


@pytest.mark.parametrize(("name", "words"), [("index.html/x", "是一个文件夹"), ("A01-网店运营推广-中级", "是一个文件")])
def test_what_bars_a_document_is_told_before_anything_is_written(
    tiny: Path, docgen: Run, name: str, words: str
) -> None:
    out = tiny / "成品"
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("mine", encoding="utf-8")
    (out / JOURNAL_NAME).write_text("[]", encoding="utf-8")
    (out / "manifest.json").write_text(
        '{"format": 1, "files": [], "inputs": [], "school": "", "applications": []}', encoding="utf-8"
    )
    before = tree(tiny)
    code, said = docgen("build", tiny)
    assert (code, words in said) == (3, True), said
    assert tree(tiny) == before


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("template.html", b"{{ 1 + 'a' }}", "套用数据时出错"),
        ("template.html", b"{{ 1 // 0 }}", "套用数据时出错"),
        ("template.html", b"{{ 'a' * 10000000000 }}", "太大"),
        ("template.html", b"{{ 9 ** (9 ** 9) }}", "太大"),
        ("template.html", b"{% include 'template.html' %}", "自己引用自己"),
        ("template.html", b"{% include '/etc/passwd' %}", "不在模板文件夹里"),
        ("template.html", "{{ 没有 }}".encode(), "没有“没有”这个变量"),
        ("template.html", "中文".encode("gbk"), "UTF-8"),
        ("manifest.toml", b'fields = "abc"', "读不出来"),
    ],
)
def test_a_wrong_template_is_told_as_the_templates_fault(
    tiny: Path, docgen: Run, name: str, text: bytes, words: str
) -> None:
    own = tiny / "templates" / "school-form"
    own.mkdir(parents=True)
    for path in (package_templates() / "school-form").iterdir():
        (own / path.name).write_bytes(path.read_bytes())
    (own / name).write_bytes(text)
    write(tiny, SHEETS | {"申报证书": SHEETS["申报证书"][:1]})  # no dossier, so that this template comes first
    code, said = docgen("build", tiny)
    assert (code, words in said) == (3, True), said


def test_a_template_that_is_a_link_out_is_refused(tiny: Path, tmp_path: Path, docgen: Run) -> None:
    own = tiny / "templates" / "application"
    own.mkdir(parents=True)
    (own / "manifest.toml").write_text('title = "申报书"', encoding="utf-8")
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    (own / "template.html").symlink_to(tmp_path / "secret")
    code, said = docgen("build", tiny)
    assert (code, "之外的链接" in said) == (3, True), said


def test_odd_surroundings_do_not_matter(tiny: Path) -> None:
    plain = apart("check", tiny)
    for variables in ({"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "gbk"}, {"XDG_CACHE_HOME": "rel", "HOME": "/nope"}):
        result = apart("check", tiny, **variables)
        assert (result.returncode, result.stdout) == (1, plain.stdout), variables


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_closed_and_full_outputs(tiny: Path) -> None:
    command = f"{sys.executable} -c 'from docgen.cli import main; main()' check '{tiny}'"
    closed = subprocess.run(["sh", "-c", f"{command} >&-"], capture_output=True, check=False)
    assert (closed.returncode, closed.stderr) == (1, b"")
    if Path("/dev/full").exists():
        full = subprocess.run(["sh", "-c", f"{command} >/dev/full"], capture_output=True, check=False)
        assert full.returncode == 3
        assert "磁盘空间不足" in full.stderr.decode()
