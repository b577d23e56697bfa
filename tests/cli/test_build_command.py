"""`docgen build` for people and for programs: what would be done, what is told on the way, what stops it."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_school import edit, small_school, tree

from docgen.cli.build_command import command
from docgen.cli.main import main
from docgen.cli.watching import duration

pytestmark = pytest.mark.xdist_group("small_school")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = small_school(tmp_path_factory.mktemp("cli") / "学校")
    result = CliRunner().invoke(command, [str(workspace), "--jobs", "1"], standalone_mode=False)
    assert result.return_value == 0
    assert "新写23个文件。" in result.stdout
    assert "用时最长的：" in result.stdout
    assert "生成文书 17/17" in result.stderr
    return workspace


@pytest.fixture
def workspace(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "学校"))


def ended(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    said = capsys.readouterr()
    return int(end.value.code or 0), said.out, said.err


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(workspace / "成品")
    edit(workspace, "申报证书", "C3", "中级")
    code, out, _ = ended(["build", str(workspace), "--dry-run", "--json"], capsys)
    plan = json.loads(out)
    states = {file["file"]: file["state"] for file in plan["files"]}
    assert code == 0
    assert states["A01-网店运营推广-中级/申报书.pdf"] == "keep"
    assert states["A02-老年照护-中级/申报书.pdf"] == "make"
    assert "A02-老年照护-初级/申报书.pdf" in plan["removed"]
    assert all(file["seconds"] > 0 for file in plan["files"])
    assert {file["measured"] for file in plan["files"] if file["state"] == "keep"} == {True}
    assert plan["summary"]["make"] + plan["summary"]["keep"] == len(plan["files"])
    code, out, _ = ended(["build", str(workspace), "--dry-run"], capsys)
    assert "要删除  A02-老年照护-初级/申报书.pdf" in out
    assert "这是预演，成品文件夹没有动" in out
    assert tree(workspace / "成品") == before


def test_programs_get_a_line_for_each_step_and_the_result_at_the_end(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = workspace / "成品" / "A01-网店运营推广-中级" / "自查表.pdf"
    lost.unlink()
    code, out, err = ended(["build", str(workspace), "--json", "--jobs", "1"], capsys)
    steps = [json.loads(line) for line in err.splitlines()]
    assert code == 0
    assert [step["done"] for step in steps] == [0, 1]
    assert steps[1]["file"] == "A01-网店运营推广-中级/自查表.pdf"
    assert json.loads(out)["made"] == ["A01-网店运营推广-中级/自查表.pdf"]
    assert json.loads(out)["slowest"][0]["seconds"] == pytest.approx(steps[1]["seconds"], abs=0.001)


def test_what_stops_a_run_is_a_json_line_for_programs(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "成品/index.html").unlink()
    code, out, err = ended(["build", str(workspace), "--json", "--scheduler", "somewhere"], capsys)
    said = json.loads(err.splitlines()[-1])
    assert (code, out, said["event"], said["exit_code"]) == (2, "", "error", 2)
    assert "tcp://" in said["hint"]


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 秒"), (59, "59 秒"), (200, "3 分 20 秒"), (7500, "2 小时 5 分")]
)
def test_times_are_told_as_people_say_them(seconds: float, words: str) -> None:
    assert duration(seconds).strip() == words


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["for people", "for programs"])
def test_a_build_with_nothing_to_do_says_the_same_whether_it_looked_closely_or_not(
    workspace: Path, form: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "成品/index.html").unlink()
    notes = workspace / ".docgen/standing"
    shutil.rmtree(notes)  # of the workspace that this one is a copy of
    ended(["build", str(workspace), "--jobs", "1", *form], capsys)  # makes one file, and notes how all is
    noted = [path.read_text("utf-8").partition('"telling"')[2] for path in notes.iterdir()]
    shutil.rmtree(notes)
    closely = ended(["build", str(workspace), *form], capsys)
    assert noted == [path.read_text("utf-8").partition('"telling"')[2] for path in notes.iterdir()] != [""]
    monkeypatch.setattr("docgen.pipeline.build", None)
    assert ended(["build", str(workspace), *form], capsys) == closely
    assert closely[0] == 0
    assert ("没有变化" in closely[1]) is not bool(form)


def test_a_cluster_that_is_not_needed_is_not_asked_for_and_that_is_said(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = ended(["build", str(workspace), "--scheduler", "tcp://127.0.0.1:9"], capsys)
    assert code == 0
    assert "没有要生成的文件，没有连接集群 tcp://127.0.0.1:9。" in err
