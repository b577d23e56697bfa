"""Every rule: cases that it fails, with a word of the message and the place, and cases that it passes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import consistency_cases
import pytest
from rule_cases import EVIDENCE, SECONDARY, Shelf, fails, looks, make_case, outcome, said, without_school_sheet

from docgen.findings import FindingKind, Outcome, Severity
from docgen.model.catalogue import Demand
from docgen.model.records import FileNote, NoteKind
from docgen.model.settings import EvidenceSettings
from docgen.rules import RULES, About, Rule, evaluate

DEMANDING = Shelf(demands=(Demand("网店运营推广", None, ("市场营销",), 2, 50, ("激光测距仪",)),))
MODEST = Shelf(demands=(Demand("网店运营推广", None, ("电子商务",), 1, 40, ("计算机",)),))
TWO = ({}, {"number": "A02", "level": "高级"})


def noted(kind: NoteKind, detail: str = "") -> dict[str, Any]:
    """A case whose first piece of evidence has a note."""
    return {"evidences": ({**EVIDENCE[0], "notes": (FileNote(kind, detail),)}, *EVIDENCE[1:])}


def saying(kind: str, text: str, **more: Any) -> dict[str, Any]:
    """A case with one more piece of evidence for A01, which says something."""
    return {"evidences": (*EVIDENCE, {"kind": kind, "path": "a.pdf", "scope": "A01", "texts": text, **more})}


A_PDF = "佐证材料/a.pdf"
FIRST = "佐证材料/A01/教师/张丽华.jpg"

PAGES = EvidenceSettings(max_volume_pages=10)

# rule, changes to the passing case, a word of the message, the cell (or file) that it points to
FAILING: list[tuple[str, dict[str, Any], str, str]] = [
    ("APR001", {"school": {"leader_name": ""}}, "主管领导姓名没有填写", "B15"),
    ("APR002", {"school": {"contact_name": "王 建国"}}, "都是“王建国”", "B8"),
    ("APR003", {"school": {"group_head": ""}}, "工作组组长", "B17"),
    ("APR004", {"applications": ({"responsible_phone": "1390000000"},)}, "1390000000", "J2"),
    ("CRT001", {"applications": ({"certificate": "网店运营推厂"},)}, "是不是“网店运营推广”", "B2"),
    ("CRT001", {"applications": ({"certificate": "海水养殖"},)}, "起步目录里没有证书“海水养殖”", "B2"),
    ("CRT002", {"applications": ({"certificate": "数据采集"},)}, "只有初级，没有中级", "C2"),
    ("CRT003", {"applications": ({"level": None},)}, "等级没有填写", "C2"),
    ("CRT004", {"school": {**SECONDARY}, "applications": ({"level": "高级"},)}, "中职一般以初、中级为主", "C2"),
    ("CRT005", {"applications": ({}, {"number": "A02"})}, "和A01（B2）重复", "B3"),
    (
        "CRT005",
        {"applications": ({}, {"number": "A02", "certificate": "网店运营推广职业技能等级证书"})},
        "和A01（B2）重复",
        "B3",
    ),
    ("CRT006", {"applications": ({"certificate": ""},)}, "证书名称没有填写", "B2"),
    ("EQP001", {"equipment": ({"scope": "A02"},)}, "没有属于A01的设备", "A2"),
    ("EQP002", {"catalogue": DEMANDING}, "“激光测距仪”没有登记", "A2"),
    ("EQP003", {"equipment": ({"venue": "网店运营实验室"}, {"venue": "网店运营实验室"})}, "F2、F3", "F2"),
    ("EVI001", {"evidences": (*EVIDENCE, {"path": "a.jpg", "kind": "教师", "file": None})}, "a.jpg", "C5"),
    (
        "EVI002",
        {"evidences": ({"path": "a.pdf", "kind": "教师", "scope": "A01", "file": "已损坏，打不开"},)},
        "“a.pdf”不能用：已损坏，打不开。",
        "佐证材料/a.pdf",
    ),
    ("EVI003", {"evidences": EVIDENCE[1:]}, "没有教师佐证材料", "A2"),
    ("EVI004", {"evidences": EVIDENCE[:1]}, "没有场地佐证材料", "A2"),
    ("EVI005", {"evidences": EVIDENCE[:2]}, "没有设备佐证材料", "A2"),
    ("EVI006", {"evidences": (*EVIDENCE, {**EVIDENCE[0], "scope": "A01、A09"})}, "属于“A09”", "A5"),
    (
        "EVI007",
        {"evidences": ({**EVIDENCE[0], "media": "text/rtf", "file": "是 RTF 文档，不能用"},)},
        "张丽华.jpg”是 RTF 文档，不能用。",
        "佐证材料/A01/教师/张丽华.jpg",
    ),
    ("EVI008", {"evidences": (*EVIDENCE, {"kind": "其他", "path": "o.pdf", "scope": "A01"})}, "有 4 类", "C5"),
    ("EVI009", {"strays": ("新建/1.jpg", "2.jpg")}, "2 个文件不属于任何申报", "佐证材料/新建/1.jpg"),
    ("EVI010", {"evidences": ({**EVIDENCE[0], "subject": "张丽花"},)}, "是不是“张丽华”", "D2"),
    ("EVI011", {"evidences": ({"path": "a.jpg", "scope": "A01"},)}, "没有填类别", "B2"),
    (
        "EVI012",
        {"evidences": ({**EVIDENCE[0], "sha256": "e"}, {**EVIDENCE[0], "path": "b.jpg", "sha256": "e"})},
        "“A01/教师/张丽华.jpg”、“b.jpg”内容完全相同",
        "佐证材料/b.jpg",
    ),
    ("EVI013", {"teachers": ({}, {"name": "韦明"})}, "1 位教师没有对应的佐证材料：“韦明”", "A3"),
    (
        "EVI014",
        {
            "venues": ({}, {"name": "直播间"}),
            "evidences": ({**EVIDENCE[1], "subject": "网店运营实训室"},),
        },
        "“直播间”",
        "A3",
    ),
    (
        "EVI015",
        {"equipment": ({}, {"name": "直播补光灯"}), "evidences": ({**EVIDENCE[2], "subject": "台式计算机"},)},
        "1 种设备没有对应的佐证材料：“直播补光灯”",
        "A3",
    ),
    (
        "EVI016",
        {"evidences": (*EVIDENCE, {"kind": "教师", "path": "IMG_2031.jpg", "scope": "A01"})},
        "1 件教师佐证材料看不出证明哪位教师：“IMG_2031.jpg”",
        "佐证材料/IMG_2031.jpg",
    ),
    ("EVI017", noted(NoteKind.DROPPED, "脚本、附件"), "里的脚本、附件不带进合并后的文件", FIRST),
    ("EVI018", noted(NoteKind.SIGNED), "合并后签名不能再验证", FIRST),
    ("EVI019", noted(NoteKind.REPAIRED), "结构有损坏", FIRST),
    ("EVI020", noted(NoteKind.PAGES_LOST, "第3页"), "第3页读不出来", FIRST),
    ("EVI021", noted(NoteKind.HIDDEN, "2 个图层"), "2 个图层", FIRST),
    ("EVI022", noted(NoteKind.FRAMES), "动图", FIRST),
    ("EVI023", noted(NoteKind.CONVERTED), "转换成 PDF", FIRST),
    ("EVI024", noted(NoteKind.LONG, "1200 页"), "1200 页", FIRST),
    (
        "EVI030",
        {"limits": PAGES, "evidences": (*EVIDENCE, {**EVIDENCE[2], "path": "手册.pdf", "pages": 20})},
        "设备佐证材料估计有 23 页，超过设定的每册 10 页；本项申报已有3册，不再分册。",
        "C5",
    ),
    (
        "EVI030",
        {"limits": PAGES, "evidences": ({**EVIDENCE[2], "pages": 20},)},
        "超过设定的每册 10 页；只有一件材料，不能拆开。",
        "C2",
    ),
    (
        "EVI030",
        {"limits": EvidenceSettings(max_volume_mb=1), "evidences": ({**EVIDENCE[2], "size": 3_000_000},)},
        "缩小后估计仍有 3 MB，超过设定的每册 1 MB",
        "C2",
    ),
    (
        "EVI030",
        {"limits": EvidenceSettings(max_total_mb=5), "evidences": ({**EVIDENCE[2], "size": 7_000_000},)},
        "各册佐证材料缩小后估计共有 7 MB，超过设定的合计 5 MB。",
        "A2",
    ),
    ("MAJ001", {"applications": ({"majors": ("电子商物",)},)}, "是不是“电子商务”", "D2"),
    ("MAJ001", {"applications": ({"majors": ("护理",)},)}, "是中职的专业，而本校是高职", "D2"),
    ("MAJ001", {"applications": ({"majors": ("电子商务（跨境）",)},)}, "带有专业方向", "D2"),
    ("MAJ002", {"applications": ({"majors": ("电子商务", "市场营销")},)}, "“市场营销”", "D2"),
    ("MAJ003", {"applications": ({"majors": ()},)}, "试点专业没有填写", "D2"),
    ("MAJ004", {"catalogue": DEMANDING}, "“电子商务”不在", "D2"),
    ("MAJ005", {"enrolments": ({"major_code": "530605"},)}, "这是“市场营销”的代码", "B2"),
    ("MAT001", {"teachers": ({}, {"scope": "A01、A9"}, {"scope": "A9"})}, "H3、H4 的申报编号“A9”", "H3"),
    (
        "MAT002",
        {
            "applications": TWO,
            "teachers": ({"scope": "A01"},),
            "evidences": ({**EVIDENCE[0], "scope": "A02", "subject": "张丽华"},),
        },
        "证明的“张丽华”却只属于A01",
        "D2",
    ),
    (
        "MAT003",
        saying("教师", "数据采集职业技能等级证书师资培训结业证书"),
        "“a.pdf”第1页写的是“数据采集”证书，通篇没有提到A01申报的“网店运营推广”",
        A_PDF,
    ),
    (
        "MAT004",
        saying("教师", "网店运营推广职业技能等级证书（初级）师资培训"),
        "写的是“网店运营推广”初级，A01申报的是中级",
        A_PDF,
    ),
    ("MAT005", saying("设备", "设备采购合同\n甲方：柳州某地职业技术学院"), "写的单位是“柳州某地职业技术学院”", A_PDF),
    ("MAT006", saying("教师", "培训证书\n姓名：韦明　性别：男"), "第1页写的是“韦明”，不在A01的教师里。", A_PDF),
    (
        "MAT007",
        {
            "evidences": (
                {**EVIDENCE[0], "subject": "张丽华", "sha256": "e", "scope": "A01"},
                {"kind": "教师", "path": "b.jpg", "subject": "韦明", "sha256": "e", "scope": "A02"},
            ),
            "applications": TWO,
        },
        "“A01/教师/张丽华.jpg”、“b.jpg”内容完全相同，却分别用来证明“张丽华”和“韦明”。",
        "佐证材料/b.jpg",
    ),
    (
        "MAT008",
        {
            "evidences": (
                {**EVIDENCE[1], "subject": "网店运营实训室", "likeness": looks(90)},
                {"kind": "场地", "path": "b.jpg", "subject": "直播间", "likeness": looks(90, 60), "scope": "A01"},
            ),
        },
        "“A01/场地/实训室.jpg”和“b.jpg”几乎是同一张照片，却分别用来证明“网店运营实训室”和“直播间”。",
        "佐证材料/b.jpg",
    ),
    (
        "MAT009",
        saying("场地", "网店运营实训室：面积 120 平方米，工位 25 个。"),
        "“网店运营实训室”后面写的工位是 25 个，“场地”工作表（D2）填的是 40 个",
        A_PDF,
    ),
    ("NUM001", {"applications": ({"persons": 0},)}, "培训人数是 0", "E2"),
    ("NUM001", {"applications": ({"persons": None},)}, "培训人数没有填写", "E2"),
    ("NUM002", {"applications": ({"persons": 151},)}, "151 人，超过试点专业（电子商务）的在校生人数 150 人", "E2"),
    ("NUM003", {"applications": ({"persons": 40},)}, "每期 40 人、共 3 期应为 120 人", "E2"),
    ("NUM003", {"applications": ({"persons": 130},)}, "应为 120 人", "E2"),
    ("NUM004", {"venues": ({"seats": 39},)}, "每期 40 人，而1处场地的工位一共 39 个", "F2"),
    ("NUM005", {"past_pilots": ({"certified": 77},)}, "取证 77 人，多于考核 76 人", "G2"),
    ("NUM005", {"past_pilots": ({"year": 2021},)}, "不早于申报年度 2021", "A2"),
    ("SCH001", {"school": {"contact_mail": ""}}, "“联系人邮箱”没有填写", "B10"),
    ("SCH002", {"school": {"code": "14684"}}, "只有 5 位", "B5"),
    ("SCH002", {"school": {"code": "414509999X"}}, "数字以外", "B5"),
    ("SCH003", {"school": {"credit_code": "12450000MB1A000098"}}, "最后一位应为 9，写的是 8", "B4"),
    ("SCH003", {"school": {"credit_code": "1245O000MB1A000099"}}, "第 5 位“O”", "B4"),
    ("SCH003", {"school": {"credit_code": "12450000"}}, "是 8 位，应为 18 位", "B4"),
    ("SCH004", {"school": {"contact_phone": "0771-2345678"}}, "0771-2345678", "B9"),
    ("SCH005", {"school": {"contact_mail": "lwj.example.edu.cn"}}, "没有 @", "B10"),
    ("SCH006", {"school": {"website": "lwj@example.edu.cn"}}, "是邮箱地址", "B6"),
    ("SCH006", {"school": {"website": "www,example.edu.cn"}}, "不是一个完整的网址", "B6"),
    ("SCH007", {"school": {"star_grade": "三星级"}}, "却填了中职星级", "B13"),
    ("SCH007", {"school": {**SECONDARY, "first_time": True}}, "没有填中职星级", "B13"),
    ("SCH008", {"school": {**SECONDARY, "first_time": True, "star_grade": "二星级"}}, "先向教育厅", "B13"),
    ("SCH009", {"school": {**SECONDARY, "code": "4145099999"}}, "前两位 41 表示普通高等学校", "B5"),
    ("SCH009", {"school": {"code": "4144099999"}}, "是 44，不是广西的 45", "B5"),
    ("SCH010", {"school": {"year": 2012}}, "2012", "B11"),
    ("SCH010", {"school": {"year": None}}, "申报年度没有填写", "B11"),
    ("SCH011", {"school": {"first_time": True}, "past_pilots": ({},)}, "“往年试点”却有 1 行记录（A2）", "B12"),
    ("TEA001", {"teachers": ()}, "没有属于A01的教师", "A2"),
    ("TEA002", {"catalogue": DEMANDING}, "至少 2 位教师，登记了 1 位", "A2"),
    ("TEA003", {"teachers": ({}, {"scope": "A01"})}, "“张丽华”登记了 2 行（A2、A3）", "A3"),
    ("TXT001", {"school": {"address": "南宁市××区"}}, "没写完的“××”：“南宁市××区”", "B7"),
    ("TXT001", {"applications": ({"reason": "（待补充）"},)}, "待补充", "K2"),
    ("TXT001", {"teachers": ({"name": "张某某"}, {"name": "李某某"})}, "A2、A3 里还有没写完的“某某”", "A2"),
    ("TXT002", {"venues": ({"name": "锟斤拷锟斤拷"},)}, "锟斤拷", "A2"),
    ("VEN001", {"venues": ()}, "没有属于A01的场地", "A2"),
    ("VEN002", {"catalogue": DEMANDING}, "至少 50 个工位，场地一共 40 个", "A2"),
    ("ROW001", {"equipment": ({"count": None}, {"count": 0}, {"count": None})}, "D2、D4 的“数量”没有填写", "D2"),
    ("ROW001", {"teachers": ({}, {"name": "韦明", "scope": ""})}, "“教师”工作表 H3 的“申报编号”没有填写", "H3"),
    ("WVR002", {"waivers": (("EVI005", "A01", "不需要"),)}, "豁免 A01 的 EVI005", "docgen.toml"),
    ("WVR003", {"waivers": (("EV1005", "", "不需要"),)}, "“EV1005”不存在。是不是“EVI005”？", "docgen.toml"),
    ("WVR004", {"waivers": (("EVI005", "A09", "不需要"),)}, "“A09”", "docgen.toml"),
]

PASSING: list[tuple[str, dict[str, Any]]] = [
    *((rule.id, {}) for rule in RULES if rule.check_waivers is None and rule.about is About.SCHOOL),
    ("APR004", {"applications": ({"responsible_phone": "13900000000"},)}),
    ("CRT001", {"applications": ({"certificate": "网店运营推广职业技能等级证书"},)}),
    ("CRT004", {"school": {**SECONDARY}}),
    ("CRT005", {"applications": TWO}),
    ("EQP002", {"catalogue": MODEST}),
    ("EQP003", {"equipment": ({"venue": "实训楼301、网店运营实训室"}, {"venue": ""})}),
    ("ROW001", {"venues": ({"seats": 0},)}),
    ("ROW001", {"venues": ({"seats": None, "unreadable": ("seats",)},)}),
    ("ROW001", {"equipment": ({"kind": None, "without": ("kind",)},)}),
    ("EVI008", {"evidences": (*EVIDENCE[:2], {"kind": "其他", "path": "o.pdf", "scope": "A01"})}),
    ("EVI010", {"evidences": ({**EVIDENCE[0], "subject": "张丽华"}, {**EVIDENCE[2], "subject": "台式计算机"})}),
    ("EVI012", {"evidences": ({**EVIDENCE[0], "sha256": "e"}, {**EVIDENCE[1], "sha256": "e"})}),
    ("EVI013", {"teachers": ({}, {"name": "韦明"}), "evidences": ({**EVIDENCE[0], "subject": "张丽华、韦明"},)}),
    ("EVI014", {"evidences": ({**EVIDENCE[1], "note": "网店运营实训室全景"},)}),
    (
        "EVI030",
        {"limits": PAGES, "evidences": tuple({**EVIDENCE[2], "path": f"{n}.pdf", "pages": 7} for n in "甲乙丙")},
    ),
    ("MAJ004", {"catalogue": MODEST}),
    ("MAT002", {"evidences": ({**EVIDENCE[0], "scope": "A01", "subject": "张丽华"},)}),
    ("EVI015", {"evidences": ({**EVIDENCE[2], "subject": "台式计算机"},)}),
    ("EVI016", {"evidences": (*EVIDENCE, {"kind": "教师", "path": "b.pdf", "scope": "A01", "texts": "参训：张丽华"})}),
    ("MAT003", saying("教师", "网店运营推广职业技能等级证书（中级）师资培训，数据采集职业技能等级证书另行安排")),
    ("MAT003", saying("教师", "数据采集与处理课程结业，智能估价方法讲座")),
    ("MAT004", saying("教师", "网店运营推广职业技能等级证书（高级）师资培训")),
    ("MAT005", saying("教师", "工作单位：广西北部湾海洋职业学院　培训单位：南宁职业技术学院")),
    ("MAT006", saying("教师", "姓名：张丽华　指导教师：韦明")),
    ("MAT009", saying("场地", "网店运营实训室：面积 120 平方米，工位 40 个。")),
    ("NUM003", {"applications": ({"persons": 120},)}),
    ("NUM005", {"past_pilots": ({},)}),
    ("SCH003", {"school": {"credit_code": "12450000mb1a000099"}}),
    ("SCH004", {"school": {"contact_phone": "+86 138-1234-5678"}}),
    ("SCH006", {"school": {"website": "https://www.example.edu.cn/index.htm"}}),
    ("SCH007", {"school": {**SECONDARY, "first_time": True, "star_grade": "三星级"}}),
    ("SCH008", {"school": {**SECONDARY, "first_time": True, "star_grade": "四星级"}}),
    ("SCH011", {"school": {"first_time": True}}),
    ("TEA002", {"catalogue": MODEST}),
    ("TEA003", {"applications": TWO, "teachers": ({"scope": "A01"}, {"scope": "A02"})}),
    ("TXT001", {"equipment": ({"name": "显示器XXL", "specification": "2×3 RTX"}, {"name": "MAX 测试仪"})}),
    ("VEN002", {"catalogue": MODEST}),
    ("WVR002", {"evidences": EVIDENCE[:2], "waivers": (("EVI005", "A01", "评价组织不要求"),)}),
    ("WVR003", {"waivers": (("EVI005", "", "不需要"),)}),
    ("WVR004", {"waivers": (("EVI005", "a01", "不需要"),)}),
]
FAILING += consistency_cases.FAILING
PASSING += consistency_cases.PASSING


@pytest.mark.parametrize(("rule", "changes", "word", "place"), FAILING)
def test_a_rule_finds_its_fault(rule: str, changes: dict[str, Any], word: str, place: str) -> None:
    found = fails(rule, make_case(**changes))
    assert [finding for finding in found if word in finding.message], [finding.message for finding in found]
    assert (found[0].source.cell or found[0].source.file) == place
    assert found[0].hint


@pytest.mark.parametrize(("rule", "changes"), PASSING)
def test_a_rule_passes_what_is_right(rule: str, changes: dict[str, Any]) -> None:
    assert not fails(rule, make_case(**changes))
    assert outcome(rule, make_case(**changes)) in (Outcome.PASS, Outcome.NOT_APPLICABLE)


_PLACES = frozenset(("number", "scope", "kind", "path", "sha256", "media", "file", "likeness", "notes", "catalogue"))
"""What says where something is, or what no page shows."""


def shown(changes: object) -> Iterator[str]:
    """The values of a case that a page can show, as they are compared with its text."""
    if isinstance(changes, Mapping):
        for name, value in changes.items():
            usual = (changes.get("type") == "中职" and value == SECONDARY.get(name)) or value in EVIDENCE
            # The level of a second application only tells it from the first.
            if name not in _PLACES and not usual and not (name == "level" and "number" in changes):
                yield from shown(value)
    elif isinstance(changes, list | tuple):
        for value in changes:
            if value not in EVIDENCE:
                yield from shown(value)
    elif isinstance(changes, str | int | float) and not isinstance(changes, bool) and changes != "":
        yield _bare(str(changes))


def _bare(text: str) -> str:
    return re.sub(r"[\s。，、：；“”（）()`　]", "", text)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.about is About.SCHOOL], ids=lambda rule: rule.id)
def test_the_examples_on_a_rules_page_are_cases_that_are_run(rule: Rule) -> None:
    bad, _, good = re.split(r"\n(?=(通过：|没有说明：))", rule.doc.partition("## 例子")[2], maxsplit=1)
    run = [[changes for id_, changes, *_ in cases if id_ == rule.id] for cases in (FAILING, PASSING)]
    for text, cases in zip((bad, good), run, strict=True):
        assert any(all(value in _bare(text) for value in shown(changes)) for changes in cases), text


def test_every_rule_has_both_kinds_of_test() -> None:
    ids = {rule.id for rule in RULES if rule.about is About.SCHOOL}
    assert {rule for rule, *_ in FAILING} == ids == {rule for rule, _ in PASSING}
    really_passed = {rule for rule, changes in PASSING if outcome(rule, make_case(**changes)) is Outcome.PASS}
    assert really_passed == ids


def test_a_faultless_case_has_no_findings_but_rules_that_do_not_apply() -> None:
    assert {finding.kind for finding in evaluate(make_case()).findings} == {FindingKind.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("name", "complete", "level"),
    [("网店运营推厂", False, "error"), ("海水养殖", False, "warning"), ("海水养殖", True, "error")],
)
def test_an_unknown_certificate_weighs_as_much_as_the_catalogue_knows(name: str, complete: bool, level: str) -> None:
    case = make_case(applications=({"certificate": name},), catalogue=Shelf(complete=complete))
    assert [finding.level.value for finding in fails("CRT001", case)] == [level]


def test_what_is_not_known_is_not_passed() -> None:
    assert outcome("CRT002", make_case(applications=({"certificate": "智能估价"},))) is Outcome.NOT_EVALUATED
    assert outcome("NUM002", make_case(enrolments=({"students": None},))) is Outcome.NOT_EVALUATED
    assert outcome("NUM004", make_case(venues=({"seats": None},))) is Outcome.NOT_EVALUATED
    undergraduate = make_case(school={"type": "本科"}, applications=({"majors": ("法学",)},))
    assert outcome("MAJ001", undergraduate) is Outcome.NOT_EVALUATED
    # A university's own major may read like a vocational one (财务管理, 财富管理): that is no slip.
    near = make_case(school={"type": "本科"}, applications=({"majors": ("电子商物",)},))
    assert outcome("MAJ001", near) is Outcome.NOT_EVALUATED
    assert "是不是“电子商务”" in said("MAJ001", near)[0].message


def test_an_unreadable_value_is_not_failed_a_second_time() -> None:
    case = make_case(applications=({"persons": None, "unreadable": ("persons",)},))
    answers = said("NUM001", case)
    assert [(finding.kind, finding.source.cell) for finding in answers] == [(FindingKind.NOT_EVALUATED, "E2")]
    assert "培训人数" in answers[0].message


def test_a_missing_column_is_not_failed_in_every_row() -> None:
    case = make_case(applications=({"certificate": "", "without": ("certificate",)},))
    assert outcome("CRT006", case) is Outcome.NOT_EVALUATED


def test_names_are_not_called_unknown_where_the_sheet_has_none_to_compare() -> None:
    case = make_case(teachers=({"name": ""},), evidences=({**EVIDENCE[0], "subject": "张丽华"},))
    (finding,) = said("EVI010", case)
    assert finding.kind is FindingKind.NOT_EVALUATED
    assert "“教师”工作表里没有读到一个名称" in finding.message


def test_a_missing_school_sheet_leaves_school_rules_unanswered() -> None:
    outcomes = evaluate(without_school_sheet(make_case())).rules
    assert {outcomes[rule] for rule in ("SCH001", "SCH003", "SCH010", "APR001")} == {Outcome.NOT_EVALUATED}


def test_an_application_without_a_number_is_named_by_its_row_and_not_blamed_for_what_cannot_be_known() -> None:
    found = evaluate(make_case(applications=({"number": "", "persons": 0},), teachers=())).findings
    assert {finding.application for finding in found if finding.rule == "NUM001"} == {"第2行"}
    assert [finding.kind for finding in found if finding.rule == "TEA001"] == [FindingKind.NOT_EVALUATED]


def test_a_fault_of_one_application_is_told_of_that_one() -> None:
    bad = {"path": "a.jpg", "kind": "教师", "scope": "A02", "file": None}
    (finding,) = fails("EVI001", make_case(applications=TWO, evidences=(*EVIDENCE, bad)))
    assert finding.application == "A02"
    (shared,) = fails("EVI001", make_case(applications=TWO, evidences=(*EVIDENCE, {**bad, "scope": "全部"})))
    assert shared.application == ""


def test_a_file_is_damaged_or_of_the_wrong_kind_but_not_both() -> None:
    for media, rule, other in (
        ("text/rtf", "EVI007", "EVI002"),
        ("image/png", "EVI002", "EVI007"),
        ("", "EVI002", "EVI007"),
    ):
        case = make_case(evidences=({**EVIDENCE[0], "media": media, "file": "不能用"},))
        assert len(fails(rule, case)) == 1
        assert not fails(other, case)


def test_shared_other_evidence_is_told_of_once() -> None:
    other = {"kind": "其他", "path": "o.pdf", "scope": "全部"}
    (finding,) = fails("EVI008", make_case(applications=TWO, evidences=(*EVIDENCE, other)))
    assert "A01、A02" in finding.message
    assert finding.level is Severity.WARNING
