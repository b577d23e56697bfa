"""LibreOffice, which is optional: it shows a Word document as PDF on a machine without Word."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from docgen.errors import EnvironmentLacks

from . import process

ADVICE = (
    "Debian、Ubuntu：apt-get install libreoffice-writer libreoffice-calc；macOS：brew install --cask libreoffice；"
    "Windows：从 LibreOffice 官方网站下载安装。"
)
_PLACES = {
    "darwin": (Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),),
    "win32": (
        Path("C:/Program Files/LibreOffice/program/soffice.com"),
        Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
    ),
}


def find() -> Path | None:
    """The program, from the PATH or where this system's installer puts it; None where it is not installed."""
    program = process.find_program("soffice", "libreoffice")
    return program or next((place for place in _PLACES.get(sys.platform, ()) if place.is_file()), None)


def version(program: Path) -> str:
    """Its version, as "7.4.7.2". Raises EnvironmentLacks when it does not start."""
    words = process.run(program, ["--version"], hint=ADVICE).split()
    return next((word for word in words if word[0].isdigit()), "")


def to_pdf(document: Path, folder: Path, *, seconds: float = 120) -> Path:
    """Write `document` (Word, Excel, presentation) as a PDF of the same name into `folder`, and give its path.

    A profile of its own keeps it apart from a LibreOffice that the user has open. Raises EnvironmentLacks when it is
    not installed, fails, takes more than `seconds`, or leaves no PDF.
    """
    program = find()
    if program is None:
        raise EnvironmentLacks("没有安装 LibreOffice，无法转换 Office 文件。", ADVICE)
    with tempfile.TemporaryDirectory() as profile:
        options = [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        command = [*options, "--convert-to", "pdf", "--outdir", str(folder), str(document.resolve())]
        process.run(program, command, hint=ADVICE, seconds=seconds)
    result = folder / f"{document.stem}.pdf"
    if not result.is_file():
        raise EnvironmentLacks(f"LibreOffice 没有能转换“{document.name}”。", "请用 Office 或 WPS 打开它，另存为 PDF。")
    return result
