"""What is remembered of an artefact comes back as it was, or not at all."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from docgen.evidence.store import Store
from docgen.findings import Finding, FindingKind, Severity
from docgen.makers.records import Records
from docgen.makers.values import Fact, Made
from docgen.model.source import Source
from docgen.plan.artefacts import Artefact, Maker

ARTEFACT = Artefact("A01/教师.pdf", "evidence", "教师", Maker.VOLUME, "A01", 0, weight=2.0, fingerprint="f" * 64)
SOURCE = Source("佐证材料/A01/a.pdf", "表", "B2", 3)
FINDING = Finding(
    "ASM004",
    Severity.WARNING,
    "说明",
    "办法",
    "A01",
    "二（二）",
    SOURCE,
    FindingKind.NOT_EVALUATED,
    "理由",
    (SOURCE, Source("b.pdf")),
)
MADE = Made(b"", Fact("A01/教师.pdf", "a" * 64, 12, 3, 2), (FINDING,), None, ("提醒",), 1.5)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / ".docgen")


def test_everything_comes_back(store: Store) -> None:
    plain = Finding("ASM004", Severity.WARNING, "说明")
    alike = [field.name for field in fields(Finding) if getattr(FINDING, field.name) == getattr(plain, field.name)]
    assert alike == ["rule", "level", "message"], "every field of a finding must be given, to see that it comes back"
    Records(store, "here").keep(ARTEFACT, MADE)
    record = Records(store, "here").of(ARTEFACT)
    assert record is not None
    assert (record.fact, record.findings, record.notes, record.seconds) == (MADE.fact, (FINDING,), ("提醒",), 1.5)


def test_other_libraries_or_another_fingerprint_have_no_record(store: Store) -> None:
    Records(store, "here").keep(ARTEFACT, MADE)
    assert Records(store, "there").of(ARTEFACT) is None
    assert Records(store, "here").of(replace(ARTEFACT, fingerprint="e" * 64)) is None


def test_what_would_come_out_otherwise_another_time_is_not_kept(store: Store) -> None:
    Records(store, "here").keep(ARTEFACT, replace(MADE, lasting=False))
    assert Records(store, "here").of(ARTEFACT) is None


def test_costs_are_learnt_and_scaled_to_the_size_of_the_work(store: Store) -> None:
    records = Records(store, "here")
    assert records.expected(ARTEFACT) is None
    records.keep(ARTEFACT, MADE)
    records.close()
    assert Records(store, "here").expected(replace(ARTEFACT, weight=4.0)) == pytest.approx(3.0)
