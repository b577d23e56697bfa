"""Pages fitted onto A4 above the foot, photos onto their cells: laws, whatever the sizes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.acroform.geometry import MM, Box, number
from docgen.evidence.geometry import (
    FOOT_HEIGHT,
    MOST_ENLARGED,
    fit_page,
    fit_picture,
    page_frame,
    page_size,
    parts_of,
    photo_cells,
    picture_matrix,
)

SIDE = st.floats(20, 5000)
CORNER = st.floats(-2000, 2000)
TURN = st.sampled_from([0, 90, 180, 270])
NEAR = 1e-6


@given(x=CORNER, y=CORNER, width=SIDE, height=SIDE, turn=TURN)
def test_a_page_is_never_cut_off_distorted_or_laid_over_the_foot(
    x: float, y: float, width: float, height: float, turn: int
) -> None:
    visible = Box(x, y, x + width, y + height)
    upright = (width, height) if turn % 180 == 0 else (height, width)
    paper = page_size(*upright)
    matrix = fit_page(visible, turn, page_frame(*paper))
    placed = matrix.box(visible)
    assert placed.left >= 3 * MM - NEAR
    assert placed.right <= paper[0] - 3 * MM + NEAR
    assert placed.bottom >= FOOT_HEIGHT - NEAR
    assert placed.top <= paper[1] - 3 * MM + NEAR
    assert placed.width / placed.height == pytest.approx(upright[0] / upright[1])
    assert placed.width / upright[0] <= MOST_ENLARGED + NEAR


@pytest.mark.parametrize(
    ("turn", "corner"),
    [(0, "upper left"), (90, "upper right"), (180, "lower right"), (270, "lower left")],
)
def test_where_the_upper_left_corner_goes(turn: int, corner: str) -> None:
    """/Rotate turns clockwise."""
    visible = Box(0, 0, 100, 200)
    frame = page_frame(*page_size(*((100, 200) if turn % 180 == 0 else (200, 100))))
    matrix = fit_page(visible, turn, frame)
    x, y = matrix.point(0, 200)
    placed = matrix.box(visible)
    vertical, horizontal = corner.split()
    assert x == pytest.approx(placed.left if horizontal == "left" else placed.right)
    assert y == pytest.approx(placed.top if vertical == "upper" else placed.bottom)


@given(orientation=st.integers(1, 8), width=SIDE, height=SIDE)
def test_a_picture_fills_its_place_in_every_orientation(orientation: int, width: float, height: float) -> None:
    place = Box(10, 20, 10 + width, 20 + height)
    filled = picture_matrix(orientation, place).box(Box(0, 0, 1, 1))
    wanted = (place.left, place.bottom, place.right, place.top)
    assert (filled.left, filled.bottom, filled.right, filled.top) == pytest.approx(wanted)


@pytest.mark.parametrize("count", range(1, 13))
def test_cells_do_not_overlap_and_stay_above_the_foot(count: int) -> None:
    cells = photo_cells(count)
    assert len(cells) == count
    assert all(cell.bottom > FOOT_HEIGHT and cell.width > 100 and cell.height > 100 for cell in cells)
    assert not any(a.meet(b) for place, a in enumerate(cells) for b in cells[:place])


@given(wide=st.integers(1, 9000), high=st.integers(1, 9000))
def test_a_picture_keeps_its_shape_and_is_not_blown_up(wide: int, high: int) -> None:
    room = photo_cells(2)[0]
    place = fit_picture(wide, high, room)
    assert place.width / place.height == pytest.approx(wide / high)
    assert place.width <= room.width + NEAR
    assert place.height <= room.height + NEAR
    assert wide / (place.width / 72) >= 96 - NEAR


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (0.5, "0.5"), (-0.000001, "0"), (1e-9, "0"), (595.2755906, "595.27559")]
)
def test_numbers_are_written_as_pdf_wants_them(value: float, text: str) -> None:
    assert number(value) == text


@given(across=st.integers(1, 4000), down=st.integers(1, 60_000))
def test_a_long_picture_is_shown_whole_in_parts_that_can_be_read(across: int, down: int) -> None:
    parts = parts_of(across, down)
    assert (parts[0][0], parts[-1][1]) == (0.0, pytest.approx(1))
    for (start, end), (following, _) in pairwise(parts):
        assert start < following < end
        assert (end - following) * down == pytest.approx(0.08 * across)
    highest = max(end - start for start, end in parts) * down
    assert highest <= 3.6 * across if across >= 300 else len(parts) == 1
    assert len(parts) == 1 or highest <= 2.2 * across + NEAR * down
