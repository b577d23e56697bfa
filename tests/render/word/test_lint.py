"""Broken templates: what a school's secretary reads about them."""

from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from docgen.errors import TemplateError
from docgen.render.known_fields import known_fields
from docgen.render.lint import lint_file, lint_folder
from docgen.render.templates import find_template, template_folders
from docgen.render.word import WordTemplate

APPLICATION = known_fields(find_template("申报书"))


def make(folder: Path, *paragraphs: str, table: list[list[str]] | None = None, header: str = "") -> Path:
    document = Document()
    document.add_heading("四、软硬件设备", 1)
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    path = folder / "template.docx"
    document.save(str(path))
    return path


def told(path: Path, level: str = "error") -> list[str]:
    return [str(problem) for problem in lint_file(path) if problem.level == level]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{% if 草稿 %}草稿", "“{% if 草稿 %}”没有结束。在它管的内容后面补上 {% endif %}。"),
        ("草稿{% endif %}", "多了一个“{% endif %}”，前面没有和它配对的 if。删去它，或者在前面补上 if。"),
        ("{% else %}", "“{% else %}”的前面没有和它配对的 if。在前面补上 if，或者删去它。"),
        ("{{ 院校.院校名称", "“{{ 院校.院校名称”有开头的 {{，没有结尾的 }}。在后面补上 }}。"),
        ("{{ 院校.院校名称 }", "“{{ 院校.院校名称 }”有开头的 {{，没有结尾的 }}。在后面补上 }}。"),
        ("院校.院校名称 }}", "“院校.院校名称 }}”有结尾的 }}，前面没有开头的 {{。在前面补上 {{，或者删去多余的 }}。"),
        ("{{ 院校.院校名称 %}", "“{{ 院校.院校名称 %}”以 {{ 开头，却以 %} 结尾。结尾改成 }}。"),
        ("{{ 院校.院校名称 ｝｝", "“{{ 院校.院校名称 ｝｝”的结尾用了全角的“｝｝”。改成英文半角的 }}。"),
        (
            "｛｛ 院校.院校名称 ｝｝",
            "“｛｛ 院校.院校名称 ｝｝”用了全角的括号，不会当作标签，会原样印出来。改成英文半角、连在一起的 {{ … }} 或 {% … %}。",
        ),
        (
            "{ { 院校.院校名称 } }",
            "“{ { 院校.院校名称 } }”的括号中间有空格，不会当作标签。改成英文半角、连在一起的 {{ … }} 或 {% … %}。",
        ),
        ("{{ 院校。院校名称 }}", "“{{ 院校。院校名称 }}”里有中文标点“。”。标签里的标点要用英文半角的 . 。"),
        (
            "{{ 院校 名称 }}",
            "“{{ 院校 名称 }}”的变量名中间有空格，或者两个名字连在一起写。一对 {{ }} 里只写一个变量，中间不空格。",
        ),
        ("{{ 日期 | 金 }}", "“{{ 日期 | 金 }}”用了不存在的过滤器“金”。您是不是要写 金额？"),
        ("{{ }}", "“{{ }}”里面是空的。在两层花括号中间写上要填的变量，例如 {{ 院校.院校名称 }}。"),
        ("{% iff 草稿 %}", "“{% iff 草稿 %}”里的“iff”不是模板认识的词。您是不是要写 if？"),
        (
            "{% tr for 行 in 教师 %}",
            "“{% tr for 行 in 教师 %}”的 {% 和 tr 之间不能有空格。写成 {%tr for 行 in 教师 %}。",
        ),
        ("{%tr for 行 in 教师 %}{%tr endfor %}", "“{%tr for 行 in 教师 %}”要写在表格的一行里，这里不是表格。"),
        (
            "{% for 教师 %}{% endfor %}",
            "“{% for 教师 %}”的循环写法有误。写成 for 行 in 教师 的样子：名字、in、一张表，中间都空一格。",
        ),
        ("{% if 甲 = 1 %}{% endif %}", "“{% if 甲 = 1 %}”用一个等号比较。比较是否相等要用两个等号 ==。"),
        ('{{ 甲 | 数("a) }}', "里的引号没有成对。补上缺的引号。"),
        ("{% vm %}", "“{% vm %}”要写在表格的单元格里，这里不是表格。把它移到单元格里，或者删去。"),
        ("{% if a %}{% else if b %}{% endif %}", "“{% else if b %}”的写法有误。“否则如果”写成 elif。"),
    ],
)
def test_what_is_said_about_a_broken_tag(tmp_path: Path, text: str, message: str) -> None:
    path = make(tmp_path, text)
    problem = next((each for each in told(path) if message in each), "")
    assert problem.startswith("标题“四、软硬件设备”下“"), told(path)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            [["{% for 行 in 教师 %}{{ 行.姓名 }}", "{{ 行.职称 }}{% endfor %}"]],
            "第1个表格第1行第2列：“{% endfor %}”和“{% for 行 in 教师 %}”不在同一个单元格里：后者在标题“四、软硬件设备”下第1个表格第1行第1列。"
            "要重复或去掉整行，请写成 {%tr for 行 in 教师 %} 和 {%tr endfor %}，各自单独占一行。",
        ),
        (
            [["{%tr for 行 in 教师 %}", "{%tr endfor %}"]],
            "第1个表格第1行第1列：“{%tr for 行 in 教师 %}”和“{%tr endfor %}”写在同一行里，只有最后一个会起作用。{%tr … %} 要各自单独占一行。",
        ),
        (
            [["{%tr for 行 in 教师 %}", ""], ["{{ 行.姓名 }}", ""], ["{% endfor %}", ""]],
            "第1个表格第3行第1列：“{% endfor %}”和前面的“{%tr for 行 in 教师 %}”不是同一种写法。开头是 {%tr，这里也要写成 {%tr endfor %}。",
        ),
        (
            [["{%tr for 行 in 教师 %}", ""], ["{{ 行.姓名 }}", ""]],
            "第1个表格第1行第1列：“{%tr for 行 in 教师 %}”没有结束。在它管的内容后面补上 {%tr endfor %}。",
        ),
    ],
)
def test_what_is_said_about_a_broken_loop_in_a_table(tmp_path: Path, table: list[list[str]], message: str) -> None:
    assert f"标题“四、软硬件设备”下{message}" in told(make(tmp_path, table=table))


def test_a_loop_that_leads_from_the_text_into_a_table(tmp_path: Path) -> None:
    path = make(tmp_path, "{% for 行 in 教师 %}", table=[["{{ 行.姓名 }}{% endfor %}"]])
    assert "一个在表格里，一个在表格外" in told(path)[0]


def test_all_is_told_in_one_pass_in_the_order_of_the_document(tmp_path: Path) -> None:
    path = make(tmp_path, "{{ 甲 乙 }}", "}}", "{% if 丙 %}", header="{{ 丁")
    assert [line.split("：")[0] for line in told(path)] == [
        "标题“四、软硬件设备”下“{{ 甲 乙 }}”这一段",
        "标题“四、软硬件设备”下“}}”这一段",
        "标题“四、软硬件设备”下“{% if 丙 %}”这一段",
        "页眉“{{ 丁”这一段",
    ]


def test_a_value_in_a_row_that_its_loop_takes_is_a_warning(tmp_path: Path) -> None:
    path = make(tmp_path, table=[["{%tr for 行 in 教师 %}", "{{ 行.姓名 }}"], ["{%tr endfor %}", ""]])
    assert told(path) == []
    said = "标题“四、软硬件设备”下第1个表格第1行第2列：“{{ 行.姓名 }}”不会显示：这一行有“{%tr for 行 in 教师 %}”，整行都会被它取代。把它移到另一行。"
    assert said in told(path, "warning")


def test_formatting_inside_a_tag_is_harmless_but_half_a_link_is_not(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("{{ 院")
    paragraph.add_run("校.院校名称").bold = True
    paragraph.add_run(" }}")
    path = tmp_path / "template.docx"
    document.save(str(path))
    assert told(path) == []
    paragraph._p.append(parse_xml(f"<w:hyperlink {nsdecls('w')}><w:r><w:t>{{{{ 日期</w:t></w:r></w:hyperlink>"))
    paragraph.add_run(" }}")
    document.save(str(path))
    assert any("有一部分在超链接、修订或域里，另一部分在外面" in line for line in told(path))


@pytest.mark.parametrize(
    "text",
    [
        "{{ “甲” }} {{ ‘乙’ }}",  # Word's own quotes
        "{# 说明 {{ 不算 #}",
        "{% raw %}{{ 不算 }{% endraw %}",
        '{{ {"a": {"b": 1}}["a"]["b"] }} {{ "}}" }}',
        "{% set 数 = 3 %}{% set 段 %}文字{% endset %}{{ 数 }}",
        "{%p if 甲 %}",
        "百分之50 { 注 } 100%",
    ],
)
def test_what_is_right_is_left_alone(tmp_path: Path, text: str) -> None:
    more = ["内容", "{%p endif %}"] if text.startswith("{%p") else []
    assert told(make(tmp_path, text, *more)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 院校.名字 }}", "没有“院校.名字”这个字段。您是不是要写 院校.院校名称？"),
        ("{{ 院校.学校名称 }}", "没有“院校.学校名称”这个字段。您是不是要写 院校.院校名称？"),
        ("{{ 老师 }}", "没有“老师”这个变量。您是不是要写 教师？"),
        ("{{ xyz }}", "没有“xyz”这个变量。可用的有：院校、申报、教师、"),
        ("{{ 统计.教师数目 }}", "没有“统计.教师数目”这个字段。您是不是要写 统计.教师数？"),
        (
            "{{ 教师.姓名 }}",
            "“教师”是一张表，有许多行，不能直接写“教师.姓名”。写在循环里：{% for 行 in 教师 %}{{ 行.姓名 }}{% endfor %}。",
        ),
        ("{% for 行 in 教师 %}{{ 行.姓明 }}{% endfor %}", "没有“行.姓明”这个字段。您是不是要写 行.姓名？"),
        (
            "{% for 行 in 教师 %}{% endfor %}{{ 行.姓名 }}",
            "“行”只在“{% for 行 in 教师 %}”的循环里面有，这里已经在循环外面。",
        ),
        ('{{ 教师 | map(attribute="名字") | 顿号 }}', "名字”这个字段。"),
    ],
)
def test_unknown_fields_and_what_may_be_meant(tmp_path: Path, text: str, message: str) -> None:
    problems = [str(each) for each in lint_file(make(tmp_path, text), APPLICATION) if each.level == "error"]
    assert len(problems) == 1
    assert message in problems[0]


def test_a_field_that_is_only_asked_for_is_no_error(tmp_path: Path) -> None:
    path = make(tmp_path, "{% if 院校.校训 is defined %}有{% endif %}{{ 院校.校训 | default('') }}")
    assert not [each for each in lint_file(path, APPLICATION) if each.level == "error"]


def test_a_column_that_the_school_added_is_known(tmp_path: Path) -> None:
    known = known_fields(find_template("申报书"), {"院校信息": ["校训"]})
    assert not [each for each in lint_file(make(tmp_path, "{{ 院校.校训 }}"), known) if each.level == "error"]


def test_what_a_kind_ought_to_show_is_a_warning(tmp_path: Path) -> None:
    known = known_fields(find_template("主管领导审核页"))
    warnings = [str(each) for each in lint_file(make(tmp_path, "{{ 院校.院校名称 }}"), known)]
    assert any("没有用到“总摘要”" in line for line in warnings)
    assert not any("没有用到“院校.院校名称”" in line for line in warnings)


def test_html_and_prose_are_checked_with_lines(tmp_path: Path) -> None:
    page = tmp_path / "template.html"
    page.write_text("<style>a{b{c:50%}}</style>\n<p>{{ 院校.名字 }}</p>\n{% if 草稿 %}", encoding="utf-8")
    assert [str(each) for each in lint_file(page, APPLICATION) if each.level == "error"] == [
        "第3行：“{% if 草稿 %}”没有结束。在它管的内容后面补上 {% endif %}。",
        "第2行：没有“院校.名字”这个字段。您是不是要写 院校.院校名称？",
    ]
    prose = tmp_path / "narrative.toml"
    prose.write_text('"甲" = """\n好\n{{ 申报。等级 }}\n"""\n"乙" = 3\n', encoding="utf-8")
    assert [str(each) for each in lint_file(prose, APPLICATION)] == [
        "“甲”第3行：“{{ 申报。等级 }}”里有中文标点“。”。标签里的标点要用英文半角的 . 。",
        '“乙”第5行：这里应当是文字。写成 "名称" = """文字""" 的样子。',
    ]
    prose.write_text('"甲" = """\n', encoding="utf-8")
    assert "引号、等号或名称的写法有误" in str(lint_file(prose)[0])


def test_excel_templates_are_checked_cell_by_cell(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "汇总"
    book.active["B3"] = "{{ 院校.名字 }}"
    path = tmp_path / "template.xlsx"
    book.save(path)
    known = known_fields(find_template("申报汇总表"))
    assert [str(each) for each in lint_file(path, known) if each.level == "error"] == [
        "工作表“汇总”单元格 B3：没有“院校.名字”这个字段。您是不是要写 院校.院校名称？"
    ]


@pytest.mark.parametrize("folder", template_folders(), ids=lambda folder: folder.kind)
def test_shipped_templates_are_clean(folder) -> None:  # type: ignore[no-untyped-def]
    assert lint_folder(folder) == []


def test_missing_fields_are_all_told_when_a_document_is_made(tmp_path: Path) -> None:
    path = make(
        tmp_path,
        "院校名称：{{ 院校.名字 }}",
        "{{ 院校.院校网址 }}{{ 1 / 0 }}",
        table=[["{%tr for 行 in 教师 %}"], ["{{ 行.姓明 }}"], ["{%tr endfor %}"]],
        header="{{ 日其 }}",
    )
    context = {"院校": {"院校名称": "甲", "院校网址": None}, "教师": [{"姓名": "乙"}] * 3, "日期": ""}
    with pytest.raises(TemplateError) as caught:
        WordTemplate(path).render(context)
    assert [str(each) for each in caught.value.problems] == [
        "标题“四、软硬件设备”下“院校名称：{{ 院校.名字 }}”这一段：没有“院校.名字”这个字段。您是不是要写 院校.院校名称？",
        "标题“四、软硬件设备”下“{{ 院校.院校网址 }}{{ 1 / 0 }}”这一段：“院校.院校网址”没有值（空白）。"
        "在工作簿里填上，或者写成 {{ 院校.院校网址 | 空 }}，空白时印一条横线。",
        "标题“四、软硬件设备”下“{{ 院校.院校网址 }}{{ 1 / 0 }}”这一段：“{{ 1 / 0 }}”套用不了：除数是 0。改正这个标签，或者补上它要用的数据。",
        "标题“四、软硬件设备”下第1个表格第2行第1列：没有“行.姓明”这个字段。您是不是要写 行.姓名？",
        "页眉“{{ 日其 }}”这一段：没有“日其”这个变量。您是不是要写 日期？",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 教师.姓名 }}", "“教师”是一张表，有许多行，不能直接写“教师.姓名”。"),
        ("{{ 校名.__class__ }}", "用了不允许的写法：名字不能以下划线开头。"),
        ("{{ 校名 | 金额 }}", "“{{ 校名 | 金额 }}”套用不了：这个值不合适（例如应当是数，填的却是文字）。"),
        ("{{ 人数 + 1 }}", "“{{ 人数 + 1 }}”套用不了：这个值不能这样用"),
        ("{% include '别的.docx' %}{{ 无 }}", "“{% include '别的.docx' %}”要引用别的文件，这里不可以。"),
        ("{% if 人数 > 3 %}{% endif %}", "“{% if 人数 > 3 %}”套用不了"),
        ("{% for 行 in 教师 %}{% endfor %}{{ 行.姓名 }}", "“行”只在“{% for 行 in 教师 %}”的循环里面有"),
        ("{% macro 印(人) %}{{ 人.职称 }}{% endmacro %}{{ 印(教师[0]) }}", "没有“人.职称”这个字段。可用的有：姓名。"),
    ],
)
def test_what_is_said_when_data_does_not_fit(tmp_path: Path, text: str, message: str) -> None:
    context = {"教师": [{"姓名": "甲"}], "校名": "甲校", "人数": None}
    with pytest.raises(TemplateError) as caught:
        WordTemplate(make(tmp_path, text)).render(context)
    assert message in caught.value.message


def test_a_broken_template_tells_all_its_parts_when_it_is_read(tmp_path: Path) -> None:
    path = make(tmp_path, "{% for 行 in 教师 %}", "{{ 甲 乙 }}", header="{% endif %}")
    with pytest.raises(TemplateError, match="有3处要改") as caught:
        WordTemplate(path)
    assert "页眉“{% endif %}”这一段" in str(caught.value)


def test_ten_problems_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    path = make(tmp_path, *(f"{{{{ 甲{number} }}}}" for number in range(13)))
    with pytest.raises(TemplateError) as caught:
        WordTemplate(path).render({})
    assert len(caught.value.problems) == 13
    assert caught.value.message.endswith("……另有3处。")
