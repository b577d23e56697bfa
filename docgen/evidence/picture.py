"""One picture as a PDF shows it: compressed bytes and what they mean; packed, it can be kept in a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

import pikepdf
from pikepdf import Array, Dictionary, Name

from .profiles import SPACES

_MARK = b"docgen picture 1\n"
_DEVICE_SPACES = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
_NUMBERS = ("width", "height", "channels", "bits", "orientation")


class PictureError(Exception):
    """A picture that cannot be shown; the text says why, in Chinese. `remedy` says what to do about it."""

    def __init__(self, text: str, remedy: str = "") -> None:
        super().__init__(text)
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[PictureError], tuple[str, str]]:
        return type(self), (str(self), self.remedy)


class Coding(StrEnum):
    """How the bytes of a picture are compressed."""

    JPEG = "jpeg"
    ROWS = "rows"  # deflated, each row with the filter byte of PNG
    FAX = "fax"  # CCITT group 4, white is 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to embed. `width` and `height` are of the stored pixels; `orientation` is EXIF's, 1 to 8.

    `palette` holds RGB triples, b"" if there is none; `profile` an ICC profile, used where it fits the channels.
    `inverted` says that 0 is full ink, as Adobe's programs store CMYK.
    """

    data: bytes
    coding: Coding
    width: int
    height: int
    channels: int
    bits: int = 8
    orientation: int = 1
    palette: bytes = b""
    inverted: bool = False
    profile: bytes = b""

    @property
    def jpeg(self) -> bool:
        """Whether the bytes are those of a JPEG file."""
        return self.coding is Coding.JPEG

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height in pixels as a person sees the picture."""
        return (self.height, self.width) if self.orientation >= 5 else (self.width, self.height)

    def embed(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """Put the picture into a PDF; the result is a reference for /XObject resources."""
        filters = {Coding.JPEG: Name.DCTDecode, Coding.ROWS: Name.FlateDecode, Coding.FAX: Name.CCITTFaxDecode}
        stream = pdf.make_stream(
            self.data,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=self.width,
            Height=self.height,
            BitsPerComponent=self.bits,
            ColorSpace=self._space(pdf),
            Filter=filters[self.coding],
        )
        if self.coding is Coding.ROWS:
            colours = 1 if self.palette else self.channels
            stream.DecodeParms = Dictionary(
                Predictor=15, Colors=colours, BitsPerComponent=self.bits, Columns=self.width
            )
        elif self.coding is Coding.FAX:
            stream.DecodeParms = Dictionary(K=-1, Columns=self.width, Rows=self.height)
        if self.inverted:
            stream.Decode = Array([1, 0] * self.channels)
        return stream

    def _space(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        if self.palette:
            return Array([Name.Indexed, Name.DeviceRGB, len(self.palette) // 3 - 1, pikepdf.String(self.palette)])
        device = _DEVICE_SPACES[self.channels]
        if self.profile[16:20] != SPACES[self.channels]:
            return device
        return Array([Name.ICCBased, pdf.make_stream(self.profile, N=self.channels, Alternate=device)])

    def pack(self) -> bytes:
        """The picture as bytes that `unpack` understands; the same picture gives the same bytes."""
        head = {name: getattr(self, name) for name in _NUMBERS}
        head |= {"coding": str(self.coding), "inverted": self.inverted}
        parts = (self.palette, self.profile, self.data)
        head["parts"] = [len(part) for part in parts]
        text = json.dumps(head, sort_keys=True, separators=(",", ":")).encode()
        return b"".join([_MARK, len(text).to_bytes(4, "big"), text, *parts])

    @classmethod
    def unpack(cls, packed: bytes) -> Picture:
        """The picture that was packed. Raises PictureError when the bytes are not whole, or not of this making."""
        at = len(_MARK) + 4
        size = int.from_bytes(packed[at - 4 : at], "big")
        try:
            if not packed.startswith(_MARK):
                raise ValueError("no packed picture")
            head = json.loads(packed[at : at + size])
            numbers = {name: int(head[name]) for name in _NUMBERS}
            coding, inverted, lengths = Coding(head["coding"]), bool(head["inverted"]), [int(n) for n in head["parts"]]
            if len(lengths) != 3 or min(lengths) < 0 or at + size + sum(lengths) != len(packed):
                raise ValueError("parts do not fill the bytes")
        except (ValueError, KeyError, TypeError) as error:
            raise PictureError("存下的图片不完整") from error
        at += size
        palette, profile, data = (packed[at + sum(lengths[:n]) : at + sum(lengths[: n + 1])] for n in range(3))
        return cls(data, coding, palette=palette, inverted=inverted, profile=profile, **numbers)
