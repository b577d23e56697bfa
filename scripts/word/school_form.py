"""院校信息表: the Word twin of templates/school-form/template.html."""

from __future__ import annotations

from typing import Any

from .parts import CENTER, FANGSONG, SONG, form, heading, new_document, paragraph, tag

ITEMS = (
    "院校名称",
    "院校类型",
    "统一社会信用代码",
    "院校代码",
    "院校网址",
    "详细地址",
    "联系人姓名",
    "联系人手机号",
    "联系人邮箱",
)


def make() -> Any:
    """The template as a python-docx document."""
    document = new_document("院校信息表")
    title = "{% if 院校.申报年度 %}{{ 院校.申报年度 }}年度{% endif %}1+X证书试点院校信息表"
    paragraph(document, title, SONG, 22, align=CENTER, bold=True, before=10, after=16, line=34)
    form(document, tuple((item, f"{{{{ 院校.{item} | 空 }}}}") for item in ITEMS), (32, 68), size=13)
    tag(document, "{%p if 首次申报 %}")
    heading(document, "首次申报：申请开通账号")
    apply = "本校为首次申报且没有账号，按程序申请开通申报账号，提交下列三项信息："
    paragraph(document, apply, FANGSONG, 14, indent=True, after=4)
    kind = "{{ 院校.院校类型 | 空 }}{% if 院校.中职星级 %}（{{ 院校.中职星级 }}）{% endif %}"
    rows = (
        ("①学院代码（10位）", "{{ 院校.院校代码 | 空 }}"),
        ("②学校全称", "{{ 院校.院校名称 | 空 }}"),
        ("③学校类型", kind),
    )
    form(document, rows, (32, 68), size=13)
    tag(document, "{%p if 须先报教育厅 %}")
    first = (
        "本校为{{ 院校.中职星级 }}中职学校，须先向自治区教育厅提交申请；"
        "教育厅审核同意后，由秘书处在系统中增加学校名单，再行注册。"
    )
    paragraph(document, first, FANGSONG, 14, indent=True, before=4)
    tag(document, "{%p else %}")
    other = "请将以上信息提交秘书处；秘书处在系统中录入后，学校即可注册，注册成功后开始申报。"
    paragraph(document, other, FANGSONG, 14, indent=True, before=4)
    tag(document, "{%p endif %}")
    tag(document, "{%p endif %}")
    office = "{% if 院校.统筹部门 %}统筹部门：{{ 院校.统筹部门 }}　　　{% endif %}填报日期：{{ 日期 or '　　　　年　　月　　日' }}"
    paragraph(document, office, FANGSONG, 14, before=20)
    return document
