"""The documents of a school as a competent user would script them: docxtpl, WeasyPrint, Pillow, pypdf, one after the other.

Same templates, same data, same evidence as docgen. What docgen does besides is left out: checking the data, inspecting
the evidence, proving what was merged, stamping every page, writing PDF/A, keeping what has not changed.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from openpyxl import Workbook
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from weasyprint import CSS, HTML

from docgen.fonts.roles import Role, css_family
from docgen.makers.values import Fact, file_row, total_digest
from docgen.render.codes import code_svg
from docgen.render.environment import make_environment
from docgen.render.narrative import narrate
from docgen.render.templates import package_templates

TEMPLATES = package_templates()
PHOTO_PIXELS = (2008, 1390)
"""A photo on half an A4 page at 300 dpi."""
_PHOTOS = """<style>@page { @bottom-center { content: counter(page) } } img { width: 100%; height: 105mm;
object-fit: contain } p { text-align: center; text-indent: 0 } .two { break-after: page }</style>"""


class Script:
    """Makes everything of one school into a folder."""

    def __init__(self, evidence: Path, out: Path) -> None:
        self.evidence = evidence
        self.out = out
        loader = jinja2.FileSystemLoader([TEMPLATES, TEMPLATES / "_shared"], encoding="utf-8")
        self.pages = make_environment(autoescape=True, loader=loader, trim_blocks=True, lstrip_blocks=True)
        self.words = make_environment(autoescape=True)
        variables = " ".join(f"--{role.name.lower()}: {css_family(role)};" for role in Role)
        self.styles = [
            CSS(string=f":root {{ {variables} --mono: 'DejaVu Sans Mono', monospace }}"),
            CSS(filename=TEMPLATES / "_shared" / "base.css"),
        ]

    def run(self, dossiers: Iterable[Mapping[str, Any]], school: Mapping[str, Any]) -> None:
        """All dossiers, then the school's own documents."""
        folders = []
        for dossier in dossiers:
            folders.append({"文件夹": dossier["folder"], "文件": self.dossier(dossier)})
        context = dict(school)
        context["资料夹"] = [row | known for row, known in zip(context["资料夹"], folders, strict=True)]
        context["总摘要"] = "0" * 64
        self.word("school-form", context, "院校信息表.docx")
        self.page("school-form", context, "院校信息表.pdf")
        self.page("approval-summary", context, "主管领导审核汇总页.pdf")
        self.summary(context)
        context["学校文件"] = []
        (self.out / "index.html").write_text(self.html("index", context), encoding="utf-8")

    def dossier(self, dossier: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One application's files; gives the rows that list them."""
        folder = dossier["folder"]
        (self.out / folder).mkdir(parents=True)
        context = dict(dossier["context"])
        context["叙述"] = narrate(TEMPLATES / "application" / "narrative.toml", context)
        facts = [self.volume(folder, volume, context) for volume in context["佐证材料"]]
        facts.append(self.word("application", context, f"{folder}/申报书.docx"))
        facts.append(self.page("application", context, f"{folder}/申报书.pdf"))
        listed = context | {"文件": [file_row(fact, folder) for fact in facts], "总摘要": total_digest(facts)}
        facts.append(self.page("self-check", listed, f"{folder}/自查表.pdf"))
        listed["文件"] = [file_row(fact, folder) for fact in facts]
        seal = f"{folder} {listed['总摘要']}"
        facts.append(self.word("approval", listed | {"二维码": ""}, f"{folder}/主管领导审核页.docx"))
        facts.append(self.page("approval", listed | {"二维码": code_svg(seal, 24)}, f"{folder}/主管领导审核页.pdf"))
        return [file_row(fact, folder) for fact in facts]

    def html(self, kind: str, context: Mapping[str, Any]) -> str:
        return self.pages.get_template(f"{kind}/template.html").render(context)

    def page(self, kind: str, context: Mapping[str, Any], path: str) -> Fact:
        """An HTML template as PDF."""
        document = HTML(string=self.html(kind, context), base_url=str(TEMPLATES / kind)).render(stylesheets=self.styles)
        return self.keep(path, document.write_pdf(), len(document.pages))

    def word(self, kind: str, context: Mapping[str, Any], path: str) -> Fact:
        """A Word template."""
        template = DocxTemplate(TEMPLATES / kind / "template.docx")
        template.render(dict(context), self.words)
        out = io.BytesIO()
        template.save(out)
        return self.keep(path, out.getvalue())

    def volume(self, folder: str, volume: Mapping[str, Any], context: Mapping[str, Any]) -> Fact:
        """A volume of evidence: cover, index, photos two a page, PDFs, an outline."""
        photos, others, entries, at = [], [], [], 3
        for number, item in enumerate(volume["条目"], 1):
            path = self.evidence / item["文件"]
            is_photo = path.suffix.lower() in {".jpg", ".jpeg", ".png"}
            pages = 1 if is_photo else len(PdfReader(path).pages)
            (photos if is_photo else others).append((item, path))
            entries.append({"序号": number, "名称": item["名称"], "说明": item["说明"], "页数": pages, "页码": at})
            entries[-1] |= {"形式": "照片" if is_photo else "PDF", "附件": ""}
            at += 1 if not is_photo or len(photos) % 2 == 0 else 0
        front = context | {"题名": volume["名称"].removesuffix(".pdf"), "册": "", "共几册": "", "条目": entries}
        front |= {"件数": len(entries), "总页数": at, "照片数": len(photos), "文档数": len(others)}
        front |= {"缩小数": 0, "附件数": 0, "分辨率": 300}
        writer = PdfWriter()
        writer.append(io.BytesIO(self.rendered(self.html("evidence", front))))
        if photos:
            first = len(writer.pages)
            writer.append(io.BytesIO(self.rendered(_PHOTOS + self.photo_pages(photos))))
            for number, (item, _) in enumerate(photos):
                writer.add_outline_item(item["名称"], first + number // 2)
        for item, path in others:
            writer.append(path, outline_item=item["名称"])
        out = io.BytesIO()
        writer.write(out)
        return self.keep(f"{folder}/{volume['名称']}", out.getvalue(), len(writer.pages), len(entries))

    def rendered(self, html: str) -> bytes:
        return HTML(string=html, base_url=str(self.evidence)).write_pdf(stylesheets=self.styles)

    def photo_pages(self, photos: list[tuple[Mapping[str, Any], Path]]) -> str:
        """HTML with the photos turned upright and shrunk to what print needs."""
        pieces = []
        for number, (item, path) in enumerate(photos, 1):
            with Image.open(path) as image:
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail(PHOTO_PIXELS)
                shrunk = self.out / f"photo{number}.jpg"
                upright.save(shrunk, "JPEG", quality=88)
            turn = " class=two" if number % 2 == 0 and number < len(photos) else ""
            pieces.append(f"<div{turn}><img src='{shrunk.as_uri()}'><p>{item['名称']}　{item['说明']}</p></div>")
        return "".join(pieces)

    def summary(self, context: Mapping[str, Any]) -> None:
        """A table of all applications."""
        book = Workbook()
        names = ("申报编号", "证书名称", "等级", "培训人数", "申报院系", "负责人")
        book.active.append(names)
        for row in context["申报"]:
            book.active.append([row[name] for name in names])
        book.save(self.out / "申报汇总表.xlsx")

    def keep(self, path: str, data: bytes, pages: int | None = None, items: int | None = None) -> Fact:
        (self.out / path).write_bytes(data)
        return Fact(path, hashlib.sha256(data).hexdigest(), len(data), pages, items)
