"""What docgen needs of the machine, whether it is there, and what to do where it is not."""

from __future__ import annotations

import locale
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from docgen.errors import EnvironmentLacks
from docgen.fonts.coverage import gbk_share, uncovered
from docgen.fonts.roles import FontChoice, Role, chain, find_fonts
from docgen.tools import heif, libreoffice, pango

PYTHON = (3, 11)
SIGNS = "☐☑√×①㎡〇〔〕—"
_FREE_FONTS = "在 docgen 的源码文件夹中运行 make setup，会自动安装免费字体。"
_FONT_ADVICE = {
    Role.TITLE: "不影响使用。小标宋没有免费字体；学校如有授权，安装“方正小标宋简体”即自动采用。",
    Role.FANGSONG: f"可以先用。{_FREE_FONTS}也可以安装“仿宋_GB2312”。",
    Role.KAI: f"可以先用。{_FREE_FONTS}也可以安装“楷体_GB2312”。",
    Role.SONG: f"可以先用。{_FREE_FONTS}",
    Role.HEI: f"可以先用。{_FREE_FONTS}",
}


class State(StrEnum):
    """How a need is met: by the thing itself, by something in its place, or not at all."""

    OK = "ok"
    STAND_IN = "standIn"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """What a user reads."""
        return {"ok": "✓ 正常", "standIn": "! 替代", "missing": "✗ 缺少"}[self.value]


@dataclass(frozen=True, slots=True)
class Need:
    """One need: what was found (version, family, file), what to do, and whether docgen can work without it."""

    name: str
    state: State
    found: str
    advice: str = ""
    required: bool = True

    @property
    def met(self) -> bool:
        """Whether docgen can work as far as this need goes."""
        return not self.required or self.state is not State.MISSING

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {**asdict(self), "state": self.state.value}


def examine() -> tuple[Need, ...]:
    """Look at every need, in the order in which they are shown. Changes nothing on the machine."""
    parts: tuple[Callable[[], Iterable[Need]], ...] = (
        _python,
        _pango,
        _qpdf,
        _pdfium,
        _heif,
        _fonts,
        _office,
        _terminal,
    )
    return tuple(need for part in parts for need in part())


def all_met(needs: Iterable[Need]) -> bool:
    """Whether docgen can work here; something optional may be missing."""
    return all(need.met for need in needs)


def _python() -> Iterator[Need]:
    enough = sys.version_info[:2] >= PYTHON
    advice = "" if enough else "请安装 Python 3.11 或更新的版本，再重新安装 docgen。"
    state = State.OK if enough else State.MISSING
    yield Need("Python 3.11+", state, f"{platform.python_version()}（{sys.executable}）", advice)


_PANGO = "Pango（自己改过版式的 PDF 模板）"


def _pango() -> Iterator[Need]:
    try:
        found = pango.require()
    except EnvironmentLacks as lack:
        hint = f"docgen 自带的模板不需要它；自己改过版式的 PDF 模板可能需要。{lack.hint}"
        yield Need(_PANGO, State.MISSING, lack.message, hint, required=False)
        return
    yield Need(_PANGO, State.OK, f"{found.version}，WeasyPrint {found.weasyprint}", required=False)
    if found.harfbuzz_subset:
        yield Need("HarfBuzz-subset（精简字体）", State.OK, "已启用", required=False)
    else:
        advice = f"能用，但用 Pango 生成 PDF 要慢得多。{pango.ADVICE}"
        yield Need("HarfBuzz-subset（精简字体）", State.STAND_IN, "由 fontTools 代替", advice, required=False)


def _qpdf() -> Iterator[Need]:
    try:
        import pikepdf  # noqa: PLC0415 - on Windows its import fails where the C++ runtime is missing
    except ImportError as error:
        advice = "重新运行 make setup，或 pip install pikepdf；Windows 还需要安装 Microsoft Visual C++ 运行库。"
        yield Need("qpdf（合并 PDF）", State.MISSING, f"pikepdf 无法载入：{error}", advice)
    else:
        yield Need("qpdf（合并 PDF）", State.OK, f"{pikepdf.__libqpdf_version__}，pikepdf {pikepdf.__version__}")


def _pdfium() -> Iterator[Need]:
    name = "PDFium（读 PDF 里的文字）"
    try:
        from docgen.tools import pdfium  # noqa: PLC0415 - importing is what may fail
    except (ImportError, OSError) as error:
        yield Need(
            name, State.MISSING, f"pypdfium2 无法载入：{error}", "重新运行 make setup，或 pip install pypdfium2。"
        )
    else:
        yield Need(name, State.OK, pdfium.version())


def _heif() -> Iterator[Need]:
    name = "HEIC 照片（可选）"
    try:
        yield Need(name, State.OK, f"pillow-heif {heif.version()}", required=False)
    except EnvironmentLacks as lack:
        yield Need(name, State.MISSING, lack.message, lack.hint, required=False)


def _fonts() -> Iterator[Need]:
    try:
        choices = find_fonts()
    except EnvironmentLacks as lack:
        yield Need("中文字体", State.MISSING, lack.message, lack.hint)
        return
    for role, choice in choices.items():
        state = State.STAND_IN if choice.stand_in else State.OK
        yield Need(f"字体：{role}", state, _describe(choice), _FONT_ADVICE[role] if choice.stand_in else "")
    lost = "".join(sorted(uncovered(SIGNS)))
    if lost:
        advice = "安装 DejaVu Sans 字体（Debian：apt-get install fonts-dejavu-core）。"
        yield Need("字体：符号", State.MISSING, f"没有字体能显示 {lost}", advice, required=False)
    else:
        yield Need("字体：符号", State.OK, f"{SIGNS} 都能显示", required=False)


def _describe(choice: FontChoice) -> str:
    """Family, weight, file, and how many of the characters that names are written in it has by itself."""
    bold = " 粗体" if choice.weight >= 600 and choice.stand_in else ""
    share = gbk_share(choice)
    covers = "含全部 GBK 汉字"
    if share < 1:
        helper = next((other for other in chain(choice.role)[1:] if gbk_share(other) == 1), None)
        rest = f"，其余由 {helper.family} 补足" if helper else "，其余生僻字可能显示不出"
        covers = f"含 GBK 汉字的 {share:.0%}{rest}"
    return f"{choice.family}{bold}（{choice.path.name}），{covers}"


def _office() -> Iterator[Need]:
    name = "LibreOffice（可选）"
    program = libreoffice.find()
    if program is None:
        advice = f"不影响使用；装上后，佐证材料里的 Word、Excel、PPT 文件会自动转换成 PDF。{libreoffice.ADVICE}"
        yield Need(name, State.MISSING, "没有安装", advice, required=False)
        return
    try:
        found = f"{libreoffice.version(program)}（{program}）"
    except EnvironmentLacks as lack:
        yield Need(name, State.MISSING, lack.message, lack.hint, required=False)
        return
    there = libreoffice.components(program)
    kinds = {"Writer": "Word 文档", "Calc": "Excel 工作簿", "Impress": "演示文稿"}
    lost = "、".join(f"{kinds[part]}（缺 {part}）" for part in libreoffice.COMPONENTS if part not in there)
    if lost:
        advice = f"不影响使用；转换不了的：{lost}。{libreoffice.ADVICE}"
        yield Need(name, State.STAND_IN, f"{found}，有 {'、'.join(sorted(there))}", advice, required=False)
    else:
        yield Need(name, State.OK, f"{found}，能转换{'、'.join(kinds.values())}", required=False)


def _terminal() -> Iterator[Need]:
    # On Windows Python hands text to the console as Unicode, whatever its code page is.
    encoding = "utf-8" if sys.platform == "win32" else locale.getencoding().lower()
    if encoding.replace("-", "").replace("_", "") == "utf8":
        yield Need("终端显示中文", State.OK, "UTF-8", required=False)
    else:
        advice = "终端里的中文可能显示为乱码（生成的文件不受影响）。先运行 export LANG=C.UTF-8，再运行 docgen。"
        yield Need("终端显示中文", State.STAND_IN, f"编码是 {encoding}", advice, required=False)
