"""Rules on words: the glossary silences own terms, and one slip in many cells is one finding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rule_cases import fails, make_case

from docgen.load.settings import read_settings


def test_a_glossary_in_docgen_toml_silences_own_terms(tmp_path: Path) -> None:
    (tmp_path / "docgen.toml").write_text('[text]\nglossary = ["布署"]\n', "utf-8")
    settings, findings = read_settings(tmp_path)
    case = make_case(applications=({"reason": "学校已布署培训工作。"},))
    assert not findings
    assert fails("TXT003", case)
    assert not fails("TXT003", replace(case, settings=settings))


def test_a_glossary_that_is_no_list_of_words_is_told(tmp_path: Path) -> None:
    (tmp_path / "docgen.toml").write_text('[text]\nglossary = "布署"\n', "utf-8")
    settings, findings = read_settings(tmp_path)
    assert settings.glossary == ()
    assert [finding.rule for finding in findings] == ["DAT031"]


def test_one_slip_in_many_cells_is_one_finding_with_its_cells() -> None:
    (finding,) = fails("TXT003", make_case(venues=[{"name": "直播间", "purpose": "已布署培训"}] * 3))
    assert finding.message.startswith("E2、E3、E4：")
