"""The limits that guard against PDF bombs do not make photos look damaged that are inspected in the same process."""

from __future__ import annotations

from io import BytesIO

from evidence_files import pdf
from PIL import Image

from docgen.evidence.documents import read_document
from docgen.evidence.pictures import inspect_picture
from docgen.model.records import EvidenceFile


def test_a_large_photo_is_whole_after_a_document_was_read() -> None:
    out = BytesIO()
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(out, "JPEG", quality=95)
    assert len(out.getvalue()) > 2_000_000
    read_document(pdf("page")).pdf.close()
    found = inspect_picture(out.getvalue(), EvidenceFile("a.jpg"))
    assert (found.fault, found.width, found.height) == ("", 2400, 1800)
