"""Schools of many names and kinds, and people of many names, in which nothing is wrong: no rule may cry wolf."""

from __future__ import annotations

import pytest
from rule_cases import make_case

from docgen.findings import FindingKind, Severity
from docgen.rules import evaluate

SCHOOLS = (
    (
        "中职",
        "36",
        "宾阳县职业技术学校 三江侗族自治县职业教育中心 南宁市第一职业技术学校 广西电力技师学院 桂林市高级技工学校",
    ),
    (
        "中职",
        "36",
        "柳州市蓝天职业学校（民办） 百色市民族卫生学校 贵港市职业教育中心学校 融水苗族自治县中等专业学校 都安职教中心",
    ),
    ("高职", "41", "广西交通职业技术学院 柳州城市职业学院 桂林师范高等专科学校 广西幼儿师范高等专科学校 广西技师学院"),
    (
        "本科",
        "41",
        "河池学院 广西中医药大学 南宁理工学院 桂林电子科技大学北海校区 广西农业职业技术大学 北海大学蓝海学院",
    ),
)
NAMES = ("韦·阿依古丽", "买买提·艾力", "蒙䶮", "覃㛃", "欧阳娜娜", "吴于于", "David Smith", "闭文", "韦淼淼（外聘）")
ADDRESSES = (
    "广西南宁市邕宁区蒲庙镇那元路12-1号",
    "桂林市临桂区榕山路15号",
    "平果市马头镇教育园区",
    "柳州市高新区社湾路28号（东校区）",
)


def alarms(**changes: object) -> list[str]:
    found = evaluate(make_case(**changes)).findings  # type: ignore[arg-type]
    return [
        f"{finding.rule} {finding.message}"
        for finding in found
        if finding.kind is FindingKind.FAIL and finding.level is not Severity.INFO
    ]


@pytest.mark.parametrize(("kind", "digits", "names"), SCHOOLS)
def test_names_of_schools_of_every_kind(kind: str, digits: str, names: str) -> None:
    majors = {"中职": ("护理", "720301"), "高职": ("电子商务", "530701"), "本科": ("财务管理", "120204")}[kind]
    for name in names.split():
        school = {"name": name, "type": kind, "code": f"{digits}45099999"}
        enrolment = {"major": majors[0], "major_code": majors[1]}
        assert alarms(school=school, applications=({"majors": majors[:1]},), enrolments=(enrolment,)) == [], name


def test_names_of_people_and_addresses() -> None:
    teachers = [{"name": name} for name in NAMES]
    evidences = [
        {"kind": kind, "path": f"{name}.pdf", "subject": name, "scope": "全部"}
        for kind, names in (("教师", NAMES), ("场地", ("网店运营实训室",)), ("设备", ("台式计算机",)))
        for name in names
    ]
    for address in ADDRESSES:
        assert alarms(school={"address": address}, teachers=teachers, evidences=evidences) == []


@pytest.mark.parametrize(
    "prose",
    [
        "按照桂教职成〔2021〕12号文件精神，学校于2021年5月20日召开专题会议，对本年度的申报工作作了部署。",
        "第三学期开设《财务会计实务》，第四学期开设《纳税实务》，恰好与培训、考核的时间节点相衔接。",
        "培训记录、考勤和考务由教务处专人归档；若遇停电等突发情况，考生可在备用机位上继续作答。",
        "（一）加强领导，压实责任；（二）配强师资，保证课时；（三）严把考核关，杜绝弄虚作假。",
        "1. 开班前摸底，按基础分层编班；2. 培训中每两周测验一次；3. 考前一周开放实训室。",
        "证书的含金量、报考条件和免费政策有待进一步宣传，他们多次回校介绍岗位对证书的认可情况。",
        "各系部于每周五17:00前报送进展，教务部门汇总后填报；装调实训台每2.5㎡一个工位，主频2.4GHz。",
    ],
)
def test_right_prose(prose: str) -> None:
    for place in ("reason", "safeguards"):
        assert alarms(applications=({place: prose},)) == []
