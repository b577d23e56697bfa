"""Which stages of the catalogue of majors each type of school teaches."""

from __future__ import annotations

from docgen.model.records import SchoolType

STAGES = {
    SchoolType.SECONDARY: ("中职",),
    SchoolType.HIGHER_VOCATIONAL: ("高职专科", "高职本科"),
    SchoolType.UNDERGRADUATE: ("高职专科", "高职本科"),
}
