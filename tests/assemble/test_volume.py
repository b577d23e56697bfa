"""Volumes from end to end: read again by pypdf and poppler, which had no part in making them."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from evidence_desk import Assembled, Desk, jpeg, outlined, pdf, plain_front, png
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image

from docgen.assemble import FINDING_TYPES
from docgen.assemble.volume import FrontMatter

POPPLER = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler is not installed")


def read(volume: Assembled) -> pypdf.PdfReader:
    assert volume.data, [finding.message for finding in volume.findings]
    return pypdf.PdfReader(BytesIO(volume.data))


def shot(volume: Assembled, page: int, folder: Path, dpi: int = 36) -> Image.Image:
    """A page (from 1) as poppler shows it."""
    (folder / "volume.pdf").write_bytes(volume.data)
    command = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", "volume.pdf", "shot"]
    told = subprocess.run(command, cwd=folder, check=True, capture_output=True)
    assert told.stderr == b""
    with Image.open(folder / "shot.ppm") as image:
        return image.convert("RGB")


def rules(volume: Assembled) -> list[str]:
    """What was found, but for the font of the test PDFs, which is not embedded."""
    return [finding.rule for finding in volume.findings if finding.rule != "ASM010"]


def test_the_foot_says_the_pdf_s_own_page_number_on_every_page_but_the_cover(desk: Desk) -> None:
    desk.put("a.jpg", jpeg())
    desk.put("b.pdf", pdf("Hello", "World"))
    volume = desk.assemble()
    texts = [page.extract_text() for page in read(volume).pages]
    assert "第1页" not in texts[0]
    for number, text in enumerate(texts[1:], 2):
        assert f"教师佐证材料 · A01 建筑信息模型（BIM） 中级 · 第{number}页 共5页" in text
    assert "Hello" in texts[3]
    assert "World" in texts[4]


def test_photos_share_pages_scans_and_documents_do_not(desk: Desk) -> None:
    desk.put("1.jpg", jpeg())
    desk.put("2.jpg", jpeg(2))
    desk.put("3.jpg", jpeg(3))
    desk.put("scan.jpg", jpeg(width=1240, height=1754))
    desk.put("4.png", png())
    desk.put("5.pdf", pdf("x"))
    assert [entry.first_page for entry in desk.assemble().entries] == [3, 3, 4, 5, 6, 7]
    assert [entry.first_page for entry in desk.assemble(photos_per_page=4).entries] == [3, 3, 3, 4, 5, 6]


def test_captions_stand_under_photos(desk: Desk) -> None:
    desk.put("a.jpg", jpeg(), "BIM 实训室（一）", "证明工位40个、面积120平方米")
    text = read(desk.assemble()).pages[2].extract_text()
    assert "1. BIM 实训室（一）" in text
    assert "证明工位40个、面积120平方米" in text


def test_jpegs_are_in_the_volume_byte_by_byte_and_once(desk: Desk) -> None:
    data = jpeg(6)
    desk.put("a.jpg", data)
    desk.put("b.jpg", data)
    assert desk.assemble().data.count(data) == 1


@POPPLER
@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_stand_upright(desk: Desk, tmp_path: Path, orientation: int) -> None:
    desk.put("a.jpg", jpeg(orientation, 400, 300))
    page = shot(desk.assemble(photos_per_page=1), 3, tmp_path)
    red, green, blue = (sides(page, colour) for colour in ((255, 0, 0), (0, 255, 0), (0, 0, 255)))
    assert red[2] < green[0]  # red stands left of green
    assert red[3] < blue[1]  # and above blue


def sides(image: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """The box around the pixels that are nearly of a colour."""
    near = [
        band.point([255 if abs(value - wanted) < 60 else 0 for value in range(256)])
        for band, wanted in zip(image.split(), colour, strict=True)
    ]
    from PIL import ImageChops  # noqa: PLC0415

    box = ImageChops.darker(ImageChops.darker(near[0], near[1]), near[2]).getbbox()
    assert box
    return box


@POPPLER
@pytest.mark.parametrize(
    ("size", "rotate", "box"),
    [
        ((595, 842), 0, None),
        ((1191, 842), 0, None),
        ((595, 842), 90, None),
        ((842, 595), 270, None),
        ((300, 300), 180, None),
        ((595, 842), 0, [100.0, -200.0, 500.0, 300.0]),
    ],
)
def test_the_whole_source_page_is_seen_above_the_foot(
    desk: Desk, tmp_path: Path, size: tuple[float, float], rotate: int, box: list[float] | None
) -> None:
    """Each test page has a black frame 10 units inside its edge: it must show on all four sides, above the rule."""
    desk.put("a.pdf", pdf("x", size=size, rotate=rotate, box=box))
    page = shot(desk.assemble(), 3, tmp_path, 72).convert("L").point([255 if value < 60 else 0 for value in range(256)])
    left, top, right, bottom = page.getbbox() or (0, 0, 0, 0)
    assert min(left, top, page.width - right) > 3
    assert page.height - bottom >= 40
    frame = [page.crop(part).getbbox() for part in ((left, top, right, top + 1), (left, top, left + 1, bottom))]
    assert frame[0] and frame[0][2] - frame[0][0] > 0.95 * (right - left)
    assert frame[1] and frame[1][3] - frame[1][1] > 0.95 * (bottom - top)


def targets(reader: pypdf.PdfReader, page: int) -> list[int]:
    """Where the links of a page lead, both from 0."""
    numbers = {leaf.indirect_reference.idnum: index for index, leaf in enumerate(reader.pages)}
    notes = [note.get_object() for note in reader.pages[page].get("/Annots", [])]
    return [numbers[list.__getitem__(note["/Dest"], 0).idnum] for note in notes if "/Dest" in note]


def test_index_entries_link_to_their_pages(desk: Desk) -> None:
    desk.put("a.jpg", jpeg())
    desk.put("b.pdf", pdf("x", "y"))
    desk.put("c.pdf", pdf("z"))
    volume = desk.assemble()
    assert targets(read(volume), 1) == [2, 3, 5]
    assert b"docgen:item" not in volume.data
    assert rules(volume) == []


def test_an_index_without_links_is_told(desk: Desk) -> None:
    desk.put("a.jpg", jpeg())
    assert rules(desk.assemble(plain_front(linked=False))) == ["ASM007"]


def bookmarks(reader: pypdf.PdfReader) -> list[tuple[int, str, int]]:
    """Depth, title and page (from 1) of every bookmark, by pypdf's own reckoning."""
    found = []

    def walk(level: list[object], depth: int) -> None:
        for item in level:
            if isinstance(item, list):
                walk(item, depth + 1)
            else:
                page = reader.get_destination_page_number(item)  # type: ignore[arg-type]
                found.append((depth, str(item.title), -1 if page is None else page + 1))  # type: ignore[attr-defined]

    walk(reader.outline, 0)
    return found


def test_the_same_document_twice_keeps_its_links_and_bookmarks_apart(desk: Desk) -> None:
    data = pdf("a", "b", "c", change=outlined)
    desk.put("甲.pdf", data)
    desk.put("乙.pdf", data)
    reader = read(desk.assemble())
    own = [
        ("Chapter 0", 0),
        ("Section 0.1", 0),
        ("Chapter 1", 1),
        ("Section 1.1", 1),
        ("Chapter 2", 2),
        ("Section 2.1", 2),
    ]
    nested = [(1 + (title[0] == "S"), title, page) for title, page in own]
    assert bookmarks(reader) == [
        (0, "封面", 1),
        (0, "目录", 2),
        (0, "1. 甲（第3页）", 3),
        *((depth, title, page + 3) for depth, title, page in nested),
        (0, "2. 乙（第6页）", 6),
        *((depth, title, page + 6) for depth, title, page in nested),
    ]
    assert [targets(reader, page) for page in range(2, 8)] == [[4], [3], [2], [7], [6], [5]]


def fields(out: pikepdf.Pdf, value: str = "值") -> None:
    field = out.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="name",
            V=value,
            Rect=Array([10, 10, 90, 40]),
            DA="/F 9 Tf",
        )
    )
    out.pages[0].obj.Annots = Array([field])
    out.Root.AcroForm = Dictionary(Fields=Array([field]))


def test_fields_of_the_same_name_keep_their_values(desk: Desk) -> None:
    """What they show becomes part of their pages, so nothing is left that could collapse into one field."""
    for name, value in (("a.pdf", "left"), ("b.pdf", "right")):
        desk.put(name, pdf("form", change=lambda out, value=value: fields(out, value)))
    reader = read(desk.assemble())
    assert ["left" in page.extract_text() for page in reader.pages] == [False, False, True, False]
    assert ["right" in page.extract_text() for page in reader.pages] == [False, False, False, True]
    assert not reader.get_fields()


def test_damage_is_told_as_findings_and_nowhere_else(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither a library's warning nor a line of its log reaches the user."""
    photo = jpeg(6)
    place = photo.index(b"MM\0*") if b"MM\0*" in photo else photo.index(b"II*\0")
    desk.put("exif.jpg", photo[: place + 10] + b"\xff" * 8 + photo[place + 18 :])
    desk.put("astray.pdf", pdf("form", change=fields).replace(b"/AcroForm", b"/AcroLost"))
    desk.put("damaged.pdf", pdf("a", "b", change=outlined).replace(b"startxref", b"startxxxx"))
    volume = desk.assemble()
    assert len(read(volume).pages) == 6
    assert rules(volume) == []
    assert capfd.readouterr() == ("", "")


def test_the_document_says_what_it_is(desk: Desk) -> None:
    desk.put("a.jpg", jpeg())
    volume = desk.assemble()
    assert volume.data.startswith(b"%PDF-1.7")
    reader = read(volume)
    root = reader.root_object
    title = "教师佐证材料 · A01 建筑信息模型（BIM） 中级"
    assert (root["/Lang"], root["/PageMode"], root["/OpenAction"][1]) == ("zh-CN", "/UseOutlines", "/Fit")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.page_labels == ["1", "2", "3"]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (title, "桂岭职业技术学院")
    assert reader.metadata.creation_date is None
    assert reader.xmp_metadata is not None
    assert reader.xmp_metadata.dc_title == {"x-default": title}
    assert reader.xmp_metadata.xmp_create_date is None


def test_two_runs_give_the_same_bytes(desk: Desk) -> None:
    desk.put("a.jpg", jpeg(6, 2400, 1800))
    desk.put("b.png", png("RGBA"))
    desk.put("c.pdf", pdf("a", "b", change=outlined))
    desk.put("d.pdf", pdf("form", change=fields))
    desk.put("e.pdf", pdf("form", change=fields))
    assert desk.assemble(draft=True).data == desk.assemble(draft=True).data


def test_a_draft_is_marked_on_every_page_and_nothing_else_is(desk: Desk) -> None:
    desk.put("a.jpg", jpeg())
    desk.put("b.pdf", pdf("x", size=(842, 595)))
    assert all("草稿" in page.extract_text() for page in read(desk.assemble(draft=True)).pages)
    assert not any("草稿" in page.extract_text() for page in read(desk.assemble()).pages)


def test_a_photo_far_too_fine_is_reduced_and_the_index_says_so(desk: Desk) -> None:
    desk.put("a.jpg", jpeg(6, 3000, 2250), caption="证明工位")
    coarse, fine = desk.assemble(max_dpi=150), desk.assemble(max_dpi=450)
    assert [entry.reduced for entry in (*coarse.entries, *fine.entries)] == [True, False]
    assert coarse.entries[0].note == fine.entries[0].note == "证明工位"
    assert len(coarse.data) < len(fine.data)


def test_a_file_that_is_gone_or_changed_or_bad_is_named_and_the_others_go_on(desk: Desk) -> None:
    desk.put("good.pdf", pdf("good"))
    desk.put("gone.pdf", pdf("gone")).path.unlink()
    desk.put("changed.jpg", jpeg(), sha256=hashlib.sha256(b"before").hexdigest())
    desk.put("broken.pdf", b"%PDF-1.7 ...")
    desk.put("text.pdf", "并不是 PDF".encode())
    desk.put("also good.jpg", jpeg())
    volume = desk.assemble()
    assert [(finding.rule, finding.source.file) for finding in volume.findings if finding.source.file] == [
        ("ASM001", "gone.pdf"),
        ("ASM002", "changed.jpg"),
        ("ASM003", "broken.pdf"),
        ("ASM003", "text.pdf"),
    ]
    assert all(finding.hint and finding.source.file in finding.message for finding in volume.findings)
    assert [entry.title for entry in volume.entries] == ["good", "also good"]
    assert read(volume)


def test_a_picture_named_pdf_is_taken_for_what_it_is(desk: Desk) -> None:
    desk.put("a.pdf", jpeg())
    assert desk.assemble().entries[0].kind == "照片"


def test_an_order_without_items_is_a_front_alone(desk: Desk) -> None:
    assert len(read(desk.assemble()).pages) == 2


def test_a_character_without_glyph_is_told(desk: Desk) -> None:
    desk.put("a.jpg", jpeg(), "张\U0010fffd")
    volume = desk.assemble()
    assert rules(volume) == ["ASM006"]
    assert "张〓" in read(volume).pages[2].extract_text()


def test_a_long_certificate_name_stays_within_the_page(desk: Desk) -> None:
    desk.put("a.jpg", jpeg())
    text = read(desk.assemble(subject="A01 " + "建筑信息模型" * 20)).pages[2].extract_text()
    assert "… · 第3页 共3页" in text


SOURCES: list[tuple[str, Callable[[], bytes], int]] = [
    ("photo.jpg", lambda: jpeg(5), 0),
    ("scan.jpg", lambda: jpeg(width=1000, height=1400), 1),
    ("clear.png", lambda: png("RGBA"), 0),
    ("two.pdf", lambda: pdf("a", "b", change=outlined), 2),
    ("turned.pdf", lambda: pdf("t", rotate=270, box=[5, 5, 300, 200]), 1),
]


@given(picks=st.lists(st.sampled_from(SOURCES), max_size=9), per_page=st.integers(1, 6), front=st.integers(1, 3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_order_of_files_passes_its_proof(
    desk: Desk, picks: list[tuple[str, Callable[[], bytes], int]], per_page: int, front: int
) -> None:
    desk.items.clear()
    for place, (name, make, _) in enumerate(picks):
        desk.put(f"{place}-{name}", make())
    volume = desk.assemble(plain_front(front), photos_per_page=per_page)
    assert rules(volume) == []
    assert volume.pages >= front + sum(pages for *_, pages in picks)
    starts = [entry.first_page for entry in volume.entries]
    assert starts == sorted(starts)
    assert targets(read(volume), min(1, front - 1)) == [start - 1 for start in starts]


def test_every_finding_has_its_page() -> None:
    assert len({kind.id for kind in FINDING_TYPES}) == len(FINDING_TYPES)
    for kind in FINDING_TYPES:
        assert all(f"## {part}\n" in kind.doc for part in ("查什么", "为什么", "怎样改")), kind.id


def noise(width: int, height: int, **how: object) -> bytes:
    """A JPEG that takes many bytes; another one each time."""
    buffer = BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(buffer, "JPEG", quality=95, **how)
    return buffer.getvalue()


def test_a_volume_is_brought_below_its_size_by_reducing_photos_step_by_step(desk: Desk) -> None:
    desk.put("a.jpg", noise(1200, 1200))
    desk.put("b.pdf", pdf("Hello"))
    told: list[FrontMatter] = []

    def front(matter: FrontMatter) -> bytes:
        told.append(matter)
        return plain_front()(matter)

    large = desk.assemble(front)
    assert (large.size > 1_000_000, large.entries[0].reduced, told[-1].dpi) == (True, False, 300)
    volume = desk.assemble(front, max_mb=0.6)
    assert volume.size <= 600_000
    assert [entry.reduced for entry in volume.entries] == [True, False]
    assert 150 <= told[-1].dpi < 300
    assert rules(volume) == []


def test_a_volume_that_stays_over_its_size_is_told(desk: Desk) -> None:
    desk.put("a.jpg", noise(1200, 1200))
    volume = desk.assemble(max_mb=0.1)
    assert volume.made
    assert rules(volume) == ["ASM009"]
    assert "150 dpi" in volume.findings[0].message
    assert "“a.jpg”" in volume.findings[0].message
