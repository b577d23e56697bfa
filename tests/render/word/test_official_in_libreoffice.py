"""Official documents of Word as LibreOffice lays them out, beside the PDF and GB/T 9704-2012.

LibreOffice sets the text 1.4 mm lower in its lines than 版心 begins (Word 0.9), within 天头's own tolerance with the ink of
other fonts; it puts a gap between Chinese and figures although the document has none. So texts may lie 2 mm off, rules 0.7.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from official_documents import LETTER, PLAIN, SENTENCE, document  # type: ignore[import-not-found]
from pytest import approx
from ruler import Ruler, pages_of  # type: ignore[import-not-found]

from docgen.model.official import Form, OfficialDocument
from docgen.render.official import set_documents
from docgen.render.official.titles import title_lines
from docgen.render.templates import find_template
from docgen.render.word import word_template
from docgen.render.word.official import word_fields
from docgen.tools import libreoffice

pytestmark = [
    pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not installed"),
    pytest.mark.xdist_group("official-word"),
]

RULE, TEXT = 0.7, 2.0
CELL, PITCH = 156 / 28, 10.39
TABLES = document().annexes
DOCUMENTS: Mapping[str, OfficialDocument] = {
    "sealed": document(),  # 版记 below the last annex, which begins on an even page
    "odd": document(body=(SENTENCE * 9,), annexes=TABLES[:1]),  # ... which goes over two pages from an odd one on
    "plain": PLAIN,  # text to page 3, 版记 alone on page 4
    "full": document(body=(SENTENCE * 8,), annexes=TABLES[1:] * 2),  # the last text page is even, and taken
    "one": document(body=(SENTENCE,), annexes=(), seal=None, note=""),  # one page, 版记 behind it
    "two": document(body=(SENTENCE * 8,), annexes=()),  # 版记 below the text of page 2
    "tight": document(body=(SENTENCE * 13,), annexes=()),  # ... with hardly any room above it
    "many": document(
        addressee="、".join(f"甲乙丙丁第{n}职业技术学院" for n in range(40)), body=(SENTENCE,), annexes=()
    ),
    "letter": LETTER,
    "grid": document(form=Form.PLAIN, body=("版" * 1500,), annexes=(), seal=None, copies="", printer="", printed=""),
}

Made = tuple[bytes, bytes]


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """Each document's own PDF, and LibreOffice's of its Word file."""
    folder = tmp_path_factory.mktemp("laid")
    template = word_template(find_template("official").file("template.docx"))
    own = dict(zip(DOCUMENTS, set_documents(list(DOCUMENTS.values())), strict=True))
    words = []
    for name, made in own.items():
        seal = DOCUMENTS[name].seal
        fields = word_fields(DOCUMENTS[name], made.paging, title_lines)
        words.append(folder / f"{name}.docx")
        words[-1].write_bytes(template.render(fields, pictures={"公章": seal} if seal else None))
    program = libreoffice.find()
    assert program is not None
    libreoffice.convert(program, words, folder)
    return {path.stem: (own[path.stem].data, path.with_suffix(".pdf").read_bytes()) for path in words}


def page_with(data: bytes, words: str) -> tuple[int, Ruler]:
    """The last page that says so, from 1."""
    for number in reversed(range(pages_of(data))):
        page = Ruler(data, number)
        if words in "".join(page.text.split()):
            return number + 1, page
    raise AssertionError(f"{words} is on no page")


def printed_number(page: Ruler) -> int:
    """The page's number as printed; LibreOffice leaves empty pages out of a PDF, so its place in the file tells less."""
    found = re.findall(r"—(\d+)—", "".join(page.text.split()))
    return int(found[-1]) if found else 0


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in ("letter", "grid")])
def test_the_imprint_stands_at_the_foot_of_the_last_even_page(laid: Mapping[str, Made], name: str) -> None:
    data = laid[name][1]
    number, page = page_with(data, "印发")
    assert number == pages_of(data)
    before = printed_number(Ruler(data, number - 2))
    shown = printed_number(page)  # a page of its own bears no number
    assert shown % 2 == 0 and (shown or before in (number - 1, number - 2))
    if not shown:
        assert (before + 1) % 2 == 0 or name == "full"  # an empty page between
    upper, lower = page.rules()[-3], page.rules()[-1]
    assert (lower.top + lower.bottom) / 2 == approx(262, abs=RULE)
    assert (lower.left, lower.right) == (approx(28, abs=RULE), approx(184, abs=RULE))
    assert upper.top < page.find("抄送：").top
    if name == "many":  # 主送 would take page 1 from the text (7.3.3)
        upper = page.rules()[-4]
        assert upper.top < page.find("主送：").top < page.find("抄送：").top
        assert "经院校申报" in "".join(Ruler(data, 0).text.split())
    assert page.find("抄送：").left == approx(28 + 14 * 25.4 / 72, abs=RULE)
    assert page.find("日印发").right == approx(184 - 14 * 25.4 / 72, abs=RULE)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pages_hold_what_they_hold_in_the_pdf(laid: Mapping[str, Made], name: str) -> None:
    own, word = laid[name]
    for mark in ("附件1", "附件2", "附注", "合计", "印发"):
        texts = [["".join(Ruler(data, n).text.split()) for n in range(pages_of(data))] for data in (own, word)]
        first, second = ([n for n, text in enumerate(pages, 1) if mark in text] for pages in texts)
        if name == "full":  # without the empty page before the last
            first = [number for number in first if number != len(texts[0])]
            second = [number for number in second if number != len(texts[1])]
        assert first == second, mark


def test_tables_have_the_same_rows_on_each_page_and_begin_with_the_schools_name(laid: Mapping[str, Made]) -> None:
    for name in ("sealed", "odd"):
        rows = []
        for data in laid[name]:
            pages = (Ruler(data, n) for n in range(pages_of(data)))
            rows.append([re.findall(r"证书\d|甲乙丙丁第\d+", "".join(page.text.split())) for page in pages])
        own, word = ([sorted(page) for page in pages if page] for pages in rows)
        assert own == word and len(own) >= 2, name
        assert [page[0] for page in rows[1] if page][1].startswith("甲")


def test_head_and_text_have_their_places(laid: Mapping[str, Made]) -> None:
    page = Ruler(laid["sealed"][1], 0)
    mark, number = page.find("某某试点工作秘书处文件"), page.find("某试秘〔2021〕12号")
    assert mark.top == approx(72, abs=1) and mark.middle == approx(106, abs=1)
    assert number.middle == approx(106, abs=1)
    rule = page.rules()[0]
    centre = (rule.top + rule.bottom) / 2
    assert centre - number.bottom == approx(4.35, abs=RULE)
    assert (rule.left, rule.right) == (approx(28, abs=1), approx(184, abs=1))
    assert page.find("关于公布").top - centre == approx(2 * PITCH + PITCH / 4, abs=TEXT)
    assert page.find("各有关院校：").left == approx(28, abs=RULE)
    assert page.find("经院校申报").left == approx(28 + 2 * CELL, abs=RULE)
    assert Ruler(laid["sealed"][1], 1).lines()[0].top == approx(37, abs=TEXT)


def test_a_page_has_22_lines_of_28_characters(laid: Mapping[str, Made]) -> None:
    for data in laid["grid"]:
        lines = [line for line in Ruler(data, 1).lines() if "—" not in line.text]
        assert [len(line.text.strip()) for line in lines] == [28] * 22
        assert {round(line.left) for line in lines} == {28} and {round(line.right) for line in lines} == {184}


def test_page_numbers_stand_outside_7_mm_below_the_text(laid: Mapping[str, Made]) -> None:
    small = 14 * 25.4 / 72
    for number in range(1, 5):
        foot = Ruler(laid["sealed"][1], number - 1).find(f"—{number}—")
        assert (foot.top + foot.bottom) / 2 == approx(269, abs=RULE)
        assert (foot.right if number % 2 else foot.left) == approx(184 - small if number % 2 else 28 + small, abs=RULE)


@pytest.mark.parametrize("name", ["sealed", "two"])
def test_the_seal_lies_on_the_middle_of_the_date_within_a_line_of_the_text(laid: Mapping[str, Made], name: str) -> None:
    (page,) = [page for n in range(pages_of(laid[name][1])) if (page := Ruler(laid[name][1], n)).pictures()]
    (seal,) = page.pictures()
    date, issuer = page.find("2021年7月5日"), page.find("某某试点工作秘书处2021")
    assert seal.middle == approx(date.middle, abs=1) == approx(issuer.middle, abs=1)
    assert (seal.top + seal.bottom) / 2 <= date.top < date.bottom < seal.bottom
    above = max(line.bottom for line in page.lines() if line.bottom < issuer.top)
    assert 0 < seal.top - above < PITCH
    assert 184 - date.right == approx(4 * CELL, abs=4)  # LibreOffice's gaps around the figures make it wider


def test_without_a_seal_the_name_ends_two_from_the_right_and_the_date_begins_two_right_of_it(
    laid: Mapping[str, Made],
) -> None:
    _, page = page_with(laid["plain"][1], "2021年7月5日")
    name, date = page.find("某某试点工作秘书处"), page.find("2021年7月5日")
    assert 184 - name.right == approx(2 * CELL, abs=RULE)
    assert date.left - name.left == approx(2 * CELL, abs=1)


def test_a_letter_has_its_rules_and_no_number_on_its_first_page(laid: Mapping[str, Made]) -> None:
    data = laid["letter"][1]
    page = Ruler(data, 0)
    mark = page.find("某某试点工作秘书处")
    assert mark.top == approx(30, abs=1)
    rules = [rule for rule in page.rules() if rule.width > 165]
    assert [(rule.left + rule.right) / 2 for rule in rules] == [approx(105, abs=RULE)] * len(rules)
    assert rules[-1].width == approx(170, abs=1) and rules[-1].bottom == approx(277, abs=RULE)
    assert (rules[0].top + rules[0].bottom) / 2 - mark.bottom == approx(4 + 0.5, abs=1.5)
    thin, number = rules[1], page.find("某试秘〔2021〕12号")
    assert number.top - thin.bottom == approx(16 * 25.4 / 72 * 7 / 8, abs=1)
    assert number.right == approx(184, abs=RULE)
    assert printed_number(page) == 0 and printed_number(Ruler(data, 1)) == 2
