"""docgen merge as a person runs it: what is said on which stream, with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import evidence_files
import pytest

from docgen.cli.main import main


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a PDF of two pages and a photo."""
    monkeypatch.chdir(tmp_path)
    Path("章程.pdf").write_bytes(evidence_files.pdf("Alpha", "Beta"))
    Path("全景.jpg").write_bytes(evidence_files.jpeg())
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(["merge", *arguments])
    shown = capsys.readouterr()
    return int(caught.value.code or 0), shown.out, shown.err


def test_what_was_made_is_told_with_the_place_of_every_item(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "章程.pdf", "全景.jpg", "-o", "合并.pdf")
    assert (code, "错误" in err) == (0, False)
    lines = out.splitlines()
    assert lines[0].startswith("合并.pdf：2件，3页，")
    assert "摘要 " in lines[0]
    assert lines[1:] == ["  1  第1–2页  章程", "  2  第3页    全景"]


def test_json_tells_the_same_to_programs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("空.pdf").write_bytes(b"")
    code, out, _ = run(capsys, "章程.pdf", "空.pdf", "全景.jpg", "-o", "合并.pdf", "--title", "材料", "--json")
    content = json.loads(out)
    assert code == 1
    assert (content["file"], content["title"], content["made"], content["pages"]) == ("合并.pdf", "材料", True, 3)
    assert [(item["title"], item["file"], item["firstPage"], item["lastPage"]) for item in content["items"]] == [
        ("章程", "章程.pdf", 1, 2),
        ("全景", "全景.jpg", 3, 3),
    ]
    assert [each["file"] for each in content["leftOut"]] == ["空.pdf"]
    assert content["size"] == Path("合并.pdf").stat().st_size
    assert len(content["sha256"]) == 64


def test_a_bad_file_is_named_with_its_remedy_and_ends_with_1(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("坏.jpg").write_bytes(evidence_files.jpeg()[:150])
    code, out, err = run(capsys, "坏.jpg", "章程.pdf", "-o", "合并.pdf")
    assert code == 1
    assert out.startswith("合并.pdf：1件，2页，")
    assert "没有放进去：“坏.jpg”" in err
    assert "请" in err.split("没有放进去：“坏.jpg”")[1].splitlines()[0]
    assert "有1个文件没有放进去" in err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["章程.pfd", "-o", "a.pdf"], 3, "是不是“章程.pdf”"),
        (["章程.pdf", "-o", "章程.pdf"], 3, "不能被结果覆盖"),
        (["章程.pdf", "-o", "a.docx"], 2, "以 .pdf 结尾"),
        (["章程.pdf"], 2, "缺少选项"),
        (["-o", "a.pdf"], 2, "缺少参数"),
        (["章程.pdf", "-o", "a.pdf", "--photos-per-page", "13"], 2, "应为 1 到 12"),
    ],
)
def test_a_wrong_call_writes_nothing(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, words: str
) -> None:
    before = sorted(here.iterdir())
    left, out, err = run(capsys, *arguments)
    assert (left, out) == (code, "")
    assert words in err
    assert "怎么办：" in err
    assert sorted(here.iterdir()) == before


def test_a_second_run_wants_force(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "章程.pdf", "-o", "a.pdf")[0] == 0
    code, _, err = run(capsys, "章程.pdf", "-o", "a.pdf")
    assert (code, "已经有文件 a.pdf，没有覆盖" in err) == (3, True)
    assert run(capsys, "章程.pdf", "-o", "a.pdf", "--force")[0] == 0


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--help")
    assert "docgen merge 教师证书.pdf 培训照片.jpg -o 教师材料.pdf" in out
    assert "退出码" in out


def test_pages_alone_are_merged_without_the_machinery_of_templates(here: Path) -> None:
    script = (
        "import sys; from docgen.cli.main import main\n"
        "try: main(['merge', '章程.pdf', '-o', 'a.pdf'])\n"
        "except SystemExit as end: print(end.code, [m for m in ('weasyprint', 'jinja2', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "0 []"
