"""The forms that docgen makes itself go through fill and extract as those of others do."""

import io

import pytest
from docx import Document
from form_maker import word_form

from docgen.forms.opening import open_form
from docgen.forms.values import FormData, as_text
from docgen.model import schema
from docgen.plan.context import Checked, record_fields, school_context
from docgen.render.templates import find_template
from docgen.render.word import word_template

ITEMS = [column.header for column in schema.SCHOOL.columns if column.clause == "二（一）2"]
PROGRESS = {
    "院校": {"院校名称": "示例职业技术学院"},
    "期": {"起止": "2021年8月30日—9月12日", "期次": 5},
    "填报": {"填报人": "李某某", "联系电话": "0771-1234567", "审核人": "王某某"},
    "证书": [
        {
            "证书名称": "网店运营推广",
            "等级": "中级",
            "批准人数": 100,
            "本期培训": 35,
            "累计培训": 70,
            "本期取证": 0,
            "累计取证": 12,
        },
        {
            "证书名称": "云计算平台运维与开发",
            "等级": "高级",
            "批准人数": 80,
            "本期培训": 0,
            "累计培训": 30,
            "本期取证": 5,
            "累计取证": 5,
        },
    ],
}
REPORT = word_form(
    "1+X证书试点工作双周报",
    "填报学校：＿＿＿＿＿＿ 报告期：＿＿＿＿＿＿",
    [
        "序号 | 证书名称 | 等级 | 计划人数 | 培训人数 | < | 取证人数 | <",
        "^ | ^ | ^ | ^ | 本期 | 累计 | 本期 | 累计",
        "1 | | | | | | | ",
    ],
    "填报人：　　　　联系电话：　　　　审核人（签字）：",
)


def test_the_school_form_is_read_back_item_by_item(built_sample):
    folder = find_template("school-form")
    context = school_context(built_sample.case, Checked()) | {"资料夹": []}
    form = word_template(folder.file("template.docx")).render(context)
    said = open_form(form, "院校信息表.docx").extract().as_data()["院校"]
    school = record_fields(built_sample.case.school, schema.SCHOOL)
    assert len(ITEMS) == 9
    assert {name: said[name] for name in ITEMS} == {name: as_text(school[name]) for name in ITEMS}


def test_the_blank_school_form_is_filled(built_sample):
    rows = [f"{name} | " for name in ITEMS]
    school = record_fields(built_sample.case.school, schema.SCHOOL)
    result = open_form(word_form("院校信息表", rows), "院校信息表.docx").fill(FormData({"院校": school}))
    table = Document(io.BytesIO(result.data)).tables[0]
    assert [row.cells[1].text for row in table.rows] == [as_text(school[name]) for name in ITEMS]


@pytest.mark.parametrize("data", [FormData(PROGRESS)])
def test_an_offices_own_biweekly_report_is_filled_and_read_back(data):
    filled = open_form(REPORT, "双周报.docx").fill(data)
    found = open_form(filled.data, "双周报.docx").extract().as_data()
    assert found["期"] == {"起止": "2021年8月30日—9月12日"}
    assert found["填报"] == {"填报人": "李某某", "联系电话": "0771-1234567"}
    assert found["证书"] == [{key: str(value) for key, value in row.items()} for row in PROGRESS["证书"]]
