"""Values kept packed behave as lists and dicts do, and take little room."""

from __future__ import annotations

import json
import pickle
import tracemalloc
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.render.environment import make_environment
from docgen.tools import packed
from docgen.tools.packed import PackedFiles, PackedRows, unpack

ROWS = [{"编号": f"A{number:02d}", "人数": number % 7, "面积": Decimal("1.50")} for number in range(50)]


@given(st.lists(st.integers() | st.text() | st.none()), st.integers(1, 20), st.data())
def test_packed_rows_answer_as_the_list_does(values: list[Any], together: int, data: st.DataObject) -> None:
    rows = PackedRows(iter(values), together)
    assert list(rows) == values
    assert len(rows) == len(values)
    assert rows == values
    assert list(reversed(rows)) == values[::-1]
    for place in data.draw(st.lists(st.integers(-30, 30))):
        if -len(values) <= place < len(values):
            assert rows[place] == values[place]
        else:
            with pytest.raises(IndexError):
                rows[place]
    start, stop, step = data.draw(
        st.tuples(*[st.none() | st.integers(-9, 9)] * 2, st.none() | st.sampled_from([-2, 1, 3]))
    )
    assert rows[start:stop:step] == values[start:stop:step]
    assert rows + ["x"] == [*values, "x"]  # noqa: RUF005 - as templates write it
    assert ["x"] + rows == ["x", *values]  # noqa: RUF005


def test_packed_rows_are_no_other_list() -> None:
    assert PackedRows(ROWS) != ROWS[:-1]
    assert PackedRows(ROWS) != [*ROWS[:-1], {}]
    assert PackedRows("ab") != "ab"


def test_packed_rows_go_to_another_process() -> None:
    rows = PackedRows([{"文件": PackedRows(ROWS)}, {"文件": PackedRows([])}])
    copy = pickle.loads(pickle.dumps(rows))  # noqa: S301
    assert [list(row["文件"]) for row in copy] == [ROWS, []]


def test_rows_that_lie_far_apart_are_each_unpacked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = PackedRows(ROWS, together=8)
    asked: list[bytes] = []
    monkeypatch.setattr(packed, "unpack", lambda data: asked.append(data) or unpack(data))
    for _ in range(3):
        assert [rows[place]["编号"] for place in (0, 20, 47)] == ["A00", "A20", "A47"]
    assert len(asked) == 3
    assert [rows[place] for place in range(50)] == ROWS


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ rows | length }} {{ rows | sum(attribute='人数') }}", f"50 {sum(row['人数'] for row in ROWS)}"),
        (
            "{{ rows | selectattr('人数', 'equalto', 6) | map(attribute='编号') | join(' ') }}",
            "A06 A13 A20 A27 A34 A41 A48",
        ),
        (
            "{{ rows[0].编号 }} {{ rows[-1].编号 }} {{ (rows | first).编号 }} {{ (rows | last).编号 }}",
            "A00 A49 A00 A49",
        ),
        ("{% for row in rows[:3] %}{{ loop.index }}/{{ loop.length }} {% endfor %}", "1/3 2/3 3/3 "),
        ("{% for row in rows %}{{ '' if not loop.last else loop.length }}{% endfor %}", "50"),
        ("{% for row in rows %}{{ row.编号 if loop.nextitem is undefined }}{% endfor %}", "A49"),
        ("{{ (rows + [{'编号': 'Z'}]) | map(attribute='编号') | list | last }}", "Z"),
        ("{{ rows[1:3] | map(attribute='人数') | list | tojson }} {{ none_ | tojson }}", "[1, 2] []"),
        ("{% for group in rows | groupby('人数') %}{{ group.grouper }}{% endfor %}", "0123456"),
        (
            "{{ rows is sequence }} {{ rows is iterable }} {{ 'yes' if rows else 'no' }} {{ 'yes' if none_ else 'no' }}",
            "True True yes no",
        ),
        (
            "{{ (rows | sort(attribute='人数', reverse=true) | first).人数 }} {{ rows | batch(20) | list | length }}",
            "6 3",
        ),
    ],
)
def test_templates_use_packed_rows_as_lists(template: str, shown: str) -> None:
    environment = make_environment()
    assert environment.from_string(template).render(rows=PackedRows(ROWS, 8), none_=PackedRows([])) == shown


def test_packed_rows_take_little_room() -> None:
    def rows() -> Any:
        return (
            {"名称": f"申报书{number}.pdf", "页数": 7, "大小": "201.5 KB", "摘要": f"{number:064x}"}
            for number in range(4000)
        )

    tracemalloc.start()
    try:
        packed = PackedRows(rows())
        kept, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        assert sum(row["页数"] for row in packed) == 28000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    plain = sum(len(json.dumps(row)) for row in rows())
    assert kept < plain / 3
    assert peak - kept < 100_000


PATHS = st.sampled_from(["a.txt", "b", "x/1", "x/2", "x-y/1", "x!/1", "x", "申报/书.pdf", "申报/表.pdf"])


@given(st.lists(st.tuples(PATHS, st.integers() | st.none())), st.booleans())
def test_packed_files_answer_as_the_dict_does(steps: list[tuple[str, int | None]], nested: bool) -> None:
    files: PackedFiles[tuple[str, int]] = PackedFiles(lambda value: value[1], lambda path, plain: (path, plain))
    expected: dict[str, tuple[str, int]] = {}
    for path, number in [*steps, *([("x/y/1", 1), ("x/y-z", 2)] if nested else [])]:
        if number is None:
            assert (path in files) == (path in expected)
            expected.pop(path, None)
            files.pop(path, None)
        else:
            files[path] = expected[path] = (path, number)
    assert len(files) == len(expected)
    assert dict(files) == expected
    assert list(files.items()) == sorted(expected.items())
    assert list(files) == sorted(expected)
    for path in ("a.txt", "x/1", "x/none", "none"):
        assert files.get(path) == expected.get(path)
        assert (path in files) == (path in expected)
    with pytest.raises(KeyError):
        del files["none/there"]
    assert 1 not in files
