"""主管领导审核页: the Word twin of templates/approval/template.html."""

from __future__ import annotations

from typing import Any

from docx.shared import Mm

from .parts import CENTER, FANGSONG, HEI, LEFT, RIGHT, SONG, box, form, listing, new_document, paragraph, spacer, tag


def _findings(document: Any) -> None:
    paragraph(document, "二、核查结果", HEI, 12.5, before=5, after=1, line=18)
    tag(document, "{%p if not 问题 and not 豁免 and not 未核查 %}")
    paragraph(document, "完整、匹配、文字三项自查均未发现问题，详见自查表。", FANGSONG, 11.5, indent=True, line=18)
    tag(document, "{%p endif %}")
    tag(document, "{%p if 问题 %}")
    paragraph(document, "没有错误；以下{{ 问题 | length }}处请审核时留意：", FANGSONG, 11, line=16)
    tag(document, "{%p for 行 in 问题 %}")
    paragraph(document, "· 〔{{ 行.编号 }} {{ 行.级别 }}〕{{ 行.内容 }}", SONG, 9.5, line=13)
    tag(document, "{%p endfor %}")
    tag(document, "{%p endif %}")
    tag(document, "{%p if 豁免 %}")
    paragraph(document, "以下{{ 豁免 | length }}处由学校说明理由，不按错误处理：", FANGSONG, 11, line=16)
    tag(document, "{%p for 行 in 豁免 %}")
    paragraph(document, "· 〔{{ 行.编号 }}〕{{ 行.内容 }}　理由：{{ 行.豁免 }}", SONG, 9.5, line=13)
    tag(document, "{%p endfor %}")
    tag(document, "{%p endif %}")
    tag(document, "{%p if 未核查 %}")
    paragraph(document, "以下{{ 未核查 | length }}项docgen未能核查，请人工核对：", FANGSONG, 11, line=16)
    tag(document, "{%p for 行 in 未核查 %}")
    paragraph(document, "· 〔{{ 行.编号 }}〕{{ 行.简述 }}", SONG, 9.5, line=13)
    tag(document, "{%p endfor %}")
    tag(document, "{%p endif %}")


def _signature(document: Any) -> None:
    spacer(document)
    statement = (
        "本人已审核上列申报内容和文件：证书名称、等级、培训人数和佐证材料与学校实际情况相符，同意提交。"
        "本人知悉，申报一经提交成功，即视为已经过学校主管领导审核，由学校承担相应的责任（申报指南二（二）2（6））。"
    )
    cell = box(document)
    paragraph(cell, statement, FANGSONG, 11.5, indent=True, line=18)
    name = "姓名职务：{{ 院校.主管领导姓名 }}{% if 院校.主管领导职务 %}（{{ 院校.主管领导职务 }}）{% endif %}"
    paragraph(cell, "主管领导（签字）：　　　　　　　　　　　　　（学校盖章）", FANGSONG, 11.5, before=8, line=19)
    paragraph(cell, name, FANGSONG, 11.5, before=3, line=19)
    paragraph(cell, "日期：　　　　年　　月　　日", FANGSONG, 11.5, before=3, after=4, line=19)
    # Word wants a paragraph after a table; a thin one cannot push a full page over.
    spacer(document, 1)


def make() -> Any:
    """The template as a python-docx document."""
    document = new_document("主管领导审核页")
    # More room than other documents have: the leader's page should be one page even with some findings.
    document.sections[0].top_margin, document.sections[0].bottom_margin = Mm(13), Mm(13)
    document.sections[0].header_distance, document.sections[0].footer_distance = Mm(6), Mm(7)
    title = "{% if 院校.申报年度 %}{{ 院校.申报年度 }}年度{% endif %}1+X证书试点申报主管领导审核页"
    paragraph(document, title, SONG, 17, align=CENTER, bold=True, after=5, line=26)
    persons = "{% if 申报.培训人数 is not none %}{{ 申报.培训人数 }}人（年度累计）{% else %}—{% endif %}"
    runs = (
        "{% if 申报.期数 is not none %}{{ 申报.期数 }}期"
        "{% if 申报.每期人数 is not none %}，每期{{ 申报.每期人数 }}人{% endif %}{% else %}—{% endif %}"
    )
    means = (
        "教师{{ 统计.教师数 }}人（取得培训证书{{ 统计.持证教师数 }}人）；场地{{ 统计.场地数 }}处"
        "{% if 统计.总工位 %}，工位{{ 统计.总工位 }}个{% endif %}；设备{{ 统计.设备种数 }}种"
        "{% if 统计.设备台数 %}、{{ 统计.设备台数 }}台（套）{% endif %}"
    )
    majors = "{{ 申报.试点专业 | 顿号 | 空 }}{% if 统计.在校生数 %}（在校生{{ 统计.在校生数 }}人）{% endif %}"
    form(
        document,
        (
            ("申报院校", "{{ 院校.院校名称 }}"),
            ("申报编号", "{{ 申报.申报编号 }}", "申报院系", "{{ 申报.申报院系 | 空 }}"),
            ("证书名称", "{{ 申报.证书名称 }}", "申报等级", "{{ 申报.等级 }}"),
            ("培训人数", persons, "培训安排", runs),
            ("试点专业", majors),
            ("条件", means),
        ),
        (17, 33, 17, 33),
        size=10,
    )
    paragraph(document, "一、提交的文件", HEI, 12.5, before=5, after=2, line=18)
    listing(
        document,
        (
            ("序号", 8, "{{ loop.index }}", CENTER),
            ("文件", 40, "{{ 行.名称 }}", LEFT),
            ("页数", 10, "{{ 行.页数 | 空 }}", RIGHT),
            ("摘要（SHA-256 前16位）", 42, "{{ 行.摘要 | 摘要 }}", LEFT),
        ),
        "行 in 文件",
        size=10,
    )
    total = (
        "资料夹总摘要：{{ 总摘要 | 摘要(32) }}　由上列每个文件的摘要算出：签字后任何文件有改动，它都会不同。"
        "扫码得到完整的摘要；用 docgen verify 可以查出改了哪个文件、签字还算不算数。"
    )
    spacer(document)
    form(document, (("{{ 二维码 }}", total),), (20, 80), size=9, shaded=False)
    _findings(document)
    _signature(document)
    return document
