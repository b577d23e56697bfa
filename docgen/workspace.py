"""`init` and `import_catalogue`: what puts files into a workspace before any data is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docgen.catalogue import load_catalogue
from docgen.catalogue.importing import FULL_LIST, Imported, Table, Unread, read_tables
from docgen.catalogue.lists import (
    CERTIFICATES,
    DEMANDS,
    FOLDER,
    STATE,
    certificates_csv,
    demands_csv,
    state_toml,
    user_files,
    user_lists,
)
from docgen.catalogue.names import certificate_key
from docgen.errors import InputError, UsageError
from docgen.load.grid import Cell, Grid
from docgen.load.workbook import read_book
from docgen.model.catalogue import Certificate
from docgen.model.records import EvidenceKind
from docgen.model.settings import (
    DOSSIERS_FOLDER,
    EVIDENCE_FOLDER,
    EVIDENCE_README,
    REVIEW_WORKBOOK,
    SEASON_WORKBOOK,
    SETTINGS_NAME,
    WORKBOOK_NAME,
    Settings,
)
from docgen.publish.atomic import write_bytes
from docgen.publish.workspace import create_workspace
from docgen.render.workbook import review_workbook, school_workbook, season_workbook

KINDS = ("school", "secretariat")
"""The kinds of workspace of DESIGN.md."""

SHARED_FOLDER = "公共"
EXAMPLE_NUMBER = "A01"

_EVIDENCE_TEXT = f"""\
佐证材料文件夹怎样用
====================

一、放在哪里
  {EXAMPLE_NUMBER}/教师/    申报编号为 {EXAMPLE_NUMBER} 的教师佐证材料
  {EXAMPLE_NUMBER}/场地/    申报编号为 {EXAMPLE_NUMBER} 的场地佐证材料
  {EXAMPLE_NUMBER}/设备/    申报编号为 {EXAMPLE_NUMBER} 的设备佐证材料
  {SHARED_FOLDER}/教师/、{SHARED_FOLDER}/场地/、{SHARED_FOLDER}/设备/    各项申报共用的材料
  其他申报照样建文件夹：A02/教师/、A02/场地/……文件夹名与工作簿“申报证书”中的申报编号一致。
  不属于这三类的，可以放进“其他”文件夹，例如 {EXAMPLE_NUMBER}/其他/。

二、放什么
  照片（JPG、PNG、手机的 HEIC，也可以是 TIFF、BMP、WebP、GIF）和 PDF 文件。PDF 不要加打开密码。
  Word、Excel、PowerPoint 文件也可以放，要本机装有 LibreOffice；更稳妥的是自己先另存为 PDF。
  文件名写明内容，例如“张某某培训证书.jpg”“网店运营实训室全景.jpg”，它会印在目录里。
  材料按文件名排序；想调整先后，可以在文件名前加 01、02。

三、要不要登记
  放在上面这些文件夹里的文件不必登记。想写说明，或要说明它证明哪位教师、哪处场地、哪种设备，
  在工作簿的“佐证材料”工作表里加一行。

四、会生成什么
  docgen build 把每项申报的同类材料各合并成一个 PDF：教师佐证材料、场地佐证材料、设备佐证材料
  （指南 二（二）2（4）：PDF 格式，1 至 3 个为宜，同类放到一个文件中）。
  这里的原文件只读取，不会改动。
"""

_DOSSIERS_TEXT = """\
院校申报材料文件夹怎样用
========================

把各院校用 docgen build 生成的“申报书.pdf”放在这里，可以按院校分文件夹，也可以改名。
这些 PDF 带有申报数据：docgen collect 可以用它们填好“评审结果”工作表的院校、证书、等级、人数；
docgen notice 会查有没有报上来而没有结论的申报。
这里的文件只读取，不会改动。没有的，空着即可。
"""


@dataclass(frozen=True, slots=True)
class InitResult:
    """What `init` did: paths below `directory` with /, folders ending with one."""

    directory: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]


def init(directory: Path, kind: str = "school") -> InitResult:
    """Make a workspace in `directory` (`docgen init`): settings, workbook, evidence folders. Overwrites nothing.

    Raises UsageError for a kind that this version does not make, OutputError where the place cannot be written to.
    """
    if kind not in KINDS:
        raise UsageError(f"没有“{kind}”这种工作区。", "现有的种类：school（院校）、secretariat（秘书处）。")
    certificates = [certificate.name for certificate in load_catalogue(directory).certificates]
    if kind == "secretariat":
        files = {
            SETTINGS_NAME: secretariat_settings_text().encode(),
            REVIEW_WORKBOOK: review_workbook(certificates=certificates),
            f"{DOSSIERS_FOLDER}/{EVIDENCE_README}": _DOSSIERS_TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
        }
        created = create_workspace(directory, [DOSSIERS_FOLDER], files)
        return InitResult(directory, created.made, created.kept)
    folders = [
        f"{EVIDENCE_FOLDER}/{owner}/{part}"
        for owner in (SHARED_FOLDER, EXAMPLE_NUMBER)
        for part in (EvidenceKind.TEACHER, EvidenceKind.VENUE, EvidenceKind.EQUIPMENT)
    ]
    files = {
        SETTINGS_NAME: settings_text().encode(),
        WORKBOOK_NAME: school_workbook(certificates=certificates),
        SEASON_WORKBOOK: season_workbook(certificates=certificates),
        # With a byte order mark and CRLF, so that every Windows editor shows it rightly.
        f"{EVIDENCE_FOLDER}/{EVIDENCE_README}": _EVIDENCE_TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
    }
    created = create_workspace(directory, folders, files)
    return InitResult(directory, created.made, created.kept)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What `import_catalogue` read and wrote. `before` is None where no list had been imported yet.

    `added` and `removed` compare the certificates with the list that was there; `written` are paths below `directory`.
    """

    directory: Path
    certificates: int
    levels: int
    demands: int
    complete: bool
    before: int | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    unread: tuple[Unread, ...]
    sheets: tuple[str, ...]
    passed_over: tuple[str, ...]
    written: tuple[str, ...]


def import_catalogue(file: Path, directory: Path, *, complete: bool = False) -> ImportResult:
    """Take certificates and what they demand from a spreadsheet into 目录/ of a workspace (`docgen catalogue import`).

    Each list that the spreadsheet holds replaces the one imported before; the other stays. `complete` says that the
    certificates are all that there are, which is also assumed of 400 and more. Raises InputError where the spreadsheet
    cannot be used, OutputError where 目录/ cannot be written, UsageError where the folder is not there.
    """
    if not directory.is_dir():
        raise UsageError(f"没有文件夹“{directory}”。", "先用 docgen init 新建工作区，或核对 --data 后面的路径。")
    imported = read_tables(map(_table, read_book(file, file.name).grids), file.name)
    if complete and not imported.certificates:
        raise UsageError(
            f"“{file.name}”里只有证书要求，没有证书名单，不能加 --complete。", "去掉 --complete 再运行一次。"
        )
    before = _imported_before(directory)
    complete = complete or len(imported.certificates) >= FULL_LIST
    files = _files(imported, complete)
    for name, data in files.items():
        write_bytes(directory / name, data)
    old = {certificate_key(entry.name): entry.name for entry in before or ()}
    new = {certificate_key(entry.name): entry.name for entry in imported.certificates}
    return ImportResult(
        directory,
        len(imported.certificates),
        sum(len(entry.levels) for entry in imported.certificates),
        len(imported.demands),
        complete,
        None if before is None else len(before),
        tuple(name for key, name in new.items() if key not in old),
        tuple(name for key, name in old.items() if key not in new) if new else (),
        imported.unread,
        imported.sheets,
        imported.passed_over,
        tuple(files),
    )


def _files(imported: Imported, complete: bool) -> dict[str, bytes]:
    """The files to write, in an order in which a list is never called complete before it is there."""
    files: dict[str, bytes] = {}
    if imported.demands:
        files[f"{FOLDER}/{DEMANDS}"] = demands_csv(imported.demands)
    if imported.certificates:
        files[f"{FOLDER}/{CERTIFICATES}"] = certificates_csv(imported.certificates)
        files[f"{FOLDER}/{STATE}"] = state_toml(complete, len(imported.certificates))
    return files


def _imported_before(directory: Path) -> tuple[Certificate, ...] | None:
    """The certificates imported before; None where there are none, or their list is broken and about to be replaced."""
    try:
        contents = {path.name: path.read_bytes() for path in user_files(directory) if path.name == CERTIFICATES}
        return user_lists(contents).certificates or None
    except (InputError, OSError):
        return None


def _table(grid: Grid) -> Table:
    left = min((row.first for row in grid.rows), default=1)
    rows = (
        (row.number, tuple("" for _ in range(row.first - left)) + tuple(map(_text, row.cells))) for row in grid.rows
    )
    return Table(grid.name, tuple(rows))


def _text(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def settings_text() -> str:
    """A docgen.toml that says every setting with its default, and what it means."""
    given = Settings()
    return f"""\
# docgen 的设置。井号（#）后面是说明。改好后保存为 UTF-8 编码。
# 每一项都可以删去，删去的按下面写的默认值。

# 工作区的种类：school 表示院校。
kind = "school"

[workspace]
# 申报数据工作簿的文件名（.xlsx、.xls 或 .ods），放在本文件夹里。
workbook = "{given.workbook}"
# 佐证材料文件夹的名称。
evidence = "{given.evidence_folder}"
# 成品放在哪个文件夹；也可以在命令后面用 -o 另外指定。
output = "{given.output}"

[documents]
# 印在文书上的日期，例如 "2021年7月5日"。留空则印空白，签字时手填。
date = "{given.date}"

[evidence]
# 合并佐证材料时，一页放几张照片，1 至 12。扫描件总是一页一张。
photos_per_page = {given.evidence.photos_per_page}
# 照片超过这个分辨率（每英寸点数）就缩小，让文件小一些；没有超过的原样放入，一点不动。
max_dpi = {given.evidence.max_dpi}
# 文件太大时照片还可以再缩小，但不低于这个分辨率，保证看得清。
min_dpi = {given.evidence.min_dpi}
# 一个佐证 PDF 最大多少 MB；超过时缩小照片，还不行就提醒。0 表示不限。
max_volume_mb = {given.evidence.max_volume_mb}
# 一项申报的全部佐证 PDF 合计最大多少 MB。0 表示不限。
max_total_mb = {given.evidence.max_total_mb}
# 一个佐证 PDF 最多多少页；超过时分成几册，一项申报至多三册（指南的要求）。0 表示不限。
max_volume_pages = {given.evidence.max_volume_pages}

[text]
# 错别字核查不认识、但本校确实这样写的词语，写在这里就不再提示，例如 ["小明星教室", "BIM 工坊"]。
glossary = []

[report]
# 双周报：数据工作簿的文件名，和报告放在哪个文件夹。
workbook = "{given.season_workbook}"
output = "{given.reports}"

# 核查中的某一条确有特殊情况、由学校负责的，可以写明理由予以保留。
# 理由必须写，会印在主管领导审核页上。去掉下面四行前面的 # 再修改；有几条就写几段。
# [[waive]]
# rule = "规则编号"
# application = "A01"
# reason = "在这里写明理由"
"""


def secretariat_settings_text() -> str:
    """The docgen.toml of a secretariat's workspace."""
    return f"""\
# docgen 的设置。井号（#）后面是说明。改好后保存为 UTF-8 编码。

# 工作区的种类：secretariat 表示秘书处。请不要改。
kind = "secretariat"

[workspace]
# 评审结果工作簿的文件名（.xlsx、.xls 或 .ods），放在本文件夹里。
workbook = "{REVIEW_WORKBOOK}"
# 通知、汇总表等成品放在哪个文件夹；也可以在命令后面用 -o 另外指定。
output = "{Settings().output}"

# 核查中的某一条确有特殊情况、由秘书处负责的，可以写明理由予以保留；application 写院校名称，留空表示全部。
# [[waive]]
# rule = "规则编号"
# application = ""
# reason = "在这里写明理由"
"""
