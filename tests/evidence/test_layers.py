"""Layers: what is off stays off in three readers, whichever way the document says so."""

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from evidence_files import pdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from docgen.evidence.documents import read_document
from docgen.evidence.trial import inspect_document, write_alone
from docgen.model.records import EvidenceFile, NoteKind
from docgen.tools import pdfium


def layered(**config: str) -> bytes:
    """A page with two layers: a black upper half (one), a black lower half (two)."""

    def change(out: pikepdf.Pdf) -> None:
        one = out.make_indirect(Dictionary(Type=Name.OCG, Name=String("底图")))
        two = out.make_indirect(Dictionary(Type=Name.OCG, Name=String("标注")))
        if "usage" in config:
            two.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
        page = out.pages[0].obj
        page.Resources.Properties = Dictionary(A=one, B=two)
        page.Contents = out.make_stream(b"/OC /A BDC 0 421 595 421 re f EMC /OC /B BDC 0 0 595 421 re f EMC")
        sets = {"one": [one], "two": [two], "": []}
        settings = Dictionary({f"/{key}": Array(sets[name]) for key, name in config.items() if key in ("ON", "OFF")})
        if "BaseState" in config:
            settings.BaseState = Name("/" + config["BaseState"])
        if "usage" in config:
            settings.AS = Array([Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array([two]))])
        out.Root.OCProperties = Dictionary(OCGs=Array([one, two]), D=settings)

    return pdf("x", change=change)


def halves(picture: Image.Image) -> tuple[bool, bool]:
    grey = picture.convert("L")
    x = grey.width // 2
    return tuple(grey.getpixel((x, round(grey.height * y))) < 128 for y in (0.3, 0.65))


@pytest.mark.parametrize(
    ("config", "seen"),
    [
        ({}, (True, True)),
        ({"OFF": "two"}, (True, False)),
        ({"BaseState": "OFF", "ON": "two"}, (False, True)),
        ({"usage": "off"}, (True, False)),
    ],
)
def test_a_layer_that_is_off_stays_off(config: dict[str, str], seen: tuple[bool, bool], tmp_path: Path) -> None:
    document = read_document(layered(**config))
    made = tmp_path / "made.pdf"
    write_alone(document, made)
    with pdfium.opened(made) as volume:
        assert halves(pdfium.grey(volume[0], 0.3)) == seen
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-png", "-r", "30", made, tmp_path / "p"], check=True)
        assert halves(Image.open(next(tmp_path.glob("p*.png")))) == seen
    if shutil.which("mutool"):
        subprocess.run(["mutool", "draw", "-q", "-r", "30", "-o", tmp_path / "m.png", made], check=True)
        assert halves(Image.open(tmp_path / "m.png")) == seen
    with pikepdf.open(made) as volume:
        settings = volume.Root.OCProperties.D
        assert not {"/AS", "/BaseState"} & set(settings.keys())
        assert [str(group.Name) for group in volume.Root.OCProperties.OCGs] == ["底图", "标注"]


def test_hidden_layers_are_named() -> None:
    notes = inspect_document(layered(OFF="two"), EvidenceFile("x.pdf")).notes
    assert [(note.kind, note.detail) for note in notes] == [(NoteKind.HIDDEN, "隐藏的图层“标注”")]
