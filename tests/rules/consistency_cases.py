"""Cases of the rules that compare: several applications, earlier years, resources, prose."""

from __future__ import annotations

from typing import Any

from rule_cases import Shelf

from docgen.model.catalogue import Certificate, Demand
from docgen.model.records import CertificateLevel
from docgen.rules.sch003_credit_code_wrong import check_character


def credit_code(first_eight: str) -> str:
    """A credit code with a right check character."""
    code = f"{first_eight}MB1A00009"
    return code + check_character(code)


WIDE = Shelf(demands=(Demand("网店运营推广", None, ("电子商务", "市场营销")),))
FIFTH = Shelf(certificates=(Certificate("网店运营推广", levels=tuple(CertificateLevel), batch=5),))
FOURTH = Shelf(certificates=(Certificate("网店运营推广", levels=tuple(CertificateLevel), batch=4),))
OTHER = {"number": "A02", "certificate": "数据采集", "level": "初级"}
ADVANCED = {"number": "A02", "level": "高级"}
FOUR_NAMES = ("网店运营推广", "数据采集", "智能估价", "海水养殖")
FOUR = tuple({"number": f"A0{n}", "certificate": name} for n, name in enumerate(FOUR_NAMES, 1))
TRAINED = {"training_certificate": "网店运营推广师资培训合格证书", "training_level": "中级"}
LONG_REASON = "本专业为学校重点建设专业，学生已具备相应的基础，企业需求持续增加。"
OWN_ROOMS = ({"scope": "A01"}, {"name": "直播间", "place": "实训楼302", "scope": "A02"})

FAILING: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "APR005",
        {
            "applications": (
                {"responsible_phone": "13907711234"},
                {**ADVANCED, "responsible_phone": "13907711235"},
            )
        },
        "A01写的是 13907711234，A02写的是 13907711235，只差一位",
        "J3",
    ),
    ("APR006", {"school": {"group_head": "李文静"}}, "联系人和工作组组长都是“李文静”", "B8"),
    ("APR007", {"school": {"leader_title": "教务处处长"}}, "“教务处处长”，不是校领导", "B16"),
    ("APR008", {"school": {"office": ""}}, "统筹部门没有填写", "B14"),
    ("APR009", {"school": {"office": "商学院"}}, "二级院系，它也是A01的申报院系", "B14"),
    ("APR010", {"teachers": ({"name": "李文静"},)}, "“李文静”也是登记的教师（“教师”工作表 A2）", "B8"),
    ("CRT007", {"past_pilots": ({"certificate": "数据采集", "lead": True},)}, "2020年本校牵头的“数据采集”", "B2"),
    ("CRT008", {"past_pilots": ({"certificate": "数据采集"},)}, "培训 80 人、取证 70 人，今年没有申报", "B2"),
    ("CRT009", {"applications": ({}, ADVANCED)}, "“网店运营推广”（A01、A02）同时申报了几个等级", "C3"),
    ("CRT010", {"applications": ({"level": "高级"},)}, "直接申报高级", "C2"),
    ("CRT011", {"catalogue": FIFTH}, "是第 5 批证书", "B2"),
    (
        "MAJ006",
        {"catalogue": WIDE, "enrolments": ({}, {"major": "市场营销", "major_code": "530605", "students": 90})},
        "没有选的专业：“市场营销”（90 人）",
        "D2",
    ),
    ("MAJ008", {"enrolments": ({"major_code": "730701"},)}, "730701 是中职的，高职专科的是 530701", "B2"),
    ("MAJ009", {"enrolments": ({}, {})}, "A2、A3 几行完全相同", "A3"),
    (
        "MAT010",
        {"applications": ({"reason": LONG_REASON}, {**OTHER, "reason": LONG_REASON})},
        "A01、A02的申报理由完全相同（K2、K3）",
        "K3",
    ),
    (
        "MAT011",
        {"applications": ({"reason": "数据采集职业技能等级证书与本专业课程一致。"},)},
        "写的是“数据采集”证书，没有提到所申报的“网店运营推广”",
        "K2",
    ),
    ("MAT012", {"applications": ({"reason": "本年度计划培训学生 100 人。"},)}, "培训人数填的是 120 人", "K2"),
    ("MAT013", {"applications": ({"safeguards": "拟申报初级试点，安排固定课时。"},)}, "而申报的是中级", "L2"),
    ("NUM005", {"past_pilots": ({"examined": None, "certified": 81},)}, "取证 81 人，多于培训 80 人", "G2"),
    (
        "NUM006",
        {"applications": ({"persons": 121, "persons_per_run": None},)},
        "工位 40 个、共 3 期，最多 120 人",
        "E2",
    ),
    ("NUM007", {"past_pilots": ({"trained": 39, "examined": 38, "certified": 37},)}, "是它的 3.1 倍", "E2"),
    ("NUM008", {"applications": ({"persons": 26},), "past_pilots": ({},)}, "2020年培训了 80 人，不到三分之一", "E2"),
    ("NUM009", {"past_pilots": ({"certified": 39},)}, "培训 80 人、取证 39 人，完成率 48%；今年又申报 120 人", "E2"),
    (
        "NUM009",
        {"past_pilots": ({"planned": 100, "trained": 40, "examined": 40, "certified": 38},)},
        "计划 100 人、培训 40 人，完成率 40%",
        "E2",
    ),
    ("NUM010", {"applications": ({}, OTHER)}, "合计 240 人，而它们的试点专业一共只有在校生 150 人", "E2"),
    ("NUM011", {"applications": ({"persons": 7},)}, "不到试点专业在校生 150 人的二十分之一", "E2"),
    ("NUM012", {"applications": ({"persons": 40, "persons_per_run": 120, "runs": None},)}, "每期 120 人，比全年", "F2"),
    ("NUM013", {"applications": ({"runs": 0},)}, "期数填了 0", "G2"),
    ("NUM014", {"past_pilots": ({"year": 2002},)}, "年度是 2002", "A2"),
    ("NUM015", {"past_pilots": ({}, {"certified": 60})}, "2020年“网店运营推广”中级登记了 2 行（B2、B3）", "B3"),
    ("SCH012", {"school": {"credit_code": credit_code("12440000")}}, "第 3、4 位是 44，而院校代码", "B4"),
    ("SCH013", {"school": {"credit_code": credit_code("11450000")}}, "前两位是 11，表示机关", "B4"),
    (
        "SCH014",
        {
            "applications": (
                {"responsible_phone": "13907711234"},
                {**OTHER, "responsible": "韦明", "responsible_phone": "139 0771 1234"},
            )
        },
        "A01负责人“赵敏”、A02负责人“韦明”的手机号都是 13907711234",
        "J3",
    ),
    (
        "SCH014",
        {"applications": ({"extra": {"负责人邮箱": "LWJ@example.edu.cn"}},)},
        "联系人“李文静”、A01负责人“赵敏”的邮箱都是 lwj@example.edu.cn",
        "A2",
    ),
    ("SCH014", {"applications": ({"responsible_phone": "13812345678"},)}, "联系人“李文静”、A01负责人“赵敏”", "J2"),
    ("SCH015", {"school": {"name": "广西岚溪职业技术大学"}}, "看名称是本科，而院校类型填的是高职", "B3"),
    ("SCH016", {"school": {"name": "广西澄江职院"}}, "不像全称", "B2"),
    ("SCH017", {"school": {"address": "广西钦州校本部"}}, "不够详细", "B7"),
    ("TEA004", {"teachers": ({"training_certificate": "数据采集师资培训证书"},)}, "而所属的申报是“网店运营推广”", "E2"),
    ("TEA004", {"teachers": ({"training_certificate": "网店运营推厂"},)}, "是不是“网店运营推广”？", "E2"),
    ("TEA005", {"teachers": ({**TRAINED, "training_level": "初级"},)}, "低于A01（中级）申报的等级", "F2"),
    (
        "TEA006",
        {"applications": ({}, OTHER), "teachers": ({**TRAINED, "scope": "A01"}, {"name": "韦明", "scope": "A02"})},
        "A02的教师都没有所申报证书的培训证书",
        "B3",
    ),
    ("TEA007", {"applications": FOUR, "teachers": ({"scope": "A01、A02、A03、A04"},)}, "列在 4 个证书的申报里", "H2"),
    ("TEA008", {"teachers": ({"years": 2012},)}, "从教年限是 2012 年", "G2"),
    ("VEN003", {"applications": ({}, OTHER)}, "工位共 40 个；同时开班还要在这里坐 80 人", "D2"),
    ("VEN004", {"venues": ({"area": 12},)}, "面积 12 平方米，工位 40 个", "C2"),
    ("VEN004", {"venues": ({"seats": 4000},)}, "工位数是 4000 个，而没有填面积", "D2"),
    ("VEN005", {"venues": ({}, {"scope": "A01"})}, "登记了 2 行（A2、A3），在A01中重复计算", "A3"),
    (
        "EQP004",
        {"applications": ({}, OTHER), "venues": OWN_ROOMS, "equipment": ({"scope": "A01、A02"},)},
        "A01、A02共用“台式计算机”共 40 台；同时开班还要 80 台",
        "D2",
    ),
    ("EQP005", {"equipment": ({}, {})}, "“台式计算机”登记了 2 行（A2、A3）", "A3"),
    ("EQP006", {"equipment": ({"price": 0.52},)}, "单价是 0.52 元，是不是按万元填的", "E2"),
    ("EQP006", {"equipment": ({"count": 52000},)}, "数量是 52000", "D2"),
    ("EQP006", {"equipment": ({"count": 0},)}, "数量是 0", "D2"),
    ("EQP006", {"equipment": ({"price": 520000},)}, "是不是多写了几位", "E2"),
    ("CRT012", {"past_pilots": ({"certificate": "网店运营推厂"},)}, "是不是“网店运营推广”", "B2"),
    (
        "MAJ010",
        {"enrolments": ({"major": "电子商物"},)},
        "招生表里的专业“电子商物”，是不是“电子商务”",
        "A2",
    ),
    ("MAJ005", {"enrolments": ({"major_code": "53070"},)}, "不足 6 位数字", "B2"),
    ("TEA009", {"teachers": ({"name": "韦明1"},)}, "“韦明1”里有“1”", "A2"),
    ("TEA009", {"school": {"leader_name": "王?"}}, "主管领导“王?”", "B15"),
    ("TEA010", {"teachers": ({"title": "付教授"},)}, "“付教授”是不是“副教授”", "C2"),
    (
        "SCH009",
        {"school": {"type": "中职"}},
        "院校类型填的是中职，而院校代码“4145099999”的前两位 41 表示普通高等学校，院校名称也不是中职的",
        "B3",
    ),
    ("EQP007", {"equipment": ({"count": 30},)}, "每期 40 人，学生用计算机一共 30 台", "F2"),
    ("TXT003", {"applications": ({"reason": "学校已布署培训工作。"},)}, "【布署】（应为“部署”）", "K2"),
    ("TXT004", {"applications": ({"safeguards": "由教务处统筹,安排专人负责。"},)}, "【,】（应为“，”）", "L2"),
    ("TXT004", {"applications": ({"safeguards": "由教务处统筹（见附件。"},)}, "【（】", "L2"),
    ("TXT005", {"applications": ({"reason": "方案于2021年2月30日制定。"},)}, "2021年2月30日", "K2"),
    ("TXT006", {"applications": ({"reason": "网店运赢推广与课程内容一致。"},)}, "应为“网店运营推广”", "K2"),
]

PASSING: list[tuple[str, dict[str, Any]]] = [
    ("CRT012", {"past_pilots": ({},)}),
    ("TEA009", {"teachers": ({"name": "买买提·艾力"}, {"name": "David Smith"})}),
    ("TEA010", {"teachers": ({"title": "高级工程师"}, {"title": "二级建造师"})}),
    (
        "APR005",
        {"applications": ({"responsible_phone": "13907711234"}, {**ADVANCED, "responsible_phone": "18607715678"})},
    ),
    ("APR007", {"school": {"leader_title": "党委书记"}}),
    ("APR009", {"school": {"office": "继续教育学院"}}),
    ("CRT007", {"past_pilots": ({"lead": True},)}),
    ("CRT008", {"past_pilots": ({}, {"certificate": "数据采集", "certified": 40})}),
    ("CRT009", {"applications": ({}, OTHER)}),
    ("CRT010", {"applications": ({"level": "高级"},), "past_pilots": ({},)}),
    ("CRT011", {"catalogue": FOURTH}),
    ("MAJ006", {"catalogue": WIDE}),
    ("MAJ008", {"enrolments": ({"major_code": "530701"},)}),
    ("MAJ009", {"enrolments": ({}, {"grade": "2019级"})}),
    ("MAT010", {"applications": ({"reason": LONG_REASON}, {**ADVANCED, "reason": LONG_REASON})}),
    ("MAT011", {"applications": ({"reason": "网店运营推广证书与数据采集职业技能等级证书都与课程一致。"},)}),
    ("MAT011", {"applications": ({"reason": "数据采集是本专业的核心课程，取得证书的学生就业较好。"},)}),
    ("MAT012", {"applications": ({"reason": "本年度计划培训学生120人，每期计划培训40人；2020年计划培训80人。"},)}),
    ("MAT013", {"applications": ({"reason": "2020年开展初级试点，积累了经验；拟申报中级试点。"},)}),
    ("MAT013", {"applications": ({"reason": "2020年开展初级试点，积累了经验。"},)}),
    ("NUM006", {"applications": ({"persons_per_run": None},)}),
    ("NUM007", {"past_pilots": ({},)}),
    ("NUM007", {"applications": ({"persons": 60},), "past_pilots": ({"trained": 15},)}),
    ("NUM008", {"past_pilots": ({},)}),
    ("NUM009", {"past_pilots": ({},)}),
    ("NUM009", {"applications": ({"persons": 60},), "past_pilots": ({"certified": 30},)}),
    ("NUM010", {"applications": ({"persons": 70}, {**OTHER, "persons": 80})}),
    ("NUM010", {"applications": ({}, OTHER), "enrolments": ({}, {"grade": "2019级"})}),
    ("NUM012", {"applications": ({"persons": 40, "runs": 1},)}),
    ("NUM014", {"past_pilots": ({"year": 2019},)}),
    ("NUM015", {"past_pilots": ({}, {"year": 2019}, {"level": "初级"})}),
    ("SCH012", {"school": {"credit_code": credit_code("12100000")}}),
    ("SCH013", {"school": {"credit_code": credit_code("52450000")}}),
    ("SCH014", {"applications": ({}, {**OTHER, "responsible": "韦明"})}),
    ("SCH015", {"school": {"name": "广西岚溪学院"}}),
    ("SCH016", {"school": {"name": "岚溪市职业教育中心（岚溪技校）"}}),
    ("TEA004", {"teachers": (TRAINED,)}),
    ("TEA004", {"teachers": ({"training_certificate": "双师型教师认定证书"},)}),
    ("TEA005", {"teachers": (TRAINED,)}),
    ("TEA005", {"teachers": ({**TRAINED, "training_level": "高级"},)}),
    ("TEA006", {"teachers": (TRAINED,)}),
    ("TEA007", {"applications": FOUR, "teachers": ({"scope": "A01、A02、A03"}, {"name": "韦明"})}),
    ("TEA008", {"teachers": ({"years": 45},)}),
    ("VEN003", {"applications": ({}, OTHER), "venues": OWN_ROOMS}),
    ("VEN004", {"venues": ({"area": 120},)}),
    ("VEN005", {"applications": ({}, OTHER), "venues": ({"scope": "A01"}, {"scope": "A02"})}),
    ("EQP004", {"applications": ({}, OTHER), "venues": OWN_ROOMS, "equipment": ({"scope": "A01、A02", "count": 80},)}),
    ("EQP005", {"equipment": ({}, {"specification": "i9"})}),
    ("EQP006", {"equipment": ({"price": 5200},)}),
    ("EQP007", {"equipment": ({"count": 4, "name": "绘图工作站"}, {})}),
    ("TXT003", {"applications": ({"reason": "学校已部署培训工作。"},)}),
    ("TXT006", {"applications": ({"reason": "网店运营推广证书与课程内容一致。"},)}),
]
