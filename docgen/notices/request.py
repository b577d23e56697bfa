"""A school's own request to have applications sent back for correction, before the closing date (guide 二（二）2（8）)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen import __version__
from docgen.errors import InputError, OutputError, UsageError
from docgen.load import Basics, load_basics
from docgen.model.official import Annex, Form, OfficialDocument, Table, TableColumn
from docgen.model.schema import SCHOOL
from docgen.model.schema.values import values_of
from docgen.model.text import fold
from docgen.publish.manifest import Entry, read_manifest
from docgen.publish.publisher import Publisher, check_place
from docgen.render.narrative import NARRATIVE_NAME, narrate
from docgen.render.official import set_documents
from docgen.render.official.titles import title_lines
from docgen.render.templates import find_template
from docgen.render.word import word_template
from docgen.render.word.official import word_fields

from .annexes import things_to_mend

_FOLDER = "退回修改申请"
_COLUMNS = (
    TableColumn("申报编号", 13, "center", grouped=True),
    TableColumn("证书名称", 25, grouped=True),
    TableColumn("等级", 9, "center", grouped=True),
    TableColumn("哪里有误", 22),
    TableColumn("改成什么", 31),
)


@dataclass(frozen=True, slots=True)
class Requested:
    """The request's files, as paths, and how many applications it names."""

    files: tuple[Path, ...]
    applications: int


def request_return(directory: Path, wishes: Sequence[str], out: Path | None = None, force: bool = False) -> Requested:
    """Write 退回修改申请.docx and .pdf from a school's workspace (`docgen notice 学校文件夹 --return A01：…`).

    Each wish is an application number, a colon, and what is wrong; several places are parted by ；, and a place from
    what it should say by another colon. Raises UsageError for a wish that names no application or says nothing.
    """
    case = load_basics(directory)
    rows = [row for wish in wishes for row in _rows(case, wish)]
    if not case.school.name:
        raise InputError("没有读到学校名称，写不出申请。", "请先在“院校信息”工作表里填写院校名称。")
    year = str(case.school.year or "")
    numbers = len({row[0] for row in rows})
    folder = find_template("return-request", directory)
    fields = {"院校": values_of(case.school, SCHOOL), "年度": year, "项数": numbers, "日期": case.settings.date}
    told = narrate(folder.file(NARRATIVE_NAME), fields)
    document = OfficialDocument(
        Form.PLAIN,
        "".join(told["标题"]),
        told["正文"],
        case.school.name,
        case.settings.date or "　　　　年　　月　　日",
        addressee="".join(told["主送"]),
        note=_contact(case),
        annexes=tuple(Annex(title, (Table(_COLUMNS, tuple(rows)),)) for title in told["附件"][:1]),
        names=(case.school.name,),
        data={
            "kind": "return-request",
            "schema": 1,
            "school": {"院校名称": case.school.name, "院校代码": case.school.code},
            "items": [dict(zip((column.header for column in _COLUMNS), row, strict=True)) for row in rows],
        },
    )
    (pdf,) = set_documents([document])
    layout = word_template(find_template("official", directory).file("template.docx"))
    word = layout.render(word_fields(document, pdf.paging, title_lines))
    home = out if out is not None else directory / _FOLDER
    check_place(home, directory, directory / case.settings.evidence_folder)
    made = {f"{_FOLDER}.docx": (word, None), f"{_FOLDER}.pdf": (pdf.data, pdf.pages)}
    _refuse_others(home, set(made))
    publisher = Publisher(home)
    publisher.open(made, force)
    for name, (data, pages) in made.items():
        digest = hashlib.sha256(data).hexdigest()
        publisher.put(Entry(name, digest, len(data), pages, _FOLDER, "", False, f"{__version__}-{digest}"), data)
    publisher.finish(case.school.name, case.inputs, [])
    return Requested(tuple(home / name for name in made), numbers)


def _refuse_others(home: Path, names: set[str]) -> None:
    """Never take the place of another run's documents: publishing removes what it did not make. Raises OutputError."""
    manifest = read_manifest(home)
    if manifest is not None and {entry.path for entry in manifest.entries} - names:
        raise OutputError(
            f"文件夹 {home} 里是 docgen 生成的其他成品，没有写入。",
            "换一个文件夹；不写 -o，就放在“退回修改申请”文件夹里。",
        )


def _contact(case: Basics) -> str:
    parts = (("联系人", case.school.contact_name), ("联系电话", case.school.contact_phone))
    return "，".join(f"{name}：{value}" for name, value in parts if value)


def _rows(case: Basics, wish: str) -> list[tuple[str, ...]]:
    number, _, reason = wish.replace(":", "：", 1).partition("：")
    found = [one for one in case.applications if fold(one.number) == fold(number.strip()) and one.number]
    known = "、".join(application.label for application in case.applications) or "（无）"
    if not found:
        raise UsageError(f"没有申报编号“{number.strip()}”。", f"现有的申报编号：{known}。")
    things = things_to_mend(reason)
    if not things:
        raise UsageError(
            f"“{wish}”没有说哪里有误。",
            "写成“编号：哪里：改成什么”，例如 --return A01：培训人数：应为120人，多填了一位。",
        )
    one = found[0]
    return [(one.number, one.certificate, str(one.level or ""), place or "—", what) for place, what in things]
