"""Places of PDF forms: of fields, by the words around them; of flat forms, by what their print leaves blank."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from form_samples import DATA, REASON, SCHOOL, TEACHERS, flat, with_fields
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_engines import ENGINES, picture, words
from pdf_forms import FormMaker
from PIL import Image

from docgen.errors import InputError
from docgen.findings import Finding
from docgen.forms.listing import match_table
from docgen.forms.pdf.extracting import read_fields
from docgen.forms.pdf.opened import OpenPdf
from docgen.forms.pdf.reading import read_pdf
from docgen.forms.results import FillResult, PlaceKind, State
from docgen.forms.unfilling import known
from docgen.forms.values import FormData
from docgen.forms.vocabulary import school_vocabulary
from docgen.tools import pdfium


@pytest.fixture(scope="module")
def fields_filled() -> FillResult:
    return OpenPdf(with_fields(), "表.pdf").fill(DATA)


@pytest.fixture(scope="module")
def flat_filled() -> FillResult:
    return OpenPdf(flat(), "表.pdf").fill(DATA)


def filled(result: FillResult) -> dict[str, str]:
    return {each.place.at: each.field for each in result.of(State.FILLED)}


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [each.rule for each in findings]


def test_fields_are_known_by_the_words_around_them(fields_filled: FillResult) -> None:
    assert filled(fields_filled) == {
        "字段 Text1": "院校.院校名称",
        "字段 Text2": "院校.联系人姓名",
        "字段 Text3": "院校.联系人手机号",
        "字段 Text4": "院校.详细地址",
        "字段 Group5": "院校.院校类型",
        "字段 Check6": "院校.是否首次申报",
        "列表1 第2行起": "教师",
        "字段 Text8": "院校.联系人邮箱",
        "字段 Text9": "申报.申报理由",
        "字段 y": "日期",
    }
    (signature,) = [each for each in fields_filled.proposals if each.place.at == "字段 Text13"]
    assert "签字" in signature.why


def test_rows_without_room_are_told_by_name(fields_filled: FillResult) -> None:
    (left,) = [each for each in fields_filled.findings if each.rule == "FRM009"]
    assert "欧阳丙丙" in left.message


def test_what_was_filled_is_read_back_by_label_and_place(fields_filled: FillResult) -> None:
    form = read_pdf(fields_filled.data, "表.pdf")
    back = read_fields(form)
    said = {each.field: each.value for each in back.values if each.value}
    assert said == {
        "院校.院校名称": SCHOOL,
        "院校.联系人姓名": "张三",
        "院校.联系人手机号": "13800138000",
        "院校.详细地址": "桂林市示例区示例路1号",
        "院校.院校类型": "高职",
        "院校.是否首次申报": "是",
        "院校.联系人邮箱": "zhangsan@example.edu.cn",
        "申报.申报理由": REASON,
        "日期": "2026年5月1日",
    }
    assert [dict(row) for row in back.tables[0].rows] == TEACHERS[:2]
    assert back.values[0].place.where == "第1页 左53 上35 宽106 高8 毫米"


def test_what_was_written_on_a_flat_form_is_read_back(flat_filled: FillResult) -> None:
    back = OpenPdf(flat_filled.data, "表.pdf").extract().as_data()
    assert back == {
        "院校": {key: value for key, value in DATA.content["院校"].items() if key != "联系人邮箱"}
        | {"是否首次申报": "是"},
        "申报": {"申报理由": REASON},
        "日期": "2026年5月1日",
        "教师": TEACHERS[:2],
    }


def is_no_label(text: str) -> bool:
    """On paper, nobody can tell a school named 统筹部门 from a label."""
    return not known(text, school_vocabulary()) and not match_table([text], ())


NAME = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12).filter(is_no_label)


@settings(max_examples=15, deadline=None)
@given(
    school=NAME,
    kind=st.sampled_from(["中职", "高职", "本科"]),
    first=st.booleans(),
    rows=st.lists(
        st.fixed_dictionaries({"姓名": NAME, "性别": st.sampled_from(["男", "女"]), "职称": NAME}), max_size=2
    ),
)
def test_filling_then_reading_gives_the_same_data(
    school: str, kind: str, first: bool, rows: list[dict[str, str]]
) -> None:
    data = FormData({"院校": {"院校名称": school, "院校类型": kind, "是否首次申报": first}, "教师": rows})
    for source in (with_fields(), flat()):
        back = OpenPdf(OpenPdf(source, "表").fill(data).data, "表").extract().as_data()
        assert back["院校"] == {"院校名称": school, "院校类型": kind, "是否首次申报": "是" if first else "否"}
        assert back.get("教师", []) == rows


def test_a_flat_form_is_filled_where_its_print_is_blank(flat_filled: FillResult) -> None:
    assert filled(flat_filled) == {
        "第1页表1第1行第2格": "院校.院校名称",
        "第1页表1第1行第4格": "院校.院校代码",
        "第1页表1第2行第2格": "院校.联系人姓名",
        "第1页表1第2行第4格": "院校.联系人手机号",
        "第1页表1第3行第2格 第1选项": "院校.院校类型",
        "第1页第3行 第1空": "院校.详细地址",
        "第1页第4行 第1选项": "院校.是否首次申报",
        "第1页第5行 第1日期": "日期",
        "第1页表2 第2行起": "教师",
        "第1页表3第1行第1格": "申报.申报理由",
        "第1页第8行 第1空": "院校.统一社会信用代码",
    }
    assert rules(flat_filled.findings) == ["FRM009"]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_reads_what_was_written_on_a_flat_form(
    engine: str, flat_filled: FillResult, tmp_path: Path
) -> None:
    said = "".join(words(engine, flat_filled.data, tmp_path).split())
    for text in (
        SCHOOL,
        "4145012345",
        "张三",
        "13800138000",
        "桂林市示例区示例路1号",
        "2026",
        "教师甲男副教授12",
        REASON[:28],
    ):
        assert text in said


def test_ink_stands_in_its_cell_and_a_tick_on_its_box(flat_filled: FillResult, tmp_path: Path) -> None:
    before, after = picture("PDFium", flat(), tmp_path, 72), picture("PDFium", flat_filled.data, tmp_path, 72)

    def darker(box: tuple[int, int, int, int]) -> float:
        one, other = (image.crop(box).tobytes() for image in (before, after))
        return sum(one) - sum(other)

    assert darker((141, 91, 289, 113)) > 3000  # the cell beside 院校名称
    assert darker((198, 143, 209, 156)) > 500  # the box before 高职
    assert darker((146, 143, 157, 156)) == darker((250, 143, 261, 156)) == 0
    assert darker((41, 91, 139, 113)) == 0  # its label
    assert darker((40, 590, 300, 605)) == 0  # where somebody signs


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_readers_turn_is_filled_upright(turn: int, flat_filled: FillResult, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(flat())) as pdf:
        page = pdf.pages[0]
        matrix = {90: b"0 1 -1 0 842 0", 180: b"-1 0 0 -1 595 842", 270: b"0 -1 1 0 0 595"}[turn]
        page.contents_add(b"q " + matrix + b" cm", prepend=True)
        page.contents_add(b"Q")
        if turn % 180:
            page.MediaBox = [0, 0, 842, 595]
        page.Rotate = turn
        out = BytesIO()
        pdf.save(out)
    result = OpenPdf(out.getvalue(), "表.pdf").fill(DATA)
    shown, upright = (picture("PDFium", data, tmp_path) for data in (result.data, flat_filled.data))
    assert shown.size == upright.size
    off = [abs(one - other) for one, other in zip(shown.tobytes(), upright.tobytes(), strict=True)]
    assert sum(off) / len(off) < 2


@pytest.mark.parametrize("source", [with_fields(), flat()], ids=["fields", "flat"])
def test_a_plan_shows_values_in_colour_and_leaves_no_field(source: bytes) -> None:
    plan = OpenPdf(source, "表.pdf").fill(DATA, plan=True)
    with pdfium.opened(plan.data) as document:
        image = document[0].render(scale=0.5).to_pil().convert("RGB")
        assert SCHOOL in pdfium.words(document[0])
    green = sum(count for count, colour in image.getcolors(1 << 20) or [] if colour[1] > max(colour[0], colour[2]) + 15)
    assert green > 1000
    assert read_pdf(plan.data, "表.pdf").flat


def test_the_same_form_filled_twice_gives_the_same_bytes() -> None:
    form = OpenPdf(with_fields(), "表.pdf")
    assert form.fill(DATA).data == form.fill(DATA).data == OpenPdf(with_fields(), "表.pdf").fill(DATA).data


def test_a_map_decides_against_the_words(fields_filled: FillResult) -> None:
    mapped = {"字段 Text1": "院校.院校代码", "字段 Text2": ""}
    result = OpenPdf(with_fields(), "表.pdf").fill(DATA, mapped)
    said = {each.place.at: each.value for each in read_fields(read_pdf(result.data, "表")).values}
    assert said["字段 Text1"] == "4145012345"
    assert "字段 Text2" not in said


def scan() -> bytes:
    out = BytesIO()
    Image.new("L", (800, 1100), 240).save(out, "PDF")
    return out.getvalue()


def test_a_scan_is_refused_with_a_clear_word() -> None:
    with pytest.raises(InputError, match=r"表\.pdf 是扫描件：页面是图片，没有文字") as caught:
        read_pdf(scan(), "表.pdf")
    assert "电子版" in caught.value.hint


def test_scanned_pages_among_others_are_told() -> None:
    with pikepdf.open(BytesIO(flat())) as pdf, pikepdf.open(BytesIO(scan())) as picture_:
        pdf.pages.extend(picture_.pages)
        out = BytesIO()
        pdf.save(out)
    result = OpenPdf(out.getvalue(), "表.pdf").fill(DATA)
    assert "FRM025" in rules(result.findings)
    assert len(result.of(State.FILLED)) == 11


def test_lists_and_boxes_without_any_words_are_places_by_their_names() -> None:
    form = FormMaker()
    form.say(40, 50, "表")
    form.choice("院校类型", ["中职", "高职"], 300, 300, 80, 20, Ff=1 << 17)
    form.text("联系人姓名", 300, 400, 80, 20)
    (kind, name) = OpenPdf(form.made(), "表.pdf").places()
    assert (kind.kind, kind.options, kind.name) == (PlaceKind.LIST, ("中职", "高职"), "院校类型")
    assert filled(OpenPdf(form.made(), "表.pdf").fill(DATA)) == {
        "字段 院校类型": "院校.院校类型",
        "字段 联系人姓名": "院校.联系人姓名",
    }
    assert name.at == "字段 联系人姓名"


def test_words_that_run_on_to_the_next_line_are_one() -> None:
    form = FormMaker()
    form.say(40, 50, "申报表")
    form.grid(40, 80, [80, 138], [50])
    form.say(46, 100, "院校类型")
    form.say(124, 100, "□中职院校□高职院校□本")
    form.say(124, 116, "科院校")
    places = OpenPdf(form.made(), "表.pdf").places()
    assert places[0].options == ("中职院校", "高职院校", "本科院校")


def test_pages_without_fields_among_others_are_written_upon() -> None:
    with pikepdf.open(BytesIO(with_fields())) as pdf, pikepdf.open(BytesIO(flat())) as other:
        del other.Root.AcroForm
        pdf.pages.extend(other.pages)
        out = BytesIO()
        pdf.save(out)
    places = filled(OpenPdf(out.getvalue(), "表.pdf").fill(DATA))
    assert places["字段 Text1"] == places["第2页表1第1行第2格"] == "院校.院校名称"
    assert len(places) == 20  # the second list of the same teachers is left to a person
