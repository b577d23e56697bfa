"""The map of a form: written, read again, corrected, and carried over to a form that was changed."""

import pytest
from form_data import DATA
from form_maker import word_form

from docgen.errors import InputError
from docgen.forms.maps import fingerprint_of, fitted, read_map, write_map
from docgen.forms.opening import open_form
from docgen.forms.results import State

FORM = word_form(
    ["单位名称 | | 单位性质 | ", "联系人 | | 特色 | "], "师资情况", ["序号 | 姓名 | 职称", " | | ", " | | "]
)


def test_a_map_says_what_was_filled_and_what_is_not_decided():
    opened = open_form(FORM, "表.docx")
    text = write_map("表.docx", opened.fill(DATA).proposals)
    known = read_map(text, "表.toml")
    assert known.fingerprint == fingerprint_of(opened.places())
    assert known.mapped() == {
        "表1 第1行第2格": "院校.院校名称",
        "表1 第2行第2格": "院校.联系人姓名",
        "表2 第2行起": "教师: #, 姓名, 职称",
    }
    assert 'maybe = ["院校.院校类型"]' in text


def test_a_corrected_map_is_followed():
    opened = open_form(FORM, "表.docx")
    text = write_map("表.docx", opened.fill(DATA).proposals)
    text = text.replace('maybe = ["院校.院校类型"]', 'field = "院校.院校类型"').replace('"院校.联系人姓名"', '""')
    result = opened.fill(DATA, read_map(text, "表.toml").mapped())
    assert {proposal.place.label: (proposal.value, proposal.state) for proposal in result.proposals[:3]} == {
        "单位名称": ("示例职业技术学院", State.FILLED),
        "单位性质": ("高职", State.FILLED),
        "联系人": ("", State.BLANK),
    }


def test_the_fingerprint_is_of_the_blanks_and_not_of_the_file():
    again = word_form(
        ["单位名称 | | 单位性质 | ", "联系人 | | 特色 | "],
        "师资情况",
        ["序号 | 姓名 | 职称", " | | ", " | | "],
        size=14,
    )
    assert fingerprint_of(open_form(FORM, "a").places()) == fingerprint_of(open_form(again, "b").places())
    other = word_form(["单位名称 | | 单位性质 | "])
    assert fingerprint_of(open_form(other, "c").places()) != fingerprint_of(open_form(FORM, "a").places())


def test_a_changed_form_keeps_what_still_agrees_and_tells_the_rest():
    opened = open_form(FORM, "表.docx")
    known = read_map(write_map("表.docx", opened.fill(DATA).proposals), "表.toml")
    changed = open_form(word_form(["单位名称 | | 单位性质 | ", "负责人 | | 特色 | "]), "表.docx")
    kept, findings = fitted(known, changed.places(), "表.docx")
    assert kept == {"表1 第1行第2格": "院校.院校名称"}
    assert [finding.rule for finding in findings] == ["FRM010"]


@pytest.mark.parametrize("text", ["place = 3", "[[place]]\nat = 1", "[[place", "place = [1]"])
def test_a_map_written_wrongly_is_told_in_a_sentence(text):
    with pytest.raises(InputError, match=r"对照表“表\.toml”"):
        read_map(text, "表.toml")
