"""Opens a PDF form, and says what about it a person should know before anything is written into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from docgen.acroform.values import as_number, trait
from docgen.errors import InputError, reason_of
from docgen.tools import qpdf

from .fields import Field, Kind, fields_of

MOST_BYTES = 200_000_000
MOST_PAGES = 2000
_AGAIN = "请向发表的单位要一份没有密码的表单，或在阅读器里打开后另存（打印）为普通 PDF 再试。"


@dataclass(slots=True)
class Form:
    """An opened PDF. `notes` are sentences for its user, in Chinese, on what docgen does not keep or cannot promise.

    `signatures` counts the signatures that are there; `sealed` says that the first of them allows no change at all.
    """

    name: str
    source: bytes
    pdf: pikepdf.Pdf
    fields: dict[str, Field]
    notes: list[str] = field(default_factory=list)
    signatures: int = 0
    sealed: bool = False

    @property
    def root(self) -> Dictionary:
        """The document's form dictionary, made where there is none."""
        form = self.pdf.Root.get("/AcroForm")
        if not isinstance(form, Dictionary):
            self.pdf.Root["/AcroForm"] = self.pdf.make_indirect(Dictionary(Fields=Array([])))
            form = self.pdf.Root["/AcroForm"]
        return form  # type: ignore[return-value]

    @property
    def fillable(self) -> bool:
        """Whether it has any field that takes a value."""
        return any(field.kind not in (Kind.BUTTON, Kind.SIGNATURE) for field in self.fields.values())


def open_form(source: bytes | Path, name: str = "") -> Form:
    """Open a PDF form; `name` is what messages call it. Raises InputError for what cannot be filled in, and says why."""
    name = name or (source.name if isinstance(source, Path) else "PDF")
    data = _bytes_of(source, name)
    try:
        pdf = qpdf.open_pdf(data)
    except pikepdf.PasswordError as error:
        raise InputError(f"{name} 要密码才能打开，不能填写。", _AGAIN) from error
    except qpdf.ERRORS as error:
        raise InputError(f"{name} 不是能用的 PDF：文件坏了或没有下载完整。", "请重新下载或另存一份再试。") from error
    try:
        if not pdf.pages:
            raise InputError(f"{name} 里一页也没有。", "请重新下载或另存一份再试。")
        if len(pdf.pages) > MOST_PAGES:
            raise InputError(
                f"{name} 有{len(pdf.pages)}页，不像一份表单。", f"请只留下要填的页（最多{MOST_PAGES}页）。"
            )
        form = Form(name, data, pdf, fields_of(pdf))
        _look_over(form)
    except qpdf.ERRORS as error:
        raise InputError(f"{name} 的内部结构坏了，读不出来。", "请在阅读器里打开后另存为新的 PDF 再试。") from error
    return form


def _bytes_of(source: bytes | Path, name: str) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        try:
            if source.stat().st_size > MOST_BYTES:
                raise InputError(f"{name} 有{source.stat().st_size // 1_000_000}MB，太大了。", "请只留下要填的页。")
            data = source.read_bytes()
        except OSError as error:
            raise InputError(f"{name} 读不出来：{reason_of(error)}。", "请检查文件在不在、有没有被占用。") from error
    if b"%PDF-" not in data[:8192]:
        raise InputError(f"{name} 不是 PDF 文件，只是名字像。", "请确认文件类型；Word、Excel 表单请用原来的扩展名。")
    return data


def _look_over(form: Form) -> None:
    root = form.pdf.Root
    fields = root.get("/AcroForm")
    if isinstance(fields, Dictionary) and "/XFA" in fields:
        if bool(root.get("/NeedsRendering", False)) or not form.fields:
            raise InputError(
                f"{form.name} 是动态 XFA 表单，只有 Adobe Acrobat 能显示，页面上没有可填的位置。",
                "请用 Acrobat 打开后打印成普通 PDF，或向发表的单位要 Word 版。",
            )
        form.notes.append("表单另带一份 XFA 数据，多数阅读器不看它；填好的文件里去掉了，各种阅读器看到的就一样。")
    if form.pdf.is_encrypted:
        form.notes.append("表单设有权限限制（打开不要密码）；填好的文件里不再有这项限制。")
    permissions = root.get("/Perms")
    if isinstance(permissions, Dictionary) and "/UR3" in permissions:
        form.notes.append("表单带有 Adobe Reader 的扩展使用权，改动后会失效；填好的文件里已经去掉，不影响查看和打印。")
    form.signatures = sum(
        isinstance(trait(node, "/V"), Dictionary)
        for each in form.fields.values()
        if each.kind is Kind.SIGNATURE
        for node in each.nodes[:1]
    )
    form.sealed = _sealed(permissions)
    if any(each.calculated for each in form.fields.values()):
        form.notes.append("表单里有用脚本计算的域；docgen 不运行脚本，请在阅读器里核对算出来的数。")


def _sealed(permissions: object) -> bool:
    """Whether a certifying signature forbids every change (12.8.2.2)."""
    certified = permissions.get("/DocMDP") if isinstance(permissions, Dictionary) else None
    references = certified.get("/Reference") if isinstance(certified, Dictionary) else None
    for reference in references if isinstance(references, Array) else ():
        parameters = reference.get("/TransformParams") if isinstance(reference, Dictionary) else None
        if isinstance(parameters, Dictionary) and reference.get("/TransformMethod") == Name.DocMDP:
            return as_number(parameters.get("/P")) == 1
    return False
