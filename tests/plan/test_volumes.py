"""Which evidence goes into which volume: one a kind, more where one would be too full, never more than three for that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.catalogue import load_catalogue
from docgen.evidence.volumes import MEGABYTE, VolumePart, parts_of
from docgen.model.case import Case
from docgen.model.records import (
    Application,
    CertificateLevel,
    EvidenceFile,
    EvidenceItem,
    EvidenceKind,
    School,
    Scope,
)
from docgen.model.settings import EvidenceSettings, Settings
from docgen.model.source import Origin
from docgen.plan.context import Checked, application_context
from docgen.plan.planning import Materials, make_plan
from docgen.plan.volumes import part_named, volume_title

ORIGIN = Origin("申报数据.xlsx", "佐证材料", 2)
TEACHER, VENUE, EQUIPMENT, OTHER = EvidenceKind
FRONT = 2  # cover and index


def photo(kind: EvidenceKind, name: str, size: int = 3_000_000, width: int = 4000, height: int = 3000) -> EvidenceItem:
    return _item(kind, EvidenceFile(f"{name}.jpg", size, name, "image/jpeg", 1, width, height))


def pdf(kind: EvidenceKind, name: str, pages: int, size: int = 100_000, texts: bool = True) -> EvidenceItem:
    words = tuple("正文" if texts else "" for _ in range(pages))
    return _item(kind, EvidenceFile(f"{name}.pdf", size, name, "application/pdf", pages, texts=words))


def _item(kind: EvidenceKind, file: EvidenceFile) -> EvidenceItem:
    return EvidenceItem(ORIGIN, kind, file.path, file, scope=Scope(everywhere=True))


def case(items: Iterable[EvidenceItem], **limits: int) -> Case:
    application = Application(ORIGIN, "A01", "老年照护", CertificateLevel.INTERMEDIATE)
    return Case(
        School(ORIGIN, "甲职业学院"),
        load_catalogue(),
        Settings(evidence=EvidenceSettings(**limits)),
        (application,),
        evidence=tuple(items),
    )


def parts(items: Iterable[EvidenceItem], **limits: int) -> tuple[VolumePart, ...]:
    given_ = case(items, **limits)
    return parts_of(given_, given_.applications[0])


def names(found: Sequence[VolumePart]) -> list[tuple[str, int]]:
    return [(volume_title(part), len(part.items)) for part in found]


def test_a_kind_makes_one_volume_where_nothing_is_too_full() -> None:
    found = parts([photo(VENUE, "v"), photo(TEACHER, "t"), photo(TEACHER, "u")])
    assert names(found) == [("教师佐证材料", 2), ("场地佐证材料", 1)]
    assert [part.name for part in found] == ["教师", "场地"]
    assert [part.max_mb for part in found] == [50, 50]


def test_no_evidence_makes_no_volume() -> None:
    assert parts([]) == ()
    assert parts([], max_total_mb=5) == ()
    broken = EvidenceItem(ORIGIN, TEACHER, "x.pdf", EvidenceFile("x.pdf", fault="打不开"), scope=Scope(everywhere=True))
    assert parts([broken, EvidenceItem(ORIGIN, TEACHER, "y.pdf", scope=Scope(everywhere=True))]) == ()


def test_photos_share_pages_and_scans_do_not() -> None:
    def pages(items: Iterable[EvidenceItem], **limits: int) -> int:
        return parts(items, **limits)[0].room.pages - FRONT

    photos = [photo(TEACHER, str(number)) for number in range(5)]
    scan = photo(TEACHER, "scan", width=2480, height=3508)
    assert pages(photos) == 3
    assert pages(photos, photos_per_page=4) == 2
    assert pages([*photos, scan]) == 4
    assert pages([photos[0], scan, photos[1]]) == 3
    assert pages([photos[0], pdf(TEACHER, "p", 7), photos[1]]) == 9


@pytest.mark.parametrize(
    ("lengths", "most", "cut"),
    [
        ([10, 10, 10, 10], 30, [2, 2]),
        ([10] * 9, 40, [3, 3, 3]),
        ([10, 10, 10, 10, 10], 35, [3, 2]),
        ([40, 1, 1, 1], 42, [1, 3]),
        ([1, 1, 1, 40], 42, [3, 1]),
        ([5, 30, 5, 30], 40, [2, 2]),
        ([20, 20], 42, [2]),
        ([60], 20, [1]),
        ([60, 1], 20, [2]),  # a cut would not help the long one
    ],
)
def test_a_long_kind_is_cut_between_items_into_like_parts(lengths: list[int], most: int, cut: list[int]) -> None:
    items = [pdf(EQUIPMENT, str(number), length) for number, length in enumerate(lengths)]
    found = parts(items, max_volume_pages=most)
    assert [len(part.items) for part in found] == cut
    assert [item for part in found for item in part.items] == items
    if len(cut) > 1:
        assert [part.name for part in found] == [f"设备/{number}" for number in range(1, len(cut) + 1)]
        assert volume_title(found[1]) == "设备佐证材料（二）"
        assert all(part.room.pages <= most for part in found)


def test_a_page_of_photos_is_not_cut_apart() -> None:
    found = parts([photo(VENUE, str(number)) for number in range(15)], max_volume_pages=8)
    assert [(len(part.items), part.room.pages) for part in found] == [(8, 6), (7, 6)]


def test_three_kinds_are_never_cut() -> None:
    items = [pdf(kind, f"{kind}{number}", 50) for kind in (TEACHER, VENUE, EQUIPMENT) for number in range(4)]
    assert names(parts(items, max_volume_pages=60)) == [("教师佐证材料", 4), ("场地佐证材料", 4), ("设备佐证材料", 4)]
    assert len(parts([*items, pdf(OTHER, "o", 1)], max_volume_pages=60)) == 4


def test_the_fullest_of_two_kinds_gets_the_third_volume() -> None:
    items = [
        pdf(kind, f"{kind}{number}", 30 * factor) for kind, factor in ((TEACHER, 1), (VENUE, 2)) for number in "ab"
    ]
    assert names(parts(items, max_volume_pages=50)) == [
        ("教师佐证材料", 2),
        ("场地佐证材料（一）", 1),
        ("场地佐证材料（二）", 1),
    ]


def test_photos_are_weighed_as_small_as_they_may_become() -> None:
    photos = [photo(TEACHER, str(number), 5_000_000) for number in range(60)]  # 300 MB as they are
    assert len(parts(photos, max_volume_mb=50)) == 1
    assert len(parts(photos, max_volume_mb=5)) == 2
    assert len(parts(photos, max_volume_mb=5, min_dpi=300)) == 3
    assert len(parts(photos, max_volume_mb=0)) == 1


def test_scans_in_a_pdf_may_become_smaller_but_not_its_text() -> None:
    texts, scans = (pdf(TEACHER, "p", 20, 40_000_000, texts=given_) for given_ in (True, False))
    assert parts([texts])[0].room.least > 40_000_000
    assert parts([scans])[0].room.least < 12_000_000
    assert parts([scans])[0].room.full > 40_000_000


def test_the_total_is_shared_out_by_what_volumes_need() -> None:
    items = [pdf(EQUIPMENT, "e", 10, 3_000_000), *(photo(VENUE, str(number)) for number in range(20))]
    venue, equipment = parts(items, max_total_mb=10)
    assert venue.max_mb + equipment.max_mb == pytest.approx(10, abs=0.01)
    assert equipment.max_mb >= 3  # text does not become smaller
    assert (venue.of_total_mb, equipment.of_total_mb) == (10, 10)
    assert [(part.max_mb, part.of_total_mb) for part in parts(items, max_total_mb=1000)] == [(50, 0), (50, 0)]
    assert sum(part.max_mb for part in parts(items, max_total_mb=2)) == pytest.approx(2, abs=0.01)
    assert [part.of_total_mb for part in parts(items, max_total_mb=30, max_volume_mb=0)] == [30, 30]


ITEMS = st.lists(
    st.one_of(
        st.builds(lambda kind, pages, size: pdf(kind, "p", pages, size), st.sampled_from(EvidenceKind), st.integers(1, 90), st.integers(0, 9_000_000)),
        st.builds(lambda kind, size: photo(kind, "f", size), st.sampled_from(EvidenceKind), st.integers(1, 9_000_000)),
    ),
    max_size=25,
)  # fmt: skip


@given(ITEMS, st.integers(0, 60), st.integers(0, 20), st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_the_guide_is_kept(
    items: list[EvidenceItem], pages: int, megabytes: int, total: int
) -> None:
    found = parts(items, max_volume_pages=pages, max_volume_mb=megabytes, max_total_mb=total)
    assert [item for part in found for item in part.items] == sorted(
        items, key=lambda i: list(EvidenceKind).index(i.kind)
    )
    kinds = {part.kind for part in found}
    assert len(found) <= max(len(kinds), 3)
    for kind in kinds:
        same = [part for part in found if part.kind is kind]
        assert [(part.number, part.of) for part in same] == [(n, len(same)) for n in range(1, len(same) + 1)]
        assert all(part.items for part in same)
    for part in found:
        assert bool(part.max_mb) == bool(megabytes or total)
        assert not megabytes or part.max_mb <= megabytes
    if total and not megabytes and found:
        assert sum(part.max_mb for part in found) == pytest.approx(total, abs=0.01)
        assert all(part.room.least <= part.room.full for part in found)
    assert MEGABYTE == 10**6


def test_documents_name_each_volume_with_its_items() -> None:
    given_ = case([pdf(VENUE, "甲", 10), pdf(VENUE, "乙", 10)], max_volume_pages=15)
    application = given_.applications[0]
    rows = application_context(given_, application, Checked())["佐证材料"]
    assert [(row["名称"], row["类别"], row["件数"]) for row in rows] == [
        ("场地佐证材料（一）.pdf", "场地", 1),
        ("场地佐证材料（二）.pdf", "场地", 1),
    ]
    assert [entry["名称"] for entry in rows[1]["条目"]] == ["乙"]
    assert part_named(given_, application, "场地/2").items[0].path == "乙.pdf"
    with pytest.raises(KeyError):
        part_named(given_, application, "场地")


def _volumes(given_: Case) -> dict[str, str]:
    plan = make_plan(given_, Checked(), Materials({}))
    return {
        artefact.path.rpartition("/")[2]: artefact.fingerprint
        for artefact in plan.artefacts
        if artefact.kind == "evidence"
    }


def test_a_volume_is_made_again_when_its_items_or_limits_change_and_only_then() -> None:
    items = [pdf(TEACHER, "t", 10, 2_000_000), photo(VENUE, "a"), photo(VENUE, "b")]
    before = _volumes(case(items))
    assert list(before) == ["教师佐证材料.pdf", "场地佐证材料.pdf"]

    def changed(after: dict[str, str]) -> list[str]:
        return [name for name in after if before.get(name) != after[name]]

    assert changed(_volumes(case(items, max_volume_pages=900))) == []
    assert changed(_volumes(case([items[0], items[2], items[1]]))) == ["场地佐证材料.pdf"]
    for limits in ({"max_volume_mb": 20}, {"min_dpi": 100}, {"max_dpi": 200}, {"max_total_mb": 3}):
        assert changed(_volumes(case(items, **limits))) == list(before), limits
    cut = _volumes(case([pdf(TEACHER, "t", 10), pdf(TEACHER, "u", 10)], max_volume_pages=15))
    assert list(cut) == ["教师佐证材料（一）.pdf", "教师佐证材料（二）.pdf"]


def test_a_size_limit_leaves_the_other_documents_as_they_are() -> None:
    items = [photo(VENUE, "a")]
    plans = [make_plan(case(items, **limits), Checked(), Materials({})) for limits in ({}, {"max_volume_mb": 20})]
    changed = {
        one.path.rpartition("/")[2]
        for one, other in zip(plans[0].artefacts, plans[1].artefacts, strict=True)
        if one.fingerprint != other.fingerprint
    }
    # What shows the volumes' digests is made anew with them; the application itself is not.
    assert {"场地佐证材料.pdf", "自查表.pdf"} <= changed
    assert not {"申报书.docx", "申报书.pdf", "院校信息表.docx", "申报汇总表.xlsx"} & changed
