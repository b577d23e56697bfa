"""What lies upon the pages of a PDF: kept and moved with the page, or dropped where it acts instead of showing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from docgen.acroform.geometry import TURNS, Matrix
from docgen.acroform.values import as_box, as_matrix, as_numbers, trait

from .destinations import Destinations, Target

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
_MEDIA_ACTIONS = ("/Rendition", "/Movie", "/Sound")
_HARMLESS = ("/GoTo", "/URI", "/Named", "/Hide", "/SetOCGState", "/Trans", "/None")  # they move about or show
_MOST_STEPS = 8
_STEPS = ("/NextPage", "/PrevPage", "/FirstPage", "/LastPage")
_OF_STAMPS = ("/Type", "/Rect", "/AP", "/F", "/OC", "/Contents", "/NM", "/M", "/C", "/CA", "/BM")
_POINTS = ("/QuadPoints", "/Vertices", "/L", "/CL")
_DEEPEST = 24


@dataclass(slots=True)
class Cleaned:
    """What cleaning came upon. `links` are the targets of links inside the document, by the number in MARK."""

    links: list[Target] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    signed: bool = False


def attached(pdf: pikepdf.Pdf) -> bool:
    """Whether a document has files attached to it as a whole."""
    names = pdf.Root.get("/Names")
    return isinstance(names, Dictionary) and "/EmbeddedFiles" in names


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
    _tell(root.get("/OpenAction"), cleaned)
    if "/AF" in root:
        cleaned.dropped.add(ATTACHMENT)
        del root["/AF"]
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary):
        for item in _fields(form.get("/Fields"), set(), 0):
            _without_actions(item, cleaned)
            cleaned.signed = cleaned.signed or _is_signed(item)
    permissions = root.get("/Perms")
    cleaned.signed = cleaned.signed or (isinstance(permissions, Dictionary) and "/DocMDP" in permissions)


def _is_signed(item: Dictionary) -> bool:
    """Whether a field holds a signature or a time stamp, not only a place for one."""
    if trait(item, "/FT") != Name.Sig:
        return False
    value = trait(item, "/V")
    return isinstance(value, Dictionary) and ("/Contents" in value or "/ByteRange" in value)


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
        _tell(action, cleaned)
    del holder["/AA"]


def _tell(action: object, cleaned: Cleaned, depth: int = 0) -> None:
    """Tell what an action, and what follows it, would have done."""
    if not isinstance(action, Dictionary) or depth > _MOST_STEPS:
        return
    kind = str(action.get("/S"))
    if kind in _MEDIA_ACTIONS:
        cleaned.dropped.add(MEDIA)
    elif kind not in _HARMLESS:
        cleaned.dropped.add(SCRIPT if kind == "/JavaScript" else ACTION)
    following = action.get("/Next")
    for step in list(following)[:_MOST_STEPS] if isinstance(following, Array) else [following]:
        _tell(step, cleaned, depth + 1)


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
            if not _leave_only_the_look(annotation):
                continue
        if annotation.get("/Subtype") == Name.Widget:
            cleaned.signed = cleaned.signed or _is_signed(annotation)
        _clean_annotation(annotation, destinations, cleaned)
        kept.append(annotation)
    if kept:
        page.obj["/Annots"] = Array(kept)
    else:
        del page.obj["/Annots"]


def _leave_only_the_look(annotation: Dictionary) -> bool:
    """Make a stamp of what holds a file or a film: its picture stays on the page. False where there is none."""
    looks = annotation.get("/AP")
    if not isinstance(looks, Dictionary) or not isinstance(looks.get("/N"), Stream):
        return False
    for key in list(annotation.keys()):
        if key not in _OF_STAMPS:
            del annotation[key]
    annotation["/Subtype"] = Name.Stamp
    return True


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
            step = action.get("/N")
            if str(step) in _STEPS:
                annotation["/A"] = Dictionary(S=Name.Named, N=step)
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
        for key in ("/StructParent", "/P", "/AF"):
            if key in annotation:
                del annotation[key]
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
    numbers = as_numbers(points, len(points)) or []
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
    matrix = as_matrix(look.get("/Matrix")).then(TURNS[turn])
    copy = Stream(pdf, look.read_raw_bytes())
    for key, value in look.items():
        if key != "/Length":
            copy[key] = value
    copy["/Matrix"] = Array([round(value, 5) for value in (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)])
    return copy
