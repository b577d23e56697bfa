"""Burns the fields of a form into its pages: what they show becomes ink, and nothing is left to be changed."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary

from docgen.evidence.forms import Fields, Ink
from docgen.evidence.rescue import inherited


def flatten(pdf: pikepdf.Pdf) -> None:
    """Draw every field of a PDF into its page and take the form away. Raises any of qpdf.ERRORS on wild objects."""
    fields = Fields(pdf)
    for page in pdf.pages:
        if inks := fields.take(page.obj):
            ink(pdf, page, inks)
    for key in ("/AcroForm", "/NeedsRendering"):
        if key in pdf.Root:
            del pdf.Root[key]
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and "/JavaScript" in names:
        del names["/JavaScript"]  # scripts of a form that is there no more would only complain


def ink(pdf: pikepdf.Pdf, page: pikepdf.Page, inks: list[Ink]) -> None:
    """Draw forms over a page's content, whatever state that leaves the graphics in."""
    held = inherited(page.obj, "/Resources")
    resources = Dictionary(dict(held.items())) if isinstance(held, Dictionary) else Dictionary()
    drawn = resources.get("/XObject")
    objects = Dictionary(dict(drawn.items())) if isinstance(drawn, Dictionary) else Dictionary()
    parts = []
    for place, one in enumerate(inks):
        name = f"/DocgenField{place}"
        while name in objects:
            name += "x"
        objects[name] = one.drawing
        parts.append(b"q %s cm %s Do Q" % (one.matrix.operands, name.encode()))
    resources["/XObject"] = objects
    page.obj["/Resources"] = resources
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents] if contents is not None else []
    before = [pdf.make_stream(b"q\n"), *streams] if streams else []
    after = pdf.make_stream((b"Q\n" if streams else b"") + b"\n".join(parts))
    page.obj["/Contents"] = Array([*before, after])
