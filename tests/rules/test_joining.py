"""The same fault in many rows is one finding with its cells."""

from __future__ import annotations

from rule_cases import fails, make_case

from docgen.findings import Finding, Severity
from docgen.model.source import Source
from docgen.rules.joining import joined


def found(cell: str, message: str, application: str = "") -> Finding:
    return Finding("DAT013", Severity.ERROR, message, "填数字。", application, source=Source("a.xlsx", "设备", cell))


def test_the_same_words_in_one_column_are_told_once() -> None:
    (one, other) = joined(
        [found("D12", "“若干”读不出。"), found("D3", "“若干”读不出。"), found("E4", "“若干”读不出。")]
    )
    assert (one.message, one.source.cell) == ("D3、D12：“若干”读不出。", "D3")
    assert [place.cell for place in one.also] == ["D12"]
    assert other.message == "“若干”读不出。"


def test_two_applications_are_two_findings() -> None:
    assert len(joined([found("D2", "读不出。", "A01"), found("D3", "读不出。", "A02")])) == 2


def test_forty_wrong_values_of_one_column_are_one_finding() -> None:
    (finding,) = fails("TEA008", make_case(teachers=[{"name": f"韦明{n}", "years": 2000 + n} for n in range(40)]))
    assert finding.message.startswith("“韦明0”的从教年限是 2000 年。这一列还有 39 处同样的问题：G3、")
    assert len(finding.also) == 39


def test_a_few_different_values_are_told_one_by_one() -> None:
    assert len(fails("TEA008", make_case(teachers=[{"years": 2000}, {"name": "韦明", "years": 1990}]))) == 2


def test_a_fault_of_a_file_is_marked_in_the_row_that_registers_it() -> None:
    broken = {"path": "a.pdf", "kind": "教师", "scope": "A01", "file": "已损坏，打不开"}
    (finding,) = fails("EVI002", make_case(evidences=(broken,)))
    assert finding.source.file == "佐证材料/a.pdf"
    assert [place.cell for place in finding.also] == ["C2"]
