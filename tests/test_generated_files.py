"""Pages and templates that are made by script are those that the scripts make."""

import re
import sys
from pathlib import Path

import pytest

from docgen.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import make_excel_templates  # noqa: E402
import make_word_templates  # noqa: E402
import make_workbook_page  # noqa: E402


def test_the_workbook_page_is_current() -> None:
    assert make_workbook_page.PAGE.read_text(encoding="utf-8") == make_workbook_page.page()


@pytest.mark.parametrize("kind", sorted(make_word_templates.LAYOUTS))
def test_word_templates_are_current(kind: str) -> None:
    path = make_word_templates.TEMPLATES / kind / "template.docx"
    assert path.read_bytes() == make_word_templates.template_bytes(kind)


@pytest.mark.parametrize("kind", sorted(make_excel_templates.LAYOUTS))
def test_excel_templates_are_current(kind: str) -> None:
    path = make_excel_templates.TEMPLATES / kind / "template.xlsx"
    assert path.read_bytes() == make_excel_templates.template_bytes(kind)


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"docgen {name}" not in readme] == []


def test_links_in_the_documents_lead_somewhere() -> None:

    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
