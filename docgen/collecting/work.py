"""`collect`: gather → read → tabulate → write one workbook.

What is collected is told by a kind. A new kind is a function in COLLECTORS that takes the same job and gives the same
result: `biweekly` gathers reports; whoever gathers something else (dossiers, say) adds a line, and a word for people in
KINDS. PDFs of ours name their kind in the data that they carry: without a `kind` given, the most frequent one is taken.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from docgen.catalogue import load_catalogue
from docgen.errors import InputError, OutputError, UsageError
from docgen.load.headers import find_header
from docgen.load.records import Troubles, read_records
from docgen.load.scopes import ScopeReader
from docgen.load.workbook import read_book
from docgen.model.schema import SCHOOLS
from docgen.publish.atomic import write_bytes
from docgen.season.periods import Period

from .applications import collect_applications
from .dating import received_in, saved_on
from .gathering import Given, gather
from .job import Collected, Job, TellProgress, quiet
from .kinds import kind_of
from .reading import read_return
from .records import Collection, KnownSchool, Return, Unread
from .summary import summary_workbook
from .tabulating import tabulate


def collect(
    files: Sequence[Path],
    target: Path,
    *,
    kind: str = "",
    schools: Path | None = None,
    periods: tuple[Period, ...] = (),
    grace: int = 5,
    today: datetime.date | None = None,
    received: datetime.date | None = None,
    progress: TellProgress = quiet,
) -> Collected:
    """Collect returned files, folders and archives into one workbook (`docgen collect`).

    `kind` "" goes by what the PDFs of ours carry, else takes biweekly reports. `schools` is a spreadsheet of those that
    ought to report (院校名称, 院校类型); `periods` the calendar, where it is known; `grace` days after a period's end are
    still in time; `today` limits what is due; `received` is the day on which all that is given came. Files that cannot be read are in the result, with place and remedy.

    Raises UsageError where nothing is given or the target is no .xlsx, InputError where a file is not there or nothing
    can be used, OutputError where the target is one of the files or cannot be written. Then nothing is written.
    """
    if not files:
        raise UsageError("没有给出要汇总的文件。", "写上文件、文件夹或 .zip，例如 docgen collect 双周报 -o 汇总.xlsx。")
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"汇总结果要写成 .xlsx，而不是“{target.name}”。", "例如 -o 汇总.xlsx。")
    for path in files:
        if path.exists() and (target.resolve() == path.resolve() or (target.exists() and target.samefile(path))):
            raise OutputError(f"“{target}”是要汇总的文件，不能被结果覆盖。", "用 -o 换一个文件名。")
    job = Job(tuple(files), target, schools, periods, grace, today, received, progress)
    chosen = kind or kind_of(job.files)
    if chosen not in COLLECTORS:
        raise UsageError(f"没有“{chosen}”这种汇总。", f"现有的：{'、'.join(COLLECTORS)}。")
    return COLLECTORS[chosen](job)


def collect_reports(job: Job) -> Collected:
    """Biweekly reports → 汇总.xlsx."""
    catalogue = load_catalogue(Path())
    known = known_schools(job.schools) if job.schools else ()
    unread: list[Unread] = []
    returns: list[Return] = []
    count = 0
    for given in gather(job.files, unread):
        if _is_result(given, job.target):
            continue
        job.tell(count, 0, given.name)
        count += 1
        day = job.received or received_in(given.name)
        saved = saved_on(given.data)
        returns += [replace(each, received=day, saved=saved) for each in read_return(given, catalogue)]
    if not count and not unread:
        raise InputError("给出的文件夹里没有文件。", "请核对路径；收到的双周报放在一个文件夹或 .zip 里。")
    collection = tabulate(
        returns, schools=known, periods=job.periods, grace=job.grace, today=job.today, unread=unread, files=count
    )
    write_bytes(job.target, summary_workbook(collection, job.today))
    return Collected(
        job.target, "biweekly", _said(collection), len(collection.unread), len(collection.conflicts), collection
    )


def _is_result(given: Given, target: Path) -> bool:
    """Whether a file is an earlier result that lies among the returns."""
    return given.name.rpartition("/")[2] == target.name and target.exists() and given.data == target.read_bytes()


def _said(collection: Collection) -> tuple[str, ...]:
    schools = {school for school, _ in collection.deliveries}
    reports = len(collection.deliveries)
    lines = [
        f"读取 {collection.files} 个文件：{len(schools)} 所院校的 {reports} 份双周报，明细 {len(collection.entries)} 行。"
    ]
    whole = [each for each in collection.unread if each.whole]
    lines += [f"没有读出：{each.source.file}：{each.why}。{each.remedy}" for each in whole[:10]]
    if len(whole) > 10:
        lines.append(f"……另有 {len(whole) - 10} 个文件没有读出。")
    if collection.unread:
        lines.append(f"没有计入的文件和格子共 {len(collection.unread)} 处，见工作表“未读出”。")
    if collection.conflicts:
        lines.append(f"相互矛盾的 {len(collection.conflicts)} 处，见工作表“矛盾”。")
    if collection.notes:
        lines.append(f"按推断读取的 {len(collection.notes)} 处，见工作表“读取说明”。")
    return tuple(lines)


def known_schools(path: Path) -> tuple[KnownSchool, ...]:
    """The schools that ought to report: any sheet with 院校名称 (and 院校类型, 院校代码). Raises InputError without one."""
    book = read_book(path, path.name)
    for grid in book.grids:
        header = find_header(grid, SCHOOLS)
        if header is None or "name" not in header.columns:
            continue
        rows = read_records(grid, SCHOOLS, header, ScopeReader(()), Troubles(path.name, grid.name))
        schools = {
            row.name: KnownSchool(row.name, row.type.value if row.type else "", row.code) for row in rows if row.name
        }
        if schools:
            return tuple(schools.values())
    raise InputError(f"“{path.name}”里没有院校名单。", "名单要有表头“院校名称”“院校类型”，一行一所院校。")


COLLECTORS: Mapping[str, Callable[[Job], Collected]] = {
    "biweekly": collect_reports,
    "application": collect_applications,
}
"""What can be collected, by kind."""
