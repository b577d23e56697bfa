"""A workbook's grids → the records of every sheet, with a finding for all that is missing, doubled or unreadable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.findings import Finding, Severity
from docgen.model.records import Application, School
from docgen.model.schema import APPLICATIONS, GUIDE_SHEETS, RESULT_SHEET, SCHOOL, SHEETS, Column, Sheet
from docgen.model.settings import SETTINGS_NAME, Settings
from docgen.model.source import Origin
from docgen.model.text import fold

from .faults import finding
from .grid import Grid
from .headers import Assignment, Header, assign, find_header, similar_sheet
from .locating import checked_directory, find_book
from .records import Troubles, read_records
from .school import read_form
from .scopes import ScopeReader
from .settings import read_settings_file, refuse_secretariat
from .workbook import Book

_PASSED_OVER = frozenset(
    fold(name) for name in (*GUIDE_SHEETS, RESULT_SHEET, "说明", "填表说明", "目录", "封面", "WpsReserved_CellImgList")
)

_DISPENSABLE = {"往年试点": "按没有试点经验处理", "佐证材料": "佐证材料只按所在的文件夹归类"}
"""Sheets that an ordinary workspace may lack, and what their lack is taken for."""


@dataclass(frozen=True, slots=True)
class Basics:
    """A school's workbook alone: who it is, what it applies for, its settings; no evidence is looked at."""

    school: School
    applications: tuple[Application, ...]
    settings: Settings
    inputs: Mapping[str, str]


def load_basics(directory: Path) -> Basics:
    """Read docgen.toml and the workbook of a school's workspace. Raises InputError where they cannot be used."""
    directory = checked_directory(directory)
    file = read_settings_file(directory)
    refuse_secretariat(
        directory, file, "退回修改申请由院校来写，请给出院校的工作区文件夹；秘书处退回的，在评审结果里写“退回修改”。"
    )
    book, _ = find_book(directory, file.settings, None)
    reader = SheetReader(book)
    inputs = {book.name: book.sha256} | ({SETTINGS_NAME: file.sha256} if file.sha256 else {})
    return Basics(reader.school, tuple(reader.records[APPLICATIONS.field]), file.settings, inputs)


class BookReader:
    """Reads the sheets of one workbook by their schema, and says which are missing, doubled or unknown."""

    def __init__(self, book: Book, sheets: Sequence[Sheet]) -> None:
        self.file = book.name
        self.sheets = sheets
        self.found: list[Finding] = []
        self.assignment = assign(book.grids, sheets)
        self.records: dict[str, list[Any]] = {}
        self._tell_sheets(self.assignment)

    def _troubles(self, grid: Grid) -> Troubles:
        return Troubles(self.file, grid.name, self.found)

    def _tell_sheets(self, assignment: Assignment) -> None:
        """Say which sheets are missing, doubled or unknown."""
        free = [sheet for sheet in self.sheets if sheet.name not in assignment.taken]
        unknown = [grid for grid in assignment.unknown if grid.rows and not grid.hidden]
        unknown = [grid for grid in unknown if fold(grid.name) not in _PASSED_OVER]
        for sheet in free:
            close = next((grid.name for grid in unknown if similar_sheet(grid.name, [sheet])), "")
            hint = f"是不是工作表“{close}”？请把它改名为“{sheet.name}”。" if close else ""
            if sheet.required:
                hint = hint or f"请恢复原来的表名“{sheet.name}”，或用 docgen init 新建工作簿。"
                self.found.append(finding("DAT001", f"工作簿里没有工作表“{sheet.name}”。", hint, self._place()))
            else:
                # A school's first pilot has no earlier ones, and folders alone may place the evidence: nothing is amiss.
                level = Severity.INFO if sheet.name in _DISPENSABLE and not close else None
                taken = _DISPENSABLE.get(sheet.name, "按没有这项内容处理")
                hint = hint or f"没有这项内容的，不必理会；留一张只有表头的“{sheet.name}”空表，就不再提示。"
                message = f"工作簿里没有工作表“{sheet.name}”，{taken}。"
                self.found.append(finding("DAT002", message, hint, self._place(), level=level))
        for grid, sheet in assignment.doubled:
            if not grid.rows:
                continue
            read = assignment.taken[sheet.name].name
            message = f"工作表“{grid.name}”和“{read}”都像是“{sheet.name}”，只读取了“{read}”。"
            hint = "请把两张表的内容合并到一张，另一张删除或改名。"
            self.found.append(finding("DAT004", message, hint, self._place(grid.name)))
        for grid in unknown:
            near = similar_sheet(grid.name, free)
            hint = f"是不是“{near}”？是的话请改名。" if near else "自己留着参考的，不必理会。"
            message = f"不认识工作表“{grid.name}”，没有读取。"
            self.found.append(finding("DAT003", message, hint, self._place(grid.name)))

    def _place(self, sheet: str = "") -> Any:
        return Troubles(self.file, sheet).source()

    def form(self, sheet: Sheet) -> Any:
        """The record of a sheet of items; an empty one where the sheet is missing."""
        grid = self.assignment.taken.get(sheet.name)
        if grid is None:
            return sheet.record(Origin(self.file, sheet.name))
        troubles = self._troubles(grid)
        record, missing = read_form(grid, sheet, troubles)
        if len(missing) == len(sheet.columns):
            hint = f"这张表应有“项目”“内容”两列，一行一个项目，例如“{sheet.columns[0].header}”。"
            troubles.say("DAT007", f"工作表“{grid.name}”里找不到任何{sheet.name}的项目。", hint)
        else:
            self._tell_missing(missing, record.extra, troubles, 0, "项目")
        return record

    def read(self, sheet: Sheet, scopes: ScopeReader) -> list[Any]:
        """The records of one sheet, also kept in `records` by the field of Case."""
        self.records[sheet.field] = []
        grid = self.assignment.taken.get(sheet.name)
        if grid is None or (not grid.rows and not sheet.required):
            return []
        troubles = self._troubles(grid)
        header = find_header(grid, sheet)
        if header is None:
            wanted = "、".join(column.header for column in sheet.columns[:4])
            hint = f"请在数据上方加一行表头（{wanted}……），与 docgen init 生成的工作簿一致。"
            troubles.say("DAT007", f"工作表“{grid.name}”的前几行里找不到表头，整张表没有读取。", hint)
            return []
        self._tell_header(sheet, header, troubles)
        self.records[sheet.field] = read_records(grid, sheet, header, scopes, troubles)
        return self.records[sheet.field]

    def _tell_header(self, sheet: Sheet, header: Header, troubles: Troubles) -> None:
        for text, column in header.repeated:
            message = f"表头“{text}”出现了两次，只读取前一列。"
            troubles.say("DAT008", message, "请删除多余的一列，或给它换一个表头。", (header.row, column))
        self._tell_missing(header.missing(sheet), list(header.extra.values()), troubles, header.row, "列")

    def _tell_missing(
        self, missing: Iterable[Column], extra: Iterable[str], troubles: Troubles, row: int, noun: str
    ) -> None:
        """One finding for all compulsory columns that are missing, one for the others."""
        meant = Header(row, extra=dict(enumerate(extra)))
        for id, required in (("DAT005", True), ("DAT006", False)):
            columns = [column for column in missing if column.required is required]
            if not columns:
                continue
            names = "、".join(f"“{column.header}”" for column in columns)
            near = [f"“{meant.meant(column)}”是不是“{column.header}”？" for column in columns if meant.meant(column)]
            name = "表头" if noun == "列" else "名称"
            # A header that is written wholly otherwise is like none: the user sees at once what it was meant for.
            strange = "、".join(f"“{text}”" for text in dict.fromkeys(extra))
            seen = f"这张表里不认识的{name}有{strange}：是它的话，改成原来的{name}；不是的，" if strange else "请"
            add = f"{seen}加上原来的{name}。" if required else f"要写这项内容的，加上这个{name}；没有的不必理会。"
            hint = "".join(near) + f"请改成原来的{name}。" if near else add
            kind = "必填" if required else "选填"
            troubles.say(id, f"缺少{kind}的{noun}：{names}。", hint, (row, 1) if row else None)


class SheetReader(BookReader):
    """Reads the sheets of a school's workbook; the applications first, since the others refer to their numbers."""

    def __init__(self, book: Book) -> None:
        super().__init__(book, SHEETS)
        self.school: School = self.form(SCHOOL)
        applications = self.read(APPLICATIONS, ScopeReader(()))
        self.scopes = ScopeReader(application.number for application in applications)
        self._tell_doubles(applications)
        for sheet in SHEETS:
            if sheet not in (SCHOOL, APPLICATIONS):
                self.read(sheet, self.scopes)

    def _tell_doubles(self, applications: list[Application]) -> None:
        first: dict[str, Application] = {}
        for application in applications:
            if not application.number:
                continue
            key = fold(application.number)
            earlier = first.setdefault(key, application)
            if earlier is not application:
                message = f"申报编号“{application.number}”与第 {earlier.origin.row} 行重复。"
                hint = "每项申报各用一个编号，例如 A01、A02；并核对其他工作表里用到的编号。"
                source = application.origin.at("number")
                self.found.append(finding("DAT012", message, hint, source, application=application.number))
