"""docs/指南对照.md: every clause of the guide has a row, every rule has its place, every id is a real one."""

from __future__ import annotations

import re
from pathlib import Path

from docgen.pipeline import finding_types
from docgen.rules import RULES

PAGE = (Path(__file__).parents[2] / "docs" / "指南对照.md").read_text("utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.splitlines()
    if re.match(r"\| [一二三]", line)
]
CLAUSES = (
    *("一（一）", "一（二）1", "一（二）2", "一（三）", "二（一）1", "二（一）2"),
    *("二（二）1", "二（二）1（1）", "二（二）1（2）"),
    *(f"二（二）2（{number}）" for number in range(1, 9)),
    "三",
)


def ids(text: str) -> set[str]:
    return set(re.findall(r"[A-Z]{3}\d{3}", text))


def test_every_id_is_a_real_one() -> None:
    assert ids(PAGE) <= {kind.id for kind in finding_types()}


def test_every_rule_has_its_place() -> None:
    assert {rule.id for rule in RULES} - ids(PAGE) == set()


def test_every_clause_has_a_row_in_the_guides_order() -> None:
    assert list(dict.fromkeys(row[0] for row in ROWS)) == list(CLAUSES)


def test_every_clause_that_a_rule_names_is_in_the_guide() -> None:
    assert {rule.clause for rule in RULES if rule.clause} <= set(CLAUSES)


def test_every_row_names_rules_or_says_why_none_can_tell() -> None:
    for clause, sentence, answer in ROWS:
        assert sentence, clause
        assert ids(answer) or re.match("不核查：|见", answer), (clause, sentence)
