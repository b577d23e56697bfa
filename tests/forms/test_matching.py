"""Places and data become proposals: filled where it is sure, proposed where it is not, with the reason."""

import pytest

from docgen.forms.filled import told
from docgen.forms.labels import Field, Vocabulary
from docgen.forms.matching import map_entry, propose
from docgen.forms.results import Place, PlaceKind, State
from docgen.forms.structure import Spot
from docgen.forms.values import FormData

DATA = FormData(
    {
        "院校": {
            "院校名称": "示例职业技术学院",
            "院校类型": "高职",
            "联系人姓名": "李某某",
            "联系人手机号": "13800000000",
            "申报年度": 2021,
            "中职星级": "",
            "邮政编码": "530000",
        },
        "申报": {
            "证书名称": "网店运营推广",
            "等级": "中级",
            "培训人数": 120,
            "负责人": "赵某某",
            "负责人电话": "13900000000",
        },
        "统计": {"设备总值": 1234500},
        "教师": [{"姓名": "张某某", "职称": "讲师"}, {"姓名": "王某某", "职称": "教授"}],
        "设备": [{"设备名称": "工作站", "数量": 40, "单价": 8600}],
    }
)


def cell(label: str, *context: str, **more: object) -> Place:
    return Place(f"格:{label}", PlaceKind.CELL, label, context, **more)


def outcome(*places: Place) -> list[tuple[str, State]]:
    return [(proposal.value, proposal.state) for proposal in propose(places, DATA)]


def test_a_detail_belongs_to_the_person_named_before_it():
    assert outcome(
        cell("联系人"), cell("电话"), cell("项目负责人"), cell("电话"), cell("法定代表人"), cell("手机")
    ) == [
        ("李某某", State.FILLED),
        ("13800000000", State.FILLED),
        ("赵某某", State.FILLED),
        ("13900000000", State.FILLED),
        ("", State.BLANK),
        ("", State.BLANK),
    ]


def test_a_phone_of_nobody_is_the_contacts_unless_the_form_knows_somebody_else():
    assert outcome(cell("学校名称"), cell("联系电话"))[1] == ("13800000000", State.FILLED)
    assert outcome(cell("联系电话"), cell("校长"))[0] == ("13800000000", State.PROPOSED)


def test_a_column_that_only_the_school_has_is_a_field_of_its_own():
    assert outcome(cell("邮政编码"), cell("邮编")) == [("530000", State.FILLED)] * 2


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (cell("学校星级"), "数据里没有填“中职星级”"),
        (cell("负责人（签字）"), "签字处"),
        (cell("主管部门意见"), "由他人填写意见"),
        (cell("传真"), "数据里没有“传真”"),
        (cell("院校名称", closed="公章处"), "公章处"),
    ],
)
def test_what_is_left_blank_says_why(place, why):
    (proposal,) = propose([place], DATA)
    assert proposal.state is State.BLANK
    assert why in proposal.why


def test_a_number_of_another_year_is_not_this_years():
    assert outcome(cell("2021年培训人数"), cell("2019年培训人数")) == [("120", State.FILLED), ("120", State.PROPOSED)]


def test_money_is_given_in_the_unit_that_the_label_asks_for():
    assert outcome(cell("培训设备总值（万元）"), cell("培训设备总值（元）")) == [
        ("123.45", State.FILLED),
        ("1234500", State.FILLED),
    ]


@pytest.mark.parametrize(
    ("label", "options", "state"),
    [
        ("院校类型", ("中等职业学校", "高等职业院校", "应用型本科"), State.FILLED),
        ("院校类型", ("公办", "民办"), State.PROPOSED),
        ("", ("初级", "中级", "高级"), State.FILLED),
        ("单位性质", ("中职", "高职", "本科", "其他"), State.FILLED),
    ],
)
def test_choices_need_an_option_that_says_the_value(label, options, state):
    (proposal,) = propose([Place("甲", PlaceKind.CHOICE, label, options=options)], DATA)
    assert proposal.state is state


def test_rows_fill_a_table_whose_headers_speak_for_it():
    headers = ("序号", "姓名", "出生年月", "专业技术职务")
    (proposal,) = propose([Place("表", PlaceKind.TABLE, "师资情况", columns=headers)], DATA)
    assert proposal.rows == (("1", "张某某", "", "讲师"), ("2", "王某某", "", "教授"))
    assert map_entry(proposal) == "教师: #, 姓名, , 职称"


def test_a_group_of_people_is_no_table_of_teachers():
    (proposal,) = propose([Place("表", PlaceKind.TABLE, "领导小组成员", columns=("姓名", "职务", "分工"))], DATA)
    assert proposal.state is not State.FILLED


def test_the_worth_of_equipment_is_computed():
    headers = ("设备名称", "规格型号", "数量", "单价（元）", "总价（元）")
    (proposal,) = propose([Place("表", PlaceKind.TABLE, "设备", columns=headers)], DATA)
    assert proposal.rows == (("工作站", "", "40", "8600", "344000"),)


def test_the_map_of_a_person_wins():
    place = cell("单位性质")
    (named,) = propose([place], DATA, {place.at: "院校.院校类型"})
    (left,) = propose([place], DATA, {place.at: ""})
    assert (named.value, named.state) == ("高职", State.FILLED)
    assert (left.value, left.state) == ("", State.BLANK)


def test_a_place_that_two_fields_claim_is_proposed_and_a_field_with_two_places_fills_both():
    vocabulary = Vocabulary([Field("甲", "甲项", pattern="名目"), Field("乙", "乙项", pattern="名目")], {}, {})
    data = FormData({"甲": "一", "乙": "二"})
    (claimed,) = propose([cell("名目")], data, vocabulary=vocabulary)
    assert (claimed.state, claimed.why) == (State.PROPOSED, "“甲项”和“乙项”都可能，请在对照表里写明")
    twice = (cell("单位名称"), Place("乙", PlaceKind.CELL, "学校全称"))
    assert outcome(*twice) == [("示例职业技术学院", State.FILLED)] * 2
    findings = told("表", [Spot(place) for place in twice], propose(twice, DATA), macros=False)
    assert [finding.rule for finding in findings] == ["FRM003"]


@pytest.mark.parametrize(
    "place",
    [
        cell("地址", "乙方"),
        cell("联系人", "供应商信息", section="供应商信息"),
        cell("统一社会信用代码", section="三、合作企业情况"),
    ],
)
def test_what_is_asked_of_strangers_is_not_ours(place):
    before = (cell("供应商名称", section=place.section),) if not place.section else ()
    assert outcome(*before, place)[-1][1] is not State.FILLED


def test_a_label_of_two_things_takes_both_where_both_are_one_persons_or_nobodys():
    assert outcome(cell("联系人及电话"), cell("证书名称和等级"), cell("项目负责人/联系电话")) == [
        ("李某某 13800000000", State.FILLED),
        ("网店运营推广 中级", State.FILLED),
        ("赵某某 13900000000", State.FILLED),
    ]
    left = (
        "联系人及传真",
        "联系人及项目负责人",
        "法定代表人及电话",
        "培训人数及等级",
        "院系及负责人",
        "学校及企业名称",
        "手机/微信",
    )
    assert State.FILLED not in [state for _, state in outcome(*map(cell, left))]


def test_two_things_are_not_written_where_one_has_nothing_or_where_a_box_is_ticked():
    assert outcome(cell("学校名称及学校代码")) == [("", State.BLANK)]
    box = Place("勾", PlaceKind.CHOICE, "证书名称及等级", options=("有", "无"))
    assert propose([box], DATA)[0].state is not State.FILLED


def test_a_map_may_join_keys():
    entry = "院校.院校名称+院校.院校类型"
    proposal = propose([cell("说明")], DATA, {"格:说明": entry})[0]
    assert (proposal.value, proposal.state, map_entry(proposal)) == ("示例职业技术学院 高职", State.FILLED, entry)
