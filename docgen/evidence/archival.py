"""Whether the pages of a prepared document may stand in a PDF/A-2b whose output intent is sRGB, and if not, why.

Checked (ISO 19005-2): filters, external streams (6.1.7); form XObjects: PostScript, OPI, references (6.2.9);
resources of every content (6.2.2); DeviceCMYK without a default, ICC profiles, DeviceN (6.2.4); transfer functions,
halftones (6.2.5); rendering intents (6.2.6); images: alternates, interpolation, JPEG 2000 (6.2.8); blend modes (6.2.10);
fonts of every kind embedded, encodings of TrueType fonts, CIDToGIDMap (6.2.11); nesting of q (6.1.13); annotations:
kinds, flags, appearances (6.3); layers are settled before (6.9). What can be put right without changing the look is.

Not checked: font programs against their widths and encodings (6.2.11.5, .6, .8: .notdef), operators that PDF does not
know, syntax and sizes of numbers, names and strings in contents (6.1.13), overprinting (6.2.4.2). The whole volume may
therefore fail a full validation all the same; it is the conservative answer of a reader, not a certificate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from docgen.tools import qpdf

_FILTERS = {
    "/ASCIIHexDecode",
    "/ASCII85Decode",
    "/FlateDecode",
    "/RunLengthDecode",
    "/CCITTFaxDecode",
    "/JBIG2Decode",
    "/DCTDecode",
    "/JPXDecode",
}
_BLENDS = {
    "/Normal",
    "/Compatible",
    "/Multiply",
    "/Screen",
    "/Overlay",
    "/Darken",
    "/Lighten",
    "/ColorDodge",
    "/ColorBurn",
    "/HardLight",
    "/SoftLight",
    "/Difference",
    "/Exclusion",
    "/Hue",
    "/Saturation",
    "/Color",
    "/Luminosity",
}
_INTENTS = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
_NOTES = {
    "/Text",
    "/Link",
    "/FreeText",
    "/Line",
    "/Square",
    "/Circle",
    "/Polygon",
    "/PolyLine",
    "/Highlight",
    "/Underline",
    "/Squiggly",
    "/StrikeOut",
    "/Stamp",
    "/Caret",
    "/Ink",
    "/Popup",
    "/PrinterMark",
    "/TrapNet",
    "/Watermark",
}
_PROGRAMS = {"/FontFile": (), "/FontFile2": (), "/FontFile3": ("/Type1C", "/CIDFontType0C", "/OpenType")}
_CMYK = re.compile(rb"[\d.]\s+[kK](?![^\s\[(/<%])|/DeviceCMYK\b")
_INLINE = re.compile(rb"(?<![^\s])BI\s(.{0,600}?)\sID\s", re.DOTALL)
_INLINE_WRONG = re.compile(rb"/CMYK\b|/LZW|/Crypt|/(?:I|Interpolate)\s+true\b")
_INTENT = re.compile(rb"(/[^\s/\[\](){}<>%]+)\s+ri\b")
_SAVES = re.compile(rb"(?<![^\s\]>)])([qQ])(?![^\s\[(/<%])")
_ODD = re.compile(rb"(?<![^\s])(?:BX|PS)(?![^\s])")
_DEEPEST_SAVES = 26  # 28, less what the page itself is set in
_DEEPEST = 40
_NONSYMBOLIC, _SYMBOLIC = 32, 4
_PRINT, _UNSEEN, _NO_VIEW, _TOGGLE = 4, 1 | 2, 32, 256


class ObstacleError(Exception):
    """What keeps a page out of a PDF/A-2b, in Chinese."""


def survey(pdf: pikepdf.Pdf) -> Survey:
    """What keeps the pages of a prepared document out of a PDF/A-2b; what does not change the look is put right."""
    found = Survey()
    try:
        for page in pdf.pages:
            found.resources(page.obj.get("/Resources"), 0)
            for note in page.obj.get("/Annots", ()):
                found.annotation(note)
    except ObstacleError as error:
        found.obstacle = str(error)
    except qpdf.ERRORS:
        found.obstacle = "有的内容读不出来，无法核对"
    return found


@dataclass(slots=True)
class Survey:
    """Looks at everything that pages draw with, each object once.

    `obstacle` is why they may not stand in a PDF/A-2b, "" where nothing is in the way; `taken` what they lost.
    """

    obstacle: str = ""
    taken: list[object] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def _take(self, holder: pikepdf.Object, *keys: str) -> None:
        """Take from an object what a PDF/A may not have and no reader shows."""
        for key in keys:
            if key in holder:
                self.taken.append(holder[key])
                del holder[key]

    def _known(self, value: pikepdf.Object) -> bool:
        if not value.is_indirect:
            return False
        if value.objgen in self._seen:
            return True
        self._seen.add(value.objgen)
        return False

    def resources(self, value: object, depth: int) -> None:
        """Everything that a content may draw with."""
        if depth > _DEEPEST:
            raise ObstacleError("图形套图形，层次太深")
        if not isinstance(value, Dictionary) or self._known(value):
            return
        spaces = value.get("/ColorSpace")
        default = isinstance(spaces, Dictionary) and "/DefaultCMYK" in spaces
        for key, look in (
            ("/Font", self.font),
            ("/XObject", self.xobject),
            ("/Pattern", self.pattern),
            ("/Shading", self.shading),
            ("/ColorSpace", self.colour),
            ("/ExtGState", self.state),
        ):
            entries = value.get(key)
            for item in [entry for _, entry in entries.items()] if isinstance(entries, Dictionary) else ():
                if key == "/ColorSpace" and default:
                    continue
                look(item, depth + 1)

    def stream(self, value: Stream) -> None:
        """How a stream is packed."""
        if "/F" in value:
            raise ObstacleError("内容放在别的文件里")
        filters = value.get("/Filter")
        for name in filters if isinstance(filters, Array) else [filters] if filters is not None else ():
            if str(name) not in _FILTERS:
                raise ObstacleError(f"用了 {str(name).strip('/')} 压缩")
        for key in ("/Metadata", "/PieceInfo", "/LastModified"):  # not looked at by fingerprints either
            if key in value:
                del value[key]

    def content(self, value: Stream) -> None:
        """What a content stream does, as far as it can be told without drawing it."""
        self.stream(value)
        try:
            data = value.read_bytes()
        except qpdf.ERRORS as error:
            raise ObstacleError("有的页面内容有损坏") from error
        if _CMYK.search(data):
            raise ObstacleError("用了 CMYK 颜色")
        for match in _INLINE.finditer(data):
            if _INLINE_WRONG.search(match[1]):
                raise ObstacleError("页面里嵌的小图用了不适合长期保存的格式")
        if any(match[1].decode("latin-1") not in _INTENTS for match in _INTENT.finditer(data)):
            raise ObstacleError("用了不认识的颜色转换方式")
        if _ODD.search(data):
            raise ObstacleError("用了不认识的绘图命令")
        depth = 0
        for match in _SAVES.finditer(data):
            depth += 1 if match[1] == b"q" else -1
            if depth > _DEEPEST_SAVES or depth < 0:
                raise ObstacleError("绘图命令套得太深或不成对")

    def xobject(self, value: object, depth: int) -> None:
        """A picture or a drawing."""
        if not isinstance(value, Stream) or self._known(value):
            return
        kind = value.get("/Subtype")
        if kind == Name.Image:
            self.image(value, depth)
        elif kind == Name.Form:
            self.form(value, depth)
        else:
            raise ObstacleError("用了 PostScript 图形")

    def form(self, value: Stream, depth: int) -> None:
        """A drawing, with its own resources."""
        if any(key in value for key in ("/OPI", "/PS", "/Ref")) or value.get("/Subtype2") == Name.PS:
            raise ObstacleError("引用了别的文件里的图形")
        self.content(value)
        if not isinstance(value.get("/Resources"), Dictionary):
            raise ObstacleError("有的图形没有列出它用的字体和图片")
        group = value.get("/Group")
        if isinstance(group, Dictionary):
            self.colour(group.get("/CS"), depth)
        self.resources(value["/Resources"], depth + 1)

    def image(self, value: Stream, depth: int) -> None:
        """A picture; alternatives and smoothing are taken from it."""
        self.stream(value)
        self._take(value, "/Alternates", "/OPI", "/Interpolate")
        if str(value.get("/Intent", Name.Perceptual)) not in _INTENTS:
            raise ObstacleError("用了不认识的颜色转换方式")
        filters = value.get("/Filter")
        last = filters[-1] if isinstance(filters, Array) and len(filters) else filters
        if last == Name.JPXDecode:
            _check_jpx(value.read_raw_bytes()[:4096])
        self.colour(value.get("/ColorSpace"), depth)
        for key in ("/SMask", "/Mask"):
            if isinstance(value.get(key), Stream):
                self.xobject(value[key], depth + 1)

    def colour(self, value: object, depth: int) -> None:
        """A colour space: device colours but CMYK, profiles, and what is made of these."""
        if isinstance(value, Name):
            if value in (Name.DeviceCMYK, Name.CMYK):
                raise ObstacleError("用了 CMYK 颜色")
            return
        if not isinstance(value, Array) or not len(value) or depth > _DEEPEST:
            return
        kind = str(value[0])
        if kind == "/ICCBased" and len(value) > 1 and isinstance(value[1], Stream):
            self.stream(value[1])
            _check_profile(value[1])
        elif kind in ("/Indexed", "/I", "/Pattern") and len(value) > 1:
            self.colour(value[1], depth + 1)
        elif kind in ("/Separation", "/DeviceN") and len(value) > 2:
            if isinstance(value[1], Array) and len(value[1]) > 32:
                raise ObstacleError("颜色的油墨种数太多")
            self.colour(value[2], depth + 1)
        elif kind in ("/DeviceCMYK", "/CMYK"):
            raise ObstacleError("用了 CMYK 颜色")

    def pattern(self, value: object, depth: int) -> None:
        """A tiling or shading pattern."""
        if not isinstance(value, Dictionary | Stream) or self._known(value):
            return
        if isinstance(value, Stream):
            self.content(value)
            self.resources(value.get("/Resources"), depth + 1)
        else:
            self.shading(value.get("/Shading"), depth + 1)
            self.state(value.get("/ExtGState"), depth + 1)

    def shading(self, value: object, depth: int) -> None:
        """A gradient."""
        if isinstance(value, Dictionary | Stream):
            if isinstance(value, Stream):
                self.stream(value)
            self.colour(value.get("/ColorSpace"), depth + 1)

    def state(self, value: object, depth: int) -> None:
        """A graphics state; functions that change nothing are taken from it."""
        if not isinstance(value, Dictionary) or self._known(value):
            return
        for key, idle in (("/TR", Name.Identity), ("/TR2", Name.Default), ("/HT", Name.Default)):
            if value.get(key) in (idle, Name.Identity):
                del value[key]
        if any(key in value for key in ("/TR", "/TR2", "/HTP", "/HT")):
            raise ObstacleError("用了印刷用的网点或传递函数")
        modes = value.get("/BM", Name.Normal)
        for mode in modes if isinstance(modes, Array) else [modes]:
            if str(mode) not in _BLENDS:
                raise ObstacleError("用了不认识的叠加方式")
        if str(value.get("/RI", Name.Perceptual)) not in _INTENTS:
            raise ObstacleError("用了不认识的颜色转换方式")
        mask, font = value.get("/SMask"), value.get("/Font")
        if isinstance(mask, Dictionary):
            self.xobject(mask.get("/G"), depth + 1)
        if isinstance(font, Array) and len(font):
            self.font(font[0], depth + 1)

    def font(self, value: object, depth: int) -> None:
        """A font: all of its glyphs must be in the file."""
        if not isinstance(value, Dictionary) or self._known(value):
            return
        kind = value.get("/Subtype")
        if kind == Name.Type3:
            glyphs = value.get("/CharProcs")
            for glyph in [item for _, item in glyphs.items()] if isinstance(glyphs, Dictionary) else ():
                if isinstance(glyph, Stream):
                    self.content(glyph)
            self.resources(value.get("/Resources"), depth + 1)
            return
        name = str(value.get("/BaseFont", "")).strip("/") or "（无名）"
        if "/ToUnicode" in value and not isinstance(value["/ToUnicode"], Stream):
            del value["/ToUnicode"]
        if kind == Name.Type0:
            below = value.get("/DescendantFonts")
            if not isinstance(below, Array) or not len(below) or not isinstance(below[0], Dictionary):
                raise ObstacleError(f"字体 {name} 有损坏")
            encoding = value.get("/Encoding")
            if isinstance(encoding, Stream):
                self.stream(encoding)
            self._embedded(below[0], name)
            if below[0].get("/Subtype") == Name.CIDFontType2 and "/CIDToGIDMap" not in below[0]:
                raise ObstacleError(f"字体 {name} 缺少字形对照表")
            return
        self._embedded(value, name)
        if any(not isinstance(value.get(key), int) for key in ("/FirstChar", "/LastChar")) or "/Widths" not in value:
            raise ObstacleError(f"字体 {name} 没有列出字宽")
        if kind == Name.TrueType:
            _check_encoding(value, name)

    def _embedded(self, font: Dictionary, name: str) -> None:
        description = font.get("/FontDescriptor")
        found = [key for key in _PROGRAMS if isinstance(description, Dictionary) and key in description]
        if len(found) != 1 or not isinstance(description, Dictionary):
            raise ObstacleError(f"字体 {name} 没有嵌入")
        program = description[found[0]]
        if not isinstance(program, Stream):
            raise ObstacleError(f"字体 {name} 没有嵌入")
        self.stream(program)
        self._take(description, "/CharSet", "/CIDSet")  # may be left out, but may not be wrong, and often are
        if _PROGRAMS[found[0]] and str(program.get("/Subtype")) not in _PROGRAMS[found[0]]:
            raise ObstacleError(f"字体 {name} 的格式不认识")

    def annotation(self, note: object) -> None:
        """A note or link upon a page; it is set to be printed as it is seen."""
        if not isinstance(note, Dictionary):
            return
        kind = str(note.get("/Subtype"))
        if kind not in _NOTES:
            raise ObstacleError(f"有 {kind.strip('/')} 批注")
        flags = note.get("/F", 0)
        flags = flags if isinstance(flags, int) else 0
        if kind != "/Popup":
            if flags & (_UNSEEN | _NO_VIEW | _TOGGLE):
                raise ObstacleError("有隐藏的批注")
            note["/F"] = flags | _PRINT
        looks = note.get("/AP")
        if isinstance(looks, Dictionary):
            self._take(looks, "/D", "/R")
            normal = looks.get("/N")
            if isinstance(normal, Dictionary) and not isinstance(normal, Stream):
                normal = normal.get(str(note.get("/AS", "/Off")))
                if not isinstance(normal, Stream):
                    raise ObstacleError("有的批注没有外观")
                self.taken.append(looks["/N"])
                looks["/N"] = normal
            self.xobject(normal, 0)
        elif kind not in ("/Popup", "/Link"):
            raise ObstacleError("有的批注没有外观")


def _check_encoding(font: Dictionary, name: str) -> None:
    """A TrueType font either has glyphs by number and no encoding, or one of two encodings."""
    description = font["/FontDescriptor"]
    flags = description.get("/Flags", 0)
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    plain = base in (Name.WinAnsiEncoding, Name.MacRomanEncoding)
    if not isinstance(flags, int) or bool(flags & _NONSYMBOLIC) == bool(flags & _SYMBOLIC):
        raise ObstacleError(f"字体 {name} 的编码没有写清")
    if (flags & _SYMBOLIC and encoding is not None) or (flags & _NONSYMBOLIC and not plain):
        raise ObstacleError(f"字体 {name} 的编码不合长期保存的规定")


def _check_profile(profile: Stream) -> None:
    """An ICC profile: that it is one, of a kind and for as many colours as it should be."""
    spaces = {1: (b"GRAY",), 3: (b"RGB ", b"Lab "), 4: (b"CMYK",)}
    count = profile.get("/N")
    head = profile.read_bytes()[:128]
    good = (
        len(head) == 128
        and head[36:40] == b"acsp"
        and head[8] <= 4
        and head[12:16] in (b"prtr", b"mntr", b"scnr", b"spac")
        and isinstance(count, int)
        and head[16:20] in spaces.get(count, ())
    )
    if not good:
        raise ObstacleError("颜色配置文件（ICC）有损坏或太新")


def _check_jpx(head: bytes) -> None:
    """A JPEG 2000 picture: grey or sRGB, said once."""
    header, colour = head.find(b"ihdr"), head.find(b"colr")
    channels = int.from_bytes(head[header + 12 : header + 14]) if header >= 0 else 0
    enumerated = int.from_bytes(head[colour + 7 : colour + 11]) if colour >= 0 and head[colour + 4] == 1 else 0
    if channels not in (1, 3) or enumerated not in (16, 17) or head.count(b"colr") != 1:
        raise ObstacleError("用了 JPEG 2000 图片")
