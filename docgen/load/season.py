"""A school's workspace → its season of biweekly reports, and everything that was wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docgen.errors import InputError
from docgen.findings import Finding, in_order
from docgen.model.catalogue import CatalogueView
from docgen.model.review import Decision
from docgen.model.schema import (
    APPLICATIONS,
    DECISIONS,
    PLAN,
    PROGRESS,
    REMARKS,
    REVIEW_SHEETS,
    SCHOOL,
    SEASON,
    SEASON_SHEETS,
)
from docgen.model.season import PlannedCertificate, Season, SeasonInfo
from docgen.model.settings import REVIEW_WORKBOOK, SETTINGS_NAME, Settings
from docgen.model.source import Origin
from docgen.model.text import fold

from .faults import finding
from .grid import Grid
from .headers import assign, find_header
from .locating import checked_directory
from .paths import is_inside
from .progress.completing import Completed, complete
from .progress.facets import split_certificate
from .progress.rows import RowTables, read_row_tables
from .progress.sorting import Sorted, sort_sheets
from .progress.tables import figure_tables
from .records import Troubles, read_records
from .scopes import ScopeReader
from .settings import read_settings_file, refuse_secretariat
from .sheets import BookReader
from .workbook import Book, lock_file_of, read_book, workbooks_in


@dataclass(frozen=True, slots=True)
class LoadedSeason:
    """What loading gives: the season as far as it could be read, the settings, a finding for all that could not."""

    season: Season
    settings: Settings
    findings: tuple[Finding, ...]


def load_season(directory: Path, catalogue: CatalogueView) -> LoadedSeason:
    """Read what a school's biweekly reports are made from: docgen.toml, 双周报数据.xlsx, and for the plan its neighbours.

    Changes nothing. Raises InputError where the folder, the workbook or docgen.toml cannot be used at all, or it is the
    secretariat's workspace; every lesser fault is a finding.
    """
    directory = checked_directory(directory)
    file = read_settings_file(directory)
    refuse_secretariat(directory, file, "院校的双周报用 docgen report；秘书处汇总用 docgen collect。")
    settings = file.settings
    book, findings = _progress_book(directory, settings)
    parts = sort_sheets(book.grids, catalogue)
    reader = BookReader(replace(book, grids=parts.long), parts.sheets)
    info = reader.form(SEASON)
    for sheet in (PLAN, PROGRESS, REMARKS):
        reader.read(sheet, ScopeReader(()))
    for grid in parts.more:
        reader.records["entries"] += _more_entries(grid, book.name, reader.found)
    inputs = {book.name: book.sha256}
    if file.sha256:
        inputs[SETTINGS_NAME] = file.sha256
    neighbours = _Neighbours(directory, settings, inputs, findings)
    info = _with_school(info, neighbours)
    tables = read_row_tables(parts.wide, book.name, parts.names)
    done = complete(info, reader.records["entries"], reader.records["remarks"], tables, catalogue)
    plan, source = _plan(reader.records["plan"], tables, neighbours, done.info, findings)
    season = Season(
        done.info,
        tuple(_split(row, catalogue) for row in plan),
        done.entries,
        done.remarks,
        source,
        dict(sorted(inputs.items())),
    )
    elsewhere = bool(tables.plan) and not reader.records["plan"]
    found = list(_without_answered(_without_dropped(reader.found, done), season, parts, elsewhere))
    settings = replace(settings, season_workbook=book.name)
    return LoadedSeason(season, settings, in_order((*file.findings, *findings, *found, *done.findings)))


def _without_dropped(found: Iterable[Finding], done: Completed) -> list[Finding]:
    """The findings of reading, but for cells of rows that turned out to be totals."""
    return [
        each
        for each in found
        if (each.source.sheet, each.source.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) not in done.totals
    ]


def _without_answered(
    found: Iterable[Finding], season: Season, parts: Sorted, planned_elsewhere: bool
) -> Iterator[Finding]:
    """The findings but for sheets and columns that are missing only because the school's own tables say it elsewhere."""
    levels = all(row.level is not None for row in season.plan)
    for each in found:
        progress = each.rule == "DAT002" and f"“{PROGRESS.name}”" in each.message and (parts.wide or parts.more)
        plan = each.rule == "DAT002" and f"“{PLAN.name}”" in each.message and planned_elsewhere
        level = each.rule == "DAT005" and each.message.endswith("：“等级”。") and season.plan and levels
        if not (progress or plan or level):
            yield each


def _more_entries(grid: Grid, file: str, found: list[Finding]) -> list[Any]:
    header = find_header(grid, PROGRESS)
    return read_records(grid, PROGRESS, header, ScopeReader(()), Troubles(file, grid.name, found)) if header else []


def _progress_book(directory: Path, settings: Settings) -> tuple[Book, list[Finding]]:
    """双周报数据.xlsx, else the only other workbook of the folder that tells of progress. Raises InputError."""
    path = directory / settings.season_workbook
    findings: list[Finding] = []
    if path.exists() and not is_inside(path, directory.resolve()):
        raise InputError(
            f"工作簿“{settings.season_workbook}”是指向工作区之外的链接，没有读取。",
            "请把工作簿本身复制到工作区里，替换这个链接。",
        )
    if path.exists():
        book = read_book(path, settings.season_workbook)
    else:
        book = _only_progress(directory, settings)
        path = directory / book.name
        message = f"没有找到“{settings.season_workbook}”，读取的是同一文件夹里的“{book.name}”。"
        hint = f'请改名为“{settings.season_workbook}”，或在 docgen.toml 的 [report] 里写 workbook = "{book.name}"。'
        findings.append(finding("DAT021", message, hint, Origin(book.name).at("")))
    if lock_file_of(path) is not None:
        message = f"“{book.name}”正在 Excel 或 WPS 中打开，还没有保存的修改读不到。"
        hint = "请保存并关闭工作簿后再运行一次；没有打开的，删除旁边以 ~$ 开头的文件。"
        findings.append(finding("DAT020", message, hint, Origin(book.name).at("")))
    return book, findings


def _only_progress(directory: Path, settings: Settings) -> Book:
    others = {settings.workbook, REVIEW_WORKBOOK}
    names = [path.name for path in workbooks_in(directory) if path.name not in others]
    fitting, refused = [], []
    for name in names:
        try:
            book = read_book(directory / name, name)
        except InputError as error:
            refused.append(error)
            continue
        taken = assign(book.grids, SEASON_SHEETS).taken
        if PROGRESS.name in taken or any(figure_tables(grid) for grid in book.grids):
            fitting.append(book)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting and len(refused) == 1 and len(names) == 1:
        raise refused[0]
    shown = "、".join(f"“{name}”" for name in names[:5]) + ("等" if len(names) > 5 else "")
    there = f"文件夹里有 {shown}，不能确定该读哪一本" if names else "文件夹里也没有别的进展表"
    raise InputError(
        f"没有找到双周报的工作簿“{settings.season_workbook}”；{there}。",
        f"把进展表改名为“{settings.season_workbook}”放在这里；还没有的，运行 docgen init 会补上一本空表。",
    )


class _Neighbours:
    """The workbooks beside, read when they are first asked for: what was applied for, and what the review decided."""

    def __init__(self, directory: Path, settings: Settings, inputs: dict[str, str], findings: list[Finding]) -> None:
        self._directory, self._settings, self._inputs, self._findings = directory, settings, inputs, findings
        self._readers: dict[str, BookReader | None] = {}

    def _reader(self, name: str, sheets: tuple) -> BookReader | None:  # type: ignore[type-arg]
        if name not in self._readers:
            self._readers[name] = None
            path = self._directory / name
            if path.is_file() and is_inside(path, self._directory.resolve()):
                try:
                    book = read_book(path, name)
                except InputError as error:
                    self._findings.append(
                        finding("DAT035", f"计划没有从“{name}”取：{error.message}", error.hint, Origin(name).at(""))
                    )
                else:
                    self._inputs[name] = book.sha256
                    self._readers[name] = BookReader(book, sheets)
        return self._readers[name]

    def application(self) -> BookReader | None:
        """申报数据.xlsx, None where it is not there or cannot be read (which is told)."""
        return self._reader(self._settings.workbook, (SCHOOL, APPLICATIONS))

    def decisions(self) -> list[Decision]:
        """The rows of 评审结果.xlsx."""
        reader = self._reader(REVIEW_WORKBOOK, REVIEW_SHEETS)
        return reader.read(DECISIONS, ScopeReader(())) if reader else []


def _with_school(info: SeasonInfo, neighbours: _Neighbours) -> SeasonInfo:
    """The settings with the school's name, type and code from the application's workbook, where they are left out."""
    if info.school_name and info.type and info.code:
        return info
    reader = neighbours.application()
    if reader is None:
        return info
    school = reader.form(SCHOOL)
    return replace(
        info,
        school_name=info.school_name or school.name,
        type=info.type or school.type,
        code=info.code or school.code,
    )


def _plan(
    own: list[PlannedCertificate], tables: RowTables, neighbours: _Neighbours, info: SeasonInfo, findings: list[Finding]
) -> tuple[list[PlannedCertificate], str]:
    """The plan, and where it was taken from where that is not the sheet 计划."""
    if own:
        return own, ""
    decided = [row for row in neighbours.decisions() if not row.school or fold(row.school) == fold(info.school_name)]
    granted = [row for row in decided if row.conclusion is not None and row.conclusion.grants]
    if granted:
        plan = [
            PlannedCertificate(
                row.origin, row.certificate, row.level, row.approved if row.approved is not None else row.applied
            )
            for row in granted
        ]
        return _told(plan, "评审结果.xlsx", "批准人数", findings)
    if tables.plan:
        return list(tables.plan), "进展表"
    reader = neighbours.application()
    applied = reader.read(APPLICATIONS, ScopeReader(())) if reader else []
    plan = [PlannedCertificate(row.origin, row.certificate, row.level, row.persons, row.majors) for row in applied]
    return _told(plan, "申报数据.xlsx", "申报的培训人数", findings) if plan else ([], "")


def _told(
    plan: list[PlannedCertificate], source: str, what: str, findings: list[Finding]
) -> tuple[list[PlannedCertificate], str]:
    message = f"“计划”工作表没有填，{len(plan)} 个证书等级的计划取自“{source}”的{what}。"
    hint = "请与批复核对；有出入的，在“计划”工作表里填写批准人数。"
    findings.append(finding("DAT035", message, hint, plan[0].origin.at("certificate")))
    return plan, source


def _split(row: PlannedCertificate, catalogue: CatalogueView) -> PlannedCertificate:
    """A row of the plan with its certificate as the catalogue spells it."""
    name, level = split_certificate(row.certificate)
    known = catalogue.certificate(name)
    return replace(row, certificate=known.name if known else name, level=row.level or level)
