"""Names in running text that are one or two characters off a known one."""

import pytest

from docgen.prose import NameList, SlipKind, near_names, proofread

NAMES = NameList(
    [
        "建筑信息模型（BIM）",
        "桂岭职业技术学院",
        "工业机器人应用编程",
        "电子商务",
        "市场营销",
        "云计算开发与运维",
        "韦建松",
        "汽车运用与维修",
    ]
)


@pytest.mark.parametrize(
    ("text", "found", "meant"),
    [
        ("申报建筑信息摸型证书", "建筑信息摸型", "建筑信息模型"),
        ("桂岭职业技木学院开展试点", "桂岭职业技木学院", "桂岭职业技术学院"),
        ("工业机器人应用编成实训", "工业机器人应用编成", "工业机器人应用编程"),
        ("工业机器应用编程", "工业机器应用编程", "工业机器人应用编程"),
        ("桂岭职业术技学院", "桂岭职业术技学院", "桂岭职业技术学院"),
        ("云计算开开发与运维", "云计算开开发与运维", "云计算开发与运维"),
        ("电子商物专业", "电子商物", "电子商务"),
        ("桂岺职业技木学院", "", ""),
    ],
)
def test_near_name_is_told(text, found, meant):
    assert [(slip.found, slip.suggestion) for slip in near_names(text, NAMES)] == ([(found, meant)] if found else [])


@pytest.mark.parametrize(
    "text",
    [
        "建筑信息模型（BIM）", "建筑信息模型证书", "云计算开发和运维", "云计算开发运维", "工业机器人编程应用", "桂林职业技术学院",
        "桂岭职业学院", "汽车运用维修", "电子商品", "市场营运", "韦健松", "电子商务", "桂岭职业技术学校",
    ],
)  # fmt: skip
def test_name_abbreviation_and_other_names_are_silent(text):
    assert near_names(text, NAMES) == ()


def test_another_known_name_is_no_slip():
    names = NameList(["桂岭职业技术学院", "桂玲职业技术学院"])
    assert near_names("桂玲职业技术学院与桂岭职业技术学院", names) == ()


def test_known_name_silences_the_list_of_words():
    assert [slip.found for slip in proofread("布署信息公司")] == ["布署"]
    assert proofread("布署信息公司", NameList(["布署信息公司"])) == ()


def test_name_is_told_before_the_word_in_it():
    slips = proofread("桂岭职业技木学院", NAMES)
    assert [(slip.kind, slip.suggestion) for slip in slips] == [(SlipKind.NAME, "桂岭职业技术学院")]
