"""What lies upon the pages of a PDF: kept and moved with the page, or dropped where it acts instead of showing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from .destinations import Destinations, Target
from .geometry import TURNS, Box, Matrix

MARK = "/DocgenLink"
"""Put on a link while its document is being merged: the number of its target, which is set when the pages stand."""

SCRIPT, ATTACHMENT, MEDIA, ACTION = "脚本", "附件", "多媒体", "会启动程序或提交数据的动作"
_DROPPED_KINDS = {
    "/FileAttachment": ATTACHMENT,
    "/Movie": MEDIA,
    "/Sound": MEDIA,
    "/Screen": MEDIA,
    "/RichMedia": MEDIA,
    "/3D": MEDIA,
}
_KEPT_ACTIONS = ("/URI", "/Named")
_POINTS = ("/QuadPoints", "/Vertices", "/L", "/CL")
_DEEPEST = 24


@dataclass(slots=True)
class Cleaned:
    """What cleaning came upon. `links` are the targets of links inside the document, by the number in MARK."""

    links: list[Target] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    signed: bool = False


def clean_document(pdf: pikepdf.Pdf, cleaned: Cleaned) -> None:
    """Take out of a document what is not on its pages and must not travel: scripts, attachments, signatures."""
    root = pdf.Root
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        for key, word in (("/JavaScript", SCRIPT), ("/EmbeddedFiles", ATTACHMENT)):
            if key in names:
                cleaned.dropped.add(word)
                del names[key]
    _without_actions(root, cleaned)
    opening = root.get("/OpenAction")
    if isinstance(opening, Dictionary) and opening.get("/S") == Name.JavaScript:
        cleaned.dropped.add(SCRIPT)
    if "/AF" in root:
        cleaned.dropped.add(ATTACHMENT)
        del root["/AF"]
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary):
        for key in ("/XFA", "/SigFlags", "/CO"):
            if key in form:
                del form[key]
        for item in _fields(form.get("/Fields"), set(), 0):
            _without_actions(item, cleaned)
            if item.get("/FT") == Name.Sig and "/V" in item:
                cleaned.signed = True
                del item["/V"]


def _fields(fields: object, seen: set[tuple[int, int]], depth: int) -> Iterator[Dictionary]:
    if not isinstance(fields, Array) or depth > _DEEPEST:
        return
    for item in fields:
        if isinstance(item, Dictionary) and item.objgen not in seen:
            if item.is_indirect:
                seen.add(item.objgen)
            yield item
            yield from _fields(item.get("/Kids"), seen, depth + 1)


def _without_actions(holder: pikepdf.Object, cleaned: Cleaned) -> None:
    """Drop what starts by itself (AA), telling of it unless it only moves about in the document."""
    extra = holder.get("/AA")
    if extra is None:
        return
    actions = [value for _, value in extra.items()] if isinstance(extra, Dictionary) else []
    for action in actions:
        if isinstance(action, Dictionary):
            _tell(action, cleaned)
    del holder["/AA"]


def _tell(action: Dictionary, cleaned: Cleaned) -> None:
    kind = str(action.get("/S"))
    if kind in ("/GoTo", *_KEPT_ACTIONS):
        return
    cleaned.dropped.add(
        SCRIPT if kind == "/JavaScript" else MEDIA if kind in ("/Rendition", "/Movie", "/Sound") else ACTION
    )


def clean_page(page: pikepdf.Page, destinations: Destinations, cleaned: Cleaned) -> None:
    """Drop from a page what acts, and take note of where its links lead."""
    _without_actions(page.obj, cleaned)
    annotations = page.obj.get("/Annots")
    if annotations is None:
        return
    kept = []
    for annotation in annotations if isinstance(annotations, Array) else ():
        if not isinstance(annotation, Dictionary) or isinstance(annotation, Stream):
            continue
        word = _DROPPED_KINDS.get(str(annotation.get("/Subtype")))
        if word:
            cleaned.dropped.add(word)
            continue
        _clean_annotation(annotation, destinations, cleaned)
        kept.append(annotation)
    if kept:
        page.obj["/Annots"] = Array(kept)
    else:
        del page.obj["/Annots"]


def _clean_annotation(annotation: Dictionary, destinations: Destinations, cleaned: Cleaned) -> None:
    _without_actions(annotation, cleaned)
    action, plain = annotation.get("/A"), annotation.get("/Dest")
    target = destinations.of(plain) if plain is not None else destinations.of_action(action)
    if plain is not None:
        del annotation["/Dest"]
    if action is not None:
        del annotation["/A"]
    if target is not None:
        annotation[MARK] = len(cleaned.links)
        cleaned.links.append(target)
    elif isinstance(action, Dictionary):
        kind = str(action.get("/S"))
        if kind == "/URI" and isinstance(action.get("/URI"), pikepdf.String):
            annotation["/A"] = Dictionary(S=Name.URI, URI=action["/URI"])
        elif kind == "/Named":
            annotation["/A"] = Dictionary(S=Name.Named, N=action.get("/N", Name.NextPage))
        _tell(action, cleaned)


def move_annotations(pdf: pikepdf.Pdf, page: pikepdf.Page, matrix: Matrix, turn: int) -> None:
    """Move a page's annotations as its content was moved: their rectangles, points, and turned appearances."""
    for annotation in page.obj.get("/Annots", ()):
        if not isinstance(annotation, Dictionary):
            continue
        rectangle = as_box(annotation.get("/Rect"))
        if rectangle:
            placed = matrix.box(rectangle)
            annotation["/Rect"] = Array(
                [round(value, 3) for value in (placed.left, placed.bottom, placed.right, placed.top)]
            )
        for key in _POINTS:
            points = annotation.get(key)
            if isinstance(points, Array):
                annotation[key] = _moved_points(points, matrix)
        if isinstance(annotation.get("/InkList"), Array):
            annotation["/InkList"] = Array(
                [_moved_points(line, matrix) for line in annotation["/InkList"] if isinstance(line, Array)]
            )
        if "/RD" in annotation:
            del annotation["/RD"]
        if turn:
            _turn_appearance(pdf, annotation, turn)


def _moved_points(points: Array, matrix: Matrix) -> Array:
    numbers = [float(value) for value in points if isinstance(value, int | float | Decimal)]
    moved = [matrix.point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
    return Array([round(value, 3) for point in moved for value in point])


def _turn_appearance(pdf: pikepdf.Pdf, annotation: Dictionary, turn: int) -> None:
    """Turn the drawn appearances; each in a copy of its own, as annotations of other pages may share them."""
    looks = annotation.get("/AP")
    if isinstance(looks, Dictionary):
        turned = Dictionary()
        for key, look in looks.items():
            if isinstance(look, Stream):
                turned[key] = _turned(pdf, look, turn)
            elif isinstance(look, Dictionary):
                states = [(name, state) for name, state in look.items() if isinstance(state, Stream)]
                turned[key] = Dictionary({name: _turned(pdf, state, turn) for name, state in states})
        annotation["/AP"] = turned
    traits = annotation.get("/MK")
    if isinstance(traits, Dictionary) and isinstance(traits.get("/R", 0), int):
        angle = (int(traits.get("/R", 0)) - turn) % 360
        annotation["/MK"] = Dictionary({**dict(traits.items()), "/R": angle})


def _turned(pdf: pikepdf.Pdf, look: Stream, turn: int) -> Stream:
    values = look.get("/Matrix")
    own = [float(value) for value in values] if isinstance(values, Array) else [1.0, 0, 0, 1, 0, 0]
    matrix = Matrix(*own).then(TURNS[turn]) if len(own) == 6 else TURNS[turn]
    copy = Stream(pdf, look.read_raw_bytes())
    for key, value in look.items():
        if key != "/Length":
            copy[key] = value
    copy["/Matrix"] = Array([round(value, 5) for value in (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)])
    return copy


def as_box(value: object) -> Box | None:
    """A PDF rectangle, its corners in either order; None if it is none."""
    if not isinstance(value, Array) or len(value) < 4:
        return None
    try:
        x0, y0, x1, y1 = (float(value[place]) for place in range(4))
    except (TypeError, ValueError):
        return None
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
