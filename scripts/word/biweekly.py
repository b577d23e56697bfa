"""双周报: the Word twin of templates/biweekly/template.html."""

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
    grid,
    heading,
    listing,
    new_document,
    paragraph,
    row_flag,
    set_cell,
    shade,
    spacer,
    tag,
)

_STAGES = ("培训", "报名", "考核", "取证")
_WIDTHS = (36, 10, 12, *([9.5] * 8), 16)
_TITLE = "1+X证书制度试点工作双周报"


def _figures(document: Any) -> None:
    """The table of certificates: a header of two rows, one row a certificate, the totals."""
    table = grid(document, _WIDTHS, 6)
    size = 9
    for index in (0, 1):
        row_flag(table, index, "tblHeader")
    top, below = table.rows[0].cells, table.rows[1].cells
    for column, text in ((0, "证书名称"), (1, "等级"), (2, "批准\n人数"), (11, "培训\n完成率")):
        merged = top[column].merge(below[column])
        set_cell(merged, text, HEI, CENTER, size)
        shade(merged, "EEF2F7")
    for index, name in enumerate(_STAGES):
        left = 3 + 2 * index
        merged = top[left].merge(top[left + 1])
        set_cell(merged, name, HEI, CENTER, size)
        shade(merged, "EEF2F7")
        for offset, text in ((0, "本期"), (1, "累计")):
            set_cell(below[left + offset], text, HEI, CENTER, size)
            shade(below[left + offset], "EEF2F7")
    set_cell(table.rows[2].cells[0], "{%tr for 行 in 证书 %}", SONG, LEFT, size)
    body = table.rows[3].cells
    for column, text, align in (
        (0, "证书名称", LEFT),
        (1, "等级", CENTER),
        (2, "批准人数", RIGHT),
        (11, "培训完成率", RIGHT),
    ):
        set_cell(body[column], f"{{{{ 行.{text} | 空 }}}}", SONG, align, size)
    set_cell(table.rows[4].cells[0], "{%tr endfor %}", SONG, LEFT, size)
    last = table.rows[5].cells
    total = last[0].merge(last[1])
    set_cell(total, "合　计", HEI, CENTER, size)
    set_cell(last[2], "{{ 合计.批准人数 | 空 }}", HEI, RIGHT, size)
    set_cell(last[11], "{{ 合计.培训完成率 | 空 }}", HEI, RIGHT, size)
    for index, name in enumerate(_STAGES):
        for offset, scope in ((0, "本期"), (1, "累计")):
            column = 3 + 2 * index + offset
            set_cell(body[column], f"{{{{ 行.{scope}{name} | 数 }}}}", SONG, RIGHT, size)
            set_cell(last[column], f"{{{{ 合计.{scope}{name} | 数 }}}}", HEI, RIGHT, size)
    for each in (total, *last[2:]):
        shade(each, "F7F7F7")


def _remarks(document: Any) -> None:
    tag(document, "{%p for 项, 段 in 工作情况.items() %}")
    tag(document, "{%p if 段 or 项 != '意见建议' %}")
    title = paragraph(document, "（{{ loop.index | 章 }}）{{ 项 }}", KAI, 12, before=4, line=20)
    title.paragraph_format.keep_with_next = True
    # The last lines stay with those who sign: no page holds a signature alone.
    for part, keep in (("段[:-1]", False), ("段[-1:]", True)):
        tag(document, f"{{%p for 行 in {part} %}}")
        paragraph(document, "{{ 行 | 段落 }}", size=12, indent=True, line=20).paragraph_format.keep_with_next = keep
        tag(document, "{%p endfor %}")
    tag(document, "{%p if not 段 %}")
    paragraph(document, "（没有填写。）", size=12, indent=True, line=20)
    tag(document, "{%p endif %}")
    tag(document, "{%p endif %}")
    tag(document, "{%p endfor %}")


def make() -> Any:
    """The template as a python-docx document."""
    document = new_document("双周报")
    paragraph(document, _TITLE, SONG, 20, align=CENTER, bold=True, after=4, line=30)
    paragraph(document, "（{{ 期.年度 }}年度{{ 期.名称 }}　{{ 期.起止 }}）", KAI, 12, align=CENTER, after=6, line=20)
    rows = (
        ("院校名称", "{{ 院校.院校名称 | 空 }}", "院校类型", "{{ 院校.院校类型 | 空 }}"),
        ("填报人", "{{ 填报.填报人 | 空 }}", "联系电话", "{{ 填报.联系电话 | 空 }}"),
    )
    form(document, rows, (24, 56, 24, 56), size=10.5)
    heading(document, "一、学生培训与考核取证", 13)
    _figures(document)
    spacer(document, 8)
    drawing = paragraph(document, "{{ 图 }}", align=CENTER)
    drawing.paragraph_format.line_spacing_rule = 0
    drawing.paragraph_format.line_spacing = 1
    note = (
        "图：全部证书的累计人数与批准人数（截至{{ 期.结束日期 }}；试点至{{ 期.试点结束日期 }}，共{{ 期.总期数 }}期）。"
    )
    paragraph(document, note, KAI, 10, line=16)
    heading(document, "二、与上期比较", 13)
    listing(
        document,
        (
            ("项目", 40, "{{ 行.项目 }}", CENTER),
            ("上期新增", 40, "{{ 行.上期 | 空 }}", RIGHT),
            ("本期新增", 40, "{{ 行.本期 | 数 }}", RIGHT),
            ("增减", 40, "{% if 行.增减 is not none and 行.增减 > 0 %}+{% endif %}{{ 行.增减 | 空 }}", RIGHT),
        ),
        "行 in 比较",
        size=9.5,
    )
    heading(document, "三、师资、购置、建设与经费", 13)
    tag(document, "{%p if 工作 %}")
    listing(
        document,
        (
            ("事项", 64, "{{ 行.事项 }}", LEFT),
            ("本期", 32, "{{ 行.本期 | 数 }}", RIGHT),
            ("累计", 32, "{{ 行.累计 | 数 }}", RIGHT),
            ("单位", 32, "{{ 行.单位 | 空 }}", CENTER),
        ),
        "行 in 工作",
        size=9.5,
        whole=True,
    )
    tag(document, "{%p else %}")
    paragraph(document, "到本期为止没有登记。", size=12, indent=True, line=20)
    tag(document, "{%p endif %}")
    tag(document, "{%p if 明细 %}")
    caption = paragraph(document, "本期工作明细", HEI, 11, before=6, after=2, line=18)
    caption.paragraph_format.keep_with_next = True
    listing(
        document,
        (
            ("日期", 19, "{{ 行.日期 | 空 }}", CENTER),
            ("事项", 23, "{{ 行.事项 | 空 }}", CENTER),
            ("证书", 52, "{{ 行.证书 | 空 }}", LEFT),
            ("数量", 20, "{{ 行.数量 | 空 }}{{ 行.单位 }}", RIGHT),
            ("说明", 46, "{{ 行.说明 | 空 }}", LEFT),
        ),
        "行 in 明细",
        size=9.5,
    )
    tag(document, "{%p endif %}")
    tag(document, "{%p if 更正 %}")
    heading(document, "四、更正", 13)
    paragraph(document, "以前各期报过的下列数字有误，累计数已按更正后的数计算：", size=12, indent=True, line=20)
    listing(
        document,
        (
            ("期次", 20, "{{ 行.期次 }}", CENTER),
            ("证书", 60, "{{ 行.证书 }}", LEFT),
            ("事项", 24, "{{ 行.事项 }}", CENTER),
            ("原报", 18, "{{ 行.原报 | 数 }}", RIGHT),
            ("更正为", 18, "{{ 行.更正为 | 数 }}", RIGHT),
            ("相差", 20, "{% if 行.相差 > 0 %}+{% endif %}{{ 行.相差 | 数 }}", RIGHT),
        ),
        "行 in 更正",
        size=9.5,
    )
    tag(document, "{%p endif %}")
    heading(document, "{{ '五' if 更正 else '四' }}、工作情况", 13)
    _remarks(document)
    spacer(document, 12)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    reporter = "填报人：{{ 填报.填报人 }}　　填报日期：{{ 日期 or '　　　年　　月　　日' }}"
    reviewer = "审核人（签字）：　　　　　　{% if 填报.审核人 %}（{{ 填报.审核人 }}）{% endif %}　　审核日期：　　　年　　月　　日"
    for text in (reporter, reviewer):
        signed = paragraph(document, text, SONG, 11, before=6, line=22)
        signed.paragraph_format.keep_with_next = text is reporter
    return document
