"""Evidence files that can be used, but of which something is worth saying: signed, damaged, hiding, moving, very long."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from .plain import letter, photo, saved


def scripted() -> bytes:
    """A PDF that runs a script when it is opened."""
    with pikepdf.open(io.BytesIO(letter("网络实训计算机验收单"))) as document:
        document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        return saved(document)


def signed() -> bytes:
    """A PDF with a field for a signature that somebody has filled (with nothing that could be verified)."""
    with pikepdf.open(io.BytesIO(letter("网络实训计算机电子合同"))) as document:
        signature = document.make_indirect(
            Dictionary(
                Type=Name.Sig,
                Filter=Name("/Adobe.PPKLite"),
                SubFilter=Name("/adbe.pkcs7.detached"),
                ByteRange=Array([0, 1, 2, 3]),
                Contents=b"\x30\x00",
            )
        )
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=b"Signature1",
            V=signature,
            Rect=Array([0, 0, 0, 0]),
            F=132,
        )
        field = document.make_indirect(field)
        document.pages[0].obj.Annots = Array([field])
        document.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        return saved(document)


def damaged() -> bytes:
    """A PDF whose table of contents (cross references) points nowhere; every page can be saved."""
    data = plainly(letter("网络实训计算机说明书"))
    at = data.rindex(b"startxref")
    return data[:at] + b"startxref\n7\n%%EOF\n"


def with_a_page_lost() -> bytes:
    """A PDF whose second page was written over with rubbish."""
    data = plainly(letter("网络实训计算机清单", "第二页", "第三页"))
    with pikepdf.open(io.BytesIO(data)) as document:
        number = document.pages[1].obj.objgen[0]
    head = f"\n{number} 0 obj".encode()
    start = data.index(head) + len(head)
    end = data.index(b"endobj", start)
    rubbish = b"\n<< /Kaputt true >>" * (end - start)
    return data[:start] + rubbish[: end - start] + data[end:]


def hiding() -> bytes:
    """A PDF with a layer that is off."""
    with pikepdf.open(io.BytesIO(letter("网络实训计算机布置图"))) as document:
        layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("强电")))
        document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        page = document.pages[0]
        page.obj.Resources.Properties = Dictionary(L=layer)
        page.contents_add(b"/OC /L BDC 100 100 200 200 re f EMC")
        return saved(document)


def moving() -> bytes:
    """A GIF of three pictures."""
    frames = [Image.open(io.BytesIO(photo(number))).quantize(16) for number in (40, 41, 42)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=400)
    return out.getvalue()


def very_long() -> bytes:
    """A PDF of 301 pages with hardly anything on them."""
    document = pikepdf.open(io.BytesIO(letter("网络实训计算机使用手册")))
    for _ in range(300):
        document.pages.append(document.pages[0])
    return saved(document)


def plainly(data: bytes) -> bytes:
    """A PDF in which every object stands by itself, so that one can be damaged alone."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()
