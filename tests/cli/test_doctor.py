"""`docgen doctor` on this machine, and on machines that lack something."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen import doctor
from docgen.cli import doctor_command
from docgen.doctor import Need, State, all_met

# Runs docgen as its users do, on a machine where the libraries named in the first argument cannot be loaded.
WITHOUT = """
import sys, cffi
load, lacking = cffi.FFI.dlopen, sys.argv[1]
def dlopen(self, name, flags=0):
    if name and lacking in name:
        raise OSError(f"cannot load library '{name}': not found")
    return load(self, name, flags)
cffi.FFI.dlopen = dlopen
from docgen.cli import main
main(sys.argv[2:])
"""


def docgen_without(library: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, library, *arguments], check=False, capture_output=True, text=True
    )


def test_this_machine_is_ready_and_each_need_is_shown():
    result = CliRunner().invoke(doctor_command.command, standalone_mode=False)
    assert result.return_value == 0
    for name in (
        "Python 3.11+",
        "Pango",
        "HarfBuzz-subset",
        "宋体",
        "仿宋",
        "黑体",
        "楷体",
        "小标宋",
        "LibreOffice",
        "✓ 正常",
    ):
        assert name in result.output
    assert "本机可以使用 docgen" in result.output


def test_json_holds_the_same():
    result = CliRunner().invoke(doctor_command.command, ["--json"], standalone_mode=False)
    document = json.loads(result.output)
    assert document["ok"] is True
    assert [need["name"] for need in document["needs"]] == [need.name for need in doctor.examine()]
    assert {"name", "state", "found", "advice", "required"} == document["needs"][0].keys()


def test_without_pango_it_says_what_for_it_is_and_how_to_get_it():
    done = docgen_without("pango-1.0", "doctor")
    assert done.returncode == 0
    assert "系统库 Pango" in done.stdout
    assert "自带的模板不需要它" in done.stdout
    for way in ("apt-get install libpango-1.0-0", "brew install pango", "MSYS2"):
        assert way in done.stdout
    assert "Traceback" not in done.stderr
    assert "WeasyPrint could not import" not in done.stdout


def test_without_harfbuzz_subset_it_works_more_slowly():
    done = docgen_without("harfbuzz-subset", "doctor", "--json")
    assert done.returncode == 0
    need = next(need for need in json.loads(done.stdout)["needs"] if "HarfBuzz" in need["name"])
    assert need["state"] == "standIn"
    assert "慢" in need["advice"]


@pytest.mark.parametrize(
    ("state", "required", "met"),
    [
        (State.OK, True, True),
        (State.STAND_IN, True, True),
        (State.MISSING, False, True),
        (State.MISSING, True, False),
    ],
)
def test_only_a_missing_requirement_keeps_docgen_from_working(state, required, met):
    assert all_met([Need("字体", State.OK, ""), Need("Pango", state, "", required=required)]) is met


def test_what_is_found_is_shown_as_it_is(monkeypatch):
    needs = (Need("Python", State.OK, "/home/[red]用户[/red]/python"), Need("qpdf", State.MISSING, "没有", "去安装。"))
    monkeypatch.setattr(doctor_command, "examine", lambda: needs)
    result = CliRunner().invoke(doctor_command.command, standalone_mode=False)
    assert result.return_value == 4
    assert "/home/[red]用户[/red]/python" in result.output
    assert "缺少：qpdf" in result.output
    assert "qpdf：去安装。" in result.output


def test_another_encoding_of_the_terminal_is_told(monkeypatch):
    monkeypatch.setattr(doctor.locale, "getencoding", lambda: "GBK")
    monkeypatch.setattr(doctor.sys, "platform", "linux")
    need = next(need for need in doctor.examine() if need.name == "终端显示中文")
    assert need.state is State.STAND_IN
    assert "gbk" in need.found
    assert need.met


def test_without_pango_dossiers_are_made_all_the_same(tmp_path):
    school = Path(__file__).parents[2] / "samples" / "school"
    done = docgen_without("pango", "build", str(school), "-o", str(tmp_path / "out"), "--only", "A06", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").glob("A06*/*.pdf"))) >= 4
