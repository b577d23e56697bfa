"""WeasyPrint's libraries: whether Pango is there, and the HarfBuzz that makes its PDFs small in good time."""

from __future__ import annotations

import contextlib
import ctypes
import io
import warnings
from dataclasses import dataclass
from functools import cache

from docgen.errors import EnvironmentLacks

from .pictures import refuse_torn_pictures

ADVICE = (
    "Debian、Ubuntu：apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig；"
    "macOS：brew install pango；"
    "Windows：安装 MSYS2，在其终端中运行 pacman -S mingw-w64-ucrt-x86_64-pango，再重新打开命令行窗口。"
)


@dataclass(frozen=True, slots=True)
class Pango:
    """What was found: the versions, and whether fonts are subset by HarfBuzz (else by fontTools, far slower)."""

    version: str
    weasyprint: str
    harfbuzz_subset: bool


@cache
def require() -> Pango:
    """Load WeasyPrint with its libraries, once a process; to be called before it is imported anywhere else.

    Raises EnvironmentLacks with the way to install them where Pango or a library of it is missing.
    """
    try:
        # WeasyPrint prints advice in English before it raises, and warns about a missing HarfBuzz: both are told by us.
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint  # noqa: PLC0415 - importing is what may fail
            from weasyprint.text import ffi  # noqa: PLC0415
    except OSError as error:
        missing = str(error).split("'")[1:2]
        name = f"（{missing[0]}）" if missing else ""
        raise EnvironmentLacks(f"缺少排这种 PDF 页面所需的系统库 Pango{name}。", ADVICE) from error
    finally:
        # WeasyPrint makes Pillow read torn images without a word, everywhere; then a torn photo would pass our checks.
        refuse_torn_pictures()
    number = int(ffi.pango.pango_version())
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return Pango(version, str(weasyprint.__version__), ffi.harfbuzz_subset is not None)


_LIBRARIES = ("libpango-1.0.so.0", "libpango-1.0-0", "pango-1.0-0", "libpango-1.0.dylib", "libpango-1.0-0.dll")


@cache
def version() -> str:
    """Pango's version, without loading WeasyPrint for it; "" where it does not tell."""
    for name in _LIBRARIES:
        try:
            library = ctypes.CDLL(name)
            library.pango_version_string.restype = ctypes.c_char_p
            return bytes(library.pango_version_string()).decode("ascii")
        except (OSError, AttributeError):
            continue
    return ""
