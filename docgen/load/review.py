"""A secretariat's workspace → the review, and everything that was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from docgen.errors import InputError, reason_of
from docgen.evidence.picture import PictureError
from docgen.findings import Finding, in_order
from docgen.model.catalogue import CatalogueView
from docgen.model.review import NoticeInfo, Review
from docgen.model.schema import ACCOUNTS, DECISIONS, NOTICE, REVIEW_SHEETS, SCHOOLS
from docgen.model.settings import DOSSIERS_FOLDER, REVIEW_WORKBOOK, SETTINGS_NAME, WORKBOOK_NAME

from .dossiers import read_dossiers
from .faults import finding
from .locating import checked_directory, find_book
from .paths import is_inside, leaves_workspace
from .scopes import ScopeReader
from .seal import transparent_seal
from .settings import read_settings_file
from .sheets import BookReader


@dataclass(frozen=True, slots=True)
class LoadedReview:
    """What loading gives: the review as far as it could be read, and a finding for all that could not."""

    review: Review
    findings: tuple[Finding, ...]


def load_review(directory: Path, catalogue: CatalogueView) -> LoadedReview:
    """Read a secretariat's workspace: docgen.toml, 评审结果.xlsx, the seal's picture. Changes none of them.

    Raises InputError where the folder, the workbook or docgen.toml cannot be used at all, or where it is a school's
    workspace; every lesser fault is a finding. The catalogue is only handed through.
    """
    directory = checked_directory(directory)
    file = read_settings_file(directory)
    if file.kind != "secretariat":
        raise InputError(
            f"“{directory}”{'是院校的工作区，' if file.sha256 else ''}不是秘书处的工作区。",
            "秘书处的工作区用 docgen init 文件夹 --kind secretariat 建立；院校申请退回修改，用 docgen notice 文件夹 --return 编号：原因。",
        )
    settings = file.settings
    if settings.workbook == WORKBOOK_NAME:
        settings = replace(settings, workbook=REVIEW_WORKBOOK)
    book, findings = find_book(directory, settings, None, REVIEW_SHEETS)
    reader = BookReader(book, REVIEW_SHEETS)
    notice = reader.form(NOTICE)
    for sheet in (SCHOOLS, DECISIONS, ACCOUNTS):
        reader.read(sheet, ScopeReader(()))
    inputs = {book.name: book.sha256}
    if file.sha256:
        inputs[SETTINGS_NAME] = file.sha256
    seal = _seal(directory, notice, findings, inputs)
    dossiers = read_dossiers(directory / DOSSIERS_FOLDER, directory)
    if dossiers is not None:
        findings += dossiers.findings
        inputs |= dossiers.inputs
    review = Review(
        notice=notice,
        catalogue=catalogue,
        settings=replace(settings, workbook=book.name),
        schools=tuple(reader.records["schools"]),
        decisions=tuple(reader.records["decisions"]),
        accounts=tuple(reader.records["accounts"]),
        dossiers=dossiers.applications if dossiers is not None else None,
        seal=seal,
        inputs=dict(sorted(inputs.items())),
    )
    return LoadedReview(review, in_order((*file.findings, *findings, *reader.found)))


def _seal(directory: Path, notice: NoticeInfo, findings: list[Finding], inputs: dict[str, str]) -> bytes | None:
    """The seal as a PNG with transparency; None where none is named, or it cannot be used, which is a finding."""
    if not notice.seal:
        return None
    path = directory / notice.seal
    problem = ""
    if leaves_workspace(notice.seal) or not is_inside(path, directory.resolve()):
        problem = "在工作区之外，没有读取"
    elif not path.is_file():
        problem = "找不到"
    else:
        try:
            data = path.read_bytes()
            seal = transparent_seal(data)
        except OSError as error:
            problem = f"读不了：{reason_of(error)}"
        except PictureError as error:
            problem = f"读不了：{error}"
        else:
            inputs[notice.seal] = sha256(data).hexdigest()
            return seal
    hint = "请把公章图片（PNG 或 JPG）放进本文件夹，并在“公章图片”里写它的文件名；不盖章的，清空这一格。"
    message = f"公章图片“{notice.seal}”{problem}；通知按不盖章排版。"
    findings.append(finding("DAT032", message, hint, notice.origin.at("seal")))
    return None
