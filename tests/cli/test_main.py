"""What every command shares: Chinese words, suggestions, exit codes, no traceback."""

import inspect
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from docgen.cli.main import COMMANDS, group, main


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from docgen.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_is_chinese_from_head_to_foot(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.returncode == 0
    assert "用法：" in result.stdout
    for english in ("Usage", "Options", "Commands", "Show", "[OPTIONS]", "COMMAND"):
        assert english not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["buidl"], "您是不是要写 build"),
        (["init"], "缺少参数“文件夹”。"),
        (["verify", "--fore", "x"], "没有选项“--fore”。"),
        (["build", "x", "--onyl", "y"], "没有选项“--onyl”。您是不是要写：“--json”、“--only”？"),
        (["init", "--kind", "x", "y"], "不在可选的范围内：“school”、“secretariat”。"),
        (["build", "x", "--jobs", "0"], "0 超出了范围（应为 1 到 256）。"),
        (["build", "x", "--jobs", "三"], "“三”不是有效的整数。"),
        (["build", "x", "--only"], "用 docgen build --help 查看用法"),
        (["verify", "a", "b"], "多写了参数"),
    ],
)
def test_wrong_usage_is_told_in_chinese_with_code_2(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert words in result.stderr
    assert "怎么办" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["templates"], ["catalogue"]])
def test_who_calls_nothing_is_shown_what_there_is(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert "命令:" in result.stderr
    assert "错误" not in result.stderr


def test_a_defect_shows_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(group, "main", broken)
    monkeypatch.delenv("DOCGEN_DEBUG", raising=False)
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 5
    printed = capsys.readouterr().err
    assert "boom" in printed
    assert "Traceback" not in printed


def words(catalog: Catalog) -> dict[str, str]:
    """Every message; whether babel holds one with a plural as tuple or list does not matter."""

    def plain(text: str | Sequence[str]) -> str:
        return text if isinstance(text, str) else "|".join(text)

    return {plain(message.id): plain(message.string) for message in catalog if message.id}


def test_compiled_words_are_those_of_the_source() -> None:
    folder = Path(inspect.getfile(main)).parent / "locale" / "zh_CN" / "LC_MESSAGES"
    with (folder / "docgen.po").open("rb") as source, (folder / "docgen.mo").open("rb") as compiled:
        wanted = words(read_po(source))
        found = words(read_mo(compiled))
    assert found == wanted


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["merge", "nowhere.pdf", "-o", "x.pdf", "--json"], 3),
        (["report", "nowhere", "--json"], 3),
        (["notice", "nowhere", "--json"], 3),
        (["build", "nowhere", "--json"], 3),
        (["build", ".", "--json", "--jobs", "viele"], 2),
    ],
)
def test_what_stops_a_command_is_one_json_line_for_programs(
    arguments: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main(arguments)
    said = capsys.readouterr()
    (line,) = said.err.splitlines()
    told = json.loads(line)
    assert (end.value.code, said.out, told["event"], told["exit_code"]) == (code, "", "error", code)
    assert told["message"]
    assert told["hint"]
