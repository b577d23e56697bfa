"""What cannot be filled in is refused with what to do; what is not kept is told."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from form_samples import DATA, flat, with_fields
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_forms import FormMaker
from pikepdf import Array, Dictionary, Name, String

from docgen.errors import InputError
from docgen.forms.pdf.opened import OpenPdf
from docgen.forms.pdf.opening import open_form


def plain(**root: object) -> bytes:
    form = FormMaker()
    form.say(40, 116, "学校名称")
    form.text("a", 150, 100, 300, 22)

    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in root.items():
            pdf.Root[f"/{key}"] = value

    return form.made(change)


def locked(**passwords: str) -> bytes:
    with pikepdf.open(BytesIO(plain())) as pdf:
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(R=6, **passwords))
        return out.getvalue()


def dynamic() -> bytes:
    form = FormMaker(XFA=String("<xdp/>"))
    form.pdf.Root.NeedsRendering = True
    return form.made()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 a zip", "不是 PDF 文件"),
        (b"%PDF-1.7\nnothing else", "文件坏了或没有下载完整"),
        (locked(owner="o", user="u"), "要密码才能打开"),
        (dynamic(), "动态 XFA 表单"),
        (plain()[:400], "坏了"),
    ],
)
def test_unusable_files_are_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        OpenPdf(data, "表.pdf").places()
    assert caught.value.hint


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到"):
        open_form(tmp_path / "no.pdf")


def test_a_form_that_needs_no_password_is_filled_and_the_lost_limit_told() -> None:
    result = OpenPdf(locked(owner="o", user=""), "表.pdf").fill(DATA)
    assert [each.message for each in result.findings if each.rule == "FRM022"] == [
        "表单设有权限限制（打开不要密码）；填好的文件里不再有这项限制。"
    ]
    with pikepdf.open(BytesIO(result.data)) as made:
        assert not made.is_encrypted
        assert str(made.Root.AcroForm.Fields[0].V) == "桂林示例职业技术学院"


def test_xfa_beside_fields_is_taken_away_and_told() -> None:
    form = FormMaker(XFA=String("<xdp/>"))
    form.say(40, 116, "学校名称")
    form.text("a", 150, 100, 300, 22)
    result = OpenPdf(form.made(), "表.pdf").fill(DATA)
    assert "XFA" in next(each.message for each in result.findings if each.rule == "FRM022")
    with pikepdf.open(BytesIO(result.data)) as made:
        assert "/XFA" not in made.Root.AcroForm


def test_usage_rights_that_changes_would_break_are_taken_away() -> None:
    result = OpenPdf(plain(Perms=Dictionary(UR3=Dictionary(Type=Name.Sig))), "表.pdf").fill(DATA)
    with pikepdf.open(BytesIO(result.data)) as made:
        assert "/Perms" not in made.Root


def signed(change_allowed: int) -> bytes:
    form = FormMaker()
    form.say(40, 116, "学校名称")
    form.text("a", 150, 100, 300, 22)
    method = Dictionary(
        Type=Name.SigRef, TransformMethod=Name.DocMDP, TransformParams=Dictionary(P=change_allowed, V=Name("/1.2"))
    )
    value = form.pdf.make_indirect(Dictionary(Type=Name.Sig, Contents=b"x", Reference=Array([method])))
    form.form.Fields.append(form.widget(100, 180, 60, 20, FT=Name.Sig, T=String("章"), V=value))
    form.pdf.Root.Perms = Dictionary(DocMDP=value)
    return form.made()


@pytest.mark.parametrize(
    ("allowed", "flatten", "kept", "words"),
    [(2, False, True, "原签名仍可验证"), (1, False, True, "不允许任何改动"), (2, True, False, "签名不再有效")],
)
def test_filling_a_signed_form_says_what_becomes_of_the_signature(
    allowed: int, flatten: bool, kept: bool, words: str
) -> None:
    source = signed(allowed)
    result = OpenPdf(source, "表.pdf", flatten=flatten).fill(DATA)
    assert result.data.startswith(source) is kept
    assert words in next(each.message for each in result.findings if each.rule == "FRM023")


def test_scripts_are_never_run_and_computed_fields_are_told() -> None:
    form = FormMaker()
    form.text("合计", 150, 100, 300, 22, AA=Dictionary(C=Dictionary(S=Name.JavaScript, JS=String("boom()"))))
    assert any("不运行脚本" in note for note in open_form(form.made(), "表").notes)


def test_fields_that_run_in_a_circle_come_to_an_end() -> None:
    form = FormMaker()
    one = form.pdf.make_indirect(Dictionary(T=String("a"), FT=Name.Tx))
    one.Kids = Array([one])
    one.Parent = one
    form.form.Fields.append(one)
    assert list(open_form(form.made(), "表").fields) == []


WILD = [b" null ", b" [] ", b" 5 0 R ", b" (x) ", b" /X ", b" << >> ", b" -9e9 ", b" [ 1e9 (a) null ] "]
KEYS = [
    b"/Kids",
    b"/Rect",
    b"/AP",
    b"/V",
    b"/DA",
    b"/FT",
    b"/T",
    b"/MK",
    b"/Annots",
    b"/Fields",
    b"/Ff",
    b"/AS",
    b"/DR",
]


@settings(max_examples=25, deadline=None)
@given(
    source=st.sampled_from([with_fields(), flat()]),
    changes=st.lists(
        st.tuples(st.sampled_from(KEYS), st.integers(0, 40), st.sampled_from(WILD)), min_size=1, max_size=4
    ),
)
def test_whatever_stands_in_its_objects_a_form_is_filled_or_refused_in_words(
    source: bytes, changes: list[tuple[bytes, int, bytes]]
) -> None:
    data = source
    for key, number, wild in changes:
        parts = data.split(key + b" ")
        if len(parts) > 1:
            place = number % (len(parts) - 1) + 1
            data = (key + b" ").join(parts[:place]) + key + wild + (key + b" ").join(parts[place:])
    try:
        result = OpenPdf(data, "表.pdf").fill(DATA)
        OpenPdf(result.data, "表.pdf").extract()
    except InputError as error:
        assert error.hint
