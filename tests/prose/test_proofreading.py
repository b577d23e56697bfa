"""The checks beside the list: doubled words, punctuation, brackets, digits, units, dates, leftovers, garbled text."""

import pytest

from docgen.prose import NameList, SlipKind, marked, proofread


def told(text: str) -> list[tuple[str, str, str]]:
    return [(slip.found, slip.suggestion, slip.kind.value) for slip in proofread(text)]


@pytest.mark.parametrize(
    ("text", "found", "suggestion", "kind"),
    [
        ("学校的的设备", "的的", "的", "重复"),
        ("学校进行进行培训", "进行进行", "进行", "重复"),
        ("人才培培养方案", "人才培培养方案", "人才培养方案", "词语"),
        ("联系培训评架组织", "培训评架组织", "培训评价组织", "词语"),
        ("学校按照考合要求准备", "考合", "考核", "错字"),
        ("有利于提生人才培养质量", "提生", "提升", "错字"),
        ("定期维护护设备", "护护", "护", "重复"),
        ("教师,学生都到场", ",", "，", "标点"),
        ("设备到位。，场地就绪", "。，", "。", "标点"),
        ("设备到位。。", "。。", "。", "标点"),
        ("设备到位，，可以使用", "，，", "，", "标点"),
        ("学校 具备了考核条件，可以申报中级证书。", " ", "", "空格"),
        ("我们学校 具备了考核条件，可以申报中级证书。", " ", "", "空格"),
        ("实训室（一楼", "（", "", "成对标点"),
        ("实训室一楼）已建成", "）", "", "成对标点"),
        ("“设备到位，学校安排", "“", "", "成对标点"),
        ("实训室（一楼)", ")", "）", "成对标点"),
        ("《指南（2021版》", "（", "", "成对标点"),
        ("共２0台", "２0", "20", "数字"),
        ("2O21年申报", "2O21", "2021", "数字"),
        ("共l2台", "l2", "12", "数字"),
        ("l+X证书", "l+X", "1+X", "数字"),
        ("面积120㎡平方米", "㎡平方米", "平方米", "单位"),
        ("面积120m2", "m2", "㎡", "单位"),
        ("主频2.4Ghz", "Ghz", "GHz", "单位"),
        ("相距4KM", "KM", "km", "单位"),
        ("设备30台台", "台台", "台", "单位"),
        ("2021年13月开班", "2021年13月", "", "日期"),
        ("2021年2月30日", "2021年2月30日", "", "日期"),
        ("2021-02-30", "2021-02-30", "", "日期"),
        ("于21年3月开班", "21年3月", "2021年3月", "日期"),
        ("2021.3-2021.1", "2021.3-2021.1", "", "日期"),
        ("桂教职成[2021]15号", "[2021]15号", "〔2021〕15号", "文号"),
        ("桂教职成（2021）15号", "（2021）15号", "〔2021〕15号", "文号"),
        ("桂教职成〔2021〕第05号", "〔2021〕第05号", "〔2021〕5号", "文号"),
        ("联系人XXX", "XXX", "", "占位"),
        ("理由：待补充", "待补充", "", "占位"),
        ("地址：____路", "____", "", "占位"),
        ("姓名[请填写]", "[请填写]", "", "占位"),
        ("此处填写理由", "此处填写", "", "占位"),
        ("金额？？", "？？", "", "占位"),
        ("TODO 补图", "TODO", "", "占位"),
        ("待定", "待定", "", "占位"),
        ("锟斤拷锟斤拷实训室", "锟斤拷锟斤拷", "", "乱码"),
        ("实训\ufffd室", "\ufffd", "", "乱码"),
    ],
)  # fmt: skip
def test_slip_is_told(text, found, suggestion, kind):
    assert told(text) == ([(found, suggestion, kind)] if kind else [])


@pytest.mark.parametrize(
    "text",
    [
        "人人参与，天天练习，常常总结。", "试试看，谢谢老师，星星点点，等等。", "为了了解情况", "以提高技能为目的的培训",
        "没有有效证件", "参与与否自愿", "总和和平均数", "由于于老师请假", "研究研究再定", "一步一步来",
        "11人，2200元，第11期", "https://a.cn/x?y=1,2;z=XX", "school@a.cn", "版本 v1.8.2", "教师（专任）12名",
        "要求如下：1）场地；2）设备", "（一）师资；（二）场地", "“他说‘可以’。”", "建筑信息模型(BIM)", "……", "你来吗？！",
        "共30台套", "2020年2月29日", "历时10年3个月", "2021.3-2021.6", "2021年年底", "10台台式机", "3名名师", "尺寸2×2",
        "型号 XL-200", "5个个体工商户", "请填写申报书后提交", "等待定位完成", "桂教职成〔2021〕15号", "内存 8GB，主频 2.4GHz",
        "张 三", "第一章 总则", "", "。", "李白白", "A", "1+X证书", "IO模块2个", "型号O2", "电话0771-5815580",
    ],
)  # fmt: skip
def test_right_text_is_silent(text):
    assert told(text) == []


def test_slips_come_in_order_and_do_not_overlap():
    text = "学校布署了的的工作,共２0台（一楼"
    slips = proofread(text)
    assert [slip.found for slip in slips] == ["布署", "的的", ",", "２0", "（"]
    assert all(text[slip.start : slip.end] == slip.found for slip in slips)


def test_what_only_a_person_can_mend_is_shown_with_its_reason():
    text = "开班时间为2021年2月30日。"
    assert marked(text, proofread(text)[0]) == "开班时间为【2021年2月30日】（没有这一天）"
    text = "实训\ue123室"
    assert marked(text, proofread(text)[0]) == "实训【U+E123】（文字编码出错留下的乱码）室"
    assert proofread(text)[0].kind is SlipKind.GARBLED


def test_hostile_text_is_read_to_its_end_and_slips_are_where_they_are_said_to_be():
    for text in (
        "1" * 30_000,
        "a@" * 9_000,
        "布署," * 5_000,
        "（" * 5_000 + "】" * 5_000,
        "（" * 20_000,
        "的" * 20_000,
        "XX" * 20_000,
        "2021." * 10_000,
        "职业技能" * 10_000,
        " 汉字" * 10_000,
    ):
        assert all(text[slip.start : slip.end] == slip.found for slip in proofread(text))


@pytest.mark.parametrize(
    "text",
    [
        "电气控制柜装调实训台供学生装调实训",  # 调实 is the end of one word and the beginning of another
        "开设《财务会计实务》，与会计事务专业相通",
        "课程资源有待完善，仍待补充",
        "教育部部长、学会会员、大会会场",
    ],
)
def test_what_only_looks_broken_is_left_alone(text: str) -> None:
    assert proofread(text, NameList(["会计事务"])) == ()


def test_broken_words_are_looked_for_in_sentences_only() -> None:
    assert proofread("社湾路考合楼", near=False) == ()
