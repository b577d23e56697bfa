"""Each rule is one file whose name and docstring keep to the house's form; docs/rules is made from them."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from docgen.findings import FindingType
from docgen.rules import RULES, Rule

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "docgen" / "rules").glob("[a-z][a-z][a-z][0-9][0-9][0-9]_*.py"))


def maker():
    spec = importlib.util.spec_from_file_location("make_rule_pages", ROOT / "scripts" / "make_rule_pages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_list_holds_every_file_sorted_by_id() -> None:
    assert [rule.id.lower() for rule in RULES] == [path.name[:6] for path in FILES]
    assert len(RULES) == len({rule.id for rule in RULES})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_explains_itself(rule: Rule) -> None:
    assert re.findall(r"^## (.*)$", rule.doc, re.MULTILINE) == ["查什么", "为什么", "例子"]
    example = rule.doc.partition("## 例子")[2]
    assert re.search("不通过：|提醒：|有说明：", example)
    assert re.search("通过：|没有说明：", re.sub("不通过：", "", example))
    assert rule.hint.endswith("。")
    assert not rule.title.endswith("。")
    assert rule.clause or rule.id.startswith("WVR")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_file_holds_one_rule_named_for_the_fault(path: Path) -> None:
    assert not re.search("_(check|test|verify|validate)_|_(ok|valid)$", path.stem)
    assert path.read_text("utf-8").count("RULE = Rule(") == 1


def test_the_pages_are_current() -> None:
    wanted = maker().pages()
    found = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "rules").glob("*.md")}
    assert found == wanted, "run scripts/make_rule_pages.py"


def test_a_page_names_level_and_clause() -> None:
    kind: FindingType = RULES[0].type
    page = maker().page_of(kind)
    assert page.startswith(f"# {kind.id} {kind.title}\n\n级别：{kind.level.label}　指南条款：{kind.clause}\n")
