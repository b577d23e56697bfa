"""Orders on their way to another machine: what it cannot reach there goes along, what it makes comes back as bytes.

A worker that sees the workspace at the same path (a shared folder) reads evidence and templates there; any other asks
for what it lacks. Either way it believes nothing but digests.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from docgen.engine.cluster import Wants, differences
from docgen.errors import EnvironmentLacks
from docgen.evidence.office import conversion_key
from docgen.evidence.seen import digest_of
from docgen.evidence.store import Store
from docgen.render.templates import TemplateFolder, contents_digest, contents_of, template_folders

from .materials import fonts_digest, package_digest, versions
from .values import Made, Order

_DIGITS = 12
_one_at_a_time = threading.Lock()
"""Neither WeasyPrint nor what it stands on is made for several threads; further workers, not threads, do more."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Some orders, by whose traits they are to be made, and the contents of files that go along.

    `files` has evidence by sha256, and PDFs made of Office files by "office/" and the sha256 of that file; `templates`
    has a school's own by the name of their folder.
    """

    traits: Mapping[str, str]
    orders: tuple[Order, ...]
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    templates: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict, repr=False)


@cache
def traits() -> dict[str, str]:
    """What must be the same on all machines for the same bytes to come out: versions, fonts, templates."""
    found = {name: version for name, version in versions().items() if name != "Python"}
    return found | {"字体": fonts_digest()[:_DIGITS], "自带模板": package_digest()[:_DIGITS]}


def introduce() -> dict[str, str]:
    """What a worker says of itself."""
    return traits()


def check(said: Mapping[str, Mapping[str, str]]) -> None:
    """Refuse workers that would make other bytes. Raises EnvironmentLacks."""
    for worker, theirs in said.items():
        refuse_strangers(theirs, worker)


def refuse_strangers(theirs: Mapping[str, str], worker: str) -> None:
    """Raises EnvironmentLacks where another machine's traits are not those of this one."""
    unlike = list(differences(traits(), theirs))
    if unlike:
        raise EnvironmentLacks(
            f"工作进程 {worker} 与本机不一致，生成的文件会不一样，没有使用：{'；'.join(unlike[:6])}。",
            "在各台机器上装同样的版本（pip install -c constraints.txt）和同样的字体，再运行一次。",
        )


@dataclass(slots=True)
class Packing:
    """Packs orders. `store` has what was made of Office files."""

    store: Store

    def __call__(self, orders: tuple[Order, ...], names: frozenset[str]) -> Parcel:
        """A parcel with the things of these names in it; a file that is gone is left out, which its reader will tell."""
        files: dict[str, bytes] = {}
        templates: dict[str, Mapping[str, bytes]] = {}
        for order in orders:
            if order.template.own and order.template.path.name in names:
                templates[order.template.path.name] = contents_of(order.template.path)
            for item in order.volume.items if order.volume else ():
                made = self._made_of_office(item.file.sha256)
                if made is not None:
                    files[f"office/{item.file.sha256}"] = made.read_bytes()
                if item.file.sha256 in names and item.path.is_file():
                    files[item.file.sha256] = item.path.read_bytes()
        return Parcel(traits(), orders, files, templates)

    def _made_of_office(self, sha256: str) -> Path | None:
        key = conversion_key(sha256)
        return self.store.blob(key) if key else None


def serve(parcel: Parcel) -> list[Made] | Wants:
    """Make what a parcel asks for, on the machine that got it; `Wants` where it cannot reach something.

    Raises EnvironmentLacks where it would come out otherwise than on the machine that sent the parcel.
    """
    unlike = list(differences(parcel.traits, traits()))
    if unlike:
        raise EnvironmentLacks(
            f"一个后来的工作进程与本机不一致，没有使用：{'；'.join(unlike[:6])}。",
            "在各台机器上装同样的版本（pip install -c constraints.txt）和同样的字体，再运行一次。",
        )
    with _one_at_a_time, _desk() as desk:
        lacking = _lacking(parcel)
        if lacking:
            return Wants(lacking)
        from .bench import set_up  # noqa: PLC0415 - it loads the renderers

        bench = set_up(desk, Store(desk / "store"))
        orders = [_at_home(order, parcel, desk) for order in parcel.orders]
        made = [_as_bytes(each) for each in bench.make(orders)]
        bench.store.close()
        return made


@contextmanager
def _desk() -> Iterator[Path]:
    """A folder for one parcel."""
    path = Path(tempfile.mkdtemp(prefix="docgen-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _lacking(parcel: Parcel) -> frozenset[str]:
    """What the orders speak of and is neither here nor in the parcel."""
    names = set()
    for order in parcel.orders:
        own = order.template
        if own.own and not own.path.is_dir() and own.path.name not in (*parcel.templates, *_templates):
            names.add(own.path.name)
        for item in order.volume.items if order.volume else ():
            if item.file.sha256 not in parcel.files and not _is_here(item.path, item.file.sha256):
                names.add(item.file.sha256)
    return frozenset(names)


def _is_here(path: Path, sha256: str) -> bool:
    try:
        return digest_of(path) == sha256
    except OSError:
        return False


def _at_home(order: Order, parcel: Parcel, desk: Path) -> Order:
    """The order with this machine's places in it."""
    order = replace(order, template=_template(order.template, parcel))
    if order.volume is None:
        return order
    items = []
    for number, item in enumerate(order.volume.items):
        sent, made = parcel.files.get(item.file.sha256), parcel.files.get(f"office/{item.file.sha256}")
        if sent is not None:
            item = replace(item, path=_laid(desk / "evidence" / str(number) / item.path.name, sent))
        if made is not None:
            item = replace(item, converted=_laid(desk / "office" / f"{number}.pdf", made))
        items.append(item)
    return replace(order, volume=replace(order.volume, items=tuple(items)))


def _laid(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


_templates: dict[str, Path] = {}


def _template(folder: TemplateFolder, parcel: Parcel) -> TemplateFolder:
    """docgen's own template as this machine has it; a school's as it was sent, or lies in the shared folder."""
    if not folder.own:
        return _shipped()[folder.kind]
    name = folder.path.name
    if name in parcel.templates and name not in _templates:
        _templates[name] = _template_store().keep_folder(
            contents_digest(parcel.templates[name]), parcel.templates[name]
        )
    return replace(folder, path=_templates.get(name, folder.path))


@cache
def _template_store() -> Store:
    """Keeps templates that were sent, as long as this process lives."""
    return Store(None)


@cache
def _shipped() -> dict[str, TemplateFolder]:
    return {folder.kind: folder for folder in template_folders()}


def _as_bytes(made: Made) -> Made:
    """A volume's file as bytes, for the way back."""
    return made if made.file is None else replace(made, data=made.file.read_bytes(), file=None)
