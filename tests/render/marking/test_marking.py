"""A marked workbook: colours and comments where the faults are, links that lead there, all else as it was."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from docgen.catalogue import load_catalogue
from docgen.errors import InputError
from docgen.findings import Evaluation, Finding, FindingKind, Severity
from docgen.model.case import Case
from docgen.model.records import School
from docgen.model.settings import Settings
from docgen.model.source import Origin, Source
from docgen.pipeline import Review, check
from docgen.render.marking import mark_workbook

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
NAME = "申报数据.xlsx"


@pytest.fixture
def review(tmp_path: Path) -> tuple[Path, Review]:
    """A copy of the faulty sample and what checking it found."""
    home = Path(shutil.copytree(SAMPLES / "school-faulty", tmp_path / "school"))
    return home, check(home)


def _case(name: str) -> Case:
    return Case(School(Origin()), load_catalogue(Path()), Settings(workbook=name))


def found(cell: str, message: str = "=不对", level: Severity = Severity.ERROR, **more: object) -> Finding:
    return Finding("TST001", level, message, "请改正。", source=Source(NAME, "教师", cell), **more)  # type: ignore[arg-type]


def small(path: Path) -> Path:
    """A workbook with one sheet, a drop-down, a comment of the user's on B2 and a colour of the user's."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "教师"
    sheet.append(["姓名", "性别"])
    sheet.append(["张某某", "南"])
    sheet["B2"].comment = Comment("问过本人", "王老师")
    choice = DataValidation(type="list", formula1='"男,女"')
    choice.add("B2:B100")
    sheet.add_data_validation(choice)
    book.create_sheet("数据 '2021'").append([1])
    book.save(path)
    return path


def read(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def coloured(sheet: object) -> dict[str, str]:
    """Each marked cell's colour."""
    return {
        cell: rule.dxf.fill.bgColor.rgb
        for area in sheet.conditional_formatting  # type: ignore[attr-defined]
        for rule in area.rules
        if rule.formula == ['N("docgen核查")=0']
        for cell in str(area.sqref).split()
    }


def test_a_cell_is_coloured_by_its_gravest_fault_and_says_all(tmp_path: Path):
    findings = (
        found("A2", "姓名不全", Severity.WARNING),
        found("A2", "姓名重复"),
        found("B2", "性别不对", Severity.INFO),
    )
    book = read(mark_workbook(small(tmp_path / NAME), _case(NAME), Evaluation(findings)).data)
    assert coloured(book["教师"]) == {"A2": "FFF8C9CE", "B2": "FFCFE2FB"}
    text = book["教师"]["A2"].comment.text
    assert text.index("错误 TST001：姓名重复") < text.index("提醒 TST001：姓名不全")
    assert "怎么办：请改正。" in text


def test_the_users_own_comment_stays_below_ours(tmp_path: Path):
    book = read(mark_workbook(small(tmp_path / NAME), _case(NAME), Evaluation((found("B2"),))).data)
    text = book["教师"]["B2"].comment.text
    assert text.startswith("【docgen 核查】")
    assert text.endswith("问过本人")


def test_drop_downs_values_and_styles_stay(review: tuple[Path, Review]):
    home, checked = review
    before = openpyxl.load_workbook(home / NAME)
    after = read(mark_workbook(home / NAME, checked.case, checked.evaluation).data)
    assert after.sheetnames == [*before.sheetnames, "核查结果"]
    for sheet in before:
        other = after[sheet.title]
        rules = [(str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation]
        assert [(str(rule.sqref), rule.formula1) for rule in other.data_validations.dataValidation] == rules
        for row in sheet.iter_rows():
            for cell in row:
                twin = other[cell.coordinate]
                assert (twin.value, twin.font.b, twin.fill.fgColor.rgb) == (
                    cell.value,
                    cell.font.b,
                    cell.fill.fgColor.rgb,
                )


def test_every_finding_with_a_cell_is_marked_there(review: tuple[Path, Review]):
    home, checked = review
    marked = mark_workbook(home / NAME, checked.case, checked.evaluation)
    book = read(marked.data)
    failed = [row for row in checked.evaluation.findings if row.kind is FindingKind.FAIL]
    placed = [row for row in failed if row.source.file == NAME and row.source.cell]
    assert len(placed) > 40
    for finding in placed:
        sheet = book[finding.source.sheet]
        assert finding.source.cell in coloured(sheet), finding
        assert finding.rule in sheet[finding.source.cell].comment.text
    assert marked.cells == sum(len(coloured(sheet)) for sheet in book)


def test_the_result_sheet_leads_to_the_cells(tmp_path: Path):
    finding = Finding("TST002", Severity.ERROR, "数不对", source=Source(NAME, "数据 '2021'", "A1"))
    book = read(mark_workbook(small(tmp_path / NAME), _case(NAME), Evaluation((finding,))).data)
    sheet = book["核查结果"]
    assert [sheet.cell(4, column).value for column in (2, 3, 4)] == ["错误", "TST002", "数不对"]
    assert sheet["E4"].hyperlink.location == "'数据 ''2021'''!A1"
    assert book.active.title == "核查结果"


def test_words_never_become_formulas(tmp_path: Path):
    data = mark_workbook(small(tmp_path / NAME), _case(NAME), Evaluation((found("A2", '=HYPERLINK("http://x")'),))).data
    cell = read(data)["核查结果"]["D4"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


def test_marking_a_marked_copy_gives_the_same_findings_and_no_mark_twice(review: tuple[Path, Review]):
    home, checked = review
    first = mark_workbook(home / NAME, checked.case, checked.evaluation).data
    (home / NAME).write_bytes(first)
    again = check(home)
    assert [row.as_dict() for row in again.evaluation.findings] == [
        row.as_dict() for row in checked.evaluation.findings
    ]
    assert mark_workbook(home / NAME, again.case, again.evaluation).data == first


def test_marks_go_when_the_faults_are_gone(tmp_path: Path):
    path = small(tmp_path / NAME)
    marked = mark_workbook(path, _case(NAME), Evaluation((found("A2"), found("B2")))).data
    path.write_bytes(marked)
    book = read(mark_workbook(path, _case(NAME), Evaluation()).data)
    assert coloured(book["教师"]) == {}
    assert book["教师"]["A2"].comment is None
    assert book["教师"]["B2"].comment.text == "问过本人"
    assert book["核查结果"]["D4"].value == "没有发现问题。"


def test_each_comment_has_its_shape(tmp_path: Path):
    marked = mark_workbook(small(tmp_path / NAME), _case(NAME), Evaluation((found("A2"), found("B2")))).data
    with zipfile.ZipFile(io.BytesIO(marked)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".vml"))
        drawing = etree.fromstring(archive.read(name))
    places = [
        tuple(int(shape.findtext(f".//{{urn:schemas-microsoft-com:office:excel}}{part}")) for part in ("Row", "Column"))
        for shape in drawing.iter("{urn:schemas-microsoft-com:vml}shape")
    ]
    assert sorted(places) == [(1, 0), (1, 1)]


def test_elements_stand_where_the_schema_wants_them(review: tuple[Path, Review]):
    home, checked = review
    data = mark_workbook(home / NAME, checked.case, checked.evaluation).data
    order = ["sheetData", "conditionalFormatting", "dataValidations", "pageMargins", "legacyDrawing", "tableParts"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                children = [etree.QName(child).localname for child in etree.fromstring(archive.read(name))]
                known = [order.index(child) for child in children if child in order]
                assert known == sorted(known), name
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        parts = [part.get("PartName").lstrip("/") for part in types if part.get("PartName")]
        assert len(parts) == len(set(parts))
        assert set(parts) <= set(archive.namelist())


def test_several_cells_of_one_finding_are_all_marked(tmp_path: Path):
    book = read(mark_workbook(small(tmp_path / NAME), _case(NAME), Evaluation((found("A2、B2"),))).data)
    assert set(coloured(book["教师"])) == {"A2", "B2"}


def test_a_waived_fault_says_so(tmp_path: Path):
    book = read(mark_workbook(small(tmp_path / NAME), _case(NAME), Evaluation((found("A2", waived="已核实"),))).data)
    assert "豁免 TST001" in book["教师"]["A2"].comment.text
    assert book["核查结果"]["G4"].value == "已核实"


def test_what_is_no_workbook_is_told(tmp_path: Path):
    path = tmp_path / NAME
    path.write_bytes(b"PK\x03\x04 no")
    with pytest.raises(InputError, match="工作簿"):
        mark_workbook(path, _case(NAME), Evaluation())
