"""What templates get to see: headings that close up, totals that are not guessed, findings told to whom they concern."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.catalogue import load_catalogue
from docgen.findings import Finding, FindingKind, FindingType, Severity
from docgen.model.case import Case
from docgen.model.records import (
    Application,
    CertificateLevel,
    Equipment,
    EvidenceFile,
    EvidenceItem,
    EvidenceKind,
    PastPilot,
    School,
    SchoolType,
    Scope,
    Teacher,
    Venue,
)
from docgen.model.source import Origin, Source
from docgen.plan.context import Checked, application_context, brief, school_context

ORIGIN = Origin("申报数据.xlsx", "申报证书", 2)
CATALOGUE = load_catalogue()
ALL = Scope(everywhere=True)
APPLICATION = Application(ORIGIN, "A01", "老年照护", CertificateLevel.INTERMEDIATE, persons=30)
ALL_HEADINGS = {
    "基本信息": "一、基本信息",
    "申报理由": "二、申报理由",
    "教学场地": "三、教学场地",
    "软硬件设备": "四、软硬件设备",
    "师资培训": "五、师资培训",
    "试点专业学生招生情况": "六、试点专业学生招生情况",
    "往年试点情况": "七、往年试点情况",
    "培训计划": "八、培训计划",
    "保障措施": "九、保障措施",
    "佐证材料目录": "十、佐证材料目录",
}


def case(application: Application = APPLICATION, **rows: Any) -> Case:
    """A case of one application; `rows` are fields of Case."""
    return Case(**({"school": School(ORIGIN), "catalogue": CATALOGUE, "applications": (application,)} | rows))


def fields(given: Case, *findings: Finding, **more: Any) -> dict[str, Any]:
    """The fields of the first application's documents."""
    return application_context(given, given.applications[0], Checked(findings, **more))


def flaw(rule: str, level: Severity, application: str = "A01", **more: Any) -> Finding:
    """A finding that says its rule."""
    return Finding(rule, level, f"{rule} 的问题。", "改正。", application, "", Source("申报数据.xlsx"), **more)


def test_headings_count_through() -> None:
    whole = Application(ORIGIN, "A01", "老年照护", reason="本县需要。", safeguards="有经费。")
    given = case(whole, past_pilots=(PastPilot(ORIGIN, 2020, "老年照护"),))
    assert fields(given)["标题"] == ALL_HEADINGS


def test_headings_of_what_was_not_written_are_left_out_and_the_others_close_up() -> None:
    headings = fields(case())["标题"]
    assert [name for name, heading in headings.items() if not heading] == ["申报理由", "往年试点情况", "保障措施"]
    assert headings["教学场地"] == "二、教学场地"
    assert headings["佐证材料目录"] == "七、佐证材料目录"


def test_a_working_group_alone_is_a_safeguard() -> None:
    given = case(school=School(ORIGIN, group_head="覃喆"))
    assert fields(given)["标题"]["保障措施"] == "七、保障措施"


def test_an_earlier_pilot_of_another_certificate_is_none() -> None:
    given = case(past_pilots=(PastPilot(ORIGIN, 2020, "母婴护理"),))
    assert fields(given)["标题"]["往年试点情况"] == ""
    assert fields(given)["往年试点"] == []


def test_a_number_that_one_row_lacks_is_not_summed() -> None:
    given = case(
        venues=(
            Venue(ORIGIN, "甲", area=Decimal("60.5"), seats=30, scope=ALL),
            Venue(ORIGIN, "乙", seats=10, scope=ALL),
        ),
        equipment=(Equipment(ORIGIN, "护理床", count=4, scope=ALL), Equipment(ORIGIN, "轮椅", count=6, scope=ALL)),
        teachers=(Teacher(ORIGIN, "韦明", years=Decimal(5), scope=ALL), Teacher(ORIGIN, "黄英", scope=ALL)),
    )
    figures = fields(given)["统计"]
    assert (figures["场地数"], figures["总面积"], figures["总工位"]) == (2, None, 40)
    assert (figures["设备种数"], figures["设备台数"], figures["设备总值"]) == (2, 10, None)
    assert (figures["教师数"], figures["平均教龄"], figures["在校生数"]) == (2, None, None)


def test_rows_of_other_applications_stay_out() -> None:
    given = case(teachers=(Teacher(ORIGIN, "韦明", scope=ALL), Teacher(ORIGIN, "黄英", scope=Scope(("A02",)))))
    assert [row["姓名"] for row in fields(given)["教师"]] == ["韦明"]


def test_columns_bear_their_headers_without_units_and_unknown_columns_come_along() -> None:
    given = case(venues=(Venue(ORIGIN, "甲", area=Decimal(60), scope=ALL, extra={"设备值（万元）": "12"}),))
    row = fields(given)["场地"][0]
    assert (row["场地名称"], row["面积"], row["工位数"], row["设备值"]) == ("甲", 60, None, "12")


@pytest.mark.parametrize(("finding", "draft"), [
    (flaw("NUM002", Severity.ERROR), True),
    (flaw("SCH002", Severity.ERROR, ""), True),
    (flaw("NUM002", Severity.ERROR, "A02"), False),
    (flaw("NUM002", Severity.ERROR, waived="跨校合班。"), False),
    (flaw("NUM003", Severity.WARNING), False),
])  # fmt: skip
def test_an_error_of_its_own_or_of_the_school_makes_a_draft(finding: Finding, draft: bool) -> None:
    assert fields(case(), finding)["草稿"] is draft


def test_waivers_stand_apart_with_their_reason() -> None:
    told = fields(case(), flaw("NUM003", Severity.WARNING, waived="跨校合班。"), flaw("EVI013", Severity.INFO))
    assert [(row["编号"], row["豁免"]) for row in told["豁免"]] == [("NUM003", "跨校合班。")]
    assert [(row["编号"], row["级别"]) for row in told["问题"]] == [("EVI013", "说明")]


def test_the_leader_is_told_of_faults_and_of_what_was_not_checked_but_not_of_the_layout() -> None:
    told = fields(
        case(),
        flaw("DAT006", Severity.INFO, ""),
        flaw("DAT026", Severity.WARNING, ""),
        flaw("CRT002", Severity.WARNING, kind=FindingKind.NOT_EVALUATED),
        flaw("TEA002", Severity.ERROR, kind=FindingKind.NOT_APPLICABLE),
    )
    assert [row["编号"] for row in told["问题"]] == ["DAT026"]
    assert told["未核查"] == [{"编号": "CRT002", "内容": "CRT002 的问题。", "简述": "CRT002 的问题。"}]


def test_the_check_list_has_three_parts_and_calls_each_result_by_its_name() -> None:
    types = [
        FindingType(id, f"{id}的项目", Severity.ERROR, "", "")
        for id in ("EVI003", "EVI013", "MAJ001", "NUM002", "NUM003", "TXT001", "WVR001")
    ]
    answers = {
        ("EVI003", "A01"): "pass",
        ("EVI013", "A01"): "fail",
        ("MAJ001", "A01"): "notEvaluated",
        ("NUM002", "A01"): "fail",
        ("NUM003", "A01"): "fail",
        ("TXT001", ""): "notApplicable",
    }
    findings = (
        flaw("EVI013", Severity.INFO),
        flaw("MAJ001", Severity.WARNING, kind=FindingKind.NOT_EVALUATED),
        flaw("NUM002", Severity.ERROR),
        flaw("NUM003", Severity.WARNING, waived="跨校合班。"),
    )
    groups = fields(case(), *findings, answers=answers, types=types)["自查"]
    results = [[(point["编号"], point["结果"]) for point in group["项目"]] for group in groups]
    assert results == [
        [("EVI003", "通过"), ("EVI013", "说明")],
        [("MAJ001", "未能核查"), ("NUM002", "不通过"), ("NUM003", "豁免")],
        [("TXT001", "不适用")],
    ]
    assert [group["问题数"] for group in groups] == [0, 1, 0]
    assert groups[1]["项目"][2]["发现"] == ["NUM003 的问题。（豁免：跨校合班。）"]


def test_a_volume_lists_what_can_be_used_and_says_nothing_twice() -> None:
    def item(path: str, fault: str = "", **more: str) -> EvidenceItem:
        return EvidenceItem(ORIGIN, EvidenceKind.TEACHER, path, EvidenceFile(path, fault=fault), scope=ALL, **more)

    given = case(
        evidence=(
            item("A01/教师/韦明.jpg"),
            item("合同.pdf", note="采购合同（节选）"),
            item("证书.pdf", subject="黄英", note="2020年取得"),
            item("坏.jpg", fault="打不开"),
        )
    )
    (volume,) = fields(given)["佐证材料"]
    assert (volume["名称"], volume["件数"]) == ("教师佐证材料.pdf", 3)
    assert [(entry["名称"], entry["说明"]) for entry in volume["条目"]] == [
        ("韦明", ""),
        ("采购合同（节选）", ""),
        ("黄英", "2020年取得"),
    ]


@pytest.mark.parametrize(
    ("kind", "star", "by_department"),
    [
        (SchoolType.SECONDARY, "二星级", True),
        (SchoolType.SECONDARY, "三星级", False),
        (SchoolType.SECONDARY, "", False),
        (SchoolType.HIGHER_VOCATIONAL, "", False),
    ],
)
def test_a_school_of_two_stars_goes_by_the_department(kind: SchoolType, star: str, by_department: bool) -> None:
    school = School(ORIGIN, "山间县职业教育中心", kind, first_time=True, star_grade=star)
    told = school_context(case(school=school), Checked())
    assert (told["首次申报"], told["须先报教育厅"]) == (True, by_department)


def test_the_school_page_counts_each_application_apart() -> None:
    findings = (flaw("NUM002", Severity.ERROR), flaw("NUM003", Severity.WARNING), flaw("DAT006", Severity.INFO, ""))
    told = school_context(case(), Checked(findings))
    (row,) = told["申报"]
    assert (row["错误数"], row["提醒数"], row["草稿"], told["草稿"]) == (1, 1, True, False)
    assert [finding["编号"] for finding in told["问题"]] == ["DAT006"]
    assert told["送审问题"] == []


@given(st.lists(st.tuples(st.sampled_from(["TEA001", "EVI003"]), st.sampled_from(["", "A01", "A02"])), max_size=12))
def test_findings_looked_up_are_those_that_reading_all_of_them_gives(said: list[tuple[str, str]]) -> None:
    source = Source("申报数据.xlsx")
    found = tuple(
        Finding(rule, Severity.WARNING, str(place), source=source, application=number)
        for place, (rule, number) in enumerate(said)
    )
    checked = Checked(found)
    for number in ("", "A01", "A03"):
        assert checked.of(number) == tuple(each for each in found if each.application == number)
        for rule in ("TEA001", "NUM001"):
            fitting = [each for each in found if each.rule == rule and each.application in ("", number)]
            assert checked.of_rule(rule, number) == fitting


def test_a_list_of_names_is_left_to_the_self_check():
    assert brief("3 个文件没有文字：“甲.jpg”、“乙（1）.jpg”等。") == "3 个文件没有文字（见自查表）。"
    assert brief("2 个文件没有文字：“甲.jpg”、“乙.jpg”。") == "2 个文件没有文字（名称见自查表）。"
    assert brief("没有文字：“甲.jpg”。") == "没有文字：“甲.jpg”。"
    assert brief("共用“甲”、“乙”，要错开。") == "共用“甲”、“乙”，要错开。"
