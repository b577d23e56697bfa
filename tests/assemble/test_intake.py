"""What becomes of each kind of file: sheets of a TIFF, decoded pictures, signed originals, files that change."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from evidence_desk import Assembled, Desk, jpeg, pdf, picture, png
from pikepdf import Array, Dictionary, Name
from PIL import Image

from docgen.assemble.spool import Spool
from docgen.evidence.pictures import PictureFile
from docgen.evidence.store import Store
from docgen.tools import pdfium


def read(volume: Assembled) -> pypdf.PdfReader:
    assert volume.made, volume.findings
    return pypdf.PdfReader(BytesIO(volume.data))


def tiff(pages: int, width: int = 600, height: int = 800) -> bytes:
    out = BytesIO()
    sheets = [picture(width, height).rotate(180 * (page % 2)) for page in range(pages)]
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:], compression="tiff_lzw")
    return out.getvalue()


def signed(out: pikepdf.Pdf) -> None:
    field = out.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T="sign",
            Rect=Array([10, 10, 90, 40]),
            V=Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=b"0" * 64),
        )
    )
    out.pages[0].obj.Annots = Array([field])
    out.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)


def test_the_sheets_of_a_tiff_stand_on_pages_of_their_own(desk: Desk) -> None:
    desk.put("a.jpg", jpeg())
    desk.put("证书.tif", tiff(3), "教师证书", "张三的证书")
    desk.put("b.jpg", jpeg(3))
    volume = desk.assemble()
    entries = [(entry.title, entry.kind, entry.first_page, entry.pages) for entry in volume.entries]
    assert entries == [("a", "照片", 3, 1), ("教师证书", "照片", 4, 3), ("b", "照片", 7, 1)]
    texts = [page.extract_text() for page in read(volume).pages]
    for number in range(3):
        assert f"2. 教师证书（第{number + 1}张，共3张）" in texts[3 + number]
        assert "张三的证书" in texts[3 + number]


def test_a_picture_that_breaks_off_in_letters_travels_as_it_is(desk: Desk) -> None:
    def torn(out: pikepdf.Pdf) -> None:
        letters = bytes(range(33, 117)) * 60 + b"~no end"
        entries = {
            "Subtype": Name.Image,
            "Width": 99,
            "Height": 40,
            "BitsPerComponent": 8,
            "ColorSpace": Name.DeviceGray,
        }
        image = out.make_stream(letters, **entries, Filter=Name.ASCII85Decode)
        out.pages[0].obj.Resources.XObject = Dictionary(Torn=image)
        out.pages[0].obj.Contents = out.make_stream(b"q 99 0 0 40 9 9 cm /Torn Do Q")

    desk.put("旧扫描.pdf", pdf("x", change=torn))
    volume = desk.bare()
    assert (volume.made, len(volume.entries)) == (True, 1), volume.findings
    with pikepdf.open(BytesIO(volume.data)) as made:
        image = made.pages[0].obj.Resources.XObject.DocgenPage.Resources.XObject.Torn
        assert (image.Filter, image.read_raw_bytes()[:2]) == (Name.ASCII85Decode, b'!"')


def test_a_volume_of_which_nothing_is_left_is_not_made(desk: Desk) -> None:
    desk.put("a.jpg", jpeg()).path.unlink()
    for volume in (desk.bare(), desk.assemble()):
        assert (volume.made, [finding.rule for finding in volume.findings]) == (False, ["ASM001"])


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_long_screenshot_comes_on_several_pages_with_its_bytes_once(orientation: int, desk: Desk) -> None:
    wide, high = 400, 3000
    long = Image.new("RGB", (wide, high), "white")
    long.paste("red", (0, 0, wide, 600))
    long.paste("blue", (0, high - 600, wide, high))
    exif, out = Image.Exif(), BytesIO()
    exif[0x0112] = orientation
    stored = long if orientation == 1 else long.transpose(Image.Transpose.ROTATE_90)
    stored.save(out, "JPEG", exif=exif)
    desk.put("聊天记录.jpg", out.getvalue())
    volume = desk.bare()
    assert volume.made, volume.findings
    assert [(entry.first_page, entry.pages) for entry in volume.entries] == [(1, 4)]
    assert volume.data.count(out.getvalue()) == 1
    texts = [page.extract_text() for page in read(volume).pages]
    colours = []
    with pdfium.opened(volume.data) as shown:
        for page in shown:
            picture = page.render(scale=0.5).to_pil().convert("RGB")
            colours.append([picture.getpixel((picture.width // 2, round(picture.height * at))) for at in (0.25, 0.75)])
    assert [f"第{part}段，共4段" in text for part, text in enumerate(texts, 1)] == [True] * 4
    assert colours[0][0][0] > 200 > 50 > colours[0][0][2]
    assert colours[3][1][2] > 200 > 50 > colours[3][1][0]
    assert colours[1] == [(255, 255, 255)] * 2


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Tells of every picture that is decoded: the real methods, with a note taken."""
    told: list[str] = []

    def noted(method: Callable[..., Any], always: bool) -> Callable[..., Any]:
        def wrapper(self: PictureFile, *parts: Any, **named: Any) -> Any:
            if always or not self.direct(*parts):
                told.append(method.__name__)
            return method(self, *parts, **named)

        return wrapper

    monkeypatch.setattr(PictureFile, "reduced", noted(PictureFile.reduced, True))
    monkeypatch.setattr(PictureFile, "picture", noted(PictureFile.picture, False))
    return told


def test_no_picture_is_decoded_twice_in_this_or_a_later_run(desk: Desk, decoded: list[str], tmp_path: Path) -> None:
    large, clear = jpeg(6, 3000, 2250), png("RGBA")
    desk.put("a.jpg", large)
    desk.put("b.jpg", large)
    desk.put("c.png", clear)
    desk.put("d.tif", tiff(2))
    desk.put("e.jpg", jpeg())
    first = desk.assemble()
    assert sorted(decoded) == ["picture", "picture", "picture", "reduced"]
    decoded.clear()
    assert desk.assemble().data == first.data
    desk.store = Store(tmp_path / "store")  # as the next run opens it
    assert desk.assemble(draft=True).made
    assert decoded == []


def test_a_cold_and_a_warm_store_give_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    desk.put("a.jpg", jpeg(6, 3000, 2250))
    desk.put("b.png", png("RGBA"))
    desk.put("c.tif", tiff(2))
    desk.put("d.pdf", pdf("a", "b"))
    cold, warm = desk.assemble(), desk.assemble()
    desk.store = Store(tmp_path / "another")
    assert cold.data == warm.data == desk.assemble().data


def test_a_damaged_store_does_no_harm(desk: Desk, tmp_path: Path) -> None:
    desk.put("a.png", png("RGBA"))
    data = desk.assemble().data
    for path in (tmp_path / "store").rglob("*"):
        if path.is_file():
            path.write_bytes(b"docgen picture 1\n")
    desk.store = Store(tmp_path / "store")
    assert desk.assemble().data == data


def test_a_signed_original_goes_along_as_an_attachment(desk: Desk) -> None:
    original = pdf("signed", change=signed)
    desk.put("合同.pdf", original)
    desk.put("a.pdf", pdf("plain"))
    desk.put("again.pdf", original)
    volume = desk.assemble()
    assert [entry.attached for entry in volume.entries] == [True, False, True]
    with pikepdf.open(BytesIO(volume.data)) as made:
        assert list(made.attachments) == ["合同.pdf"]
        specification = made.attachments["合同.pdf"]
        assert specification.get_file().read_bytes() == original
        assert specification.get_file().mime_type == "application/pdf"
        assert "签名" in specification.description
        (listed,) = made.Root.AF
        assert (listed.Type, listed.AFRelationship, str(listed.UF)) == (Name.Filespec, Name.Source, "合同.pdf")


def test_signed_files_of_one_name_are_attached_under_two(desk: Desk, tmp_path: Path) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        desk.put(f"{folder}/合同.pdf", pdf(folder.encode().hex(), change=signed))
    with pikepdf.open(BytesIO(desk.assemble().data)) as made:
        assert sorted(made.attachments) == ["2-合同.pdf", "合同.pdf"]


@pytest.mark.parametrize("what", ["gone", "cut", "other"])
def test_a_file_that_changes_while_the_volume_is_made_is_left_out_and_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    photo = jpeg(width=900, height=700)
    item = desk.put("a.jpg", photo)
    desk.put("b.jpg", jpeg())
    write = Spool.write

    def changed(self: Spool, target: Path) -> tuple[str, int]:
        if what == "gone":
            item.path.unlink(missing_ok=True)
        else:
            item.path.write_bytes(photo[:3000] if what == "cut" else bytes(len(photo)))
        return write(self, target)

    monkeypatch.setattr(Spool, "write", changed)
    volume = desk.assemble()
    assert [entry.title for entry in volume.entries] == ["b"]
    assert [(finding.rule, finding.source.file) for finding in volume.findings] == [("ASM901", "a.jpg")]


def test_more_documents_than_a_program_may_open_at_once(desk: Desk) -> None:
    resource = pytest.importorskip("resource")
    for number in range(80):
        desk.put(f"{number}.pdf", pdf(f"number{number}"))
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, before[1]))
    try:
        volume = desk.bare()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert volume.pages == 80


def test_without_front_pages_there_is_neither_cover_nor_index(desk: Desk) -> None:
    desk.put("a.pdf", pdf("x", "y"))
    numbered, plain = read(desk.bare()), read(desk.bare(numbered=False, subject=""))
    assert ["第1页 共2页" in numbered.pages[0].extract_text(), len(numbered.pages)] == [True, 2]
    assert "第1页" not in plain.pages[0].extract_text()
    assert plain.metadata is not None
    assert plain.metadata.title == "教师佐证材料"


def test_a_place_that_cannot_be_written_is_one_clear_sentence(desk: Desk, tmp_path: Path) -> None:
    from docgen.errors import OutputError  # noqa: PLC0415

    desk.put("a.jpg", jpeg())
    desk.target = tmp_path / "none" / "volume.pdf"
    with pytest.raises(OutputError, match=r"volume\.pdf"):
        desk.bare()
