"""Fill → extract gives the same data, whatever the layout."""

import pytest
from form_data import APPLICATION, DATA, EQUIPMENT, SCHOOL, TEACHERS
from form_maker import excel_form, word_form
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.forms.opening import open_form
from docgen.forms.results import ExtractResult
from docgen.forms.values import FormData, as_text

LABELS = {
    "院校.院校名称": ("单位名称", "1.院校名称（盖章）", "学校全称"),
    "院校.院校代码": ("院校代码", "学校标识码"),
    "院校.详细地址": ("通讯地址", "学校地址"),
    "院校.联系人姓名": ("联系人", "校级联系人姓名"),
    "院校.联系人手机号": ("联系人电话", "联系人手机号码"),
    "院校.统筹部门": ("统筹部门",),
    "院校.院校类型": ("院校类型|□中职 □高职 □本科",),
    "申报.证书名称": ("证书名称", "申报证书名称"),
    "申报.等级": ("证书等级|○初级　○中级　○高级", "等级"),
    "申报.培训人数": ("培训人数（人）", "计划培训人数|　　人"),
    "申报.负责人": ("项目负责人", "申报负责人"),
    "申报.申报理由": ("申报理由（不超过500字）",),
}
NAMES = st.text("甲乙丙丁戊己庚辛壬癸东南西北春夏秋冬", min_size=1, max_size=12)


def read(form: bytes, data: FormData, name: str = "表") -> ExtractResult:
    return open_form(open_form(form, name).fill(data).data, name).extract()


def texts(data: FormData, keys: list[str]) -> dict[str, str]:
    return {key: as_text(data.value(key)) for key in keys}


def said(result: ExtractResult) -> dict[str, str]:
    return {each.field: each.value for each in result.values}


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Rows of a table with one or two labels each, and the keys that they ask."""
    keys = draw(st.lists(st.sampled_from(sorted(LABELS)), min_size=1, max_size=8, unique=True))
    rows, line = [], []
    for key in keys:
        label = draw(st.sampled_from(LABELS[key]))
        line.append(label if "|" in label else f"{label} | ")
        if len(line) == 2 or draw(st.booleans()):
            rows.append(" | ".join(line) if len(line) == 2 else f"{line[0]} | < | <")
            line = []
    if line:
        rows.append(f"{line[0]} | < | <")
    return rows, keys


@given(layouts(), st.dictionaries(st.sampled_from(["院校名称", "详细地址", "联系人姓名", "统筹部门"]), NAMES))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_filled_is_read_back(layout, other):
    rows, keys = layout
    data = FormData(DATA.content | {"院校": SCHOOL | other})
    for form in (word_form(rows), excel_form(rows)):
        assert said(read(form, data)) == texts(data, keys)


def test_running_text_dates_and_boxes():
    form = word_form(
        "申报单位（盖章）：＿＿＿＿＿＿＿＿　填报日期：　　年　　月　　日",
        "联系人：{10}电话：{14}邮箱：{30}",
        "院校类型：（　）中职　（　）高职　（　）本科　是否首次申报：□是 □否",
    )
    keys = [
        "院校.院校名称",
        "日期",
        "院校.联系人姓名",
        "院校.联系人手机号",
        "院校.联系人邮箱",
        "院校.院校类型",
        "院校.是否首次申报",
    ]
    assert said(read(form, DATA)) == texts(DATA, keys)


@pytest.mark.parametrize("make", [word_form, excel_form])
def test_lists_come_back_row_by_row(make):
    form = make(
        [
            "师资情况 | < | < | <",
            "序号 | 姓名 | 职称 | 教龄",
            "1 | | | ",
            "2 | | | ",
            "设备清单 | < | < | <",
            "名称 | 型号 | 数量 | 单价（元）",
            " | | | ",
        ]
    )
    tables = {table.field: table.rows for table in read(form, DATA).tables}
    assert tables == {
        "教师": tuple({key: str(row[key]) for key in ("姓名", "职称", "从教年限")} for row in TEACHERS),
        "设备": tuple({key: str(row[key]) for key in ("设备名称", "型号规格", "数量", "单价")} for row in EQUIPMENT),
    }


def test_people_in_a_matrix_come_back():
    form = word_form(["类别 | 姓名 | 职务 | 联系电话", "分管领导 | | | ", "联系人 | | | ", "项目负责人 | | | "])
    assert said(read(form, DATA)) == texts(
        DATA,
        [
            "院校.主管领导姓名",
            "院校.主管领导职务",
            "院校.联系人姓名",
            "院校.联系人手机号",
            "申报.负责人",
            "申报.负责人电话",
        ],
    )


def test_extracted_data_fills_another_form():
    found = read(word_form(["单位名称 | | 项目负责人 | ", "证书名称 | | 等级 | "]), DATA).as_data()
    again = read(
        word_form("学校：＿＿＿＿ 负责人：＿＿＿＿", "申报证书：＿＿＿＿ 证书等级：□初级 □中级"), FormData(found)
    )
    assert said(again) == texts(DATA, ["院校.院校名称", "申报.负责人", "申报.证书名称", "申报.等级"])
    assert APPLICATION["证书名称"] == found["申报"]["证书名称"]


def test_two_things_in_one_place_come_back_apart():
    assert said(read(word_form(["联系人及电话 | | 证书名称及等级 | "]), DATA)) == {
        "院校.联系人姓名": SCHOOL["联系人姓名"],
        "院校.联系人手机号": SCHOOL["联系人手机号"],
        "申报.证书名称": APPLICATION["证书名称"],
        "申报.等级": APPLICATION["等级"],
    }
    by_hand = open_form(word_form(["联系人及电话 | 李某某"]), "表").extract()
    assert [(each.field, each.value) for each in by_hand.values] == [("", "李某某")]


def test_values_beside_unknown_labels_are_given_back_under_their_own_label():
    form = word_form(
        [
            "院校名称 | 示例职业技术学院 | 联系人 | 李某某",
            "特色方向 | 智能制造 | 挂靠平台 | 区域中心",
            "评审要点 | 评审标准 | | ",
        ]
    )
    values = open_form(form, "表.docx").extract().values
    assert [(each.place.label, each.field, each.value) for each in values] == [
        ("院校名称", "院校.院校名称", "示例职业技术学院"),
        ("联系人", "院校.联系人姓名", "李某某"),
        ("特色方向", "", "智能制造"),
        ("挂靠平台", "", "区域中心"),
    ]
