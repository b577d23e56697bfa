"""LibreOffice, which is optional: it shows Office documents as PDF on a machine without Office."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from docgen.errors import EnvironmentLacks

from . import process

ADVICE = (
    "Debian、Ubuntu：apt-get install libreoffice-writer libreoffice-calc libreoffice-impress；"
    "macOS：brew install --cask libreoffice；Windows：从 LibreOffice 官方网站下载安装。"
)
SECONDS = 30.0
"""How long one document may take, and the program's start with the first."""

COMPONENTS: Mapping[str, str] = MappingProxyType({"Writer": "sw", "Calc": "sc", "Impress": "sd"})
"""What converts text documents, spreadsheets and presentations, and by what its library is named."""

PLACES: Mapping[str, tuple[Path, ...]] = {
    "darwin": (Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),),
    "win32": (
        Path("C:/Program Files/LibreOffice/program/soffice.com"),
        Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
    ),
}
_MEMORY = 6 << 30
_PDF = b"%PDF-"

# Documents come from anybody: no macro runs, no link is followed, nothing is fetched from a network.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Misc", "FirstRun", "false"),
    ("Writer/Content/Update", "Link", "2"),
    ("Calc/Content/Update", "Link", "2"),
    ("Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("Calc/Formula/Load", "ODFRecalcMode", "1"),
)
_NOWHERE = "http://127.0.0.1:9"


def find() -> Path | None:
    """The program, from the PATH or where this system's installer puts it; None where it is not installed."""
    program = process.find_program("soffice", "libreoffice")
    return program or next((place for place in PLACES.get(sys.platform, ()) if place.is_file()), None)


def version(program: Path) -> str:
    """Its version, as "7.4.7.2". Raises EnvironmentLacks when it does not start."""
    words = process.run(program, ["--version"], hint=ADVICE).split()
    return next((word for word in words if word[0].isdigit()), "")


def components(program: Path) -> frozenset[str]:
    """Which of COMPONENTS are installed. All of them where its libraries are nowhere to be seen (snap, flatpak)."""
    home = program.resolve().parent
    folders = (home, home.parent / "Frameworks", home.parent / "program", Path("/usr/lib/libreoffice/program"))
    for folder in folders:
        found = {
            name
            for name, short in COMPONENTS.items()
            if any((folder / file).is_file() for file in (f"lib{short}lo.so", f"lib{short}lo.dylib", f"{short}lo.dll"))
        }
        if found:
            return frozenset(found)
    return frozenset(COMPONENTS)


def identity(program: Path) -> str:
    """What changes when another version takes the program's place, told without starting it."""
    real = program.resolve()
    try:
        traits = [(path.stat().st_size, path.stat().st_mtime_ns) for path in (real, *real.parent.glob("versionrc"))]
    except OSError:
        traits = []
    return f"{real}|{traits}|{','.join(sorted(components(program)))}"


def to_pdf(document: Path, folder: Path, *, seconds: float = SECONDS) -> Path:
    """Write `document` (Word, Excel, presentation) as a PDF of the same name into `folder`, and give its path.

    Raises EnvironmentLacks when LibreOffice is not installed, fails, takes more than `seconds`, or leaves no PDF.
    """
    program = find()
    if program is None:
        raise EnvironmentLacks("没有安装 LibreOffice，无法转换 Office 文件。", ADVICE)
    convert(program, [document], folder, seconds=seconds)
    result = folder / f"{document.stem}.pdf"
    if not is_pdf(result):
        raise EnvironmentLacks(f"LibreOffice 没有能转换“{document.name}”。", "请用 Office 或 WPS 打开它，另存为 PDF。")
    return result


def to_xlsx(workbook: Path, folder: Path, *, seconds: float = SECONDS) -> Path:
    """Write an old workbook (.xls) as .xlsx into `folder`, and give its path. Macros are lost, and never run.

    Raises EnvironmentLacks when LibreOffice is not installed, fails, takes more than `seconds`, or leaves no workbook.
    """
    program = find()
    if program is None:
        raise EnvironmentLacks("没有安装 LibreOffice。", ADVICE)
    # Under a name that tells LibreOffice what it is, whatever its own says.
    source = folder / "form.xls"
    source.write_bytes(workbook.read_bytes())
    with tempfile.TemporaryDirectory(prefix="docgen-") as home:
        profile = Path(home) / "profile"
        _write_settings(profile)
        options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        process.run(
            program,
            [*options, "--convert-to", "xlsx", "--outdir", str(folder), str(source)],
            hint=ADVICE,
            seconds=seconds,
            memory=_MEMORY,
            environment={"http_proxy": _NOWHERE, "https_proxy": _NOWHERE, "SAL_USE_VCLPLUGIN": "svp"},
        )
    result = folder / "form.xlsx"
    if not result.is_file():
        raise EnvironmentLacks(f"LibreOffice 没有能转换“{workbook.name}”。", "请用 Excel 或 WPS 打开它，另存为 .xlsx。")
    return result


def convert(
    program: Path,
    documents: Sequence[Path],
    folder: Path,
    *,
    seconds: float = SECONDS,
    tell: Callable[[int], object] = int,
) -> None:
    """Have all documents made into PDFs of the same names in `folder`, in order, by one call of the program.

    A profile of its own keeps it apart from a LibreOffice that the user has open. A document that it cannot read it
    leaves out without an error. `tell` is told now and then how many PDFs there are. Raises EnvironmentLacks when the
    program fails, its kind TookTooLong when no PDF was finished for `seconds`; what was done until then is done.
    """
    with tempfile.TemporaryDirectory(prefix="docgen-") as home:
        profile = Path(home) / "profile"
        _write_settings(profile)
        options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        command = [*options, "--convert-to", "pdf", "--outdir", str(folder)]

        def done() -> int:
            count = sum(is_pdf(folder / f"{document.stem}.pdf") for document in documents)
            tell(count)
            return count

        process.run(
            program,
            [*command, *(str(document.resolve()) for document in documents)],
            hint=ADVICE,
            seconds=seconds,
            memory=_MEMORY,
            environment={"http_proxy": _NOWHERE, "https_proxy": _NOWHERE, "SAL_USE_VCLPLUGIN": "svp"},
            moved=done,
        )


def is_pdf(path: Path) -> bool:
    """Whether a file is there and begins and ends as a PDF: one that is still being written does not."""
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_PDF))
            stream.seek(max(path.stat().st_size - 64, 0))
            return head == _PDF and b"%%EOF" in stream.read()
    except OSError:
        return False


def _write_settings(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n",
        "utf-8",
    )
