"""What spares WeasyPrint work leaves the bytes of every page as they are."""

from pathlib import Path

import pytest
from weasyprint.text import line_break

from docgen.render import memory, pdf
from docgen.render.memory import forgetting, remember
from docgen.render.pdf import render_pdf
from docgen.render.templates import TemplateFolder

EVERY_KIND = """<html lang=zh-CN><title>试</title><style>
@page { size: A5; @bottom-center { content: counter(page) "/" counter(pages); border: 1pt solid; border-radius: 2pt } }
.round { border: 1pt solid; border-radius: 3mm; padding: 2mm; box-sizing: border-box; width: 60% }
.flex { display: flex; gap: 4mm } .flex > * { flex: 1; border: 1pt solid }
.spaced { letter-spacing: .3em; text-align: left } .pre { white-space: pre-wrap }
.drop::first-letter { font-size: 2em } .drop::first-line { color: #00f }
td.r { border: 2pt dashed; border-radius: 2mm } a { text-decoration: underline }
</style>
<h1 id=x>一号标题</h1><ol><li>甲<li>乙</ol><ul style="list-style: square"><li>丙</ul>
<p>{{ 长 }}</p><p class=spaced>{{ 长 }}</p><p class=pre>第一行
第二行	制表
</p><p class=drop>{{ 长 }} Office affine <a href="#x">链接</a></p>
<div class=flex><div>左{{ 长 }}</div><div><div class=round>右</div></div></div>
<table><thead><tr><th>序号<th>名称</thead>{% for n in range(40) %}<tr><td class=r>{{ n }}<td>{{ 长[: n] }}{% endfor %}</table>
<table style="border-collapse: separate"><tr><td>甲<td>乙<br>丙</table>"""
WITH_NOTES = EVERY_KIND + "<style>.foot { float: footnote }</style><p>正文<span class=foot>脚注</span></p>"
PLAIN = "<p>{{ 长 }}</p><table><tr><td>甲</table>"
CONTEXT = {"长": "现有场地3处，建筑面积638.5㎡，工位185个，能够满足每期培训40人的需要（含“1+X”考核站）。" * 2}


def folder_with(path: Path, html: str) -> TemplateFolder:
    (path / "template.html").write_text(html, encoding="utf-8")
    return TemplateFolder("trial", "试验", "", path, True, {})


@pytest.mark.parametrize("html", [EVERY_KIND, WITH_NOTES, PLAIN], ids=["every kind of box", "footnotes", "plain"])
def test_pages_are_the_same_without_any_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, html: str) -> None:
    folder = folder_with(tmp_path, html)
    quick = render_pdf(folder, CONTEXT, "x")
    with forgetting():
        monkeypatch.setattr(pdf, "lighten", lambda source, html: None)
        slow = render_pdf(folder, CONTEXT, "x")
    assert quick == slow


def test_it_was_written_for_this_weasyprint() -> None:
    """Fails with another release: read what changed in the functions named, then take their new digests."""
    assert set(remember()) == {name for _, name in memory._WRITTEN_FOR}


def test_weasyprint_runs_as_it_is_where_a_function_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    with forgetting():
        before = line_break.strut
        monkeypatch.setattr(memory, "_wrapped", {})
        monkeypatch.setitem(memory._WRITTEN_FOR, ("weasyprint.text.line_break", "strut"), "0" * 64)
        assert remember() == ()
        assert line_break.strut is before


def test_very_long_documents_keep_only_so_many_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MOST_LINES", 3)
    folder = folder_with(tmp_path, EVERY_KIND)
    few = render_pdf(folder, CONTEXT, "x")
    assert memory._kept_lines == 3
    monkeypatch.undo()
    assert few == render_pdf(folder, CONTEXT, "x")
