"""Makes PDF forms for tests, field by field, as form editors write them."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from docgen.acroform.lettering import Lettering
from docgen.acroform.names import name_from

MULTILINE, RADIO, PUSH, COMBO, EDITABLE, COMB, SEVERAL = 1 << 12, 1 << 15, 1 << 16, 1 << 17, 1 << 18, 1 << 24, 1 << 21


class FormMaker:
    """A form of A4 pages. Fields are put at (left, top) with a size, in points from the upper left corner."""

    def __init__(self, **form: Any) -> None:
        self.pdf = pikepdf.Pdf.new()
        self.pdf.add_blank_page(page_size=(595, 842))
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        self.form = Dictionary(
            {
                "/Fields": Array([]),
                "/DR": Dictionary(Font=Dictionary(Helv=self.pdf.make_indirect(helvetica))),
                "/DA": String("/Helv 0 Tf 0 g"),
                **{f"/{key}": value for key, value in form.items()},
            }
        )
        self.pdf.Root.AcroForm = self.pdf.make_indirect(self.form)
        self.form = self.pdf.Root.AcroForm
        self._words: list[tuple[int, float, float, str]] = []
        self._drawn_lines: dict[int, list[str]] = {}

    def widget(self, left: float, top: float, width: float, height: float, page: int = 0, **entries: Any) -> Dictionary:
        """A widget on a page, belonging to nothing yet."""
        entries = {"MK": Dictionary(BC=Array([0, 0, 0.6]), BG=Array([0.94, 0.96, 1])), **entries}
        made = self.pdf.make_indirect(
            Dictionary(
                {
                    "/Type": Name.Annot,
                    "/Subtype": Name.Widget,
                    "/Rect": Array([left, 842 - top - height, left + width, 842 - top]),
                    "/F": 4,
                    **{f"/{key}": value for key, value in entries.items() if value is not None},
                }
            )
        )
        while len(self.pdf.pages) <= page:
            self.pdf.add_blank_page(page_size=(595, 842))
        leaf = self.pdf.pages[page].obj
        if "/Annots" not in leaf:
            leaf["/Annots"] = Array([])
        leaf["/Annots"].append(made)
        return made

    def text(self, name: str, *place: float, **entries: Any) -> Dictionary:
        """A text field: name, left, top, width, height."""
        made = self.widget(*place, FT=Name.Tx, T=String(name), **entries)
        self.form.Fields.append(made)
        return made

    def choice(self, name: str, options: list[Any], *place: float, **entries: Any) -> Dictionary:
        """A drop-down or list of options, each a text or a pair (stored, shown)."""
        listed = Array(
            [
                Array([String(one) for one in option]) if isinstance(option, tuple) else String(option)
                for option in options
            ]
        )
        made = self.widget(*place, FT=Name.Ch, T=String(name), Opt=listed, **entries)
        self.form.Fields.append(made)
        return made

    def buttons(
        self, name: str, states: dict[bytes, tuple[float, float]], *, side: float = 14, **entries: Any
    ) -> Dictionary:
        """Check boxes or radio buttons of one field: the name of each on state, and where it stands. They have looks."""
        field = self.pdf.make_indirect(
            Dictionary(
                {"/FT": Name.Btn, "/T": String(name), "/Kids": Array([]), **{f"/{k}": v for k, v in entries.items()}}
            )
        )
        for state, (left, top) in states.items():
            kid = self.widget(left, top, side, side, Parent=field, AS=Name.Off, MK=Dictionary(CA=String("4")))
            frame = b"0 0 1 RG 0.5 0.5 %g %g re S" % (side - 1, side - 1)
            on = self._drawn(frame + b" 3 3 m %g %g l S" % (side - 3, side - 3), side)
            looks = Dictionary(Off=self._drawn(frame, side))
            looks[name_from(state)] = on
            kid["/AP"] = Dictionary(N=looks)
            field.Kids.append(kid)
        self.form.Fields.append(field)
        return field

    def _drawn(self, content: bytes, side: float) -> pikepdf.Object:
        return self.pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, side, side]))

    def say(self, left: float, top: float, text: str, page: int = 0) -> None:
        """Print words on a page, 11 points, their baseline `top` below the upper edge."""
        self._words.append((page, left, top, text))

    def rule(self, left: float, top: float, right: float, bottom: float, page: int = 0) -> None:
        """Draw a line."""
        self._drawn_lines.setdefault(page, []).append(f"{left} {842 - top} m {right} {842 - bottom} l S")

    def grid(self, left: float, top: float, widths: list[float], heights: list[float], page: int = 0) -> None:
        """Draw a ruled table."""
        right, bottom = left + sum(widths), top + sum(heights)
        for place in range(len(heights) + 1):
            at = top + sum(heights[:place])
            self.rule(left, at, right, at, page)
        for place in range(len(widths) + 1):
            at = left + sum(widths[:place])
            self.rule(at, top, at, bottom, page)

    def square(self, left: float, top: float, side: float = 9, page: int = 0) -> None:
        """Draw a box to be ticked."""
        self._drawn_lines.setdefault(page, []).append(f"{left} {842 - top - side} {side} {side} re S")

    def made(self, change: Callable[[pikepdf.Pdf], None] | None = None, **saving: Any) -> bytes:
        """The form as a file."""
        font = Lettering(text for *_, text in self._words)
        for number, page in enumerate(self.pdf.pages):
            rows = [
                b"1 0 0 1 %g %g Tm " % (left, 842 - top) + font.show(text, "11")
                for place, left, top, text in self._words
                if place == number
            ]
            content = b"BT " + b" ".join(rows) + b" ET" if rows else b""
            content += "\n".join(["", "0.7 w", *self._drawn_lines.get(number, [])]).encode()
            page.obj["/Contents"] = self.pdf.make_stream(content)
            page.obj["/Resources"] = Dictionary(Font=font.resources(self.pdf)) if rows else Dictionary()
        if change:
            change(self.pdf)
        out = BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # widgets that no field lists: some tests want them
            self.pdf.save(out, **({"deterministic_id": True} if "encryption" not in saving else {}), **saving)
        return out.getvalue()
