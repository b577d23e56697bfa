"""Merged cells in tables from loops: rows, nested rows, columns, and what must not grow together."""

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined
from lxml import etree

from docgen.errors import TemplateError
from docgen.render.word import WordTemplate, merging, validity
from docgen.tools.packed import PackedRows

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"


def environment() -> Environment:
    result = Environment(autoescape=True, undefined=StrictUndefined)
    result.filters.update(merging.FILTERS)
    return result


def cell(text: str, properties: str = '<w:tcW w:w="1000" w:type="dxa"/>') -> str:
    paragraph = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph}</w:tc>"


def merged(rows: str, **context: object) -> etree._Element:
    source = f'<w:body xmlns:w="{SPACE}"><w:tbl>{rows}</w:tbl></w:body>'
    root = etree.fromstring(environment().from_string(source).render(context))
    merging.merge(root)
    return root


def grid(root: etree._Element) -> list[list[str]]:
    """Each row's cells as text, ↓ before one that starts a merge, ↑ for one that continues, →n for one over n columns."""
    result = []
    for row in root.iter(f"{W}tr"):
        result.append([])
        for one in row.iter(f"{W}tc"):
            merge, span = one.find(f"{W}tcPr/{W}vMerge"), one.find(f"{W}tcPr/{W}gridSpan")
            mark = "" if merge is None else {"restart": "↓", "continue": "↑"}[merge.get(f"{W}val", "")]
            wide = "" if span is None else f"→{span.get(f'{W}val')}"
            result[-1].append(mark + "".join(one.itertext()) + wide)
    return result


EQUIPMENT = (
    "{% for 行 in 设备 %}<w:tr>"
    + cell("{{ 行.场地 | 合并 }}")
    + cell("{{ 行.名称 }}")
    + cell("{{ 行.类别 | 合并 }}")
    + "</w:tr>{% endfor %}"
)


def equipment(*rows: str) -> list[dict[str, str]]:
    return [dict(zip(("场地", "名称", "类别"), row.split(), strict=True)) for row in rows]


def test_equal_values_below_one_another_merge_within_the_group_to_their_left():
    rows = equipment("实训室 电脑 硬件", "实训室 投影 硬件", "机房 服务器 硬件", "机房 系统 软件")
    assert grid(merged(EQUIPMENT, 设备=rows)) == [
        ["↓实训室", "电脑", "↓硬件"],
        ["↑", "投影", "↑"],
        ["↓机房", "服务器", "硬件"],  # 硬件 again, but of another venue
        ["↑", "系统", "软件"],
    ]


def test_blank_values_and_rows_between_do_not_merge():
    rows = [{"场地": "", "名称": "甲", "类别": "x"}, {"场地": "", "名称": "乙", "类别": "x"}]
    assert grid(merged(EQUIPMENT, 设备=rows)) == [["", "甲", "x"], ["", "乙", "x"]]
    between = (
        "{% for 行 in 行们 %}<w:tr>" + cell("{{ 行 | 合并 }}") + "</w:tr><w:tr>" + cell("小计") + "</w:tr>{% endfor %}"
    )
    assert grid(merged(between, 行们=["同", "同"])) == [["同"], ["小计"], ["同"], ["小计"]]


TEACHERS = (
    "{% for 人 in 教师 %}{% for 证 in 人.证书 | 至少一行 %}<w:tr>"
    + cell("{{ 人.姓名 | 合并(人) }}")
    + cell("{{ 证.名称 }}")
    + cell("{{ 人.电话 | 合并(人) }}")
    + "</w:tr>{% endfor %}{% endfor %}"
)


def test_a_record_spans_the_rows_of_its_inner_loop_and_namesakes_stay_apart():
    teachers = [
        {"姓名": "李明", "电话": "1", "证书": [{"名称": "甲"}, {"名称": "乙"}]},
        {"姓名": "李明", "电话": "1", "证书": [{"名称": "丙"}]},
        {"姓名": "王芳", "电话": "2", "证书": []},
    ]
    assert grid(merged(TEACHERS, 教师=teachers)) == [
        ["↓李明", "甲", "↓1"],
        ["↑", "乙", "↑"],
        ["李明", "丙", "1"],
        ["王芳", "", "2"],
    ]


def test_records_that_are_kept_packed_stay_apart_too():
    teachers = [{"姓名": "李明", "电话": str(number), "证书": [{"名称": "甲"}, {"名称": "乙"}]} for number in range(60)]
    assert grid(merged(TEACHERS, 教师=PackedRows(teachers, together=1))) == [
        row for number in range(60) for row in (["↓李明", "甲", f"↓{number}"], ["↑", "乙", "↑"])
    ]


def test_column_loops_merge_across_and_add_up_their_widths():
    rows = (
        "<w:tr>{% for 月 in 月份 %}" + cell("{{ 月.学期 | 横并 }}") + "{% endfor %}</w:tr>"
        "<w:tr>{% for 月 in 月份 %}" + cell("{{ 月.月 }}") + "{% endfor %}</w:tr>"
    )
    months = [{"学期": term, "月": month} for term, month in (("上", 3), ("上", 4), ("上", 5), ("下", 9))]
    root = merged(rows, 月份=months)
    assert grid(root) == [["上→3", "下"], ["3", "4", "5", "9"]]
    assert [one.get(f"{W}w") for one in root.iter(f"{W}tcW")][:2] == ["3000", "1000"]


def test_across_and_down_together_make_a_rectangle():
    rows = (
        "{% for 行 in 行们 %}<w:tr>{% for 格 in 行 %}"
        + cell("{{ 格 | 横并 | 合并 }}")
        + "{% endfor %}</w:tr>{% endfor %}"
    )
    assert grid(merged(rows, 行们=["甲甲乙", "甲甲丙"])) == [["↓甲→2", "乙"], ["↑→2", "丙"]]


def test_what_continues_keeps_one_paragraph_in_the_same_form_and_the_order_of_the_schema():
    properties = '<w:tcW w:w="9" w:type="dxa"/><w:tcBorders/><w:vAlign w:val="center"/>'
    rows = "{% for 行 in 行们 %}<w:tr>" + cell("{{ 行 | 合并 }}（注）", properties) + "</w:tr>{% endfor %}"
    lower = list(merged(rows, 行们=["同", "同"]).iter(f"{W}tc"))[1]
    assert [etree.QName(one).localname for one in lower.iter()] == [
        *("tc", "tcPr", "tcW", "vMerge", "tcBorders", "vAlign", "p", "pPr", "jc"),
    ]


def test_a_nested_table_merges_by_itself():
    inner = "<w:tbl>{% for 行 in 行们 %}<w:tr>" + cell("{{ 行 | 合并 }}") + "</w:tr>{% endfor %}</w:tbl>"
    root = merged(f"<w:tr><w:tc>{inner}<w:p/></w:tc></w:tr>", 行们=["同", "同"])
    assert [one.get(f"{W}val") for one in root.iter(f"{W}vMerge")] == ["restart", "continue"]


def test_values_stay_escaped_and_no_mark_is_left():
    root = merged("<w:tr>" + cell("前{{ 值 | 合并 }}后") + "</w:tr>", 值="a<b & ?>")
    assert grid(root) == [["前a<b & ?>后"]]
    assert "\ufdd0" not in etree.tostring(root, encoding="unicode")


def test_outside_a_table_it_is_an_error_that_says_so_and_where(tmp_path):
    document = Document()
    document.add_paragraph("共 {{ 数 | 合并 }} 台")
    document.save(str(tmp_path / "表.docx"))
    with pytest.raises(TemplateError, match=r"表\.docx.*“共 3 台”这一段：“合并”“横并”只能写在表格的单元格里"):
        WordTemplate(tmp_path / "表.docx").render({"数": 3})


@pytest.mark.parametrize(
    ("source", "needed"),
    [("{{ 行.场地 | 合并 }}", True), ("{{ x|横并(y) }}", True), ("{{ x | 合并后 }}", False), ("合并", False)],
)
def test_only_templates_that_use_it_pay_for_it(source, needed):
    assert merging.needed(source) is needed


def test_other_marks_of_docgen_are_left_alone():
    root = etree.fromstring(f'<w:tbl xmlns:w="{SPACE}">{merging.OPEN}columns{merging.CLOSE}</w:tbl>')
    merging.merge(root)
    assert root.text == "\ufdd0columns\ufdd1"


def test_a_whole_template_with_nested_loops(tmp_path):
    document = Document()
    table = document.add_table(rows=0, cols=2)
    for texts in (
        ("{%tr for 人 in 教师 %}", ""),
        ("{%tr for 证 in 人.证书 | 至少一行 %}", ""),
        ("{{ 人.姓名 | 合并(人) }}", "{{ 证.名称 }}"),
        ("{%tr endfor %}", ""),
        ("{%tr endfor %}", ""),
    ):
        for one, text in zip(table.add_row().cells, texts, strict=True):
            one.text = text
    document.save(str(tmp_path / "表.docx"))
    template = WordTemplate(tmp_path / "表.docx")
    assert template.fields() == ("教师", "教师[]", "教师[].姓名", "教师[].证书", "教师[].证书[].名称")
    teachers = [{"姓名": "甲\n（兼）", "证书": [{"名称": "一"}, {"名称": "二 & 三"}]}, {"姓名": "乙", "证书": []}]
    data = template.render({"教师": teachers})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = {name: archive.read(name) for name in archive.namelist()}
    assert grid(etree.fromstring(package["word/document.xml"])) == [["↓甲（兼）", "一"], ["↑", "二 & 三"], ["乙", ""]]
    assert validity.check(package) == ()
    assert data == template.render({"教师": [dict(teacher) for teacher in teachers]})


@given(st.lists(st.tuples(st.sampled_from("甲乙"), st.sampled_from("丙丁"), st.sampled_from("戊己"))))
def test_filling_merged_cells_down_gives_the_values_back(rows):
    columns = "".join(cell(f"{{{{ 行[{number}] | 合并 }}}}") for number in range(3))
    shown = grid(merged(f"{{% for 行 in 行们 %}}<w:tr>{columns}</w:tr>{{% endfor %}}", 行们=rows))
    above = ["", "", ""]
    for row, values in zip(shown, rows, strict=True):
        above = [upper if text == "↑" else text.strip("↓") for text, upper in zip(row, above, strict=True)]
        assert above == list(values)
        continued = [text == "↑" for text in row]
        assert continued == sorted(continued, reverse=True)  # an inner group never outlives an outer one


@given(st.lists(st.lists(st.sampled_from("甲乙"), min_size=4, max_size=4)))
def test_merging_across_keeps_every_row_as_wide_as_it_was(rows):
    loop = (
        "{% for 行 in 行们 %}<w:tr>{% for 格 in 行 %}"
        + cell("{{ 格 | 横并 | 合并 }}")
        + "{% endfor %}</w:tr>{% endfor %}"
    )
    root = merged(loop, 行们=rows)
    assert [sum(map(merging.span_of, row)) for row in root.iter(f"{W}tr")] == [4] * len(rows)
    assert [sum(int(one.get(f"{W}w")) for one in row.iter(f"{W}tcW")) for row in root.iter(f"{W}tr")] == [4000] * len(
        rows
    )
