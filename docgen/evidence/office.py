"""Office files → PDFs, by LibreOffice, all of them in one call of it; a bad one costs only itself."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from docgen.errors import EnvironmentLacks, reason_of
from docgen.tools import fontconfig, libreoffice
from docgen.tools.process import TookTooLong

from .media import DOC, DOCX, ODP, ODS, ODT, PPT, PPTX, RTF, XLS, XLSX, Media
from .store import Store

SAVE_AS_PDF = "请用 Word 或 WPS 打开它，另存为（导出）PDF 后，放回原处。"
_COMPONENTS = {
    **dict.fromkeys((DOC.type, DOCX.type, ODT.type, RTF.type), "Writer"),
    **dict.fromkeys((XLS.type, XLSX.type, ODS.type), "Calc"),
    **dict.fromkeys((PPT.type, PPTX.type, ODP.type), "Impress"),
}
_PAINTS = re.compile(rb"(?<![/\w])(Tj|TJ|'|\"|Do|sh|BI|f\*?|F|B\*?|b\*?|S|s)(?!\w)")
_MOST_BLANK = 4096
_NOT_LOADED = "LibreOffice 没有能转换它（可能已损坏、没有内容，或者设了打开密码）"
EMPTY, BLANK = "转换出来一页也没有", "里面没有内容，转换出来是空白页"


class ConversionError(Exception):
    """An Office file that could not be turned into PDF; the text says why, in Chinese, `remedy` what to do.

    `lasting`: it is the content's fault, and would be so again.
    """

    def __init__(self, reason: str, remedy: str = SAVE_AS_PDF, *, lasting: bool = False) -> None:
        super().__init__(reason)
        self.remedy = remedy
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """A file to convert: where it lies, the sha256 of its content, and what it is."""

    path: Path
    sha256: str
    media: Media


def conversion_key(sha256: str) -> str:
    """Under what the PDF of a content is kept: another LibreOffice, or other fonts, may make another PDF of it.

    "" where there is no LibreOffice.
    """
    program = libreoffice.find()
    if program is None:
        return ""
    try:
        fonts = [str(face.path) for face in fontconfig.installed_faces()]
    except EnvironmentLacks:
        fonts = []
    traits = "\n".join((libreoffice.identity(program), *fonts))
    return f"{sha256}|office|{hashlib.sha256(traits.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"


def convert(
    files: list[OfficeFile],
    store: Store,
    tidy: Callable[[Path, Path], str],
    tell: Callable[[int], object] = int,
) -> dict[str, Path | ConversionError]:
    """The PDFs of Office files, by sha256, taken from the store or made and kept there; or why there is none.

    `tidy(raw, target)` writes what LibreOffice made so that the same content gives the same bytes, and returns "" or
    what is wrong with it; it is handed in because it reads what nobody has checked yet. `tell` is told how many files
    are done. Raises nothing for a file's sake.
    """
    results: dict[str, Path | ConversionError] = {}
    waiting: dict[str, OfficeFile] = {}
    program = libreoffice.find()
    for file in files:
        key = conversion_key(file.sha256)
        kept = store.blob(key) if key else None
        lack = _lack(program, file.media)
        if lack is not None:
            results[file.sha256] = lack
        elif kept is not None:
            results[file.sha256] = kept
        else:
            waiting[file.sha256] = file
    if waiting and program is not None:
        with tempfile.TemporaryDirectory(prefix="docgen-") as scratch:
            desk = _Desk(program, Path(scratch), store, tidy, lambda done: tell(len(results) + done))
            results |= desk.convert(waiting)
    return results


def _lack(program: Path | None, media: Media) -> ConversionError | None:
    """What the machine lacks for a kind of file."""
    if program is None:
        reason = f"是{media.name}，本机没有安装 LibreOffice，不能转换成 PDF"
        return ConversionError(reason, f"请安装 LibreOffice（{libreoffice.ADVICE}）；或者{SAVE_AS_PDF}")
    wanted = _COMPONENTS.get(media.type)
    if wanted and wanted not in libreoffice.components(program):
        reason = f"是{media.name}，本机的 LibreOffice 缺少 {wanted} 组件，不能转换成 PDF"
        return ConversionError(reason, f"请补装（{libreoffice.ADVICE}）；或者{SAVE_AS_PDF}")
    return None


@dataclass(slots=True)
class _Desk:
    """Scratch folders, and the calls of LibreOffice that one batch needs."""

    program: Path
    scratch: Path
    store: Store
    tidy: Callable[[Path, Path], str]
    tell: Callable[[int], object]
    results: dict[str, Path | ConversionError] = field(default_factory=dict)

    def convert(self, files: Mapping[str, OfficeFile]) -> dict[str, Path | ConversionError]:
        inputs, outputs = self.scratch / "in", self.scratch / "out"
        inputs.mkdir()
        outputs.mkdir()
        copies = {}
        for number, file in enumerate(files.values()):
            try:
                copies[file.sha256] = _copied(file, inputs / f"d{number:05}{file.media.suffixes[0]}")
            except OSError as error:
                self.results[file.sha256] = ConversionError(f"读取时出错（{reason_of(error)}）")
            except ConversionError as error:
                self.results[file.sha256] = error
        failures = self._call(copies, outputs)
        for digest, copy in copies.items():
            media = files[digest].media
            if digest in failures:
                # One among others that worked: not the machine's fault.
                lasting = failures[digest] == _NOT_LOADED and len(failures) < len(copies)
                self.results[digest] = ConversionError(f"是{media.name}，{failures[digest]}", lasting=lasting)
            else:
                self.results[digest] = self._keep(digest, media, outputs / f"{copy.stem}.pdf")
        return self.results

    def _call(self, copies: Mapping[str, Path], outputs: Path) -> dict[str, str]:
        """Convert, beginning again after each file at which LibreOffice broke down or stopped; why files failed."""
        failures: dict[str, str] = {}
        waiting = list(copies)
        while waiting:
            trouble = self._try([copies[digest] for digest in waiting], outputs)
            undone = [digest for digest in waiting if not libreoffice.is_pdf(outputs / f"{copies[digest].stem}.pdf")]
            if trouble is None:
                return failures | dict.fromkeys(undone, _NOT_LOADED)
            if not undone:
                break
            # Files are taken in order: the first that is not done is the one at fault, unless the call itself was.
            first = undone[0]
            if len(waiting) > 1 and not isinstance(trouble, TookTooLong):
                trouble = self._try([copies[first]], outputs) or trouble
            if not libreoffice.is_pdf(outputs / f"{copies[first].stem}.pdf"):
                failures[first] = f"LibreOffice 转换它时没有成功（{trouble.message.rstrip('。')}）"
            waiting = undone[1:]
        return failures

    def _try(self, documents: list[Path], outputs: Path) -> EnvironmentLacks | None:
        before = len(list(outputs.glob("*.pdf")))
        try:
            libreoffice.convert(self.program, documents, outputs, tell=lambda done: self.tell(before + done))
        except EnvironmentLacks as trouble:
            return trouble
        return None

    def _keep(self, digest: str, media: Media, raw: Path) -> Path | ConversionError:
        target = raw.with_suffix(".tidy")
        wrong = self.tidy(raw, target)
        if wrong:
            return ConversionError(f"是{media.name}，{wrong}", lasting=wrong in (EMPTY, BLANK))
        try:
            return self.store.keep_blob(conversion_key(digest), target)
        except OSError as error:
            return ConversionError(f"转换成的 PDF 写不进磁盘（{reason_of(error)}）", "请腾出磁盘空间后再运行一次。")


def _copied(file: OfficeFile, target: Path) -> Path:
    """A copy to work on: LibreOffice puts lock files beside what it opens. Raises OSError or ConversionError."""
    shutil.copyfile(file.path, target)
    with target.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != file.sha256:
            raise ConversionError("正在被改动，没有读取", "请等文件保存完毕、关闭编辑它的程序后，再运行一次。")
    return target


def tidy_pdf(raw: Path, target: Path) -> str:
    """Write LibreOffice's PDF without what differs from one conversion of the same content to the next.

    Returns "" or, in Chinese, why it is of no use. Raises pikepdf.PdfError where it is no PDF.
    """
    with pikepdf.Pdf.open(raw) as pdf:
        if not len(pdf.pages):
            return EMPTY
        if len(pdf.pages) <= _MOST_BLANK and not any(_shows_something(page) for page in pdf.pages):
            return BLANK
        for key in ("/Metadata", "/OpenAction"):
            if key in pdf.Root:
                del pdf.Root[key]
        for key in ("/Info", "/ID", "/DocChecksum"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return ""


def _shows_something(page: pikepdf.Page) -> bool:
    """Whether a page draws anything, or bears a comment or a form field."""
    if "/Annots" in page.obj:
        return True
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return any(isinstance(part, pikepdf.Stream) and _PAINTS.search(part.read_bytes()) for part in streams)
