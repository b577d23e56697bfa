"""The sample's PDF pages: docgen beside plain WeasyPrint on the same HTML, documents of one page and of several."""

from __future__ import annotations

import gc
import io
import time
from collections.abc import Callable, Mapping
from typing import Any

from common import machine, versions
from pypdf import PdfReader
from sample import SAMPLE, application_fields
from weasyprint import CSS, HTML

from docgen.fonts.roles import Role, css_family
from docgen.pipeline import check
from docgen.plan.context import Checked, school_context
from docgen.render.pdf import render_html, render_pdf
from docgen.render.templates import find_template, package_templates

ROUNDS, DOCUMENTS = 3, 6


def volume_fields(context: Mapping[str, Any]) -> dict[str, Any]:
    """The cover and index of a volume of forty pieces."""
    entry = {"名称": "覃雪梅", "说明": "中级师资培训合格证书", "形式": "照片", "页数": 1, "附件": ""}
    entries = [entry | {"序号": number, "页码": number + 2} for number in range(1, 9)]
    given = {"题名": "教师佐证材料", "册": "", "共几册": "", "条目": entries, "件数": 8, "总页数": 10}
    return dict(context) | given | {"照片数": 8, "文档数": 0, "缩小数": 0, "附件数": 0, "分辨率": 300}


def plain(html: str, styles: list[str]) -> bytes:
    """As WeasyPrint's own documentation shows it."""
    data: bytes = HTML(string=html).write_pdf(stylesheets=[CSS(string=style) for style in styles])
    return data


def seconds_each(make: Callable[[], object]) -> float:
    """CPU seconds of one of several documents made in a row, with what it takes to let go of them."""
    gc.collect()
    start = time.process_time()
    for _ in range(DOCUMENTS):
        make()
    gc.collect()
    return (time.process_time() - start) / DOCUMENTS


def main() -> None:
    """Measure and print."""
    variables = " ".join(f"--{role.name.lower()}: {css_family(role)};" for role in Role)
    base = (package_templates() / "_shared" / "base.css").read_text(encoding="utf-8")
    styles = [f":root {{ {variables} --mono: 'DejaVu Sans Mono', monospace }}", base]
    fields = application_fields()
    contexts = {
        "school-form": school_context(check(SAMPLE).case, Checked()),
        "evidence": volume_fields(fields),
        "application": fields,
    }
    print(machine(), versions("weasyprint"), sep="; ")
    print(f"\nCPU ms a document, the least of {ROUNDS} rounds of {DOCUMENTS}\n")
    print("| | pages | docgen | plain WeasyPrint | as fast | KB | KB plain | as small |\n|---|" + "---:|" * 7)
    for kind, context in contexts.items():
        folder = find_template(kind)
        html = render_html(folder, context)
        ours = render_pdf(folder, context, "x" * 16)
        theirs = plain(html, styles)
        pairs = [
            (
                seconds_each(lambda folder=folder, context=context: render_pdf(folder, context, "x" * 16)),  # type: ignore[misc]
                seconds_each(lambda folder=folder, context=context: plain(render_html(folder, context), styles)),  # type: ignore[misc]
            )
            for _ in range(ROUNDS)
        ]
        quick, slow = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
        assert len(PdfReader(io.BytesIO(theirs)).pages) == ours.pages  # noqa: S101 - else they are not the same pages
        print(
            f"| {folder.title} | {ours.pages} | {quick * 1000:.0f} | {slow * 1000:.0f} | {slow / quick:.1f} "
            f"| {len(ours.data) / 1000:.0f} | {len(theirs) / 1000:.0f} | {len(theirs) / len(ours.data):.1f} |"
        )


if __name__ == "__main__":
    main()
