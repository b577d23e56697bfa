"""docgen.toml: what it says, what it says wrongly, and what breaks it."""

from __future__ import annotations

import pytest

from docgen.errors import InputError
from docgen.load import FINDING_TYPES, read_settings
from docgen.model.settings import EvidenceSettings, Settings

WHOLE = """
kind = "school"
[workspace]
workbook = "数据.xlsx"
evidence = "材料"
output = "成品"
[documents]
date = 2021-07-05
[evidence]
photos_per_page = 4
max_dpi = 200
min_dpi = 100
max_volume_mb = 20
max_total_mb = 45
max_volume_pages = 300
[[waive]]
rule = "app007"
application = "A01"
reason = "已与培训评价组织确认。"
"""


def _read(workspace, text: str):
    workspace.put("docgen.toml", text)
    settings, findings = read_settings(workspace.directory)
    return settings, [(found.rule, found.message, found.hint) for found in findings]


def test_no_file_means_the_defaults(workspace) -> None:
    assert read_settings(workspace.directory) == (Settings(), ())


def test_every_setting(workspace) -> None:
    settings, findings = _read(workspace, WHOLE)
    assert findings == []
    assert (settings.workbook, settings.evidence_folder, settings.output) == ("数据.xlsx", "材料", "成品")
    assert settings.date == "2021年7月5日"
    assert settings.evidence == EvidenceSettings(
        photos_per_page=4, max_dpi=200, min_dpi=100, max_volume_mb=20, max_total_mb=45, max_volume_pages=300
    )
    waiver = settings.waivers[0]
    assert (waiver.rule, waiver.application, waiver.source.file) == ("APP007", "A01", "docgen.toml")


@pytest.mark.parametrize(
    ("text", "date"),
    [('"2021-7-5"', "2021年7月5日"), ('"2021年7月5日"', "2021年7月5日"), ('"2021.07"', "2021年7月"), ('""', "")],
)
def test_dates(workspace, text: str, date: str) -> None:
    settings, findings = _read(workspace, f"[documents]\ndate = {text}")
    assert (settings.date, findings) == (date, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[documents]\ndate = "今天"', "今天"),
        ('[documents]\ndate = "2021-02-30"', "2021-02-30"),
        ('[evidence]\nmax_dpi = "300"', "72 到 1200 之间的整数"),
        ("[evidence]\nphotos_per_page = 0", "photos_per_page"),
        ("[evidence]\nphotos_per_page = true", "photos_per_page"),
        ("[evidence]\nmin_dpi = 60", "72 到 1200 之间的整数"),
        ("[evidence]\nmax_volume_mb = -1", "0 到 2000 之间的整数"),
        ("[evidence]\nmax_total_mb = 6001", "0 到 6000 之间的整数"),
        ("[evidence]\nmax_volume_pages = 1.5", "0 到 5000 之间的整数"),
        ("workspace = 3", "[workspace]"),
        ('[workspace]\nevidence = "../别处"', "../别处"),
        ('[workspace]\nworkbook = "C:/a.xlsx"', "C:/a.xlsx"),
        ('kind = "学校"', "secretariat"),
        ("waive = 3", "[[waive]]"),
        ('[[waive]]\nreason = "x"', "rule"),
    ],
)
def test_a_wrong_value_is_told_and_the_default_used(workspace, text: str, said: str) -> None:
    settings, findings = _read(workspace, text)
    assert settings == Settings()
    assert [rule for rule, _, _ in findings] == ["DAT031"]
    assert said in findings[0][1]


def test_no_limit_is_written_as_0(workspace) -> None:
    settings, findings = _read(workspace, "[evidence]\nmax_volume_mb = 0\nmax_total_mb = 0\nmax_volume_pages = 0")
    assert (settings.evidence, findings) == (EvidenceSettings(max_volume_mb=0), [])


def test_the_least_resolution_is_no_higher_than_the_highest(workspace) -> None:
    settings, findings = _read(workspace, "[evidence]\nmax_dpi = 200\nmin_dpi = 250")
    assert (settings.evidence.max_dpi, settings.evidence.min_dpi) == (200, 200)
    assert [rule for rule, _, _ in findings] == ["DAT031"]
    assert "min_dpi（250）比 evidence.max_dpi（200）还大" in findings[0][1]


def test_a_low_resolution_alone_brings_the_least_one_down_with_it(workspace) -> None:
    settings, findings = _read(workspace, "[evidence]\nmax_dpi = 100")
    assert (settings.evidence.max_dpi, settings.evidence.min_dpi, findings) == (100, 100, [])


def test_an_unknown_key_is_told_with_what_was_meant(workspace) -> None:
    _, findings = _read(workspace, "[evidence]\nphoto_per_page = 3")
    assert findings[0][0] == "DAT030"
    assert "evidence.photos_per_page" in findings[0][2]


@pytest.mark.parametrize("reason", ["", 'reason = ""', 'reason = " …… "'])
def test_a_waiver_without_a_reason_waives_nothing(workspace, reason: str) -> None:
    settings, findings = _read(workspace, f'[[waive]]\nrule = "APP007"\n{reason}')
    assert settings.waivers == ()
    assert [rule for rule, _, _ in findings] == ["WVR001"]


@pytest.mark.parametrize(("text", "line"), [("a = 1\nb = ", 2), ("x = 1\n\nx = 2\n", 3), ("[a\n", 1), ('a = "', 1)])
def test_broken_toml_stops_with_its_line(workspace, text: str, line: int) -> None:
    workspace.put("docgen.toml", text)
    with pytest.raises(InputError, match=f"第 {line} 行"):
        read_settings(workspace.directory)


def test_another_encoding_stops_with_its_line(workspace) -> None:
    workspace.put("docgen.toml", "# x\n# 说明".encode("gbk"))
    with pytest.raises(InputError, match="第 2 行不是 UTF-8"):
        read_settings(workspace.directory)
    workspace.put("docgen.toml", b'\xef\xbb\xbfkind = "school"\r\n')
    assert read_settings(workspace.directory)[1] == ()


def test_settings_reach_the_case(workspace) -> None:
    workspace.sheets()
    workspace.put("docgen.toml", '[[waive]]\nrule = "X1"\napplication = "ａ1"\nreason = "有说明"\n')
    loaded = workspace.load()
    assert loaded.case.settings.waivers[0].application == "A01"
    assert len(loaded.case.inputs["docgen.toml"]) == 64
    workspace.put("docgen.toml", 'kind = "secretariat"')
    with pytest.raises(InputError, match="秘书处"):
        workspace.load()


def test_each_finding_type_has_its_page() -> None:
    ids = [kind.id for kind in FINDING_TYPES]
    assert len(ids) == len(set(ids))
    for kind in FINDING_TYPES:
        assert all(f"## {part}\n" in kind.doc for part in ("查什么", "为什么", "怎样改")), kind.id
