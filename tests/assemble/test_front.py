"""Front matter is made again until its own length no longer changes the numbers printed in it."""

from collections.abc import Callable

import pytest
from evidence_desk import Desk, pdf, plain_front

from docgen.assemble.volume import FrontMatter


def growing(lengths: Callable[[FrontMatter], int], calls: list[int]) -> Callable[[FrontMatter], bytes]:
    def front(matter: FrontMatter) -> bytes:
        calls.append(matter.front_pages)
        return plain_front(lengths(matter))(matter)

    return front


@pytest.mark.parametrize("pages", [1, 2, 3, 5])
def test_printed_numbers_are_the_pdf_s_own(desk: Desk, pages: int) -> None:
    desk.put("a.pdf", pdf("one", "two"))
    desk.put("b.pdf", pdf("three"))
    calls: list[int] = []
    volume = desk.assemble(growing(lambda _: pages, calls))
    assert [entry.first_page for entry in volume.entries] == [pages + 1, pages + 3]
    assert volume.pages == pages + 3
    assert calls[-1] == pages
    assert len(calls) <= 2


def test_a_length_that_swings_is_filled_up(desk: Desk) -> None:
    """With 2 front pages it wants 3, with 3 it wants 2: the larger stays, and the numbers hold."""
    desk.put("a.pdf", pdf("one"))
    volume = desk.assemble(growing(lambda matter: 5 - matter.front_pages, []))
    assert (volume.pages, volume.entries[0].first_page) == (4, 4)
    assert volume.data


def test_what_front_matter_is_told(desk: Desk) -> None:
    desk.put("a.pdf", pdf("one", "two"), "文件", "证明甲")
    told: list[FrontMatter] = []
    desk.assemble(lambda matter: told.append(matter) or plain_front()(matter))  # type: ignore[func-returns-value]
    matter = told[-1]
    assert (matter.total_pages, matter.front_pages, matter.photos, matter.documents) == (4, 2, 0, 1)
    entry = matter.entries[0]
    assert (entry.title, entry.note, entry.kind, entry.pages, entry.first_page) == ("文件", "证明甲", "PDF", 2, 3)
    assert matter.order.school == "桂岭职业技术学院"
