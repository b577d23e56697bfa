"""What evidence texts are taken to say: certificates, levels, schools, people, counts; and what could not be read."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from rule_cases import EVIDENCE, Shelf, fails, make_case, outcome, said

from docgen.catalogue import load_catalogue
from docgen.findings import Finding, FindingKind, Outcome
from docgen.model.case import Case
from docgen.model.catalogue import Certificate
from docgen.model.records import FileNote, NoteKind
from docgen.rules import evaluate
from docgen.rules.evidence_texts import page_of
from docgen.rules.named_people import is_name, is_same_school, people_named, schools_named

BIM, CAR, CLOUD, OTHER_CLOUD = "建筑信息模型（BIM）", "智能新能源汽车", "云计算平台运维与开发", "云计算开发与运维"
SHELF = Shelf(certificates=tuple(Certificate(name) for name in (BIM, CAR, CLOUD, OTHER_CLOUD, "电子商务")))
APPLICATIONS = (
    {"certificate": BIM, "level": "初级"},
    {"number": "A02", "certificate": BIM, "level": "中级"},
    {"number": "A03", "certificate": CAR, "level": "初级"},
)


def saying(*pages: str, kind: str = "教师", scope: str = "A02", **more: Any) -> Case:
    """A school that applies for BIM (two levels) and cars, with one document."""
    item = {"kind": kind, "path": "a.pdf", "scope": scope, "texts": pages}
    usual = {"applications": APPLICATIONS, "catalogue": SHELF, "evidences": (item,)}
    return make_case(**{**usual, **more})


def told(rule: str, case: Case) -> list[tuple[str, str, int]]:
    """(level, application, page) of a rule's failures."""
    return [(found.level.value, found.application, found.source.page) for found in fails(rule, case)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("智能新能源汽车职业技能等级证书师资培训合格证书", True),
        ("1+X证书制度试点：智能新能源汽车", True),
        ("参加智能新能源\n汽车（中级）师资培训", True),
        ("参加“智能新能源汽车”职业技能等级证书培训", True),
        ("智能新能源汽车专业教学团队", False),  # a trade, no certificate
        ("未来智能新能源汽车职业技能等级证书", False),  # part of a longer name that nobody knows
        ("智能新能源汽车证书与建筑信息模型(BIM)证书", False),  # the right one, too
        ("智能新能源汽车证书，另有BIM初级", False),
        ("电子商务培训", False),  # a major, too
        ("电子商务职业技能等级证书", True),
    ],
)
def test_another_certificate_is_told_of_where_it_is_plainly_named(text: str, named: bool) -> None:
    assert bool(fails("MAT003", saying(text))) is named


def test_of_names_within_names_the_longest_counts() -> None:
    cloud = ({"certificate": OTHER_CLOUD},)
    (finding,) = fails("MAT003", saying(f"{CLOUD}职业技能等级证书", applications=cloud, scope="A01"))
    assert f"“{CLOUD}”证书" in finding.message
    assert f"“{OTHER_CLOUD}”" in finding.message
    assert not fails("MAT003", saying(f"{OTHER_CLOUD}职业技能等级证书", applications=cloud, scope="A01"))


def test_a_certificate_that_the_application_misspells_is_not_another() -> None:
    misspelt = ({"certificate": "智能新能源气车"},)
    assert not fails("MAT003", saying("智能新能源汽车职业技能等级证书", applications=misspelt, scope="A01"))


def test_lists_and_shared_material_weigh_less() -> None:
    one = f"{CAR}职业技能等级证书"
    many = f"{one}、{CLOUD}职业技能等级证书、{OTHER_CLOUD}职业技能等级证书"
    assert told("MAT003", saying(one)) == [("warning", "A02", 1)]
    assert told("MAT003", saying(many)) == [("info", "A02", 1)]
    assert told("MAT003", saying(f"{CLOUD}职业技能等级证书", scope="全部")) == [("info", "", 1)]
    assert told("MAT003", saying(one, scope="全部")) == []  # the school applies for it
    assert told("MAT003", saying(one, scope="A02、A03")) == []


def test_one_page_among_others_of_a_teachers_file_is_information() -> None:
    pages = (f"{BIM}职业技能等级证书（中级）", f"{CAR}职业技能等级证书（中级）")
    assert told("MAT003", saying(*pages)) == [("info", "A02", 2)]
    assert told("MAT003", saying(*pages, kind="其他")) == []


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("建筑信息模型（BIM）职业技能等级证书（初级）", "教师", ["warning"]),
        ("建筑信息模型职业技能等级证书初级师资", "教师", ["warning"]),
        ("参加BIM初级师资培训", "教师", ["warning"]),
        ("建筑信息模型（BIM）证书\n证书等级：初级", "教师", ["warning"]),
        ("参加BIM高级师资培训", "教师", []),  # higher is fine
        ("建筑信息模型（BIM）（初级、中级）", "教师", []),
        ("建筑信息模型（BIM）初、中级", "教师", []),
        ("建筑信息模型（BIM）职业技能等级证书", "教师", []),
        ("职称：初级。参加建筑信息模型（BIM）培训", "教师", []),
        ("智能新能源汽车初级；BIM", "教师", []),  # the other certificate's level
        ("BIM高级考核站", "场地", ["info"]),
        ("BIM中级考核站", "场地", []),
    ],
)
def test_a_level_next_to_the_certificate_is_compared(text: str, kind: str, expected: list[str]) -> None:
    assert [level for level, _, _ in told("MAT004", saying(text, kind=kind))] == expected


def test_material_for_two_levels_may_name_either() -> None:
    assert not fails("MAT004", saying("BIM初级师资培训", scope="A01、A02"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("甲方（采购人）：南宁某地职业技术学院\n乙方：某教学装备有限公司", ["南宁某地职业技术学院"]),
        ("学校名称: 广西 某地 师范大学", ["广西某地师范大学"]),
        ("使用单位：玉林市某地中等职业技术学校  联系人：张三", ["玉林市某地中等职业技术学校"]),
        ("工作单位：信息工程学院", []),  # may be a department of the school
        ("培训单位：广西某地大学\n主办单位：南宁某地学院", []),
        ("单位（盖章）：广西某地大学", []),
        ("甲方：某某科技有限公司", []),
        ("单位：台", []),
    ],
)
def test_schools_are_read_in_telling_places_only(text: str, named: list[str]) -> None:
    assert list(schools_named(page_of(1, text))) == named


def test_the_school_under_other_names_is_the_same_school() -> None:
    own = "广西北部湾海洋职业技术学院"
    assert is_same_school("北部湾海洋职业技术学院", [own])
    assert is_same_school("广西北部湾海洋职业学院", [own])
    assert not is_same_school("广西职业学院", [own])
    former = {"school": {"extra": {"曾用名": "钦州某地航海学校"}}}
    text = "甲方：钦州某地航海学校职业部"
    assert fails("MAT005", saying("甲方：钦州某地航海学校", kind="设备"))
    assert not fails("MAT005", saying(text, kind="设备", **former))
    assert not fails("MAT005", saying("甲方：广西大学\n乙方：广西北部湾海洋职业学院"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("姓名：石小兰　性别：女", ["石小兰"]),
        ("姓  名： 石 小 兰\n单位：学校", ["石小兰"]),
        ("姓名\n欧阳雪莲\n性别\n女", ["欧阳雪莲"]),
        ("兹证明莫家宁同志于2020年7月参加师资培训", ["莫家宁"]),
        ("兹证明某地职业技术学院覃淼老师完成培训", ["覃淼"]),
        ("韦东林老师：\n您于2020年参加培训", ["韦东林"]),
        ("姓名：玉素甫·买买提", ["玉素甫·买买提"]),
        ("姓名：\n性别：女", []),
        ("任课老师：请各位老师于九月报到。全体老师参加培训", []),
        ("高校老师于2020年参加", []),
        ("兹证明以下教师参加培训", []),
        ("联系人姓名：张三，讲师姓名：李四", []),
    ],
)
def test_people_are_read_in_telling_places_only(text: str, named: list[str]) -> None:
    assert list(people_named(page_of(1, text))) == named


@pytest.mark.parametrize("word", ["任课", "高校", "计算机", "班主任", "全体", "项目", "张", "王小明明明"])
def test_words_that_begin_like_surnames_are_no_names(word: str) -> None:
    assert not is_name(word)


def test_a_teacher_of_another_application_is_told_with_it() -> None:
    teachers = ({"scope": "A02"}, {"name": "韦明", "scope": "A03"})
    (finding,) = fails("MAT006", saying("姓名：韦明 性别：男", teachers=teachers))
    assert "不在A02的教师里（“韦明”属于A03）" in finding.message
    assert not fails("MAT006", saying("姓名：韦明 性别：男", scope="全部", teachers=teachers))
    assert not fails("MAT006", saying("姓名：韦明 性别：男\n姓名：张丽华 性别：女", teachers=teachers))
    assert not fails("MAT006", saying("姓名：韦明 性别：男", kind="设备", teachers=teachers))


def test_a_file_registered_for_one_teacher_that_names_another_is_told() -> None:
    item = {"kind": "教师", "path": "a.pdf", "scope": "A01", "subject": "张丽华", "texts": "兹证明韦明同志参加培训"}
    (finding,) = fails("MAT006", make_case(teachers=({}, {"name": "韦明"}), evidences=(item,)))
    assert "登记为证明“张丽华”，第1页写的却是“韦明”" in finding.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("网店运营实训室 25座", True),
        ("网店运营实训室共有30个座位", True),
        ("网店运营实训室：实训楼3座301，工位：40个", False),
        ("网店运营实训室40工位，其中教师机位1个", False),
        ("台式计算机 数量：30", True),
        ("台式计算机30台", True),
        ("台式计算机 i5/16GB 40台", False),
        ("网店运营实训室有台式计算机40台", False),
        ("25座公共机房，网店运营实训室", False),
        ("2020年购置台式计算机，40台", False),
    ],
)
def test_counts_behind_a_name_are_compared(text: str, told: bool) -> None:
    item = {"kind": "场地", "path": "a.pdf", "scope": "A01", "texts": text}
    assert bool(fails("MAT009", make_case(evidences=(item,)))) is told


def test_counts_of_several_rows_of_one_name_may_be_summed_up() -> None:
    item = {"kind": "设备", "path": "a.pdf", "scope": "A01", "texts": "台式计算机60台"}
    assert not fails("MAT009", make_case(equipment=({}, {"count": 20}), evidences=(item,)))
    assert fails("MAT009", make_case(equipment=({}, {"count": 30}), evidences=(item,)))


def unread(rule: str, *rows: dict[str, Any]) -> Finding:
    """What a rule says of evidence that it could not read."""
    (finding,) = said(rule, make_case(evidences=rows))
    assert finding.kind is FindingKind.NOT_EVALUATED
    return finding


def test_scans_are_not_evaluated_and_named() -> None:
    scan = {**EVIDENCE[0], "path": "scan.pdf", "texts": ("", "第 2 页")}
    photo = {**EVIDENCE[0], "path": "photo.jpg", "texts": ()}
    finding = unread("MAT003", scan, photo, photo)
    assert finding.message == "全校有 2 个文件是扫描件或照片，没有文字可比对：“scan.pdf”、“photo.jpg”。"
    assert outcome("MAT006", make_case(evidences=(photo,))) is Outcome.NOT_EVALUATED
    assert outcome("MAT006", make_case(evidences=({**photo, "kind": "场地"},))) is Outcome.NOT_APPLICABLE


def test_pages_without_text_and_texts_that_cannot_be_read_are_named() -> None:
    mixed = {**EVIDENCE[0], "path": "mixed.pdf", "texts": ("这一页有足够多的文字。", "扫描全能王 创建", "")}
    odd = {**EVIDENCE[0], "path": "odd.pdf", "texts": (), "notes": (FileNote(NoteKind.TEXT_UNREAD),)}
    broken = {**EVIDENCE[0], "path": "broken.pdf", "file": "已损坏"}
    text = unread("MAT004", mixed, odd, broken).message
    assert "1 个文件有几页没有文字：“mixed.pdf 第2、3页”" in text
    assert "1 个文件的文字读不出来：“odd.pdf”" in text
    assert "1 个文件不在或不能用（见 EVI001、EVI002）：“broken.pdf”" in text


def test_what_a_readable_page_says_counts_beside_pages_that_cannot_be_read() -> None:
    case = saying("智能新能源汽车职业技能等级证书", "")
    assert outcome("MAT003", case) is Outcome.FAIL
    assert {finding.kind for finding in said("MAT003", case)} == {FindingKind.FAIL, FindingKind.NOT_EVALUATED}


def test_a_list_that_names_rows_is_their_evidence_and_a_scan_leaves_it_open() -> None:
    rows = ({}, {"name": "直播补光灯"})
    photo = {**EVIDENCE[2], "path": "台式计算机.jpg"}
    listing = {**EVIDENCE[2], "path": "清单.pdf", "texts": "1 台式计算机 2 直播\n补光灯"}
    assert outcome("EVI015", make_case(equipment=rows, evidences=(photo, listing))) is Outcome.PASS
    scan = make_case(equipment=rows, evidences=(photo, {**listing, "texts": ("",)}))
    assert outcome("EVI015", scan) is Outcome.NOT_EVALUATED
    teachers = ({}, {"name": "韦明"})
    named = {**EVIDENCE[0], "texts": "参训教师：韦明"}
    assert outcome("EVI013", make_case(teachers=teachers, evidences=(named,))) is Outcome.PASS


def test_texts_of_hostile_length_take_little_time() -> None:
    catalogue = load_catalogue()
    texts = (
        "姓名：" * 12_000,
        "张" * 50_000,
        "物流管理" * 12_000,
        "单位：" + "广西" * 25_000,
        "工位 25 个台式计算机" * 2500,
    )
    case = make_case(evidences=({**EVIDENCE[0], "kind": "场地", "texts": texts}, {**EVIDENCE[0], "texts": texts}))
    case = replace(case, catalogue=catalogue)
    start = time.process_time()
    assert evaluate(case).rules["MAT003"] is not Outcome.NOT_APPLICABLE
    assert time.process_time() - start < 10
