"""The prose of the 申报书, word for word, for a school that told everything and one that told little."""

from decimal import Decimal
from typing import Any

from docgen.catalogue import load_catalogue
from docgen.model.case import Case
from docgen.model.records import (
    Application,
    CertificateLevel,
    Enrolment,
    Equipment,
    EquipmentKind,
    EvidenceFile,
    EvidenceItem,
    EvidenceKind,
    PastPilot,
    School,
    Scope,
    Teacher,
    Venue,
)
from docgen.model.source import Origin
from docgen.plan.context import Checked, application_context
from docgen.render.narrative import narrate
from docgen.render.templates import find_template

HERE = Origin("申报数据.xlsx")
ALL = Scope(everywhere=True)
MIDDLE, HIGH = CertificateLevel.INTERMEDIATE, CertificateLevel.ADVANCED


def told(case: Case) -> str:
    """The sections and paragraphs of the first application, as text to read."""
    context: dict[str, Any] = application_context(case, case.applications[0], Checked())
    sections = narrate(find_template("application").file("narrative.toml"), context)
    return "\n".join(f"【{name}】\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items())


def a_full_case() -> Case:
    """Three of everything."""
    application = Application(
        HERE, "A01", "云计算平台运维与开发", MIDDLE, ("云计算技术应用", "计算机网络技术"),
        persons=120, persons_per_run=40, runs=3, department="信息工程学院", responsible="李䶮",
        reason="云计算技术应用专业为自治区重点建设专业\n学生 90% 以上有意参加。",
        safeguards="1. 经费 10 万元；\n2. 每学期检查",
    )  # fmt: skip
    return Case(
        School(HERE, "岭南山水职业技术学院", year=2026, office="教务处", group_head="覃喆"),
        load_catalogue(),
        applications=(application,),
        teachers=(
            Teacher(HERE, "李䶮", title="副教授", training_certificate="云计算平台运维与开发", training_level=HIGH,
                    years=Decimal(15), scope=ALL),
            Teacher(HERE, "韦𬭚", title="讲师", training_certificate="云计算平台运维与开发", years=Decimal(4), scope=ALL),
            Teacher(HERE, "买买提·阿不都热依木", title="高级工程师", years=Decimal(10), scope=ALL),
        ),
        venues=(
            Venue(HERE, "云计算实训室", area=Decimal("160.5"), seats=50, scope=ALL),
            Venue(HERE, "网络综合布线实训室", area=Decimal(120), seats=40, scope=Scope(("A01",))),
            Venue(HERE, "别处", area=Decimal(1), seats=1, scope=Scope(("A02",))),
        ),
        equipment=(
            *(Equipment(HERE, name, EquipmentKind.HARDWARE, count=20, price=Decimal(8600), scope=ALL)
              for name in ("图形工作站", "服务器", "交换机", "路由器", "防火墙")),
            Equipment(HERE, "云平台软件", EquipmentKind.SOFTWARE, count=1, price=Decimal("120000.5"), scope=ALL),
        ),
        enrolments=(
            Enrolment(HERE, "云计算技术应用", students=180),
            Enrolment(HERE, "计算机网络技术", students=140),
            Enrolment(HERE, "护理", students=900),
        ),
        past_pilots=(
            PastPilot(HERE, 2024, "云计算平台运维与开发", MIDDLE, 80, 78, 76, 57, lead=True),
            PastPilot(HERE, 2025, "云计算平台运维与开发", MIDDLE, 100, 96, 0, 0),
        ),
        evidence=tuple(
            EvidenceItem(HERE, kind, f"{kind}{index}.jpg", EvidenceFile(f"{kind}{index}.jpg"), scope=ALL)
            for kind in (EvidenceKind.TEACHER, EvidenceKind.VENUE, EvidenceKind.EQUIPMENT)
            for index in range(2)
        ),
    )  # fmt: skip


FULL = """\
【申报理由】
云计算技术应用专业为自治区重点建设专业。
学生90%以上有意参加。

【教学场地】
现有用于本证书培训和考核的实训场地2处，总面积280.5平方米，工位90个，包括云计算实训室、网络综合布线实训室。每期培训40人，现有工位能够满足培训和考核的需要。

【软硬件设备】
现有相关软硬件设备6种、101台（套），总值98万元，其中硬件5种100台，软件1种1套。主要有图形工作站、服务器、交换机、路由器、防火墙等。

【师资培训】
承担本证书培训任务的教师3人，其中具有高级职称的2人，平均从教9.7年。已取得培训证书的2人，其中证书等级不低于中级的1人。

【招生情况】
试点专业为云计算技术应用、计算机网络技术，共2个专业，现有在校生320人。计划培训120人，占试点专业在校生的37.5%。

【往年试点情况】
2024年作为牵头院校开展云计算平台运维与开发（中级）试点，计划80人，培训78人，参加考核76人，取得证书57人，通过率75%。
2025年开展云计算平台运维与开发（中级）试点，计划100人，培训96人。

【培训计划】
2026年度计划累计培训并组织考核120人，分3期进行，每期40人。培训由信息工程学院组织实施，李䶮负责，教务处统筹管理。

【保障措施】
1.经费10万元；
2.每学期检查。
学校已成立1+X证书制度试点工作小组，由覃喆任组长，教务处统一管理。

【佐证材料】
随本申报书提交佐证材料3个文件，共6件。
"""


def test_a_school_that_told_everything() -> None:
    assert told(a_full_case()) == FULL


def a_bare_case() -> Case:
    """One teacher without particulars, one venue without numbers, one major; neither equipment nor evidence."""
    return Case(
        School(HERE),
        load_catalogue(),
        applications=(Application(HERE, "A01", "老年照护", majors=("智慧健康养老服务",), persons=30, runs=2),),
        teachers=(Teacher(HERE, "黄英", years=Decimal(5), scope=ALL),),
        venues=(Venue(HERE, "护理室", scope=ALL),),
    )


BARE = """\
【申报理由】

【教学场地】
现有用于本证书培训和考核的实训场地1处（护理室）。

【软硬件设备】
无。

【师资培训】
承担本证书培训任务的教师1人，从教5年。

【招生情况】
试点专业为智慧健康养老服务。

【往年试点情况】

【培训计划】
计划累计培训并组织考核30人，分2期进行。

【保障措施】

【佐证材料】
无。
"""


def test_a_school_that_told_little_reads_no_empty_phrase() -> None:
    assert told(a_bare_case()) == BARE
