"""samples/school: what it must hold, and that it checks clean but for the warnings listed here."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from docgen.catalogue import load_catalogue
from docgen.findings import Evaluation, FindingKind, Severity
from docgen.load import load
from docgen.load.workspace import Loaded
from docgen.model.records import CertificateLevel, EvidenceKind
from docgen.rules import evaluate
from samples import school as script

SAMPLE = Path(__file__).parents[2] / "samples" / "school"
EVIDENCE = SAMPLE / "佐证材料"
ORIENTATION = 0x0112
WARNINGS = [("A01", "EVI008", True), ("A07", "EVI008", False)]
"""Application, rule, and whether docgen.toml waives it."""
TOLD = [("", "CRT009"), ("", "EQP004"), ("", "TEA005")]
"""What is no fault, but worth a look: several levels of one certificate, computers and teachers that are shared."""
NOT_EVALUATED = [*(("", rule) for rule in ("MAT003", "MAT004", "MAT005", "MAT006", "MAT009")), ("A09", "CRT002")]
"""Most of the evidence is photographs and scans, which say nothing that could be compared."""


@lru_cache(maxsize=1)
def loaded() -> Loaded:
    return load(SAMPLE, load_catalogue(SAMPLE))


@lru_cache(maxsize=1)
def evaluation() -> Evaluation:
    return evaluate(loaded().case, loaded().findings)


def test_it_is_as_large_as_promised() -> None:
    case = loaded().case
    assert len(case.applications) == 9
    assert len({application.certificate for application in case.applications}) == 5
    assert {application.level for application in case.applications} == set(CertificateLevel)
    assert (len(case.teachers), len(case.venues), len(case.equipment)) == (25, 12, 80)
    assert len({row.year for row in case.past_pilots}) == 2
    assert case.stray_files == ()


def test_it_checks_clean_but_for_a_few_warnings() -> None:
    failed = [finding for finding in evaluation().findings if finding.kind is FindingKind.FAIL]
    assert [finding.message for finding in failed if finding.level is Severity.ERROR] == []
    warned = [finding for finding in failed if finding.level is Severity.WARNING]
    assert [(finding.application, finding.rule, bool(finding.waived)) for finding in warned] == WARNINGS
    told = [finding for finding in failed if finding.level is Severity.INFO]
    assert [(finding.application, finding.rule) for finding in told] == TOLD
    unknown = [finding for finding in evaluation().findings if finding.kind is FindingKind.NOT_EVALUATED]
    assert [(finding.application, finding.rule) for finding in unknown] == NOT_EVALUATED


def test_numbers_fit_one_another() -> None:
    case = loaded().case
    for application in case.applications:
        assert application.persons and application.persons_per_run and application.runs
        assert application.persons == application.persons_per_run * application.runs
        largest = max(venue.seats or 0 for venue in case.venues_of(application))
        assert application.persons_per_run <= largest, application.number


def test_no_two_applications_say_the_same() -> None:
    case = loaded().case
    texts = [text for row in case.applications for text in (row.reason, row.safeguards)]
    assert len(set(texts)) == 18
    assert all(2 <= text.count("。") <= 4 for text in texts)


@pytest.mark.parametrize("kind", [EvidenceKind.TEACHER, EvidenceKind.VENUE, EvidenceKind.EQUIPMENT])
def test_every_application_has_evidence_of_each_kind(kind: EvidenceKind) -> None:
    case = loaded().case
    for application in case.applications:
        items = case.evidence_of(application, kind)
        assert items, f"{application.number} {kind}"
        assert all(item.file is not None and not item.file.fault for item in items)


def test_evidence_is_placed_by_row_and_by_folder_alone() -> None:
    by_row = Counter(bool(item.origin.row) for item in loaded().case.evidence)
    assert by_row[True] >= 10
    assert by_row[False] >= 10


def test_evidence_is_as_varied_as_a_real_one() -> None:
    orientations, shapes = Counter[int](), set()
    for path in EVIDENCE.rglob("*.jpg"):
        with Image.open(path) as picture:
            orientations[picture.getexif()[ORIENTATION]] += 1
            shapes.add(picture.size)
    assert set(orientations) == {1, 3, 6, 8}
    assert len(shapes) >= 6
    pages = []
    for path in EVIDENCE.rglob("*.pdf"):
        with pikepdf.open(path) as pdf:
            pages.append(len(pdf.pages))
    assert sum(count > 1 for count in pages) >= 3
    assert (EVIDENCE / "A03/设备/A03 设备采购合同（第 2 批）.pdf").is_file()


def test_it_is_small_enough_to_commit() -> None:
    kept = [path for path in SAMPLE.rglob("*") if path.is_file() and ".docgen" not in path.parts]
    assert sum(path.stat().st_size for path in kept) < 6_000_000


def test_the_workbook_is_what_the_script_writes() -> None:
    assert (SAMPLE / "申报数据.xlsx").read_bytes() == script.workbook()
    assert (SAMPLE / "docgen.toml").read_text(encoding="utf-8") == script.SETTINGS


def test_it_says_that_it_is_invented() -> None:
    assert "虚构" in (SAMPLE / "docgen.toml").read_text(encoding="utf-8")
    assert "虚构" in (SAMPLE.parent / "README.md").read_text(encoding="utf-8")
