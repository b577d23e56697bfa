"""docgen check --explain: every rule answers for an application, and says why where it did not pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli.check_command import command
from docgen.errors import UsageError
from docgen.rules import RULES, About

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result.stdout


def test_every_rule_answers_once():
    code, text = run(SAMPLES / "school", "--explain", "a01")
    assert code == 0
    assert text.startswith("A01　建筑信息模型（BIM）")
    for rule in (rule for rule in RULES if rule.about is About.SCHOOL):
        assert text.count(f"  {rule.id}　") == 1
    assert "　错误　" not in text
    assert "EVI008　豁免" in text


def test_a_failure_says_what_and_where():
    code, text = run(SAMPLES / "school-faulty", "--explain", "F01")
    assert code == 1
    lines = text.splitlines()
    failed = [place for place, line in enumerate(lines) if "　错误　" in line]
    assert failed
    assert all(lines[place + 1].startswith(" " * 6) for place in failed)
    assert any("申报数据.xlsx" in line for line in lines)


def test_what_did_not_apply_says_why():
    _, text = run(SAMPLES / "school-faulty", "--explain", "F01")
    lines = text.splitlines()
    idle = [place for place, line in enumerate(lines) if "　不适用　" in line]
    assert idle
    assert any(lines[place + 1].startswith(" " * 6) for place in idle)


def test_an_unknown_number_is_told_with_those_that_there_are():
    with pytest.raises(UsageError, match="A99") as caught:
        run(SAMPLES / "school", "--explain", "A99")
    assert "A01" in caught.value.hint


def test_it_is_not_for_files():
    with pytest.raises(UsageError, match="--explain"):
        run(SAMPLES / "school", "--explain", "A01", "--format", "json")
