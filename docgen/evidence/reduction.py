"""Makes the pictures inside an evidence PDF smaller, where they are finer than a volume can afford.

Only what is certain to look the same is touched: plain grey and RGB pictures of 8 bits whose drawn size is known
(`drawn.py`). Scans of 1 bit, CMYK, indexed colours, JPEG 2000, stencils, masks and remapped values stay as they are; a
picture with a soft mask is touched only where the mask hides nothing.
"""

from __future__ import annotations

import hashlib
import math
import warnings
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from .documents import DRAWING, Document
from .drawn import Drawn, drawn_pictures
from .fingerprints import SourcePrints
from .store import Store

_FINER = 0.75  # of the pixels, at most, that a picture keeps; else it is not worth a loss
_SMALLER = 0.8  # of the bytes, at most
_SMALL = 16_384  # bytes: below, there is nothing to gain
_FEWEST_PIXELS = 16
_MOST_PIXELS, _MOST_ROWS = 60_000_000, 36_000_000
"""Of a JPEG, which is decoded small at once, and of deflated rows (A4 in colour at 600 dpi)."""
_SHARP_QUALITY = 82
"""At least, for pictures that were stored without loss: screenshots and drawings, whose edges show every loss."""
_REDUCED = "/DocgenReduced"
_MODES = {1: "L", 3: "RGB"}
_BROKEN = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    OSError,
    ValueError,
    TypeError,
    KeyError,
    RuntimeError,
    SyntaxError,
    zlib.error,
    Image.DecompressionBombError,
)


def reduce_document(document: Document, dpi: int, quality: int, store: Store | None = None, owner: str = "") -> int:
    """Code pictures again that are finer than `dpi` as the document's A4 pages show them, as JPEG of that quality.

    Gives the bytes saved. The prints of the document's leaves are renewed. What a picture becomes is kept in the store
    for the next run, as something made of the file whose sha256 is `owner` ("": of the picture). A document must be freshly read, so that no picture is reduced twice: raises ValueError otherwise.
    """
    if _REDUCED in document.pdf.Root:
        raise ValueError("this document has been reduced already")
    document.pdf.Root[_REDUCED] = True
    saved = 0
    changed: set[str] = set()
    for drawn in drawn_pictures(document):
        try:
            plan = _plan(drawn, dpi)
        except _BROKEN:  # numbers that are none: what it shows is the readers' guess
            plan = None
        if plan is None:
            continue
        raw = drawn.picture.read_raw_bytes()
        if len(raw) < _SMALL:
            continue
        name = hashlib.sha256(raw).hexdigest()
        # What the bytes mean depends on all these: the same may stand for another picture elsewhere.
        traits = f"{plan}-{_parameters(drawn.picture)}-{name}"
        wanted = quality if plan.jpeg else max(quality, _SHARP_QUALITY)
        key = f"{owner or name}-inner-{hashlib.sha256(traits.encode()).hexdigest()}-q{wanted}"
        small = _reduced(drawn.picture, plan, raw, wanted, key, store)
        if small and len(small) <= len(raw) * _SMALLER:
            _put(drawn.picture, plan, small)
            saved += len(raw) - len(small)
            changed.add(name)
    if changed:
        _renew_prints(document, changed)
    return saved


@dataclass(frozen=True, slots=True)
class _Plan:
    """A picture that may be reduced: how many channels, whether it is a JPEG, its size, the size that it is to have."""

    channels: int
    jpeg: bool
    width: int
    height: int
    across: int
    down: int


def _plan(drawn: Drawn, dpi: int) -> _Plan | None:
    """What may be done with a picture; None where it is not fine enough, or not certain to look the same after."""
    picture = drawn.picture
    width, height = picture.get("/Width"), picture.get("/Height")
    channels, jpeg = _channels(picture.get("/ColorSpace")), _filter(picture)
    if not isinstance(width, int) or not isinstance(height, int) or not channels or jpeg is None:
        return None
    if width < 1 or height < 1 or width * height > (_MOST_PIXELS if jpeg else _MOST_ROWS):
        return None
    across = min(max(math.ceil(drawn.width / 72 * dpi), _FEWEST_PIXELS), width)
    down = min(max(math.ceil(drawn.height / 72 * dpi), _FEWEST_PIXELS), height)
    if across * down > _FINER * width * height or not _is_plain(picture, channels):
        return None
    return _Plan(channels, jpeg, width, height, across, down)


def _is_plain(picture: Stream, channels: int) -> bool:
    decode = picture.get("/Decode")
    return (
        picture.get("/BitsPerComponent", 8) == 8
        and (decode is None or [float(one) for one in decode] == [0.0, 1.0] * channels)
        and not picture.get("/ImageMask", False)
        and not any(key in picture for key in ("/Mask", "/SMaskInData", "/F", "/Alternates"))
        and _hides_nothing(picture.get("/SMask"))
    )


def _channels(space: object) -> int:
    """1 for grey, 3 for RGB, 0 for any other colours."""
    if isinstance(space, Name):
        return {"/DeviceGray": 1, "/DeviceRGB": 3}.get(str(space), 0)
    if not isinstance(space, Array) or len(space) < 2:
        return 0
    if space[0] == Name.ICCBased and isinstance(space[1], Stream):
        return {1: 1, 3: 3}.get(int(space[1].get("/N", 0)), 0)
    return {"/CalGray": 1, "/CalRGB": 3}.get(str(space[0]), 0)


def _filter(picture: Stream) -> bool | None:
    """True for a JPEG, False for deflated rows, None for what is coded otherwise."""
    filters = picture.get("/Filter")
    names = list(filters) if isinstance(filters, Array) else [filters]
    if names == [Name.DCTDecode] and "/DecodeParms" not in picture:
        return True
    return False if names == [Name.FlateDecode] else None


def _hides_nothing(mask: object) -> bool:
    """Whether there is no soft mask, or one that lets everything be seen: then it goes with a picture of any size."""
    if mask is None:
        return True
    if not isinstance(mask, Stream) or "/Matte" in mask or "/Decode" in mask:
        return False
    width, height = mask.get("/Width"), mask.get("/Height")
    if not isinstance(width, int) or not isinstance(height, int) or mask.get("/BitsPerComponent") != 8:
        return False
    if mask.get("/Filter") != Name.FlateDecode or "/DecodeParms" in mask or not 0 < width * height <= _MOST_ROWS:
        return False
    size = width * height
    return _unpacked(mask.read_raw_bytes(), size + 1)[:size] == b"\xff" * size


def _unpacked(raw: bytes, most: int) -> bytes:
    """Deflated bytes, no more than `most` of them."""
    try:
        return zlib.decompressobj().decompress(raw, most)
    except zlib.error:
        return b""


def _reduced(picture: Stream, plan: _Plan, raw: bytes, quality: int, key: str, store: Store | None) -> bytes:
    """The picture as a smaller JPEG, b"" where it cannot be decoded. Looked up in the store first."""
    kept = _kept(store, key, plan)
    if kept is not None:
        return kept
    try:
        small = _coded(picture, plan, raw, quality)
    except _BROKEN:
        small = b""  # a damaged picture stays as it is: readers show of it what they can
    if store is not None:
        with suppress(OSError):  # a full disk costs the next run time, nothing else
            store.keep_blob(key, small)
    return small


def _kept(store: Store | None, key: str, plan: _Plan) -> bytes | None:
    """What the store has of a picture; None where it has nothing, or nothing whole."""
    path = store.blob(key) if store is not None else None
    try:
        small = path.read_bytes() if path is not None else None
        if small:
            with Image.open(BytesIO(small), formats=("JPEG",)) as image:
                return small if image.size == (plan.across, plan.down) and small.endswith(b"\xff\xd9") else None
    except OSError:
        return None
    return small


def _parameters(picture: Stream) -> str:
    parameters = picture.get("/DecodeParms")
    return parameters.unparse(resolved=True).hex() if parameters is not None else ""


def _coded(picture: Stream, plan: _Plan, raw: bytes, quality: int) -> bytes:
    """The picture decoded, made smaller and coded as JPEG. Raises one of `_BROKEN` where it cannot be decoded."""
    mode = _MODES[plan.channels]
    with _decoded(picture, plan, raw, mode) as image:
        if image.mode != mode or image.size != (plan.width, plan.height):
            raise ValueError("the picture is not what its dictionary says")
        if plan.jpeg:
            image.draft(mode, (plan.across * 2, plan.down * 2))
        small = image.resize((plan.across, plan.down), Image.Resampling.LANCZOS, reducing_gap=3.0)
    out = BytesIO()
    # Sharp edges of screenshots keep their colour; a photo or scan loses nothing that is seen.
    subsampling = "4:2:0" if plan.jpeg else "4:4:4"
    small.save(
        out, "JPEG", quality=quality, optimize=True, subsampling=subsampling, icc_profile=None, exif=b"", comment=b""
    )
    return out.getvalue()


def _decoded(picture: Stream, plan: _Plan, raw: bytes, mode: str) -> Image.Image:
    if plan.jpeg:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # large pictures: their pixels have been counted
            image = Image.open(BytesIO(raw), formats=("JPEG",))
        if getattr(image, "bits", 8) != 8:
            raise ValueError("not of 8 bits")
        return image
    rows = plan.height * (plan.width * plan.channels + 1)  # a predictor takes one byte a row
    if len(_unpacked(raw, rows + 1024)) > rows + 512:
        raise ValueError("more pixels than the dictionary says")
    data = picture.read_bytes()
    size = plan.width * plan.height * plan.channels
    if len(data) < size:
        raise ValueError("fewer pixels than the dictionary says")
    return Image.frombytes(mode, (plan.width, plan.height), data[:size])


def _put(picture: Stream, plan: _Plan, small: bytes) -> None:
    picture.write(small, filter=Name.DCTDecode)
    picture.Width, picture.Height, picture.BitsPerComponent = plan.across, plan.down, 8
    if "/Decode" in picture:
        del picture["/Decode"]


def _renew_prints(document: Document, changed: set[str]) -> None:
    """Take the prints again of the pages that showed what was changed."""
    prints = SourcePrints()
    for index, (page, leaf) in enumerate(zip(document.pdf.pages, document.leaves, strict=True)):
        if leaf.prints & changed:
            resources = page.obj.Resources
            drawing = resources.XObject[DRAWING] if isinstance(resources, Dictionary) else None
            if isinstance(drawing, Stream):
                document.leaves[index] = replace(leaf, prints=prints.of(drawing))
