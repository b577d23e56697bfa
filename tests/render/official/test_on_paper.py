"""Measured on the finished pages, beside GB/T 9704-2012: every place within half a millimetre."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from official_documents import SENTENCE, document  # type: ignore[import-not-found]
from pytest import approx
from ruler import Ruler, pages_of  # type: ignore[import-not-found]

from docgen.model.official import Form
from docgen.render.official import set_documents

CLOSE = 0.5
CELL, PITCH, EM = 156 / 28, 10.39, 16 * 25.4 / 72


def mm(value: float) -> object:
    return approx(value, abs=CLOSE)


@pytest.fixture(scope="module")
def first(made):
    return Ruler(made["sealed"].data, 0)


@pytest.fixture(scope="module")
def signed(made):
    """The page that bears the signature."""
    pages = (Ruler(made["sealed"].data, number) for number in range(made["sealed"].pages))
    return next(page for page in pages if page.pictures())


def test_the_mark_stands_35_mm_below_the_text_areas_edge_in_red(first):
    mark = first.find("某某试点工作秘书处文件")
    assert mark.top == mm(37 + 35)
    assert mark.middle == mm(28 + 78)
    assert mark.width <= 156


def test_number_two_lines_below_the_mark_and_the_rule_4_mm_below_the_number(first):
    mark, number = first.find("某某试点工作秘书处文件"), first.find("某试秘〔2021〕12号")
    assert number.middle == mm(28 + 78)
    assert number.top - mark.bottom == mm(2 * PITCH + PITCH - EM)
    (rule,) = first.rules()
    assert (rule.left, rule.right) == (mm(28), mm(184))
    assert rule.top - first.find("某试秘").bottom == mm(4)  # brackets reach below the type


def test_the_title_is_centred_two_lines_below_the_rule(first):
    (rule,) = first.rules()
    upper, lower = first.find("关于公布2021年1+X证书制度"), first.find("试点院校名单的通知")
    assert upper.top - rule.bottom == mm(2 * PITCH + (PITCH - EM) / 2)
    assert (upper.middle, lower.middle) == (mm(106), mm(106))
    assert upper.height == mm(22 * 25.4 / 72)


def test_the_addressee_stands_flush_left_one_line_below_the_title(first):
    title, addressee = first.find("试点院校名单的通知"), first.find("各有关院校：")
    assert addressee.left == mm(28)
    assert addressee.top - title.bottom == mm(PITCH + PITCH - EM)


def test_running_text_stands_on_the_grid_of_22_lines_and_28_characters(made):
    page = Ruler(made["plain"].data, 1)
    lines = [line for line in page.lines() if "—" not in line.text]
    assert lines[0].top == mm(37)
    steps = [after.top - before.top for before, after in pairwise(lines)]
    assert [step for step in steps if abs(step - PITCH) > CLOSE] == []
    plain = next(line for line in lines if len(line.text) == 28 and not re.search(r"[，。；、0-9]", line.text[-1:]))
    assert (plain.left, plain.right) == (mm(28), mm(184))
    full = Ruler(next(iter(set_documents([document(body=(SENTENCE * 30,), seal=None, annexes=())]))).data, 1)
    assert len([line for line in full.lines() if "—" not in line.text]) == 22


def test_a_paragraph_begins_two_characters_in(first):
    assert first.find("经院校申报").left == mm(28 + 2 * CELL)


def test_no_page_of_the_text_is_without_text_and_the_first_one_has_some(made, signed):
    assert "经院校申报" in Ruler(made["sealed"].data, 0).text
    assert "各院校要" in signed.text or "工作。" in signed.text


def test_annexes_are_listed_one_line_below_the_text_two_characters_in(signed):
    one, two = signed.find("附件：1.试点院校名单"), signed.find("2.统计表")
    assert one.left == mm(28 + 2 * CELL)
    assert two.left == mm(28 + 5 * CELL)
    above = max(line.bottom for line in signed.lines() if line.bottom < one.top)
    assert one.top - above == mm(PITCH + PITCH - EM)
    assert "试点院校名单。" not in signed.text


def test_under_a_seal_the_date_stands_four_characters_from_the_right_and_the_name_is_centred_on_it(signed):
    name, date = signed.find("某某试点工作秘书处"), signed.find("2021年7月5日")
    assert 184 - date.right == mm(4 * CELL)
    assert name.middle == mm(date.middle)


def test_the_seal_covers_the_date_and_its_top_is_within_one_line_of_the_text(signed):
    (seal,) = signed.pictures()
    date, listed = signed.find("2021年7月5日"), signed.find("2.统计表")
    assert (seal.width, seal.height) == (mm(42), mm(42))
    assert seal.middle == mm(date.middle)
    assert seal.top < date.top < date.bottom < seal.bottom
    assert 0 < seal.top - listed.bottom < PITCH
    assert (seal.top + seal.bottom) / 2 <= date.top  # 印章中心偏下


def test_without_a_seal_the_name_ends_two_from_the_right_and_the_date_begins_two_right_of_it(made):
    page = Ruler(made["plain"].data, made["plain"].paging.text_pages - 1)
    name, date = page.find("某某试点工作秘书处"), page.find("2021年7月5日")
    assert 184 - name.right == mm(2 * CELL)
    assert date.left - name.left == mm(2 * CELL)


def test_the_note_stands_two_characters_in_below_the_date(signed):
    note, date = signed.find("（联系人：张三"), signed.find("2021年7月5日")
    assert note.left == mm(28 + 2 * CELL)
    assert date.top < note.top < date.top + 1.5 * PITCH


def test_the_imprint_ends_the_last_even_page_on_the_text_areas_edge(made):
    for name in ("sealed", "plain"):
        pages = made[name].pages
        assert pages % 2 == 0
        page = Ruler(made[name].data, pages - 1)
        upper, between, lower = page.rules()[-3:]
        assert lower.bottom == mm(262)
        assert (lower.left, lower.right) == (mm(28), mm(184))
        assert [rule.height for rule in (upper, between, lower)] == approx([0.35, 0.25, 0.35], abs=0.02)
        copies, printed = page.find("抄送：各有关培训评价组织。"), page.find("2021年7月6日印发")
        small = 14 * 25.4 / 72
        assert copies.left == mm(28 + small)
        assert printed.right == mm(184 - small)


def test_page_numbers_stand_outside_7_mm_below_the_text(made):
    small = 14 * 25.4 / 72
    for number in range(made["sealed"].paging.text_pages):
        page = Ruler(made["sealed"].data, number)
        foot = page.find(f"— {number + 1} —")
        dash = page.find("—")  # the figures reach above it, and the standard measures to the dash
        assert (dash.top + dash.bottom) / 2 == mm(262 + 7)
        if number % 2 == 0:
            assert foot.right == mm(184 - small)
        else:
            assert foot.left == mm(28 + small)
    assert (
        "—" not in Ruler(made["sealed"].data, made["sealed"].pages - 1).text
        or made["sealed"].paging.text_pages % 2 == 0
    )


def test_an_annex_begins_a_page_with_its_label_and_its_title_on_the_third_line(made):
    starts = [
        page
        for number in range(made["sealed"].pages)
        if re.match(r"附件\d", (page := Ruler(made["sealed"].data, number)).text)
    ]
    assert len(starts) == 2
    label, title = starts[0].find("附件1"), starts[0].find("试点院校名单")
    assert (label.left, label.top) == (mm(28), mm(37))
    assert title.top == mm(37 + 2 * PITCH)
    assert title.middle == mm(106)


def test_a_table_over_several_pages_repeats_its_header_and_keeps_its_width(made):
    with_table = [
        page
        for number in range(made["sealed"].pages)
        if "院校名称" in (page := Ruler(made["sealed"].data, number)).text
    ]
    assert len(with_table) >= 2
    for page in with_table:
        assert page.rules()[0].left == mm(28)
        assert max(rule.right for rule in page.rules()) == mm(184)
        assert max(rule.bottom for rule in page.rules()) <= 262 + CLOSE
    assert "合计" in with_table[-1].text


def test_a_letter_has_double_rules_of_170_mm_and_no_number_on_its_first_page(made):
    page = Ruler(made["letter"].data, 0)
    mark, number = page.find("某某试点工作秘书处"), page.find("某试秘〔2021〕12号")
    thick, thin, foot_thin, foot_thick = page.rules()
    assert mark.top == mm(30)
    assert thick.top - mark.bottom == mm(4)
    assert [rule.width for rule in (thick, thin, foot_thin, foot_thick)] == [mm(170)] * 4
    assert thick.height > thin.height and foot_thick.height > foot_thin.height
    assert 297 - foot_thick.bottom == mm(20)
    assert number.right == mm(184)
    assert number.top - thin.bottom == mm(EM * 7 / 8)
    assert "— 1 —" not in page.text
    assert "— 2 —" in Ruler(made["letter"].data, 1).text


def test_a_long_list_of_addressees_moves_to_the_imprint_so_that_page_one_has_text():
    many = "、".join(f"甲乙丙丁第{number}职业技术学院" for number in range(40))
    (pdf,) = set_documents([document(addressee=many)])
    assert "经院校申报" in Ruler(pdf.data, 0).text
    assert "主送：" in Ruler(pdf.data, pdf.pages - 1).text


def test_a_list_of_addressees_that_fills_pages_is_lost_nowhere():
    many = "、".join(f"甲乙丙丁第{number}职业技术学院" for number in range(300))
    (pdf,) = set_documents([document(addressee=many)])
    text = "".join("".join(Ruler(pdf.data, number).text.split()) for number in range(pdf.pages))
    assert text.count("职业技术学院、甲乙丙丁第") >= 290 and "第299职业技术学院：" in text


def test_a_very_long_issuer_stands_in_lines_and_its_note_stays_with_it():
    issuer = "某某自治区职业教育改革与发展试点工作领导小组办公室秘书处"
    for seal_ in (document().seal, None):
        (pdf,) = set_documents([document(issuer=issuer, seal=seal_)])
        (page,) = [page for number in range(pdf.pages) if "联系人" in (page := Ruler(pdf.data, number)).text]
        date, note = page.find("2021年7月5日"), page.find("（联系人")
        assert page.find(issuer).bottom < date.top < note.top <= 262
        assert page.find(issuer).right <= 184 + CLOSE


def test_a_very_long_mark_stands_in_lines_broken_by_sense():
    (pdf,) = set_documents([document(mark="某某自治区职业教育改革与发展试点工作领导小组办公室文件")])
    page = Ruler(pdf.data, 0)
    lines = [line for line in page.lines() if line.top < 100]
    assert any("领导小组办公室" in line.text for line in lines)
    assert len(lines) == 2 and lines[0].top == mm(72)
    assert all(line.middle == mm(106) for line in lines)


def test_a_heading_never_ends_a_page():
    for length in range(2, 12):
        body = (SENTENCE * length, "一、其他", SENTENCE, "二、附则", SENTENCE)
        (pdf,) = set_documents([document(body=body, annexes=())])
        for number in range(pdf.pages):
            last = [line.text for line in Ruler(pdf.data, number).lines() if "—" not in line.text][-1:]
            assert last not in (["一、其他"], ["二、附则"])


def test_a_draft_says_so_on_every_page():
    (pdf,) = set_documents([document(draft=True)])
    assert all("草稿" in Ruler(pdf.data, number).text for number in range(pdf.pages))


def test_the_same_document_gives_the_same_bytes(made):
    assert next(iter(set_documents([document()]))).data == next(iter(set_documents([document()]))).data
    assert pages_of(made["sealed"].data) == made["sealed"].pages


def test_without_annexes_copies_or_seal_a_document_is_just_its_text():
    (pdf,) = set_documents(
        [document(form=Form.PLAIN, copies="", printer="", printed="", seal=None, annexes=(), note="")]
    )
    page = Ruler(pdf.data, 0)
    assert page.rules() == []
    assert page.find("关于公布").top == mm(37)
