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


def eight_pages(context: Mapping[str, Any], styles: list[str]) -> dict[str, Any]:
    """An application with as many more devices as fill an eighth page, by either way."""
    folder, more = find_template("application"), dict(context)
    for count in range(1, 40):
        more["设备"] = [*context["设备"], *(context["设备"] * 10)[:count]]
        if render_pdf(folder, more, "x" * 16).pages == 8:
            theirs = plain(render_html(folder, more), styles)
            if len(PdfReader(io.BytesIO(theirs)).pages) == 8:
                return more
    raise SystemExit("no number of devices fills just eight pages")


def others(context: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The same fields with other sentences, as one application differs from the next."""

    def changed(value: Any) -> Any:
        if isinstance(value, str) and len(value) > 12:
            return f"{value[:-1]}{number}"
        if isinstance(value, Mapping):
            return {key: changed(part) for key, part in value.items()}
        return [changed(part) for part in value] if isinstance(value, (list, tuple)) else value

    return {key: changed(value) for key, value in context.items()}


def plain(html: str, styles: list[str]) -> bytes:
    """As WeasyPrint's own documentation shows it."""
    data: bytes = HTML(string=html).write_pdf(stylesheets=[CSS(string=style) for style in styles])
    return data


def seconds_each(make: Callable[[Mapping[str, Any]], object], contexts: list[dict[str, Any]]) -> float:
    """CPU seconds of one of several documents made in a row, with what it takes to let go of them."""
    gc.collect()
    start = time.process_time()
    for context in contexts:
        make(context)
    gc.collect()
    return (time.process_time() - start) / len(contexts)


def main() -> None:
    """Measure and print."""
    variables = " ".join(f"--{role.name.lower()}: {css_family(role)};" for role in Role)
    base = (package_templates() / "_shared" / "base.css").read_text(encoding="utf-8")
    styles = [f":root {{ {variables} --mono: 'DejaVu Sans Mono', monospace }}", base]
    fields = application_fields()
    contexts: dict[str, Mapping[str, Any]] = {
        "school-form": school_context(check(SAMPLE).case, Checked()),
        "evidence": volume_fields(fields),
        "application": fields,
    }
    kinds = [*contexts.items(), ("application", eight_pages(fields, styles))]
    print(machine(), versions("weasyprint"), sep="; ")
    print(f"\nCPU ms a document, the least of {ROUNDS} rounds of {DOCUMENTS}\n")
    print("| | pages | docgen | plain WeasyPrint | as fast | KB | KB plain | as small |\n|---|" + "---:|" * 7)
    for kind, context in kinds:
        folder = find_template(kind)
        html = render_html(folder, context)
        ours = render_pdf(folder, context, "x" * 16)
        theirs = plain(html, styles)
        varied = [
            [others(context, number + start) for number in range(DOCUMENTS)] for start in range(0, 100 * ROUNDS, 100)
        ]
        pairs = [
            (
                seconds_each(lambda each, folder=folder: render_pdf(folder, each, "x" * 16), contexts_of_round),  # type: ignore[misc]
                seconds_each(lambda each, folder=folder: plain(render_html(folder, each), styles), contexts_of_round),  # type: ignore[misc]
            )
            for contexts_of_round in varied
        ]
        quick, slow = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
        assert len(PdfReader(io.BytesIO(theirs)).pages) == ours.pages  # noqa: S101 - else they are not the same pages
        print(
            f"| {folder.title} | {ours.pages} | {quick * 1000:.0f} | {slow * 1000:.0f} | {slow / quick:.1f} "
            f"| {len(ours.data) / 1000:.0f} | {len(theirs) / 1000:.0f} | {len(theirs) / len(ours.data):.1f} |"
        )


if __name__ == "__main__":
    main()
