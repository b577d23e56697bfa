"""`docgen rules`: the list and the pages."""

from __future__ import annotations

import pytest

from docgen.cli.main import main
from docgen.cli.rules_command import FAMILIES
from docgen.pipeline import finding_types


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["rules", *arguments])
    return int(ended.value.code or 0)


def test_the_list_names_every_id_under_its_family(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    shown = capsys.readouterr().out
    for kind in finding_types():
        assert kind.id in shown
        assert kind.id[:3] in FAMILIES
    assert "佐证材料（EVI）" in shown
    assert f"共 {len(finding_types())} 条" in shown


@pytest.mark.parametrize("written", ["EVI003", "evi003", "EVI-003"])
def test_a_page_however_the_id_is_spelled(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(written) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("# EVI003 有教师佐证材料")
    assert "## 为什么" in shown


def test_a_near_miss_is_suggested(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("EVI03") == 2
    error = capsys.readouterr().err
    assert "没有编号为“EVI03”的规则" in error
    assert "EVI003" in error
