"""Values written into PDF fields: stored as the form wants them, and shown alike by every engine."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_engines import ENGINES, ink, picture, words
from pdf_forms import COMB, COMBO, EDITABLE, MULTILINE, RADIO, SEVERAL, FormMaker
from pikepdf import Array, Dictionary, Name, String

from docgen.acroform.names import raw_name
from docgen.acroform.traits import value_of
from docgen.fonts.roles import Role, find_fonts
from docgen.forms.pdf.fields import Kind
from docgen.forms.pdf.filling import Written, write_fields
from docgen.forms.pdf.flattening import flatten
from docgen.forms.pdf.opening import Form, open_form
from docgen.forms.pdf.saving import appended, whole

SCHOOL = "桂林示例职业技术学院（𠮷䶮）"
REASON = "学校现有试点专业五个，在校生一千二百人。\n设备齐全，师资雄厚，" + "条件具备，" * 30


def script(text: str) -> Dictionary:
    return Dictionary(F=Dictionary(S=Name.JavaScript, JS=String(text)))


def everything() -> bytes:
    """A form with a field of each kind."""
    form = FormMaker()
    form.text("校名", 150, 40, 300, 24)
    form.text("居中", 150, 74, 300, 24, Q=1, DA=String("/Helv 14 Tf 1 0 0 rg"))
    form.text("居右", 150, 108, 300, 24, Q=2, BS=Dictionary(W=2, S=Name.B))
    form.text("理由", 150, 142, 300, 90, Ff=MULTILINE)
    form.text("手机", 150, 242, 300, 24, Ff=COMB, MaxLen=11)
    form.text("日期", 150, 276, 150, 24, AA=script('AFDate_FormatEx("yyyy年mm月dd日");'))
    form.text("金额", 150, 310, 150, 24, AA=script('AFNumber_Format(2, 0, 0, 0, "¥", true);'))
    form.choice("类型", ["中职", ("gz", "高职"), "本科"], 150, 344, 150, 24, Ff=COMBO)
    form.choice("等级", ["初级", "中级", "高级"], 150, 378, 150, 50, Ff=SEVERAL)
    form.buttons("办学", {"中职".encode("gbk"): (150, 440), "高职".encode(): (250, 440), b"2": (350, 440)}, Ff=RADIO)
    form.buttons("首次", {b"Yes": (150, 470)})
    form.text("竖排", 500, 40, 24, 200, MK=Dictionary(R=90, BC=Array([0, 0.5, 0])))
    form.text("没有字体", 150, 500, 150, 24, DA=String("/Nope 12 Tf 0 g"))
    form.text("照旧", 150, 534, 150, 24)
    return form.made()


VALUES = {
    "校名": SCHOOL,
    "居中": "居中的文字",
    "居右": "12,345.00",
    "理由": REASON,
    "手机": "138-0013-8000",
    "日期": "2026-5-1",
    "金额": "12345.6",
    "类型": "高职",
    "等级": "初级、高级",
    "办学": "中职",
    "首次": "是",
    "竖排": "竖着的文字栏目",
    "没有字体": "也能写",
}
SHOWN = ["居中的文字", "12,345.00", "2026年05月01日", "¥12,345.60", "高职", "也能写"]


@pytest.fixture(scope="module")
def filled() -> tuple[Form, dict[str, Written], bytes]:
    form = open_form(everything(), "表.pdf")
    answers = {answer.field.name: answer for answer in write_fields(form, VALUES)}
    return form, answers, whole(form.pdf)


def filled_one(form: FormMaker, **values: str) -> tuple[Form, Written]:
    opened = open_form(form.made(), "表.pdf")
    (answer,) = write_fields(opened, values)
    return opened, answer


def test_every_kind_of_field_stores_its_value(filled: tuple[Form, dict[str, Written], bytes]) -> None:
    _, answers, data = filled
    assert [name for name, answer in answers.items() if answer.refused or answer.tight or answer.missing] == []
    opened = open_form(data, "表.pdf")
    again = opened.fields
    assert {
        name: value_of(again[name].node) for name in VALUES if again[name].kind in (Kind.TEXT, Kind.COMBO, Kind.LIST)
    } == {
        **{name: value for name, value in VALUES.items() if name not in ("办学", "首次")},
        "手机": "13800138000",
        "日期": "2026年05月01日",
    }
    assert [widget.state for widget in again["办学"].widgets] == ["中职".encode("gbk"), b"Off", b"Off"]
    assert raw_name(again["首次"].node.V) == b"Yes"
    assert "/V" not in again["照旧"].node


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_shows_the_same(
    engine: str, filled: tuple[Form, dict[str, Written], bytes], tmp_path: Path
) -> None:
    data = filled[2]
    shown, first = picture(engine, data, tmp_path), picture("PDFium", data, tmp_path)
    for top in (40, 74, 108, 142, 242, 276, 310, 344, 378, 440, 470, 500):
        height = 90 if top == 142 else 24
        here, there = ink(shown, (150, top, 450, top + height)), ink(first, (150, top, 450, top + height))
        assert max(abs(one - other) for one, other in zip(here, there, strict=True)) < 0.13, top
    if engine != "PDFium":  # which reads pages only, not fields
        said = words(engine, data, tmp_path)
        assert [text for text in SHOWN if text not in said] == []


@pytest.mark.parametrize("engine", ENGINES)
def test_flattened_it_looks_the_same_and_nothing_can_be_changed(engine: str, tmp_path: Path) -> None:
    form = open_form(everything(), "表.pdf")
    write_fields(form, VALUES)
    before = picture(engine, whole(form.pdf), tmp_path)
    flatten(form.pdf)
    data = whole(form.pdf)
    after = picture(engine, data, tmp_path)
    difference = [abs(one - other) for one, other in zip(before.tobytes(), after.tobytes(), strict=True)]
    assert sum(difference) / len(difference) < 0.35
    assert "高职" in words(engine, data, tmp_path)
    with pikepdf.open(BytesIO(data)) as flat:
        assert "/AcroForm" not in flat.Root
        assert "/Annots" not in flat.pages[0].obj


def test_the_same_input_gives_the_same_bytes_and_grows_by_the_letters_used(
    filled: tuple[Form, dict[str, Written], bytes],
) -> None:
    form = open_form(everything(), "表.pdf")
    write_fields(form, VALUES)
    assert whole(form.pdf) == filled[2]
    assert len(filled[2]) - len(everything()) < 60_000


def test_text_takes_the_size_that_fits_and_never_grows_above_the_forms_own() -> None:
    sizes = []
    for value in ("短", "长一些的名称" * 3, "很长很长的名称" * 6):
        form = FormMaker()
        form.text("a", 100, 100, 150, 20)
        sizes.append(filled_one(form, a=value)[1])
    assert [answer.size for answer in sizes][:1] == [12]
    assert sizes[0].size > sizes[1].size > sizes[2].size
    assert [answer.tight for answer in sizes] == [False, False, True]


def test_a_value_that_the_field_cannot_take_is_refused_and_nothing_is_written() -> None:
    form = FormMaker()
    form.text("短", 100, 40, 60, 20, MaxLen=3)
    form.text("数", 100, 70, 60, 20, AA=script("AFNumber_Format(0, 0, 0, 0, '', true);"))
    form.choice("选", ["甲", "乙"], 100, 100, 60, 20, Ff=COMBO)
    form.text("锁", 100, 130, 60, 20, Ff=1)
    form.text("藏", 100, 160, 60, 20, F=2)
    form.buttons("勾", {b"Yes": (100, 190)})
    form.form.Fields.append(form.widget(100, 220, 60, 20, FT=Name.Sig, T=String("签")))
    opened = open_form(form.made(), "表.pdf")
    values = {"短": "四个字了", "数": "若干", "选": "丙", "锁": "x", "藏": "x", "勾": "也许", "签": "张三"}
    why = {answer.field.name: answer.refused.why for answer in write_fields(opened, values) if answer.refused}
    assert why == {
        "短": "“四个字了”有4个字，这个域最多3个字",
        "数": "“若干”不是这个域要的数字",
        "选": "选项里没有“丙”（只有：甲、乙）",
        "锁": "表单设为只读",
        "藏": "隐藏的域",
        "勾": "复选框只能填“是”或“否”，数据是“也许”",
        "签": "签名域，由本人签名",
    }
    assert all("/V" not in field.node for field in opened.fields.values())


def test_a_drop_down_that_may_be_typed_into_takes_other_values() -> None:
    form = FormMaker()
    form.choice("选", ["甲", "乙"], 100, 100, 60, 20, Ff=COMBO | EDITABLE)
    opened, answer = filled_one(form, 选="丙")
    assert answer.refused is None
    assert str(opened.fields["选"].node.V) == "丙"


def test_fields_of_one_name_are_filled_together_and_inherit_from_their_parent() -> None:
    form = FormMaker()
    parent = form.pdf.make_indirect(
        Dictionary(FT=Name.Tx, T=String("校名"), Kids=Array([]), Q=2, DA=String("/Helv 9 Tf 0 g"))
    )
    for top in (40, 80):
        parent.Kids.append(form.widget(100, top, 200, 20, Parent=parent))
    form.form.Fields.append(parent)
    form.text("校名", 100, 120, 200, 20)  # the same name again, by a careless program
    opened, answer = filled_one(form, 校名="某某学院")
    assert len(opened.fields) == 1
    assert answer.size == 9
    looks = [widget.obj.AP.N.read_bytes() for widget in opened.fields["校名"].widgets]
    assert len(looks) == 3
    assert all(b"Tj" in look for look in looks)
    assert [str(node.V) for node in opened.fields["校名"].nodes] == ["某某学院"] * 2


def test_a_widget_that_the_form_does_not_list_is_filled_and_listed() -> None:
    form = FormMaker()
    form.widget(100, 40, 200, 20, FT=Name.Tx, T=String("孤"))
    opened, answer = filled_one(form, 孤="有")
    assert answer.refused is None
    with pikepdf.open(BytesIO(whole(opened.pdf))) as saved:
        assert [str(node["/T"]) for node in saved.Root.AcroForm.Fields] == ["孤"]


def test_what_the_form_draws_around_a_value_is_kept() -> None:
    form = FormMaker()
    field = form.text("a", 100, 100, 150, 20, MK=None)
    drawn = b"0.9 g 0 0 150 20 re f /Tx BMC q BT /Helv 9 Tf (old) Tj ET Q EMC 1 0 0 RG 0 0 150 20 re S"
    field.AP = Dictionary(N=form.pdf.make_stream(drawn, BBox=Array([0, 0, 150, 20]), Subtype=Name.Form))
    opened, _ = filled_one(form, a="新")
    look = opened.fields["a"].widgets[0].obj.AP.N.read_bytes()
    assert look.startswith(b"0.9 g 0 0 150 20 re f")
    assert look.endswith(b"1 0 0 RG 0 0 150 20 re S")
    assert b"old" not in look


def test_what_readers_were_to_draw_is_drawn_and_they_are_asked_no_more() -> None:
    form = FormMaker(NeedAppearances=True)
    form.text("a", 100, 40, 150, 20)
    form.text("早有", 100, 80, 150, 20, V=String("旧值"))
    opened, _ = filled_one(form, a="新")
    assert "/NeedAppearances" not in opened.root
    assert b"Tj" in opened.fields["早有"].widgets[0].obj.AP.N.read_bytes()


def test_a_field_names_a_font_that_readers_can_edit_it_with() -> None:
    form = FormMaker()
    form.text("有", 100, 40, 150, 20)
    form.text("无", 100, 80, 150, 20, DA=String("/Nope 0 Tf 0 g"))
    opened = open_form(form.made(), "表")
    write_fields(opened, {"有": "甲", "无": "乙"})
    assert "/DA" not in opened.fields["有"].node
    name = str(opened.fields["无"].node.DA).split()[0]
    assert opened.root.DR.Font[name].Encoding == "/UniGB-UTF16-H"


def test_a_value_is_set_in_the_style_that_the_field_asks_for() -> None:
    form = FormMaker()
    hei = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/SimHei"))
    form.form.DR.Font.F1 = form.pdf.make_indirect(hei)
    form.text("黑", 100, 40, 150, 20, DA=String("/F1 0 Tf 0 g"))
    form.text("宋", 100, 80, 150, 20)
    opened = open_form(form.made(), "表")
    write_fields(opened, {"黑": "字", "宋": "字"})
    fonts = [
        str(next(iter(field.widgets[0].obj.AP.N.Resources.Font.values())).BaseFont).partition("+")[2]
        for field in opened.fields.values()
    ]
    assert len(set(fonts)) == 2
    assert raw_name(Name("/" + fonts[0])).decode() in face_name(Role.HEI)


def face_name(role: Role) -> str:
    with TTFont(find_fonts()[role].path, fontNumber=find_fonts()[role].index, lazy=True) as font:
        return str(font["name"].getDebugName(6))


def test_a_radio_button_takes_an_export_value_and_goes_off_elsewhere() -> None:
    form = FormMaker()
    form.buttons(
        "类", {b"0": (100, 40), b"1": (150, 40)}, Ff=RADIO, Opt=Array([String("中职"), String("高职")]), V=Name("/0")
    )
    opened, _ = filled_one(form, 类="高职")
    assert [widget.state for widget in opened.fields["类"].widgets] == [b"Off", b"1"]
    assert raw_name(opened.fields["类"].node.V) == b"1"


def test_a_check_box_without_any_look_gets_one() -> None:
    form = FormMaker()
    form.form.Fields.append(form.widget(100, 40, 16, 16, FT=Name.Btn, T=String("勾"), AS=Name.Off))
    opened, _ = filled_one(form, 勾="是")
    look = opened.fields["勾"].widgets[0].obj.AP.N
    assert {"/Yes", "/Off"} == set(look.keys())
    assert len(look.Yes.read_bytes()) > len(look.Off.read_bytes())


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None)
@given(one=TEXT, lines=st.lists(TEXT, min_size=1, max_size=3), digits=st.text("0123456789X", min_size=1, max_size=9))
def test_what_is_filled_in_is_read_back(one: str, lines: list[str], digits: str) -> None:
    form = FormMaker()
    form.text("一行", 100, 40, 200, 20)
    form.text("多行", 100, 80, 200, 60, Ff=MULTILINE)
    form.text("格", 100, 160, 200, 20, Ff=COMB, MaxLen=9)
    opened = open_form(form.made(), "表")
    write_fields(opened, {"一行": one, "多行": "\n".join(lines), "格": digits})
    saved = open_form(whole(opened.pdf), "表")
    again = saved.fields
    assert value_of(again["一行"].node) == normalize("NFC", one)
    assert value_of(again["多行"].node) == normalize("NFC", "\n".join(lines))
    assert value_of(again["格"].node) == digits


@pytest.mark.parametrize("packed", [False, True])
def test_a_signed_form_is_added_to_and_what_was_signed_stays(packed: bool) -> None:
    form = FormMaker()
    form.text("a", 100, 40, 200, 20)
    signature = form.widget(100, 80, 60, 20, FT=Name.Sig, T=String("章"), V=Dictionary(Type=Name.Sig, Contents=b"x"))
    form.form.Fields.append(signature)
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    source = form.made(object_stream_mode=mode)
    opened = open_form(source, "表")
    assert opened.signatures == 1
    write_fields(opened, {"a": "签后填写"})
    data = appended(source, opened.pdf)
    assert data is not None
    assert data.startswith(source)
    with pikepdf.open(BytesIO(data)) as again:
        assert again.get_warnings() == []
        assert again.check_pdf_syntax() == []
        assert str(again.Root.AcroForm.Fields[0].V) == "签后填写"
