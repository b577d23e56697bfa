"""What is estimated of a volume before it is made holds for the volume that is made."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from evidence_desk import Desk, jpeg, pdf, picture, plain_front, png
from PIL import Image

from docgen.evidence.estimates import Room, ruler
from docgen.model.records import EvidenceFile
from docgen.model.settings import EvidenceSettings

PHOTO = ("jpg", 1600, 1200, 1)
SCAN = ("jpg", 1240, 1754, 1)
LONG = ("jpg", 400, 3000, 1)
DRAWING = ("png", 900, 600, 1)
TEXT = ("pdf", 0, 0, 4)


def put(desk: Desk, kinds: Sequence[tuple[str, int, int, int]]) -> list[EvidenceFile]:
    files = []
    for number, (suffix, width, height, pages) in enumerate(kinds):
        makers = {
            "jpg": lambda w=width, h=height: jpeg(width=w, height=h),
            "png": lambda w=width, h=height: png(width=w, height=h),
            "pdf": lambda n=pages: pdf(*(f"page {page}" for page in range(n))),
        }
        data = makers[suffix]()
        media = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}[suffix]
        desk.put(f"{number}.{suffix}", data)
        texts = ("text",) * pages if suffix == "pdf" else ()
        files.append(EvidenceFile("", len(data), str(number), media, pages, width, height, texts=texts))
    return files


def estimate(files: list[EvidenceFile], **settings: int) -> Room:
    return ruler(files, EvidenceSettings(**settings)).measure(0, len(files))


@pytest.mark.parametrize("per_page", [1, 2, 4])
@pytest.mark.parametrize(
    "kinds",
    [
        [PHOTO] * 5,
        [PHOTO, SCAN, PHOTO, PHOTO],
        [TEXT, PHOTO, TEXT, SCAN, SCAN, PHOTO, PHOTO, PHOTO],
        [DRAWING, TEXT],
        [PHOTO, LONG, PHOTO],
    ],
    ids=["photos", "a scan between", "mixed", "drawing", "a long screenshot"],
)
def test_pages_and_bytes(desk: Desk, kinds: list[tuple[str, int, int, int]], per_page: int) -> None:
    room = estimate(put(desk, kinds), photos_per_page=per_page)
    volume = desk.assemble(plain_front(2), photos_per_page=per_page)
    assert room.pages == volume.pages
    assert room.least <= room.full
    assert volume.size <= room.full


def test_the_last_step_comes_to_no_more_than_the_least(desk: Desk) -> None:
    files = []
    for number in range(2):
        photo = Image.blend(picture(3000, 2250), Image.effect_noise((3000, 2250), 60 + number).convert("RGB"), 0.3)
        out = BytesIO()
        photo.save(out, "JPEG", quality=92)
        desk.put(f"{number}.jpg", out.getvalue())
        files.append(EvidenceFile("", len(out.getvalue()), str(number), "image/jpeg", 1, 3000, 2250))
    room = estimate(files)
    volume = desk.assemble(max_mb=0.1)
    assert room.least < room.full / 3
    assert volume.size < room.least  # the estimate is for print and photos full of detail
