"""PDF forms as offices send them, drawn for tests, and what they are filled with. All invented."""

from __future__ import annotations

from functools import cache

from pdf_forms import MULTILINE, RADIO, FormMaker
from pikepdf import String

from docgen.forms.values import FormData

SCHOOL = "桂林示例职业技术学院"
REASON = "学校设有软件技术等专业，在校生一千二百人，实训条件齐备。" * 4
TEACHERS = [
    {"姓名": "教师甲", "性别": "男", "职称": "副教授", "从教年限": "12"},
    {"姓名": "教师乙", "性别": "女", "职称": "讲师", "从教年限": "5"},
    {"姓名": "欧阳丙丙", "性别": "女", "职称": "高级工程师", "从教年限": "8"},
]
DATA = FormData(
    {
        "院校": {
            "院校名称": SCHOOL,
            "院校类型": "高职",
            "院校代码": "4145012345",
            "统一社会信用代码": "12450000MB9F1X209C",
            "联系人姓名": "张三",
            "联系人手机号": "13800138000",
            "联系人邮箱": "zhangsan@example.edu.cn",
            "详细地址": "桂林市示例区示例路1号",
            "是否首次申报": True,
        },
        "申报": {"申报理由": REASON},
        "日期": "2026年5月1日",
        "教师": TEACHERS,
    }
)


@cache
def with_fields() -> bytes:
    """A form with fields whose names say nothing, so that only the words around tell what they are for."""
    form = FormMaker()
    form.say(40, 50, "1+X证书试点申报表")
    form.say(40, 80, "一、学校信息")
    form.say(40, 116, "单　位　名　称：")
    form.text("Text1", 150, 100, 300, 22)
    form.say(40, 146, "联系人")
    form.text("Text2", 150, 132, 100, 22)
    form.say(270, 146, "联系电话")
    form.text("Text3", 330, 132, 120, 22)
    form.say(40, 180, "学校地址")
    form.text("Text4", 40, 186, 410, 22)  # its name stands above
    form.say(40, 230, "院校类型：")
    form.buttons("Group5", {b"0": (110, 220), b"1": (170, 220), b"2": (230, 220)}, Ff=RADIO)
    for left, words in ((128, "中职"), (188, "高职"), (248, "本科")):
        form.say(left, 230, words)
    form.say(40, 260, "是否首次申报：")
    form.buttons("Check6", {b"Yes": (130, 250)})
    form.say(148, 260, "是")
    form.buttons("Check7", {b"Yes": (180, 250)})
    form.say(198, 260, "否")
    form.say(40, 290, "二、师资队伍")
    for left, words in ((70, "姓名"), (180, "性别"), (260, "职称"), (370, "从教年限")):
        form.say(left, 310, words)
    for row in range(2):
        form.say(40, 332 + row * 24, str(row + 1))
        for column, (left, width) in enumerate(((60, 100), (170, 70), (250, 100), (360, 90))):
            form.text(f"r{row}c{column}", left, 318 + row * 24, width, 20)
    form.text("Text8", 150, 420, 200, 22, TU=String("联系人电子邮箱"))  # only its hint names it
    form.say(40, 470, "申报理由")
    form.text("Text9", 150, 455, 300, 100, Ff=MULTILINE)
    form.say(300, 600, "填报日期：")
    for name, left, width, words in (("y", 360, 40, "年"), ("m", 415, 25, "月"), ("d", 455, 25, "日")):
        form.text(name, left, 586, width, 20)
        form.say(left + width + 2, 600, words)
    form.say(40, 640, "主管领导签字：")
    form.text("Text13", 130, 626, 100, 22)
    return form.made()


@cache
def flat() -> bytes:
    """A form without fields: a ruled table, blanks on rules and underscores, drawn and printed boxes, a list of rows."""
    form = FormMaker()
    form.say(40, 50, "1+X证书试点申报表")
    form.say(40, 80, "一、学校信息")
    form.grid(40, 90, [100, 150, 80, 150], [24, 24, 24])
    for left, top, words in (
        (46, 106, "院校名称"),
        (296, 106, "院校代码"),
        (46, 130, "联 系 人"),
        (296, 130, "联系电话"),
    ):
        form.say(left, top, words)
    form.say(46, 154, "院校类型")
    for left, words in ((146, "中职"), (198, "高职"), (250, "本科")):
        form.square(left, 145)
        form.say(left + 12, 154, words)
    form.say(40, 190, "通讯地址：")
    form.rule(100, 193, 400, 193)
    form.say(40, 215, "是否首次申报：□是　□否")
    form.say(40, 240, "填报日期：　　　　年　　月　　日")
    form.say(40, 270, "二、师资队伍")
    form.grid(40, 280, [40, 120, 60, 120, 100], [22, 22, 22])
    for left, words in ((46, "序号"), (86, "姓名"), (206, "性别"), (266, "职称"), (386, "从教年限（年）")):
        form.say(left, 295, words)
    form.say(40, 370, "三、申报理由（不超过500字）")
    form.grid(40, 380, [440], [120])
    form.say(40, 530, "统一社会信用代码：□□□□□□□□□□□□□□□□□□")
    form.say(40, 600, "负责人签字：____________")
    return form.made()
