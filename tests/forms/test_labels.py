"""What labels of real-looking forms mean: spelling, synonyms, whose detail it is, and what must never be taken for ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.forms.labels import THRESHOLD
from docgen.forms.spelling import normalise, read_label
from docgen.forms.vocabulary import school_vocabulary

VOCABULARY = school_vocabulary()


def key_of(label: str, *context: str, person: str = "") -> str:
    """The key that would be filled in at this label, "" where nothing would be."""
    matches = VOCABULARY.match(label, context, person)
    return matches[0].field.key if matches and matches[0].score >= THRESHOLD else ""


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("单　位　名　称：", "单位名称"),
        ("1.院校名称（盖章）", "院校名称"),
        ("（一）学校名称", "学校名称"),
        ("①学院代码（10 位数识别码）", "学院代码"),
        ("*联系人\n姓名：", "联系人姓名"),
        ("学校全称[1]", "学校全称"),
        ("手机号码*注1", "手机号码"),
        ("1+X证书名称", "1+x证书名称"),
        ("2．3 申报理由", "申报理由"),
        ("Q3 学校名称", "学校名称"),
        ("院（系）名称", "院系名称"),
        ("分管副校（院）长", "分管副校长"),
    ],
)
def test_spaces_numbers_brackets_and_footnotes_are_no_part_of_a_label(written, means):
    assert normalise(written) == means


def test_units_years_and_remarks_are_kept_apart():
    label = read_label("2020年度设备总值（万元）")
    assert (label.key, label.unit, label.year) == ("设备总值", "万元", 2020)
    assert read_label("联系电话（办公）").odd_remarks == ("办公",)
    assert read_label("负责人（签字）：").signed
    assert read_label("申报单位意见").opinion


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("申报单位（公章）", "院校.院校名称"),
        ("学校（机构）标识码", "院校.院校代码"),
        ("主管教学副校长", "院校.主管领导姓名"),
        ("分管校领导职务", "院校.主管领导职务"),
        ("试点工作联系人", "院校.联系人姓名"),
        ("职业技能等级证书名称", "申报.证书名称"),
        ("计划培训学生人数（人）", "申报.培训人数"),
        ("是否首次申报试点院校", "院校.是否首次申报"),
        ("项目负责人手机", "申报.负责人电话"),
        ("院校名称 (Institution)", "院校.院校名称"),
        ("首次申报（是/否）", "院校.是否首次申报"),
        ("保障措施（含组织、师资、经费）", "申报.保障措施"),
        ("申请考核的证书", "申报.证书名称"),
        ("依托院（系）", "申报.申报院系"),
        ("贵校负责试点工作的部门", "院校.统筹部门"),
        ("统筹联系人", "院校.联系人姓名"),
        ("考点学校", "院校.院校名称"),
        ("全年培训人数", "申报.培训人数"),
        ("贵校统筹1+X工作的部门", "院校.统筹部门"),
    ],
)
def test_synonyms_of_offices_are_known(label, key):
    assert key_of(label) == key


@pytest.mark.parametrize(
    "label",
    [
        "法定代表人",
        "学校负责人",
        "部门负责人",
        "主管部门",
        "上级主管单位",
        "邮编",
        "传真",
        "办公电话",
        "联系电话（办公）",
        "联系人电话（WeChat）",
        "院（系）负责人",
        "单位性质",
        "教师人数",
        "在校生数",
        "考核人数",
        "建校时间",
        "开户银行",
        "申报单位意见",
        "拟申报试点证书名称及等级",
        "院校地扯",
        "副组长",
        "专业负责人",
        "姓名",
        "所学专业",
        "身份证号",
        "银行账号",
        "专业代码",
        "备注",
    ],
)
def test_what_is_not_ours_or_not_sure_is_left_alone(label):
    assert key_of(label) == ""


@pytest.mark.parametrize(
    ("label", "context", "key"),
    [
        ("姓　名", ("联系人信息",), "院校.联系人姓名"),
        ("联系电话", ("项目负责人", "联系人信息"), "申报.负责人电话"),
        ("职务", ("分管校领导",), "院校.主管领导职务"),
        ("手机", ("法定代表人",), ""),
        ("负责人电话", ("站点负责人",), ""),
        ("负责人电话", ("技术负责人",), ""),
        ("负责人电话", ("项目负责人",), "申报.负责人电话"),
        ("联系电话", ("分管副校（院）长", "负责人"), ""),
        ("电话", ("部门负责人",), ""),
        ("专业", ("二、申报证书信息",), "申报.试点专业"),
    ],
)
def test_the_words_around_say_whose_detail_it_is(label, context, key):
    assert key_of(label, *context) == key


@given(st.sampled_from(["院校名称", "联系人手机号", "统一社会信用代码", "培训人数"]), st.data())
def test_spaces_colons_and_numbers_never_change_what_a_label_means(name, data):
    spaced = "".join(sign + data.draw(st.sampled_from(["", " ", "　", "\n"])) for sign in name)
    front = data.draw(st.sampled_from(["", "1.", "（二）", "*", "③", "2、"]))
    back = data.draw(st.sampled_from(["", "：", ":", "*", "（必填）"]))
    assert key_of(front + spaced + back) == key_of(name) != ""
