"""Totals and counts over an application's rows: what the prose states and the tables sum up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from docgen.model.case import Case
from docgen.model.records import Application, Equipment, EquipmentKind


def total(values: Iterable[Decimal | int | None]) -> Decimal | int | None:
    """The sum, or None where there is nothing to add or a value is unknown: a partial sum would mislead."""
    listed = list(values)
    if not listed or any(value is None for value in listed):
        return None
    return sum(value for value in listed if value is not None)


@dataclass(frozen=True, slots=True)
class EquipmentFigures:
    """Kinds, pieces and worth (yuan) of some equipment; None where a row does not say."""

    kinds: int
    pieces: Decimal | int | None
    worth: Decimal | int | None


def equipment_figures(rows: Iterable[Equipment]) -> EquipmentFigures:
    """The figures of the given rows."""
    listed = tuple(rows)
    worths = [None if row.price is None or row.count is None else row.price * row.count for row in listed]
    return EquipmentFigures(len(listed), total(row.count for row in listed), total(worths))


def application_figures(case: Case, application: Application) -> dict[str, object]:
    """The field 统计 of an application's documents: Chinese name → number, None where it cannot be told."""
    teachers = case.teachers_of(application)
    venues = case.venues_of(application)
    equipment = case.equipment_of(application)
    enrolments = case.enrolments_of(application)
    whole = equipment_figures(equipment)
    hardware = equipment_figures(row for row in equipment if row.kind is EquipmentKind.HARDWARE)
    software = equipment_figures(row for row in equipment if row.kind is EquipmentKind.SOFTWARE)
    level = application.level
    trained = [teacher for teacher in teachers if teacher.training_certificate]
    fit = [
        teacher for teacher in trained if level and teacher.training_level and teacher.training_level.rank >= level.rank
    ]
    senior = [teacher for teacher in teachers if "副教授" in teacher.title or "高级" in teacher.title]
    professors = [teacher for teacher in teachers if "教授" in teacher.title and "副" not in teacher.title]
    years = total(teacher.years for teacher in teachers)
    return {
        "教师数": len(teachers),
        "持证教师数": len(trained),
        "等级相符教师数": len(fit),
        "高级职称数": len(senior) + len(professors),
        "平均教龄": round(Decimal(years) / len(teachers), 1) if years is not None and teachers else None,
        "场地数": len(venues),
        "总面积": total(venue.area for venue in venues),
        "总工位": total(venue.seats for venue in venues),
        "设备种数": whole.kinds,
        "设备台数": whole.pieces,
        "设备总值": whole.worth,
        "硬件种数": hardware.kinds,
        "硬件台数": hardware.pieces,
        "软件种数": software.kinds,
        "软件套数": software.pieces,
        "专业数": len(application.majors),
        "在校生数": total(row.students for row in enrolments),
    }


def school_figures(case: Case) -> dict[str, object]:
    """The field 统计 of the whole school's documents."""
    applications = case.applications
    return {
        "申报数": len(applications),
        "证书数": len({application.certificate for application in applications if application.certificate}),
        "培训人数": total(application.persons for application in applications),
        "教师数": len(case.teachers),
        "场地数": len(case.venues),
        "设备种数": len(case.equipment),
        "在校生数": total(row.students for row in case.enrolments),
    }
