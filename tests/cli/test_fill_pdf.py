"""docgen fill with a PDF, as a coordinator calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from form_samples import flat, with_fields

from docgen.cli import main
from docgen.forms.pdf.extracting import read_fields
from docgen.forms.pdf.reading import read_pdf


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(argument) for argument in arguments])
    return int(stop.value.code or 0)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    data = {
        "院校": {"院校名称": "桂林示例职业技术学院", "院校类型": "本科"},
        "教师": [{"姓名": "教师甲", "职称": "讲师"}],
    }
    path = tmp_path / "数据.json"
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return path


@pytest.mark.parametrize("source", [with_fields(), flat()], ids=["fields", "flat"])
def test_a_pdf_form_is_filled_and_its_map_kept(
    source: bytes, people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "申报表.pdf"
    form.write_bytes(source)
    out = tmp_path / "填好" / "申报表.pdf"
    assert run("fill", form, "--data", people, "-o", out) == 0
    assert "已填3处" in capsys.readouterr().out
    assert form.read_bytes() == source
    assert out.read_bytes() != source
    assert run("fill", form, "--data", people, "-o", out, "--force") == 0
    assert "按对照表填的" in capsys.readouterr().err


def test_flattened_nothing_can_be_changed(people: Path, tmp_path: Path) -> None:
    form, out = tmp_path / "表.pdf", tmp_path / "填好.pdf"
    form.write_bytes(with_fields())
    assert run("fill", form, "--data", people, "-o", out, "--flatten") == 0
    assert read_pdf(out, "填好.pdf").flat


def test_values_are_read_back_from_the_written_file(people: Path, tmp_path: Path) -> None:
    form, out = tmp_path / "表.pdf", tmp_path / "填好.pdf"
    form.write_bytes(with_fields())
    assert run("fill", form, "--data", people, "-o", out) == 0
    said = {each.field: each.value for each in read_fields(read_pdf(out)).values}
    assert said["院校.院校类型"] == "本科"
