"""Writes values into the fields of a PDF form: what they store, and what every reader shows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, String

from docgen.acroform.lettering import Lettering
from docgen.acroform.names import OFF, name_from
from docgen.acroform.setting import Laid
from docgen.acroform.traits import look_of, options_of, value_of
from docgen.acroform.values import text_of, trait
from docgen.fonts.roles import Role

from .fields import Field, Kind
from .looks import Looks, default_of, role_of_field
from .opening import Form
from .settling import Refusal, Settled, closed, settle

_EDITING = "DocgenSong"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one field. `refused` says why nothing was written; `tight` that the text is too small to be read
    in its place (`size` points, the smallest of its widgets, where `asked` was wanted); `missing` are characters that no font has."""

    field: Field
    value: str | tuple[int, ...]
    refused: Refusal | None = None
    size: float = 0.0
    asked: float = 0.0
    tight: bool = False
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class _Task:
    field: Field
    value: str | tuple[int, ...]
    settled: Settled
    fresh: bool = True  # False: only its look is made, as the form asked readers to
    laid: list[Laid] = dataclasses.field(default_factory=list)


def write_fields(
    form: Form,
    values: Mapping[str, str | tuple[int, ...]],
    captions: Mapping[str, Sequence[str]] | None = None,
) -> list[Written]:
    """Write values into a form by the full names of its fields; `captions` are the words beside each button's widgets.

    For check boxes and radio buttons a value may also be the numbers of the widgets that are to be on.

    Gives what became of each, in the order of `values`. Names that the form lacks raise KeyError. Raises EnvironmentLacks
    when there is no Chinese font.
    """
    answers: dict[str, Written] = {}
    tasks: list[_Task] = []
    for name, value in values.items():
        one = form.fields[name]
        if why := closed(one):
            answers[name] = Written(one, value, Refusal(why, "请手工处理。"))
            continue
        if isinstance(value, tuple):
            settled: Settled | Refusal = Settled(chosen=value)
        else:
            settled = settle(one, value, (captions or {}).get(name, ()))
        if isinstance(settled, Refusal):
            answers[name] = Written(one, value, settled)
        else:
            tasks.append(_Task(one, value, settled))
    tasks += _undrawn(form, {task.field.name for task in tasks})
    _draw(form, tasks, answers)
    _tidy(form, changed=any(task.fresh for task in tasks))
    return [answers[name] for name in values]


def _undrawn(form: Form, written: set[str]) -> list[_Task]:
    """The fields that readers were to draw by themselves (NeedAppearances): drawn here, as the flag is taken away."""
    if not bool(form.root.get("/NeedAppearances", False)):
        return []
    tasks = []
    for name, one in form.fields.items():
        if name in written or one.kind in (Kind.BUTTON, Kind.SIGNATURE) or one.flags & 1 << 13:
            continue
        if one.kind in (Kind.CHECK, Kind.RADIO):
            on = tuple(place for place, widget in enumerate(one.widgets) if widget.state not in (b"", OFF))
            tasks.append(_Task(one, "", Settled(chosen=on), fresh=False))
        elif one.kind is Kind.LIST:
            tasks.append(_Task(one, "", Settled(chosen=_chosen_now(one)), fresh=False))
        else:
            shown = value_of(one.node)
            if shown or any(look_of(widget.obj) is None for widget in one.widgets):
                tasks.append(_Task(one, shown, Settled(shown, shown), fresh=False))
    return tasks


def _chosen_now(one: Field) -> tuple[int, ...]:
    value = trait(one.node, "/V")
    texts = [text_of(item) for item in value] if isinstance(value, Array) else [text_of(value)]
    return tuple(place for place, option in enumerate(options_of(one.node)) if option[0] in texts)


def _draw(form: Form, tasks: Sequence[_Task], answers: dict[str, Written]) -> None:
    texts: dict[Role, list[str]] = {}
    for task in tasks:
        if task.field.kind not in (Kind.CHECK, Kind.RADIO):
            texts.setdefault(role_of_field(task.field, form.root), []).extend(_texts(task))
    looks = Looks(form.pdf, form.root, {role: Lettering(said, role) for role, said in texts.items()})
    for task in tasks:
        one, settled = task.field, task.settled
        if one.kind in (Kind.CHECK, Kind.RADIO):
            _press(looks, one, settled.chosen, fresh=task.fresh)
        elif one.kind is Kind.LIST:
            if task.fresh:
                _choose(one, settled)
            task.laid = looks.list_box(one, settled.chosen)
        else:
            if task.fresh:
                _choose(one, settled) if one.kind is Kind.COMBO else _store(one, settled.stored)
                _font_for_editing(form, one)
            task.laid = looks.text(one, settled.shown)
        if task.fresh:
            lacking = looks.font_of(one).missing if one.kind not in (Kind.CHECK, Kind.RADIO) else ()
            missing = tuple(sign for sign in lacking if sign in settled.shown)
            answers[one.name] = Written(
                one,
                task.value,
                size=min((laid.size for laid in task.laid), default=0.0),
                asked=max((laid.asked for laid in task.laid), default=0.0),
                tight=any(not laid.fits for laid in task.laid) and bool(settled.shown),
                missing=missing,
            )


def _texts(task: _Task) -> list[str]:
    if task.field.kind is Kind.LIST:
        return [shown for _, shown in task.field.options]
    return [task.settled.shown]


def _store(one: Field, stored: str) -> None:
    for node in one.nodes:
        node["/V"] = String(stored)
        for key in ("/RV", "/I"):  # rich text that says the old value; choices by number
            if key in node:
                del node[key]


def _choose(one: Field, settled: Settled) -> None:
    _store(one, settled.stored)
    options = one.options
    for node in one.nodes:
        if len(settled.chosen) > 1:
            node["/V"] = Array([String(options[place][0]) for place in settled.chosen])
        if settled.chosen and (one.kind is Kind.LIST or one.several):
            node["/I"] = Array(list(settled.chosen))
        if not settled.chosen and not settled.stored:
            del node["/V"]


def _press(looks: Looks, one: Field, chosen: Sequence[int], *, fresh: bool) -> None:
    """Put a button's widgets into their states; widgets with the same state go together, as the standard has it."""
    on = {place: (one.widgets[place].states() or [b"Yes"])[0] for place in range(len(one.widgets))}
    if len(set(on.values())) < len(on) and one.kind is Kind.RADIO and not one.flags & 1 << 25:
        pressed = set(chosen[:1])  # several of one name: each by itself, unless they are to go in unison
    else:
        states = {on[place] for place in chosen}
        pressed = {place for place in on if on[place] in states}
    for place, widget in enumerate(one.widgets):
        looks.button(one, widget, on[place])
        if fresh:
            widget.obj["/AS"] = name_from(on[place] if place in pressed else OFF)
    if fresh:
        value = name_from(on[chosen[0]]) if chosen else Name.Off
        for node in one.nodes:
            node["/V"] = value


def _font_for_editing(form: Form, one: Field) -> None:
    """See to it that the field names a font which readers find when somebody edits the value.

    What the form names is kept. Where it names none, or one that is not there, it gets 宋体 by Adobe's name and character
    map, which readers have or replace by a Chinese font of the system.
    """
    look = default_of(one, form.root)
    holders = [form.root.get("/DR"), *(node.get("/DR") for node in one.nodes)]
    for holder in holders:
        fonts = holder.get("/Font") if isinstance(holder, Dictionary) else None
        if look.font and isinstance(fonts, Dictionary) and f"/{look.font}" in fonts:
            return
    resources = form.root.get("/DR")
    if not isinstance(resources, Dictionary):
        form.root["/DR"] = resources = Dictionary()
    fonts = resources.get("/Font")
    if not isinstance(fonts, Dictionary):
        resources["/Font"] = fonts = Dictionary()
    if f"/{_EDITING}" not in fonts:
        fonts[f"/{_EDITING}"] = form.pdf.make_indirect(_system_song(form))
    size = f"{look.size:g}"
    for node in (*one.nodes, *(widget.obj for widget in one.widgets if "/DA" in widget.obj)):
        node["/DA"] = String(f"/{_EDITING} {size} Tf {look.colour}")


def _system_song(form: Form) -> Dictionary:
    """宋体 that is not embedded: readers use the system's (ISO 32000-1, 9.7.5.2, the predefined character maps)."""
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/STSong-Light"),
        Flags=6,
        FontBBox=Array([-25, -254, 1000, 880]),
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=880,
        StemV=93,
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=Name("/STSong-Light"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=4),
        DW=1000,
        W=Array([1, 95, 500]),
        FontDescriptor=form.pdf.make_indirect(descriptor),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/STSong-Light-UniGB-UTF16-H"),
        Encoding=Name("/UniGB-UTF16-H"),
        DescendantFonts=Array([form.pdf.make_indirect(descendant)]),
    )


def _tidy(form: Form, *, changed: bool) -> None:
    """Take away what would make readers show something else than what was written."""
    root = form.root
    for key in ("/NeedAppearances", "/XFA"):
        if key in root:
            del root[key]
    permissions = form.pdf.Root.get("/Perms")
    if changed and isinstance(permissions, Dictionary) and "/UR3" in permissions:
        del permissions["/UR3"]
        if not len(permissions):
            del form.pdf.Root["/Perms"]
    listed = root.get("/Fields")
    if not isinstance(listed, Array):
        root["/Fields"] = listed = Array([])
    known = {item.objgen for item in listed if isinstance(item, Dictionary)}
    for one in form.fields.values():
        for node in one.nodes:
            if node.is_indirect and node.get("/Parent") is None and node.objgen not in known:
                listed.append(node)  # a widget that the form forgot to list; most readers would not let it be edited
