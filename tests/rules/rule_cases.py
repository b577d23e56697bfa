"""Cases from plain values: what a row leaves out is filled in so that every rule passes; origins are as loading makes them."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from docgen.evidence.likeness import likeness_of
from docgen.findings import Finding, FindingKind, Outcome
from docgen.model import schema
from docgen.model.case import Case
from docgen.model.catalogue import Certificate, Demand, Major
from docgen.model.records import (
    CertificateLevel,
    EvidenceFile,
    School,
    SchoolType,
    Scope,
)
from docgen.model.settings import EvidenceSettings, Settings, Waiver
from docgen.model.source import Origin, Source
from docgen.model.text import fold
from docgen.rules import RULES, Rule, evaluate

WORKBOOK = "申报数据.xlsx"
USUAL_LIMITS = EvidenceSettings()
USUAL_TEXTS = ("本页是佐证材料的正文，没有写证书、学校、姓名和数量。",)
Row = Mapping[str, Any]

SCHOOL: Row = {
    "name": "广西北部湾海洋职业学院",
    "type": "高职",
    "credit_code": "12450000MB1A000099",
    "code": "4145099999",
    "website": "www.example.edu.cn",
    "address": "广西钦州市海湾路1号",
    "contact_name": "李文静",
    "contact_phone": "13812345678",
    "contact_mail": "lwj@example.edu.cn",
    "year": 2021,
    "first_time": False,
    "office": "教务处",
    "leader_name": "王建国",
    "leader_title": "副院长",
    "group_head": "王建国",
}
SECONDARY: Row = {"type": "中职", "name": "广西岚溪职业技术学校", "code": "3645099999"}
"""A school of another type, whose name and code say so, too."""
APPLICATION: Row = {
    "number": "A01",
    "certificate": "网店运营推广",
    "level": "中级",
    "majors": ("电子商务",),
    "persons": 120,
    "persons_per_run": 40,
    "runs": 3,
    "department": "商学院",
    "responsible": "赵敏",
    "responsible_phone": "0771-2345678",
    "reason": "电子商务为重点建设专业。",
    "safeguards": "由教务处统筹。",
}
TEACHER: Row = {"name": "张丽华", "title": "讲师", "scope": "全部"}
VENUE: Row = {"name": "网店运营实训室", "place": "实训楼301", "seats": 40, "scope": "全部"}
EQUIPMENT: Row = {"name": "台式计算机", "kind": "硬件", "count": 40, "venue": "网店运营实训室", "scope": "全部"}
ENROLMENT: Row = {"major": "电子商务", "major_code": "530701", "grade": "2020级", "students": 150}
PAST_PILOT: Row = {
    "year": 2020,
    "certificate": "网店运营推广",
    "level": "中级",
    "trained": 80,
    "examined": 76,
    "certified": 70,
}
EVIDENCE: tuple[Row, ...] = (
    {"kind": "教师", "path": "A01/教师/张丽华.jpg", "scope": "全部"},
    {"kind": "场地", "path": "A01/场地/实训室.jpg", "scope": "全部"},
    {"kind": "设备", "path": "A01/设备/计算机.pdf", "scope": "全部"},
)


@dataclass(frozen=True)
class Shelf:
    """A catalogue of a few certificates and majors."""

    complete: bool = False
    demands: tuple[Demand, ...] = ()
    certificates: tuple[Certificate, ...] = (
        Certificate("网店运营推广", levels=tuple(CertificateLevel)),
        Certificate("数据采集", levels=(CertificateLevel.ELEMENTARY,)),
        Certificate("智能估价"),
    )
    all_majors: tuple[Major, ...] = (
        Major("高职专科", "530701", "电子商务"),
        Major("高职专科", "530605", "市场营销"),
        Major("中职", "730701", "电子商务"),
        Major("中职", "720301", "护理"),
    )

    def certificate(self, name: str) -> Certificate | None:
        key = fold(name).removesuffix("职业技能等级证书")
        return next((entry for entry in self.certificates if fold(entry.name) == key), None)

    def similar_certificates(self, name: str) -> tuple[str, ...]:
        return tuple(entry.name for entry in self.certificates if set(entry.name) & set(name))[:3]

    def majors(self, name: str) -> tuple[Major, ...]:
        return tuple(major for major in self.all_majors if major.name == name)

    def majors_of_code(self, code: str) -> tuple[Major, ...]:
        return tuple(major for major in self.all_majors if major.code == code)

    def similar_majors(self, name: str, school_type: SchoolType | None = None) -> tuple[str, ...]:  # noqa: ARG002
        return tuple(dict.fromkeys(major.name for major in self.all_majors if set(major.name) & set(name)))[:3]

    def demand(self, certificate: str, level: CertificateLevel | None) -> Demand | None:  # noqa: ARG002
        return next((demand for demand in self.demands if demand.certificate == certificate), None)


def scope(text: str) -> Scope:
    """全部, "" or numbers joined by 、 as a Scope."""
    return Scope(everywhere=True) if text == "全部" else Scope(tuple(part for part in text.split("、") if part))


def origin(sheet: schema.Sheet, row: int, unreadable: Iterable[str] = (), without: Iterable[str] = ()) -> Origin:
    """Where loading would say that a row of a sheet written by `docgen init` came from; `without` names lost columns."""
    columns = [(number, column.attribute) for number, column in enumerate(sheet.columns, 1)]
    places = {
        attribute: (number + 1, 2) if sheet.vertical else (row, number)
        for number, attribute in columns
        if attribute not in set(without)
    }
    return Origin(WORKBOOK, sheet.name, row, places, frozenset(unreadable))


def record(sheet: schema.Sheet, row: int, values: Row) -> Any:
    """One record of a sheet; `unreadable` and `without` among the values go to its origin."""
    given = dict(values)
    where = origin(sheet, row, given.pop("unreadable", ()), given.pop("without", ()))
    for column in sheet.columns:
        value = given.get(column.attribute)
        if column.kind is schema.ValueKind.SCOPE:
            given[column.attribute] = scope(value or "")
        elif value is not None and isinstance(column.choices, type):
            given[column.attribute] = column.choices(value)
    return sheet.record(origin=where, **given)


def scene(number: int) -> Image.Image:
    """A picture with forms at random places; each number gives another."""
    rng = random.Random(number)  # noqa: S311 - a picture, no secret
    image = Image.new("RGB", (640, 480), (rng.randrange(256), 200, rng.randrange(256)))
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y, wide, high = rng.randrange(600), rng.randrange(440), rng.randrange(20, 200), rng.randrange(20, 160)
        draw.rectangle((x, y, x + wide, y + high), fill=tuple(rng.randrange(256) for _ in range(3)))
    return image


@cache
def looks(number: int, quality: int = 0) -> str:
    """The fingerprint of a scene: as it was drawn, or stored as a small JPEG of that quality."""
    image = scene(number)
    if quality:
        out = io.BytesIO()
        image.resize((400, 300)).save(out, "JPEG", quality=quality)
        image = Image.open(out)
    return likeness_of(image)


def evidence(row: int, values: Row) -> Any:
    """A piece of evidence whose file is there, unless `file` says otherwise (None, or what is wrong with it).

    Every file has `texts`, even a photograph, unless it is given others, so that the rules on texts have what to read;
    and every photograph looks like no other.
    """
    given = dict(values)
    fault = given.pop("file", "")
    path = given.get("path", "")
    digest = given.pop("sha256", f"{row:064x}")
    media = given.pop("media", "application/pdf" if path.endswith(".pdf") else "image/jpeg")
    facts = {name: given.pop(name) for name in ("notes", "likeness") if name in given}
    size, pages = given.pop("size", 1000), given.pop("pages", 1)
    if media.startswith("image/") and "likeness" not in facts:
        facts["likeness"] = looks(row)
    texts = given.pop("texts", USUAL_TEXTS)
    texts = (texts,) if isinstance(texts, str) else texts
    item = record(schema.EVIDENCE, row, given)
    if fault is None or not path:
        return item
    remedy = "换一份。" if fault else ""
    return replace(
        item, file=EvidenceFile(path, size, digest, media, pages, fault=fault, remedy=remedy, texts=texts, **facts)
    )


def make_case(
    school: Row | None = None,
    applications: Iterable[Row] = ({},),
    teachers: Iterable[Row] = ({},),
    venues: Iterable[Row] = ({},),
    equipment: Iterable[Row] = ({},),
    enrolments: Iterable[Row] = ({},),
    past_pilots: Iterable[Row] = (),
    evidences: Iterable[Row] = EVIDENCE,
    strays: Iterable[str] = (),
    waivers: Iterable[tuple[str, str, str]] = (),
    catalogue: Shelf = Shelf(),
    limits: EvidenceSettings = USUAL_LIMITS,
) -> Case:
    """A case that every rule passes, changed by what is given. `school=None` changes nothing there."""

    def rows(sheet: schema.Sheet, usual: Row, given: Iterable[Row]) -> tuple[Any, ...]:
        return tuple(record(sheet, number, {**usual, **row}) for number, row in enumerate(given, 2))

    return Case(
        school=record(schema.SCHOOL, 2, {**SCHOOL, **(school or {})}),
        catalogue=catalogue,
        settings=Settings(evidence=limits, waivers=tuple(Waiver(*waiver, Source("docgen.toml")) for waiver in waivers)),
        applications=rows(schema.APPLICATIONS, APPLICATION, applications),
        teachers=rows(schema.TEACHERS, TEACHER, teachers),
        venues=rows(schema.VENUES, VENUE, venues),
        equipment=rows(schema.EQUIPMENT, EQUIPMENT, equipment),
        enrolments=rows(schema.ENROLMENTS, ENROLMENT, enrolments),
        past_pilots=rows(schema.PAST_PILOTS, PAST_PILOT, past_pilots),
        evidence=tuple(evidence(number, row) for number, row in enumerate(evidences, 2)),
        stray_files=tuple(EvidenceFile(path, 1) for path in strays),
        inputs={WORKBOOK: "0" * 64},
    )


def without_school_sheet(case: Case) -> Case:
    """The case as loading makes it where the sheet 院校信息 is not there."""
    return replace(case, school=School(Origin(WORKBOOK, schema.SCHOOL.name)))


def rule_of(rule: str) -> Rule:
    """The rule of an id."""
    return next(entry for entry in RULES if entry.id == rule)


def said(rule: str, case: Case) -> list[Finding]:
    """What one rule says of a case, whatever its kind."""
    return [finding for finding in evaluate(case).findings if finding.rule == rule]


def fails(rule: str, case: Case) -> list[Finding]:
    """The failures of one rule."""
    return [finding for finding in said(rule, case) if finding.kind is FindingKind.FAIL]


def outcome(rule: str, case: Case) -> Outcome:
    """What one rule came to over the whole case."""
    return evaluate(case).rules[rule]
