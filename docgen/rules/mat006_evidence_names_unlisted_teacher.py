"""## 查什么
教师佐证材料里的文字（PDF、Office 文件）写的是不是这项申报的教师：“姓名：”后面、“兹证明……同志”“……老师：”这样的地方。

只看这些写明身份的地方；同一页上也有本申报教师姓名的，不算错。扫描件和照片没有文字，写明没有核查。

## 为什么
指南二（二）2（5）第二条：佐证材料要与申报信息一一对应。材料证明的人不在教师名单里，等于没有材料。

## 例子

提醒：`A01/教师/培训证书.pdf` 写着“培训证书　姓名：韦明　性别：男”，韦明不在 A01 的教师里，而在 A02 的教师里。

通过：写的是 A01 的教师；同一个人也属于 A01 的，在“教师”工作表的申报编号里写上 A01。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import EvidenceItem, EvidenceKind, Teacher
from docgen.model.text import fold

from .base import Answer, Rule
from .evidence import subjects
from .evidence_texts import Reading, nothing_to_compare, readings, told_for, unread
from .named_people import people_named
from .words import quoted


def evidence_names_unlisted_teacher(case: Case) -> Iterator[Answer]:
    """Fails pages that name somebody who is no teacher of the application, or not the one registered for the file."""
    items = [item for item in case.evidence if item.kind is EvidenceKind.TEACHER]
    yield from nothing_to_compare(items, "教师佐证材料")
    for reading in readings(items):
        listed = _listed(case, reading.item)
        if listed:
            yield from _of_file(case, reading, listed)
    yield from unread(items)


def _of_file(case: Case, reading: Reading, listed: dict[str, str]) -> Iterator[Answer]:
    """The pages of one file with a stranger, at most one finding a page; where there is none, a file under a wrong name."""
    item, owner = reading.item, "本校" if reading.item.scope.everywhere else str(reading.item.scope)
    strangers = False
    for page in reading.pages:
        named = people_named(page)
        if not named or any(key in page.tight for key in listed):
            continue
        strangers = True
        elsewhere = [f"“{name}”属于{_owners(case.teachers, name)}" for name in named if _owners(case.teachers, name)]
        where = f"（{'；'.join(elsewhere)}）" if elsewhere else ""
        message = f"“{item.path}”第{page.number}页写的是{quoted(named)}，不在{owner}的教师里{where}。"
        yield from told_for(case, item, message, page.number)
    registered = [name for name in subjects(item) if fold(name) in listed]
    if strangers or not registered or any(reading.says(name) for name in registered):
        return
    for page in reading.pages:
        named = tuple(name for name in people_named(page) if name in listed)
        if named:
            message = f"“{item.path}”登记为证明{quoted(registered)}，第{page.number}页写的却是{quoted(named)}。"
            yield from told_for(case, item, message, page.number, hint="核对文件名和对应名称，改正写错的一处。")
            return


def _listed(case: Case, item: EvidenceItem) -> dict[str, str]:
    """Folded name → name of the teachers of the applications that a piece of evidence belongs to."""
    numbers = [application.number for application in case.applications if item.scope.covers(application.number)]
    return {
        fold(teacher.name): teacher.name
        for teacher in case.teachers
        if teacher.name and (item.scope.everywhere or any(teacher.scope.covers(number) for number in numbers))
    }


def _owners(teachers: Iterable[Teacher], name: str) -> str:
    """The applications that a teacher of that name is listed for, "" where there is none."""
    return "、".join(dict.fromkeys(str(teacher.scope) for teacher in teachers if fold(teacher.name) == fold(name)))


RULE = Rule(
    id="MAT006",
    title="教师佐证材料写的是登记的教师",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="打开这一页核对：放错了的，移到这位教师的申报；这位教师也属于这项申报的，在“教师”工作表补上编号。",
    check_school=evidence_names_unlisted_teacher,
)
