"""The workspace's own templates of the biweekly report: this year's official form, Word or Excel, in place of ours."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from docgen.errors import EnvironmentLacks, InputError
from docgen.evidence.office import tidy_pdf
from docgen.forms.package import Package, serialised
from docgen.plan.artefacts import fingerprint
from docgen.publish.publisher import digest_of
from docgen.render.templates import WORKSPACE_TEMPLATES, TemplateFolder, find_template, folder_digest
from docgen.tools import libreoffice
from docgen.tools.spreadsheetml import SHEET_ORDER, put_in_order, q

PAGE, WORD, EXCEL = "template.html", "template.docx", "template.xlsx"
_NAMES = ("biweekly", "双周报")
_LOCKS = ("~$", ".~lock.", "._")


@dataclass(frozen=True, slots=True)
class Templates:
    """What reports are made from. `own_word` and `own_excel` are the workspace's; else those of `folder` serve."""

    page: TemplateFolder
    word: Path | None
    excel: Path | None
    own_word: bool = False
    own_excel: bool = False

    @property
    def official(self) -> str:
        """The ending of the workspace's form that the PDF is made from; "" where there is none."""
        return ".docx" if self.own_word else ".xlsx" if self.own_excel else ""

    def told(self) -> list[str]:
        """Which of the files are the year's official form, where only one format of it was given."""
        if not self.official or (self.own_word and self.own_excel):
            return []
        path, other = (self.word, ".xlsx") if self.own_word else (self.excel, ".docx")
        name = path.name if path else ""
        how = "PDF 用自己的页面模板" if self.page.own else "PDF 由它转成"
        return [f"官方表是 {self.official}（按“{name}”填写），{how}；{other} 仍是自带的版式，供核对。"]

    @property
    def digest(self) -> str:
        """A digest of all of them."""
        own = [path for path, is_own in ((self.word, self.own_word), (self.excel, self.own_excel)) if is_own and path]
        return fingerprint(folder_digest(self.page), *map(digest_of, own))


def templates_of(workspace: Path) -> Templates:
    """The templates of a workspace: its own Word and Excel files go before ours. A manifest is not wanted of them.

    Raises InputError where there are two of a format, and nobody can tell which is meant.
    """
    folder = find_template(_NAMES[0], workspace)
    word, excel = _own(workspace, ".docx"), _own(workspace, ".xlsx")
    page = folder if folder.has(PAGE) else find_template(_NAMES[0])
    shipped = find_template(_NAMES[0])
    return Templates(
        page, word or shipped.file(WORD), excel or shipped.file(EXCEL), word is not None, excel is not None
    )


def _own(workspace: Path, suffix: str) -> Path | None:
    home = (workspace / WORKSPACE_TEMPLATES).resolve()
    found = [
        path
        for name in _NAMES
        for path in sorted((workspace / WORKSPACE_TEMPLATES / name).glob("*"))
        if path.suffix.lower() == suffix and not path.name.startswith(_LOCKS) and path.is_file()
    ]
    if len(found) > 1:
        names = "、".join(f"“{path.name}”" for path in found)
        raise InputError(
            f"templates/{found[0].parent.name} 里有 {len(found)} 份 {suffix} 模板（{names}），不知道用哪一份。",
            "只留下今年的一份，其余移走。",
        )
    for path in found:
        if not path.resolve().is_relative_to(home):
            raise InputError(f"模板“{path.name}”是指向模板文件夹之外的链接，没有读取。", "请把文件本身复制进来。")
    return found[0] if found else None


def fitted(workbook: bytes) -> bytes:
    """A workbook whose sheets are printed as wide as the page, A4 across where they do not say otherwise.

    A sheet that sets its own scale or fitting keeps it. Only the copy that becomes a PDF is changed so.
    """
    package = Package.read(workbook, "report.xlsx")
    changed = {}
    for part in (member.name for member in package.members if member.name.startswith("xl/worksheets/sheet")):
        root = package.tree(part)
        if root is None:
            continue
        setup = root.find(q("pageSetup"))
        fits = root.find(f"{q('sheetPr')}/{q('pageSetUpPr')}")
        if (setup is not None and setup.get("scale")) or (fits is not None and fits.get("fitToPage") in ("1", "true")):
            continue
        properties = root.find(q("sheetPr"))
        if properties is None:
            properties = etree.Element(q("sheetPr"))
            root.insert(0, properties)
        etree.SubElement(properties, q("pageSetUpPr"), fitToPage="1")
        if setup is None:
            setup = etree.Element(q("pageSetup"), paperSize="9", orientation="landscape")
            put_in_order(root, setup, SHEET_ORDER)
        setup.set("fitToWidth", "1")
        setup.set("fitToHeight", "0")
        changed[part] = serialised(root)
    return package.written(changed)


def converted(document: bytes, suffix: str) -> tuple[bytes, str]:
    """A Word document or workbook as a PDF by LibreOffice, and "" or why there is none."""
    with tempfile.TemporaryDirectory(prefix="docgen-") as folder:
        source = Path(folder) / f"report{suffix}"
        source.write_bytes(fitted(document) if suffix == ".xlsx" else document)
        try:
            raw = libreoffice.to_pdf(source, Path(folder))
        except EnvironmentLacks as error:
            return b"", error.message
        target = Path(folder) / "tidy.pdf"
        why = tidy_pdf(raw, target)
        return (b"", why) if why else (target.read_bytes(), "")
