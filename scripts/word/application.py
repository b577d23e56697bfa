"""申报书: the Word twin of templates/application/template.html, with the same narrative."""

from __future__ import annotations

from typing import Any

from .parts import (
    CENTER,
    HEI,
    KAI,
    LEFT,
    RIGHT,
    SONG,
    form,
    heading,
    lines,
    listing,
    new_document,
    page_break,
    paragraph,
    prose,
    spacer,
    tag,
)


def _cover(document: Any) -> None:
    paragraph(document, "", line=90)
    paragraph(document, "{% if 院校.申报年度 %}{{ 院校.申报年度 }}年度{% endif %}", KAI, 16, align=CENTER, line=30)
    paragraph(document, "1+X证书制度试点申报书", SONG, 30, align=CENTER, bold=True, before=12, line=48)
    paragraph(
        document,
        "{{ 申报.证书名称 }}{% if 申报.等级 %}（{{ 申报.等级 }}）{% endif %}",
        KAI,
        20,
        align=CENTER,
        before=10,
        after=70,
        line=32,
    )
    rows = (
        ("申报院校", "{{ 院校.院校名称 }}"),
        ("申报编号", "{{ 申报.申报编号 }}"),
        ("申报院系", "{{ 申报.申报院系 }}"),
        ("负责人", "{{ 申报.负责人 }}"),
        ("填报日期", "{{ 日期 or '　　　　年　　月　　日' }}"),
    )
    lines(document, rows, (34, 66), 125)
    page_break(document)


def _particulars(document: Any) -> None:
    heading(document, "{{ 标题.基本信息 }}")
    persons = "{% if 申报.培训人数 is not none %}{{ 申报.培训人数 }}人（年度累计）{% else %}—{% endif %}"
    runs = (
        "{% if 申报.期数 is not none %}{{ 申报.期数 }}期"
        "{% if 申报.每期人数 is not none %}，每期{{ 申报.每期人数 }}人{% endif %}{% else %}—{% endif %}"
    )
    form(
        document,
        (
            ("院校名称", "{{ 院校.院校名称 | 空 }}"),
            ("院校类型", "{{ 院校.院校类型 | 空 }}", "院校代码", "{{ 院校.院校代码 | 空 }}"),
            ("统一社会信用代码", "{{ 院校.统一社会信用代码 | 空 }}"),
            ("详细地址", "{{ 院校.详细地址 | 空 }}"),
            ("校级联系人", "{{ 院校.联系人姓名 | 空 }}", "联系电话", "{{ 院校.联系人手机号 | 空 }}"),
            ("证书名称", "{{ 申报.证书名称 | 空 }}", "申报等级", "{{ 申报.等级 | 空 }}"),
            ("试点专业", "{{ 申报.试点专业 | 顿号 | 空 }}"),
            ("培训人数", persons, "培训期数", runs),
            ("申报院系", "{{ 申报.申报院系 | 空 }}", "负责人及电话", "{{ 申报.负责人 | 空 }}　{{ 申报.负责人电话 }}"),
        ),
        (22, 28, 18, 32),
    )


def _resources(document: Any) -> None:
    number = ("序号", 7, "{{ loop.index }}", CENTER)
    heading(document, "{{ 标题.教学场地 }}")
    prose(document, "教学场地", table=True)
    tag(document, "{%p if 场地 %}")
    listing(
        document,
        (
            number,
            ("场地名称", 32.7, "{{ 行.场地名称 }}", LEFT),
            ("地点", 22.7, "{{ 行.地点 | 空 }}", LEFT),
            ("面积（㎡）", 14, "{{ 行.面积 | 空 }}", RIGHT),
            ("工位数", 9.6, "{{ 行.工位数 | 空 }}", RIGHT),
            ("用途", 14, "{{ 行.用途 | 空 }}", LEFT),
        ),
        "行 in 场地",
        ("合计", None, None, "{{ 统计.总面积 | 空 }}", "{{ 统计.总工位 | 空 }}", ""),
    )
    tag(document, "{%p endif %}")
    heading(document, "{{ 标题.软硬件设备 }}")
    prose(document, "软硬件设备", table=True)
    tag(document, "{%p if 设备 %}")
    listing(
        document,
        (
            number,
            ("设备名称", 22.5, "{{ 行.设备名称 }}", LEFT),
            ("类别", 7, "{{ 行.类别 | 空 }}", CENTER),
            ("型号规格", 20.5, "{{ 行.型号规格 | 空 }}", LEFT),
            ("数量", 8, "{{ 行.数量 | 空 }}", RIGHT),
            ("单价（元）", 14, "{{ 行.单价 | 空 }}", RIGHT),
            ("存放场地", 21, "{{ 行.存放场地 | 空 }}", LEFT),
        ),
        "行 in 设备",
        ("合计", None, None, None, "{{ 统计.设备台数 | 空 }}", "总值 {{ 统计.设备总值 | 金额 | 空 }}", None),
    )
    tag(document, "{%p endif %}")
    heading(document, "{{ 标题.师资培训 }}")
    prose(document, "师资培训", table=True)
    tag(document, "{%p if 教师 %}")
    listing(
        document,
        (
            number,
            ("姓名", 11.8, "{{ 行.姓名 }}", LEFT),
            ("性别", 7, "{{ 行.性别 | 空 }}", CENTER),
            ("职称", 14, "{{ 行.职称 | 空 }}", LEFT),
            ("专业", 18.7, "{{ 行.专业 | 空 }}", LEFT),
            ("培训证书", 22.7, "{{ 行.培训证书 | 空 }}", LEFT),
            ("证书等级", 11.8, "{{ 行.培训证书等级 | 空 }}", CENTER),
            ("教龄", 7, "{{ 行.从教年限 | 空 }}", RIGHT),
        ),
        "行 in 教师",
    )
    tag(document, "{%p endif %}")


def _students(document: Any) -> None:
    heading(document, "{{ 标题.试点专业学生招生情况 }}")
    prose(document, "招生情况", table=True)
    tag(document, "{%p if 招生 %}")
    listing(
        document,
        (
            ("序号", 10, "{{ loop.index }}", CENTER),
            ("专业", 36, "{{ 行.专业 }}", LEFT),
            ("专业代码", 20, "{{ 行.专业代码 | 空 }}", CENTER),
            ("年级", 16, "{{ 行.年级 | 空 }}", CENTER),
            ("在校生（人）", 18, "{{ 行.在校生人数 | 空 }}", RIGHT),
        ),
        "行 in 招生",
        ("合计", None, None, None, "{{ 统计.在校生数 | 空 }}"),
    )
    tag(document, "{%p endif %}")
    tag(document, "{%p if 往年试点 %}")
    heading(document, "{{ 标题.往年试点情况 }}")
    prose(document, "往年试点情况", table=True)
    listing(
        document,
        (
            ("年度", 9, "{{ 行.年度 | 空 }}", CENTER),
            ("证书名称", 39, "{{ 行.证书名称 }}{% if 行.是否牵头 %}（牵头）{% endif %}", LEFT),
            ("等级", 8, "{{ 行.等级 | 空 }}", CENTER),
            ("计划", 11, "{{ 行.计划人数 | 空 }}", RIGHT),
            ("培训", 11, "{{ 行.培训人数 | 空 }}", RIGHT),
            ("考核", 11, "{{ 行.考核人数 | 空 }}", RIGHT),
            ("取证", 11, "{{ 行.取证人数 | 空 }}", RIGHT),
        ),
        "行 in 往年试点",
    )
    tag(document, "{%p endif %}")


def _plan_and_evidence(document: Any) -> None:
    heading(document, "{{ 标题.培训计划 }}")
    prose(document, "培训计划")
    tag(document, "{%p if 标题.保障措施 %}")
    heading(document, "{{ 标题.保障措施 }}")
    prose(document, "保障措施")
    tag(document, "{%p endif %}")
    heading(document, "{{ 标题.佐证材料目录 }}")
    prose(document, "佐证材料", table=True)
    tag(document, "{%p for 卷 in 佐证材料 %}")
    paragraph(
        document, "{{ loop.index }}. {{ 卷.名称 }}（{{ 卷.件数 }}件）", HEI, 11, before=4, after=3, line=18
    ).paragraph_format.keep_with_next = True
    listing(
        document,
        (
            ("序号", 10, "{{ loop.index }}", CENTER),
            ("对应名称", 42, "{{ 条.名称 }}", LEFT),
            ("说明", 48, "{{ 条.说明 | 空 }}", LEFT),
        ),
        "条 in 卷.条目",
    )
    spacer(document)
    tag(document, "{%p endfor %}")


def make() -> Any:
    """The template as a python-docx document."""
    document = new_document("1+X证书制度试点申报书", cover=True)
    _cover(document)
    _particulars(document)
    tag(document, "{%p if 标题.申报理由 %}")
    heading(document, "{{ 标题.申报理由 }}")
    prose(document, "申报理由")
    tag(document, "{%p endif %}")
    _resources(document)
    _students(document)
    _plan_and_evidence(document)
    return document
