"""samples/school-faulty and its variants: each planted fault is found, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from samples.planting import Expected, Workspace

from docgen.catalogue import load_catalogue
from docgen.findings import Finding, FindingKind
from docgen.load import FINDING_TYPES, load
from docgen.rules import RULES, About, evaluate
from samples import faulty

SAMPLE = Path(__file__).parents[2] / "samples" / "school-faulty"

LOADING_ELSEWHERE = {
    # Faults of a whole workbook or sheet hide the rest of it, and a lock file would be in the user's way: tests/load.
    *("DAT001", "DAT002", "DAT003", "DAT004", "DAT005", "DAT006", "DAT007", "DAT008"),
    *("DAT016", "DAT018", "DAT020", "DAT021", "DAT025", "DAT026", "DAT027", "DAT028"),
    *("DAT032", "DAT033", "DAT034", "DAT035", "DAT036"),  # of other workbooks than the application's
}
# Loading names every file that no volume takes as unusable, so that EVI002 tells of it first: see the last test. An
# Office document (EVI023) is another thing on a machine without LibreOffice: tests/rules.
NEVER_FROM_FILES = {"EVI007", "EVI023"}


def failures(workspace: Path) -> list[Finding]:
    loaded = load(workspace, load_catalogue(workspace))
    evaluation = evaluate(loaded.case, loaded.findings, types=FINDING_TYPES)
    return [finding for finding in evaluation.findings if finding.kind is FindingKind.FAIL]


def places(findings: list[Finding]) -> Counter[Expected]:
    return Counter(
        Expected(found.application, found.rule, found.source.file, found.source.sheet, found.source.cell)
        for found in findings
    )


def listed() -> Counter[Expected]:
    text = (SAMPLE / faulty.EXPECTED).read_text(encoding="utf-8")
    return Counter(Expected(**entry) for entry in json.loads(text))


def files(folder: Path) -> dict[Path, Path]:
    """Path below the folder → file, without what docgen keeps there for itself."""
    found = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {relative: path for relative, path in found.items() if relative.parts[0] != ".docgen"}


def test_every_planted_fault_is_found_and_nothing_else() -> None:
    found, expected = places(failures(SAMPLE)), listed()
    assert expected - found == Counter(), "planted but not found"
    assert found - expected == Counter(), "found but not planted"


@pytest.mark.parametrize("variant", [*faulty.VARIANTS, faulty.clean], ids=lambda variant: variant.__name__)
def test_variants_hold_their_one_fault(variant: Callable[[], Workspace], tmp_path: Path) -> None:
    work = variant()
    work.write(tmp_path)
    assert places(failures(tmp_path)) == Counter(work.expected)


def test_every_rule_has_its_fault() -> None:
    planted = {expected.rule for expected in listed()}
    planted |= {expected.rule for variant in faulty.VARIANTS for expected in variant().expected}
    rules = {rule.id for rule in RULES if rule.about is About.SCHOOL}
    assert rules - planted == NEVER_FROM_FILES
    assert {kind.id for kind in FINDING_TYPES} - planted - rules == LOADING_ELSEWHERE


def test_the_sample_is_what_the_script_writes(tmp_path: Path) -> None:
    faulty.write(tmp_path)
    written, kept = files(tmp_path), files(SAMPLE)
    assert written.keys() == kept.keys()
    texts = [path for path in kept if path.suffix in (".xlsx", ".toml", ".json", ".csv")]
    assert [path for path in texts if written[path].read_bytes() != kept[path].read_bytes()] == []


def test_a_file_of_another_kind_is_told_of_if_loading_lets_it_pass() -> None:
    case = load(SAMPLE, load_catalogue(SAMPLE)).case
    item = next(each for each in case.evidence if each.file is not None and not each.file.fault)
    assert item.file is not None
    other = replace(item, file=replace(item.file, media="text/plain"))
    found = evaluate(replace(case, evidence=(other,))).findings
    assert "EVI007" in {finding.rule for finding in found if finding.kind is FindingKind.FAIL}


def test_it_is_tiny() -> None:
    assert sum(path.stat().st_size for path in files(SAMPLE).values()) < 1_000_000
