"""Word forms filled: what python-docx reads in them afterwards, and that nothing else has moved."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from form_data import DATA
from form_maker import saved, word_document, word_form, write_table

from docgen.errors import InputError
from docgen.forms.opening import open_form
from docgen.forms.results import FillResult, State
from docgen.forms.values import FormData

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def fill(form: bytes, **options: bool) -> FillResult:
    return open_form(form, "表.docx").fill(DATA, **options)


def grid(result: FillResult, number: int = 0) -> list[list[str]]:
    """A table's cells as python-docx reads them."""
    table = Document(io.BytesIO(result.data)).tables[number]
    return [[cell.text for cell in row.cells] for row in table.rows]


def paragraphs(result: FillResult) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(result.data)).paragraphs]


def test_the_cell_right_of_a_label_or_below_it_takes_the_value():
    form = word_form(["单　位　名　称： | | 院校代码 | ", "申报理由（不超过500字） | < | < | <", " | < | < | <"])
    assert grid(fill(form)) == [
        ["单　位　名　称：", "示例职业技术学院", "院校代码", "4145099999"],
        ["申报理由（不超过500字）"] * 4,
        ["电子商务为本校重点建设专业。\n近三年毕业生从事网店运营岗位较多。"] * 4,
    ]


def test_labels_over_merged_cells_and_row_groups():
    form = word_form(["联系人 | 姓名 | | 电话 | ", "^ | 邮箱 | | < | <", "项目负责人 | 姓名 | | 手机 | "])
    assert [row[2:] for row in grid(fill(form))] == [
        ["李某某", "电话", "13800000000"],
        ["lxr@example.edu.cn"] * 3,
        ["赵某某", "手机", "13900000000"],
    ]


def test_a_matrix_of_people_is_filled_by_row_and_column():
    form = word_form(["类别 | 姓名 | 职务 | 联系电话", "分管领导 | | | ", "联系人 | | | ", "项目负责人 | | | "])
    assert grid(fill(form))[1:] == [
        ["分管领导", "王某某", "副院长", ""],
        ["联系人", "李某某", "", "13800000000"],
        ["项目负责人", "赵某某", "", "13900000000"],
    ]


def test_a_matrix_of_numbers_is_left_alone():
    form = word_form(["等级 | 培训人数 | 期数", "初级 | | ", "中级 | | ", "高级 | | "])
    assert {text for row in grid(fill(form))[1:] for text in row[1:]} == {""}


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("联系人：＿＿＿＿＿＿ 电话：＿＿＿＿＿＿＿＿", "联系人：李某某　　　 电话：13800000000　　 "),
        ("联系人：{12}电话：{16}", "联系人：李某某      电话：13800000000     "),
        ("学校名称（盖章）：", "学校名称（盖章）：示例职业技术学院"),
        ("填报日期：　　年　　月　　日", "填报日期：2021年7月5日"),
        ("填表时间：20　年　月　日", "填表时间：2021年7月5日"),
        ("院校类型：□中职 □高职 □本科", "院校类型：□中职 ☑高职 □本科"),
        ("证书等级：○初级　○中级　○高级", "证书等级：○初级　●中级　○高级"),
        ("是否首次申报：（　）是　（　）否", "是否首次申报：（　）是　（√）否"),
        ("证书等级：初级（ ） 中级（ ） 高级（ ）", "证书等级：初级（ ） 中级（√） 高级（ ）"),
    ],
)
def test_blanks_dates_and_boxes_in_running_text(written, filled):
    assert paragraphs(fill(word_form(written))) == [filled]


def test_a_label_split_over_runs_with_a_bold_label_keeps_its_look():
    document = word_document("")
    paragraph = document.paragraphs[0]
    for piece in ("联", " 系", " 人", "："):
        paragraph.add_run(piece).bold = True
    result = Document(io.BytesIO(fill(saved(document)).data)).paragraphs[0]
    assert result.text == "联 系 人：李某某"
    assert [(run.text, run.bold) for run in result.runs][-1] == ("李某某", None)


@pytest.mark.parametrize(
    "form",
    [
        word_form(["申报单位意见 | ¶（盖章）¶负责人（签字）：¶　年　月　日", "专家组评审意见 | "]),
        word_form(["推荐单位意见 | 联系人：＿＿＿＿¶学校名称：＿＿＿＿"]),
        word_form("法定代表人（签字）：＿＿＿＿　　年　　月　　日", "填表人签名：", "单位公章："),
        word_form("四、审批意见", ["学校名称 | ", "联系人 | "]),
    ],
)
def test_signatures_seals_and_opinions_are_never_filled(form):
    result = fill(form)
    assert result.of(State.FILLED) == ()
    assert "".join(cell for row in (grid(result) if b"w:tbl" in form else []) for cell in row).count("某某") == 0


def test_lists_are_filled_row_by_row_and_grow_in_the_style_of_the_rest():
    form = word_form(
        "师资情况",
        ["序号 | 姓名 | 职称 | 培训证书 | <", "^ | ^ | ^ | 名称 | 等级", "1 | | | | ", "2 | | | | ", "合计 | | | | "],
    )
    result = fill(form)
    rows = grid(result)
    assert rows[2:] == [
        ["1", "孙某某", "副教授", "网店运营推广", "中级"],
        ["2", "周某某", "讲师", "", ""],
        ["3", "吴某某", "助教", "网店运营推广", "初级"],
        ["合计", "", "", "", ""],
    ]
    assert [finding.rule for finding in result.findings] == ["FRM006"]


@pytest.mark.parametrize(("remove", "rows"), [(False, 6), (True, 4)])
def test_surplus_rows_stay_or_go_as_asked(remove, rows):
    form = word_form("教学场地", ["场地名称 | 面积（㎡） | 工位数", *[" | | "] * 5])
    kept = grid(fill(form, remove_surplus=remove))
    assert kept[1:3] == [["网店运营实训室", "120", "45"], ["公共机房", "200.5", "60"]]
    assert len(kept) == (6 if not remove else 3)
    assert rows in (6, 4)


def test_nested_tables_and_units_in_cells():
    document = word_document(["拟培训人数 | 　　人", "二、联系信息 | <"])
    write_table(document.tables[0].rows[1].cells[0], ["联系人 | "])
    result = fill(saved(document))
    assert grid(result)[0][1] == "120人"
    nested = Document(io.BytesIO(result.data)).tables[0].rows[1].cells[0].tables[0]
    assert nested.rows[0].cells[1].text == "李某某"


def test_controls_fields_and_bookmarks_by_name():
    document = word_document("", "", "", "")
    controls = (
        f'<w:sdt {W}><w:sdtPr><w:alias w:val="院校名称"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr>'
        '<w:rStyle w:val="a"/></w:rPr><w:t>单击此处输入</w:t></w:r></w:sdtContent></w:sdt>',
        f'<w:sdt {W} {W14}><w:sdtPr><w:alias w:val="是否首次申报"/><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>",
        f'<w:sdt {W}><w:sdtPr><w:alias w:val="证书等级"/><w:showingPlcHdr/><w:dropDownList><w:listItem w:displayText="初级" w:value="1"/>'
        '<w:listItem w:displayText="中级" w:value="2"/></w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t>请选择</w:t></w:r></w:sdtContent></w:sdt>',
    )
    for paragraph, control in zip(document.paragraphs, controls, strict=False):
        paragraph._p.append(parse_xml(control))
    for piece in (
        f'<w:r {W}><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="联系人"/><w:textInput/></w:ffData></w:fldChar></w:r>',
        f"<w:r {W}><w:instrText>FORMTEXT</w:instrText></w:r>",
        f'<w:r {W}><w:fldChar w:fldCharType="separate"/></w:r>',
        f"<w:r {W}><w:t>     </w:t></w:r>",
        f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>',
        f'<w:bookmarkStart {W} w:id="7" w:name="学校代码"/>',
        f'<w:bookmarkEnd {W} w:id="7"/>',
    ):
        document.paragraphs[3]._p.append(parse_xml(piece))
    result = fill(saved(document))
    xml = zipfile.ZipFile(io.BytesIO(result.data)).read("word/document.xml").decode()
    texts = re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml)
    assert texts == ["示例职业技术学院", "☐", "中级", "李某某", "4145099999"]
    assert "showingPlcHdr" not in xml
    assert 'w:lastValue="2"' in xml


@pytest.mark.parametrize("wrapped", ["paragraph", "cell"])
def test_a_control_that_is_all_of_a_cell_is_filled(wrapped):
    document = word_document(["归档单元编号 | ", "单位名称 | "])
    cell = document.tables[0].rows[1].cells[1]._tc
    inner = cell if wrapped == "cell" else cell.p_lst[0]
    control = parse_xml(f"<w:sdt {W}><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent/></w:sdt>")
    inner.addprevious(control)
    control[1].append(inner)
    paragraph = cell.p_lst[0] if wrapped == "cell" else inner
    paragraph.append(parse_xml(f"<w:r {W}><w:t>单击或点击此处输入文字。</w:t></w:r>"))
    xml = zipfile.ZipFile(io.BytesIO(fill(saved(document)).data)).read("word/document.xml").decode()
    assert re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml) == ["归档单元编号", "单位名称", "示例职业技术学院"]


def test_small_cells_take_a_character_each():
    form = word_form(
        [f"统一社会信用代码 {'| ' * 18}", f"学校代码 {'| ' * 6} | < | < | < | < | < | < | < | < | < | < | < | <"]
    )
    rows = grid(fill(form))
    assert "".join(rows[0][1:]) == "12450000MB1A000099"
    assert set(rows[1][1:]) == {""}


def test_text_boxes_are_filled_in_both_their_copies():
    box = (
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r>'
        "<w:t>联系人：</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r>"
        "<w:t>联系人：</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = word_document("")
    document.paragraphs[0]._p.append(parse_xml(box))
    result = fill(saved(document))
    xml = zipfile.ZipFile(io.BytesIO(result.data)).read("word/document.xml").decode()
    assert xml.count("李某某") == 2
    assert [finding.rule for finding in result.findings] == []


def test_tracked_changes_and_comments_stay():
    document = word_document(["院校名称 | ", "联系人 | "], "正文")
    paragraph = document.paragraphs[0]._p
    paragraph.append(parse_xml(f'<w:ins {W} w:id="1" w:author="甲"><w:r><w:t>插入</w:t></w:r></w:ins>'))
    paragraph.append(parse_xml(f'<w:del {W} w:id="2" w:author="甲"><w:r><w:delText>联系人：</w:delText></w:r></w:del>'))
    document.add_comment(document.paragraphs[0].runs, text="批注", author="甲", initials="甲")
    form = saved(document)
    result = fill(form)
    assert grid(result) == [["院校名称", "示例职业技术学院"], ["联系人", "李某某"]]
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (form, result.data))
    xml = after.read("word/document.xml").decode()
    assert all(mark in xml for mark in ('w:author="甲"', "delText", "commentReference"))
    assert before.read("word/comments.xml") == after.read("word/comments.xml")


def test_apart_from_the_filled_places_the_parts_are_the_same():
    form = word_form(
        "1+X证书试点申报表",
        "联系人：＿＿＿＿",
        ["院校名称 | | 院校类型 | □中职 □高职", "其他 | | 备注 | "],
        "正文不变。",
    )
    result = fill(form)
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (form, result.data))
    assert before.namelist() == after.namelist()
    different = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert different == ["word/document.xml"]
    emptied = after.read("word/document.xml").decode()
    for value in ("示例职业技术学院", "李某某　"):
        emptied = emptied.replace(value, "")
    old = re.findall(r"<w:t[^>]*>([^<]*)</w:t>", before.read("word/document.xml").decode())
    new = re.findall(r"<w:t[^>]*>([^<]*)</w:t>", emptied.replace("☑高职", "□高职"))
    assert [text for text in new if text.strip()] == [text.rstrip("＿") for text in old if text.strip()]


def test_what_is_too_long_gets_smaller_type_or_a_finding():
    document = word_document(["申报学校全称 | ", "通讯地址 | "])
    for row, rule in zip(document.tables[0].rows, ("exact", "exact"), strict=True):
        row._tr.get_or_add_trPr().append(parse_xml(f'<w:trHeight {W} w:val="300" w:hRule="{rule}"/>'))
        for cell in row.cells:
            cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:tcW {W} w:w="1900" w:type="dxa"/>'))
            for old in cell._tc.tcPr.findall(f"{{{W.split(chr(34))[1]}}}tcW")[:-1]:
                cell._tc.tcPr.remove(old)
    result = fill(saved(document))
    assert sorted(finding.rule for finding in result.findings) == ["FRM001", "FRM002"]


def test_a_plan_shows_values_in_colour():
    form = word_form(["院校名称 | ", "单位性质 | "])
    result = fill(form, plan=True)
    xml = zipfile.ZipFile(io.BytesIO(result.data)).read("word/document.xml").decode()
    assert re.findall(r'w:fill="(\w+)"', xml) == ["C6EFCE", "FFEB9C"]


def test_one_form_twice_gives_the_same_bytes():
    opened = open_form(word_form(["院校名称 | "], "联系人：＿＿＿＿"), "表.docx")
    assert opened.fill(DATA).data == opened.fill(DATA).data


def test_values_are_text_and_never_markup():
    data = DATA.content | {"院校": DATA.content["院校"] | {"院校名称": "甲 & 乙 <w:p/> {{ 1+1 }}"}}
    result = open_form(word_form(["院校名称 | "]), "表.docx").fill(FormData(data))
    assert grid(result)[0][1] == "甲 & 乙 <w:p/> {{ 1+1 }}"


def protected(kind: str) -> bytes:
    document = word_document(["院校名称 | "])
    document.settings.element.append(parse_xml(f'<w:documentProtection {W} w:edit="{kind}" w:enforcement="1"/>'))
    return saved(document)


def test_a_protected_form_is_refused_or_left_locked_with_a_clear_word():
    with pytest.raises(InputError, match="限制编辑"):
        fill(protected("readOnly"))
    result = fill(protected("forms"))
    assert result.of(State.FILLED) == ()
    assert [finding.rule for finding in result.findings] == ["FRM008"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "旧的 Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"{\\rtf1}", "RTF"),
        (b"PK\x03\x04rest", "损坏"),
        (b"\x00\x01\x02", "认不出"),
    ],
)
def test_what_is_no_form_is_refused_in_a_sentence(content, words):
    with pytest.raises(InputError, match=words):
        open_form(content, "申报表.docx")


def test_a_form_in_two_scripts_with_runs_from_right_to_left_is_filled():
    document = word_document(
        "院校名称 اسم المدرسة：＿＿＿＿＿＿", "填报日期 التاريخ：{4}年{2}月{2}日", ["手机 الهاتف | "]
    )
    cells = [line for row in document.tables[0].rows for cell in row.cells for line in cell.paragraphs]
    for paragraph in [*document.paragraphs, *cells]:
        paragraph._p.get_or_add_pPr().insert(0, parse_xml(f"<w:bidi {W}/>"))
        for each in paragraph.runs:
            each._r.get_or_add_rPr().append(parse_xml(f"<w:rtl {W}/>"))
    filled = Document(io.BytesIO(fill(saved(document)).data))
    assert [line.text.replace("＿", "").replace(" ", "") for line in filled.paragraphs] == [
        "院校名称اسمالمدرسة：示例职业技术学院",
        "填报日期التاريخ：2021年7月5日",
    ]
    assert filled.tables[0].cell(0, 1).text == "13800000000"
    assert filled.tables[0].cell(0, 0).text == "手机 الهاتف"
    assert filled.element.xml.count("<w:bidi/>") == 4


def test_blanks_in_headers_and_footers_are_filled_and_other_margins_stay():
    document = word_document("院校名称：{12}")
    section = document.sections[0]
    section.header.paragraphs[0].text = "申报编号：＿＿＿＿＿＿"
    section.footer.paragraphs[0].text = "填报单位（盖章）：＿＿＿＿＿＿　第　页"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "附件1"
    form = saved(document)
    result = fill(form)
    filled = Document(io.BytesIO(result.data)).sections[0]
    assert filled.header.paragraphs[0].text.strip() == "申报编号：A01"
    assert filled.footer.paragraphs[0].text.startswith("填报单位（盖章）：示例职业技术学院")
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (form, result.data))
    changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {"word/document.xml", "word/header1.xml", "word/footer1.xml"}
    assert [each.place.at for each in result.of(State.FILLED)] == [
        "第1段 第1空",
        "页眉1 第1段 第1空",
        "页脚1 第1段 第1空",
    ]
    read = open_form(result.data, "表.docx").extract()
    assert read.as_data()["申报"] == {"申报编号": "A01"}
