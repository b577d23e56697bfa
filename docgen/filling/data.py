"""What forms are filled from: a school's workspace, a JSON file, or the rows of a sheet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docgen.catalogue import load_catalogue
from docgen.errors import InputError, UsageError, reason_of
from docgen.evidence.store import open_store
from docgen.forms.labels import THRESHOLD
from docgen.forms.values import FormData, Picture
from docgen.forms.vocabulary import school_vocabulary
from docgen.load.grid import Grid, is_blank
from docgen.load.season import load_season
from docgen.load.workbook import SUFFIXES, read_book
from docgen.load.workspace import load
from docgen.model import schema
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.settings import WORKBOOK_NAME
from docgen.model.text import half_width
from docgen.plan.context import record_fields
from docgen.plan.figures import application_figures
from docgen.plan.season import report_context
from docgen.reporting.choosing import chosen_periods
from docgen.season.figures import Progress
from docgen.season.periods import day_text

_MOST_JSON = 50_000_000
_MOST_PHOTO = 20_000_000
_ROWS = (
    (schema.TEACHERS, "teachers"),
    (schema.VENUES, "venues"),
    (schema.EQUIPMENT, "equipment"),
    (schema.ENROLMENTS, "enrolments"),
    (schema.PAST_PILOTS, "past_pilots"),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom one form is filled for: what tells it from the others in a file's name ("" for the school), and its data."""

    name: str
    data: FormData


def subjects_of(
    source: Path, applications: Iterable[str] = (), *, each: bool = False, period: str | None = None
) -> tuple[Subject, ...]:
    """Everybody to fill a form for.

    A folder is a workspace: the chosen applications, all of them with `each`, else the school (its only application, if
    there is but one). With `period` the figures of that biweekly report are there too; a folder that has only biweekly data gives those alone. A .json file holds one object or a list of them, a workbook one a row. Raises InputError, and
    UsageError for an application that is not there.
    """
    chosen = tuple(applications)
    if source.is_dir():
        season = _season(source, period) if period is not None else {}
        subjects = (
            _of_workspace(source, chosen, each=each)
            if not season or _has_case(source)
            else (Subject("", FormData({})),)
        )
        return tuple(Subject(one.name, FormData(season | dict(one.data.content), one.data.pending)) for one in subjects)
    if chosen or each:
        raise UsageError(
            "--application 和 --each 只能与学校文件夹一起用。", "--data 后面写 docgen init 建的学校文件夹。"
        )
    if source.suffix.lower() == ".json":
        return _of_json(source)
    if source.suffix.lower() in SUFFIXES:
        return _of_sheet(source)
    raise InputError(
        f"“{source}”不是学校文件夹，也不是 .json 或 .xlsx 文件。", "--data 后面写学校文件夹、JSON 文件或工作簿。"
    )


def _of_workspace(directory: Path, chosen: Sequence[str], *, each: bool) -> tuple[Subject, ...]:
    with open_store(directory) as store:
        case = load(directory, load_catalogue(directory), store=store).case
    by_number = {application.label: application for application in case.applications}
    wanted = [half_width(number).strip().upper() for number in chosen]
    unknown = [number for number in wanted if number not in by_number]
    if unknown:
        known = "、".join(by_number) or "（无）"
        raise UsageError(f"没有申报编号“{unknown[0]}”。", f"现有的申报编号：{known}。")
    picked = [by_number[number] for number in wanted] if wanted else list(case.applications) if each else []
    if not picked and len(case.applications) == 1:
        return (Subject("", case_data(case, case.applications[0])),)
    if not picked:
        return (Subject("", case_data(case, None)),)
    return tuple(Subject(_name(application), case_data(case, application)) for application in picked)


def _has_case(directory: Path) -> bool:
    return (directory / WORKBOOK_NAME).exists()


def _season(directory: Path, period: str) -> dict[str, Any]:
    """The fields of one biweekly report of a workspace. Raises InputError, and UsageError for a period that is not there."""
    loaded = load_season(directory, load_catalogue(directory))
    whole = Progress(loaded.season)
    (chosen,) = chosen_periods(whole.periods, period, False, whole.periods[-1].end if whole.periods else date.min)
    days = [row.filled for row in whole.remarks_of(chosen) if row.filled]
    return report_context(whole, chosen, (), date=day_text(days[-1]) if days else loaded.settings.date)


def _name(application: Application) -> str:
    return "-".join(filter(None, (application.label, application.certificate, str(application.level or ""))))


def case_data(case: Case, application: Application | None) -> FormData:
    """A school's data as forms take it, for one application; without one, for the school as a whole."""
    content: dict[str, Any] = {"院校": record_fields(case.school, schema.SCHOOL), "日期": case.settings.date or None}
    pending: dict[str, str] = {}
    if application is not None:
        certificate = case.catalogue.certificate(application.certificate)
        organisation = certificate.organisation if certificate else ""
        content["申报"] = {"培训评价组织": organisation} | record_fields(application, schema.APPLICATIONS)
        content["统计"] = application_figures(case, application)
    elif case.applications:
        numbers = "、".join(each.label for each in case.applications[:4])
        more = "等" if len(case.applications) > 4 else ""
        words = f"有{len(case.applications)}项申报（{numbers}{more}），用 --application 说明是哪一项"
        pending = {"申报": words, "统计": words}
    for sheet, name in _ROWS:
        rows = getattr(case, f"{name}_of")(application) if application is not None else getattr(case, name)
        content[sheet.name] = [record_fields(row, sheet) for row in rows]
    listed = (application,) if application is not None else case.applications
    content[schema.APPLICATIONS.name] = [_application_row(case, each) for each in listed]
    return FormData(content, pending)


def _application_row(case: Case, application: Application) -> dict[str, Any]:
    certificate = case.catalogue.certificate(application.certificate)
    school = record_fields(case.school, schema.SCHOOL)
    return (
        school
        | {"培训评价组织": certificate.organisation if certificate else ""}
        | record_fields(application, schema.APPLICATIONS)
    )


def _of_json(source: Path) -> tuple[Subject, ...]:
    try:
        if source.stat().st_size > _MOST_JSON:
            raise InputError(f"“{source}”超过 {_MOST_JSON // 1_000_000} MB，没有读取。", "请分成几个文件。")
        content = json.loads(source.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"“{source}”打不开：{reason_of(error)}。", "检查文件是否存在、是否有权限。") from error
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"“{source}”不是正确的 JSON 文件。", f"{error}") from error
    items = content if isinstance(content, list) else [content]
    if not items or not all(isinstance(item, dict) for item in items):
        raise InputError(f"“{source}”里应是一个对象，或由对象组成的列表。", '例如 {"院校名称": "…", "联系人": "…"}。')
    single = len(items) == 1
    return tuple(
        Subject("" if single else _row_name(item, number), with_pictures(flat_data(item), source.parent))
        for number, item in enumerate(items, 1)
    )


def _of_sheet(source: Path) -> tuple[Subject, ...]:
    """One subject a row of the first sheet that holds something; its first filled row is the header."""
    book = read_book(source, source.name)
    if any(grid.name == schema.SCHOOL.name for grid in book.grids):
        raise UsageError(f"“{source.name}”是学校的申报数据工作簿。", f"--data 后面写它所在的文件夹：{source.parent}。")
    grid = next((grid for grid in book.grids if grid.rows and not grid.hidden), None)
    rows = _rows(grid) if grid is not None else []
    if not rows:
        raise InputError(f"“{source.name}”里没有数据行。", "第一行写各列的名称，以下一行一份表格。")
    return tuple(
        Subject(_row_name(row, number), with_pictures(flat_data(row), source.parent))
        for number, row in enumerate(rows, 1)
    )


def _rows(grid: Grid) -> list[dict[str, Any]]:
    header = grid.rows[0]
    names = {column: str(value).strip() for column, value in header.filled()}
    rows = []
    for row in grid.rows[1:]:
        found = {name: _plain(row.at(column)) for column, name in names.items()}
        rows.append({name: value for name, value in found.items() if not (isinstance(value, str) and is_blank(value))})
    return [row for row in rows if row]


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _row_name(item: Mapping[str, Any], number: int) -> str:
    """What tells a row's file from the others: its number and its first short text."""
    texts = (value for value in item.values() if isinstance(value, str) and 0 < len(value.strip()) <= 30)
    return "-".join(filter(None, (f"{number:03}", next(texts, "").strip())))


def flat_data(item: Mapping[str, Any]) -> FormData:
    """Values by whatever names a person gave them: those that mean a field become it, the others keep their names.

    A bare 手机 or 邮箱 is that of the person named before it (联系人, 负责人), of nobody where none was.
    """
    content: dict[str, Any] = {name: dict(value) for name, value in item.items() if isinstance(value, dict)}
    vocabulary = school_vocabulary()
    person = ""
    for name, value in item.items():
        if isinstance(value, dict):
            continue
        matches = vocabulary.match(name, person=person)
        if matches and matches[0].field.part == "姓名" and matches[0].score >= THRESHOLD:
            person = matches[0].field.subject
        key = matches[0].field.key if matches and matches[0].score >= THRESHOLD else ""
        group, _, own = key.partition(".")
        inner = content.setdefault(group, {}) if own else None
        if isinstance(inner, dict) and own not in inner and not isinstance(value, list):
            inner[own] = value
        elif key and not own:
            content[key] = value
        else:
            content[name] = value
    return FormData(content)


def with_pictures(data: FormData, folder: Path) -> FormData:
    """The data with its photo read, where it names a file below the folder of the data; any other path is left a text."""
    name = data.content.get("照片")
    if not isinstance(name, str) or not name.strip():
        return data
    path = (folder / name.strip()).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise InputError(f"照片“{name}”不在数据所在的文件夹里，没有读取。", f"把照片放到 {folder} 里，写相对的路径。")
    try:
        if path.stat().st_size > _MOST_PHOTO:
            raise InputError(f"照片“{name}”超过 {_MOST_PHOTO // 1_000_000} MB。", "请缩小后再试。")
        picture = Picture(path.name, path.read_bytes())
    except OSError as error:
        raise InputError(f"照片“{name}”打不开：{reason_of(error)}。", "检查文件名和位置。") from error
    return FormData({**data.content, "照片": picture}, data.pending)
