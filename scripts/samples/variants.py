"""Small workspaces of one fault each, for the rules that compare applications, years, resources and words.

Each is a school of one or two applications in which nothing is wrong, with the rows of one sheet changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from docgen.rules.sch003_credit_code_wrong import check_character

from .data.tables import Row
from .plain import MAJORS, SCHOOL, SETTINGS, application, equipment, photo, teacher, venue
from .planting import Fault, Workspace

CERTIFICATE, SECOND = "工业互联网网络运维", "移动应用软件测试"
ROOM, COMPUTER = "网络综合实训室", "网络实训计算机"
COLLEGE: Row = {
    "院校名称": "广西岚溪职业技术学院",
    "院校类型": "高职",
    "院校代码": "4145099062",
    "中职星级": None,
}
PAST: Row = {
    "年度": 2020,
    "证书名称": CERTIFICATE,
    "等级": "初级",
    "计划人数": 40,
    "培训人数": 40,
    "考核人数": 38,
    "取证人数": 36,
    "是否牵头": "否",
}
SAME_REASON = "本证书与学校开设的课程内容一致，学生已具备相应基础，企业需求持续增加。"


@dataclass(frozen=True)
class Plan:
    """A fault: its rule, and the sheet, row (from 0) and column of its finding; `changes` hold each sheet's rows."""

    rule: str
    sheet: str
    header: str
    row: int = 0
    application: str = ""
    changes: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    school: Row = field(default_factory=dict)


def _build(plan: Plan) -> Workspace:
    work = Workspace(SETTINGS)
    sheets: dict[str, list[Row]] = {"院校信息": [SCHOOL | plan.school]}
    given = plan.changes
    names = (CERTIFICATE, SECOND)
    sheets["申报证书"] = [
        application(f"B0{n}", names[n - 1], "初级") | row for n, row in enumerate(given.get("申报证书", ({},)), 1)
    ]
    sheets["教师"] = [teacher("石小兰", "全部") | row for row in given.get("教师", ({},))]
    seats: Row = {"工位数": 100, "面积（㎡）": 300}
    sheets["场地"] = [venue(ROOM, "全部") | seats | row for row in given.get("场地", ({},))]
    sheets["设备"] = [equipment(COMPUTER, None, "全部") | {"数量": 100} | row for row in given.get("设备", ({},))]
    students = [
        {"专业": major, "专业代码": code, "年级": "2020级", "在校生人数": count} for major, code, count in MAJORS
    ]
    if plan.school.get("院校类型") == "高职":
        students = [{"专业": "计算机网络技术", "专业代码": "510202", "年级": "2020级", "在校生人数": 320}]
    sheets["招生"] = [*students, *given.get("招生", ())]
    sheets["往年试点"] = [PAST | row for row in given.get("往年试点", ())]
    sheets["佐证材料"] = list(_evidence(work, sheets))
    for sheet, rows in sheets.items():
        for number, row in enumerate(rows):
            here = (sheet, number) == (plan.sheet, plan.row)
            work.add(sheet, row, *([Fault(plan.rule, plan.header, plan.application)] if here else []))
    work.files.update({path: text.encode("utf-8-sig") for path, text in plan.files.items()})
    return work


def _evidence(work: Workspace, sheets: dict[str, list[Row]]) -> list[Row]:
    """A photograph of each teacher, venue and piece of equipment."""
    rows: dict[str, Row] = {}
    for kind, header in (("教师", "姓名"), ("场地", "场地名称"), ("设备", "设备名称")):
        for row in sheets[kind]:
            name = str(row[header])
            if name not in rows:
                work.evidence(f"{name}.jpg", photo(len(rows)))
                rows[name] = {
                    "申报编号": row["申报编号"],
                    "类别": kind,
                    "文件": f"{name}.jpg",
                    "对应名称": name,
                    "说明": f"{name}照片",
                }
    return list(rows.values())


def _code(first_eight: str) -> str:
    code = f"{first_eight}MB9C2021X"
    return code + check_character(code)


def _of(rule: str, header: str, **school: object) -> Plan:
    return Plan(rule, "院校信息", header, school=school)


def _one(rule: str, header: str, **changes: object) -> Plan:
    return Plan(rule, "申报证书", header, application="B01", changes={"申报证书": (changes,)})


def _past(rule: str, header: str, *rows: Row) -> Plan:
    return Plan(rule, "往年试点", header, len(rows) - 1, changes={"往年试点": rows})


def _held_against_past(rule: str, past: Row, **changes: object) -> Plan:
    return Plan(rule, "申报证书", "培训人数", application="B01", changes={"申报证书": (changes,), "往年试点": (past,)})


TWO: tuple[Row, ...] = ({}, {})
_OTHER_ROOM: Row = {"场地名称": "软件测试实训室", "地点": "实训楼203", "申报编号": "B02"}
_TRAINED: Row = {"培训证书": CERTIFICATE, "培训证书等级": "初级"}

PLANS: tuple[Plan, ...] = (
    Plan("APR005", "申报证书", "负责人电话", changes={"申报证书": ({"负责人": "韦佳宁"},)}),
    _of("APR006", "联系人姓名", 工作组组长="韦佳宁"),
    _of("APR007", "主管领导职务", 主管领导职务="教务科科长"),
    _of("APR008", "统筹部门", 统筹部门=None),
    _of("APR009", "统筹部门", 统筹部门="信息技术系"),
    _of("APR010", "联系人姓名", 联系人姓名="石小兰", 联系人手机号="13800210702"),
    _past("CRT007", "证书名称", {"证书名称": SECOND, "是否牵头": "是"}),
    _past("CRT008", "证书名称", {"证书名称": SECOND}),
    Plan("CRT010", "申报证书", "等级", 0, "B01", {"申报证书": ({"证书名称": SECOND, "等级": "高级"},)}, school=COLLEGE),
    _past("CRT012", "证书名称", {"证书名称": "工业互联网网路运维"}),
    Plan(
        "CRT011",
        "申报证书",
        "证书名称",
        application="B01",
        files={"目录/证书.csv": f"批次,证书名称\r\n5,{CERTIFICATE}\r\n"},
    ),
    Plan(
        "MAJ006",
        "申报证书",
        "试点专业",
        application="B01",
        files={"目录/证书要求.csv": f"证书名称,等级,专业\r\n{CERTIFICATE},初级,计算机网络技术、电子商务\r\n"},
    ),
    Plan(
        "MAJ008",
        "招生",
        "专业代码",
        3,
        changes={"招生": ({"专业": "计算机网络技术", "专业代码": "510202", "年级": "2019级", "在校生人数": 90},)},
    ),
    Plan(
        "MAJ010",
        "招生",
        "专业",
        3,
        changes={"招生": ({"专业": "建筑工程造介", "专业代码": "640501", "年级": "2021级", "在校生人数": 60},)},
    ),
    Plan(
        "MAJ009",
        "招生",
        "专业",
        3,
        changes={"招生": ({"专业": "电子商务", "专业代码": "730701", "年级": "2020级", "在校生人数": 280},)},
    ),
    Plan(
        "MAT010",
        "申报证书",
        "申报理由",
        1,
        changes={"申报证书": ({"申报理由": SAME_REASON}, {"申报理由": SAME_REASON})},
    ),
    _one("MAT011", "申报理由", 申报理由=f"{SECOND}职业技能等级证书与学校开设的课程内容一致。"),
    _one("MAT012", "申报理由", 申报理由="本年度计划培训学生60人，学生已具备相应基础。"),
    _one("MAT013", "保障措施", 保障措施="拟申报中级试点，由教务科统一管理，安排固定课时。"),
    _one("NUM006", "培训人数", 培训人数=250, 每期人数=None, 期数=2),
    _held_against_past("NUM007", {}, 培训人数=160, 期数=4),
    _held_against_past("NUM008", {"计划人数": 200, "培训人数": 200, "考核人数": 190, "取证人数": 180}),
    _held_against_past("NUM009", {"考核人数": 30, "取证人数": 15}),
    _one("NUM011", "培训人数", 培训人数=15, 每期人数=15),
    _one("NUM012", "每期人数", 每期人数=60),
    _one("NUM013", "期数", 期数=0),
    _past("NUM014", "年度", {"年度": 2009}),
    _past("NUM015", "证书名称", {}, {"取证人数": 35}),
    _of("SCH012", "统一社会信用代码", 统一社会信用代码=_code("12440000")),
    _of("SCH013", "统一社会信用代码", 统一社会信用代码=_code("11450000")),
    Plan("SCH014", "申报证书", "负责人电话", changes={"申报证书": ({"负责人电话": "13800210701"},)}),
    _of("SCH015", "院校类型", 院校名称="广西岚溪职业技术大学"),
    _of("SCH016", "院校名称", 院校名称="岚溪职校"),
    _of("SCH017", "详细地址", 详细地址="广西河池校本部"),
    Plan("TEA004", "教师", "培训证书", changes={"教师": ({"培训证书": SECOND},)}),
    Plan("TEA005", "教师", "培训证书等级", changes={"教师": (_TRAINED,), "申报证书": ({"等级": "中级"},)}),
    Plan(
        "TEA006",
        "申报证书",
        "证书名称",
        1,
        changes={
            "申报证书": TWO,
            "教师": ({**_TRAINED, "申报编号": "B01"}, {"姓名": "莫家宁", "申报编号": "B02"}),
        },
    ),
    Plan("TEA008", "教师", "从教年限", changes={"教师": ({"从教年限": 2013},)}),
    Plan("TEA009", "教师", "姓名", changes={"教师": ({"姓名": "石小兰2"},)}),
    Plan("TEA010", "教师", "职称", changes={"教师": ({"职称": "讲帅"},)}),
    Plan("VEN004", "场地", "面积（㎡）", changes={"场地": ({"面积（㎡）": 30},)}),
    Plan("VEN005", "场地", "场地名称", 1, "B01", {"场地": ({}, {"用途": "考核"})}),
    Plan(
        "EQP004",
        "设备",
        "数量",
        changes={
            "申报证书": TWO,
            "场地": ({"申报编号": "B01"}, _OTHER_ROOM),
            "设备": ({"数量": 50, "申报编号": "B01、B02"},),
        },
    ),
    Plan("EQP005", "设备", "设备名称", 1, "B01", {"设备": ({}, {"单价（元）": 5300})}),
    Plan("EQP006", "设备", "单价（元）", changes={"设备": ({"单价（元）": 0.52},)}),
    Plan("EQP007", "申报证书", "每期人数", 0, "B01", {"设备": ({"数量": 30},)}),
    _one("TXT003", "申报理由", 申报理由="学校已布署培训工作，学生已具备相应基础。"),
    _one("TXT004", "保障措施", 保障措施="由教务科统一管理,安排固定课时和专项经费。"),
    _one("TXT005", "申报理由", 申报理由="方案于2021年2月30日制定，学生已具备相应基础。"),
    _one("TXT006", "申报理由", 申报理由="工业互联网网路运维与学校开设的课程内容一致。"),
)


def _named(plan: Plan) -> Callable[[], Workspace]:
    def variant() -> Workspace:
        return _build(plan)

    variant.__name__ = plan.rule
    return variant


VARIANTS: tuple[Callable[[], Workspace], ...] = tuple(_named(plan) for plan in PLANS)
