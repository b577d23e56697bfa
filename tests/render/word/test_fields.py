"""Every field that a document gets is told by `templates fields`, and every field that a template uses is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jinja2
import pytest

from docgen.assemble.fields import front_fields
from docgen.assemble.records import Entry, FrontMatter, VolumeOrder
from docgen.makers.bench import full_context
from docgen.makers.ordering import Ordering
from docgen.makers.values import Fact, fact_book
from docgen.model import schema
from docgen.plan.artefacts import Maker
from docgen.plan.context import field_name as planned_name
from docgen.render.known_fields import extra_columns, field_name, known_fields
from docgen.render.report_html import _fields
from docgen.render.report_view import make_view
from docgen.render.templates import find_template, template_folders
from docgen.render.uses import uses_of
from docgen.render.word.fields import fields_of
from docgen.tools.packed import PackedRows


def paths(value: Any, path: str = "") -> Iterator[str]:
    """Every field in a context: 院校.院校名称, 教师[].姓名."""
    if path and not path.endswith("[]"):
        yield path
    if isinstance(value, Mapping):
        for name, below in value.items():
            yield from paths(below, f"{path}.{name}" if path else name)
    elif isinstance(value, list | tuple | PackedRows):
        for below in value:
            if isinstance(below, Mapping):
                yield from paths(below, f"{path}[]")


def undocumented(kind: str, context: Mapping[str, Any], case: Any) -> list[str]:
    known = {field.path for field in known_fields(find_template(kind), extra_columns(case)).fields}
    return sorted(set(paths(context)) - known)


def test_every_field_of_every_document_is_told(built_sample) -> None:  # type: ignore[no-untyped-def]
    plan, case = built_sample.plan, built_sample.case
    facts = fact_book()
    facts.update((part.path, Fact(part.path, "0" * 64, 1, 1, 1)) for part in plan.artefacts)
    templates = {folder.kind: folder for folder in template_folders()}
    ordering = Ordering(built_sample.out.parent, case, built_sample.evaluation, plan, templates, facts=facts)
    told = 0
    for artefact in plan.artefacts:
        if artefact.maker in (Maker.WORD, Maker.PAGE, Maker.HTML):
            context = full_context(ordering.of(artefact), facts)
            assert undocumented(artefact.kind, context, case) == [], artefact.path
            told += 1
    assert told > 3


def test_every_field_of_a_faulty_school_is_told(built_faulty) -> None:  # type: ignore[no-untyped-def]
    for artefact in built_faulty.plan.artefacts:
        if artefact.maker in (Maker.WORD, Maker.PAGE, Maker.HTML, Maker.SUMMARY):
            assert undocumented(artefact.kind, built_faulty.plan.show(artefact), built_faulty.case) == [], artefact.path


def test_every_field_of_a_volumes_front_and_of_the_report_is_told(built_faulty) -> None:  # type: ignore[no-untyped-def]
    order = VolumeOrder("教师佐证材料", "A01", "甲校", ())
    matter = FrontMatter(order, (Entry("张某某", "证书", "照片", 1, 3),), 4, 2)
    assert undocumented("evidence", front_fields(matter), built_faulty.case) == []
    report = {"报告": _fields(make_view(built_faulty.case, built_faulty.evaluation))}
    assert undocumented("check-report", report, built_faulty.case) == []


@pytest.mark.parametrize("folder", template_folders(), ids=lambda folder: folder.kind)
def test_every_field_is_explained(folder) -> None:  # type: ignore[no-untyped-def]
    for field in known_fields(folder).fields:
        assert field.meaning, field.path
        assert not field.meaning.isascii(), field.path


@pytest.mark.parametrize("folder", template_folders(), ids=lambda folder: folder.kind)
def test_what_is_required_is_known(folder) -> None:  # type: ignore[no-untyped-def]
    known = known_fields(folder)
    assert [path for path in known.required if known.unknown(path)] == []


def test_a_columns_name_is_the_same_for_planning_and_for_checking() -> None:
    headers = [column.header for sheet in schema.SHEETS for column in sheet.columns]
    assert [field_name(header) for header in headers] == [planned_name(header) for header in headers]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 甲.乙 }}{{ 甲['丙'] }}", {"甲.乙", "甲.丙"}),
        (
            "{% for 行 in 教师 %}{{ 行.姓名 }}{{ loop.index }}{% endfor %}{{ 行.姓名 }}",
            {"教师", "教师[].姓名", "行.姓名"},
        ),
        (
            "{% for 卷 in 材料 %}{% for 条 in 卷.条目 %}{{ 条.名 }}{% endfor %}{% endfor %}",
            {"材料", "材料[].条目", "材料[].条目[].名"},
        ),
        (
            "{% for 行 in 教师 | sort(attribute='姓名') %}{{ 行.职称 }}{% endfor %}",
            {"教师", "教师[].姓名", "教师[].职称"},
        ),
        ("{{ 场地 | map(attribute='场地名称') | 顿号 }}", {"场地", "场地[].场地名称"}),
        ("{{ (教师 | first).姓名 }}{{ 教师[0].职称 }}", {"教师[].姓名", "教师[].职称"}),
        ("{% set 校 = 院校 %}{{ 校.名称 }}{% set 甲 = 1 %}{{ 甲 }}", {"院校", "院校.名称"}),
        ("{% macro 印(值) %}{{ 值.甲 }}{{ 乙 }}{% endmacro %}{{ 印(丙) }}", {"乙", "丙"}),
        ("{% for 名, 数 in 件数.items() %}{{ 名 }}{{ 数 }}{% endfor %}", {"件数"}),
        ("{% for 行 in 教师 if 行.职称 %}{% else %}{{ 无 }}{% endfor %}", {"教师", "教师[].职称", "无"}),
    ],
)
def test_fields_are_read_through_loops_names_and_filters(source: str, expected: set[str]) -> None:
    environment = jinja2.Environment(autoescape=True)
    environment.filters["顿号"] = str
    assert fields_of(environment.parse(source)) == expected


def test_a_use_says_its_line_and_whether_it_is_only_asked_for() -> None:
    tree = jinja2.Environment(autoescape=True).parse(
        "\n{{ 甲 | default('') }}\n{% if 乙 is defined %}{{ 丙 }}{% endif %}"
    )
    assert [(use.path, use.line, use.asked) for use in uses_of(tree)] == [
        ("甲", 2, True),
        ("乙", 3, True),
        ("丙", 3, False),
    ]
