"""The two libraries that read PDFs: their versions, and that their limits hold."""

import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from evidence_files import pdf

from docgen.tools import pdfium, qpdf


def test_versions_are_told() -> None:
    assert qpdf.version().count(".") == 2
    assert pdfium.version()[0].isdigit()


def test_a_stream_that_unpacks_to_too_much_is_refused() -> None:
    qpdf.keep_limits()
    with pikepdf.Pdf.new() as made:
        bomb = made.make_stream(b"")
        bomb.write(zlib.compress(b"\x00" * (qpdf.MOST_UNPACKED + 2_000_000)), filter=pikepdf.Name.FlateDecode)
        with pytest.raises(qpdf.ERRORS):
            bomb.read_bytes()


def test_a_file_and_its_bytes_open_alike(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(pdf("a", "b"))
    for source in (tmp_path / "x.pdf", (tmp_path / "x.pdf").read_bytes()):
        with qpdf.open_pdf(source) as opened:
            assert len(opened.pages) == 2


def test_what_is_no_pdf_raises_what_is_promised() -> None:
    with pytest.raises(qpdf.ERRORS):
        qpdf.open_pdf(b"nothing")
    with pytest.raises(pdfium.ERRORS), pdfium.opened(BytesIO(b"nothing").getvalue()):
        pass


def test_pages_are_read_and_drawn() -> None:
    with pdfium.opened(pdf("word")) as document:
        assert pdfium.words(document[0]).strip() == "word"
        assert pdfium.grey(document[0], 0.1).size == (60, 85)
