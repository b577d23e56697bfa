"""`merge`: any photos, scans, PDFs and Office files into one verified PDF, as evidence volumes are made."""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen import __version__
from docgen.errors import InputError
from docgen.evidence.notes import advice, level, sentence
from docgen.findings import Finding, Severity
from docgen.model.records import EvidenceFile, NoteKind

from .gathering import Gathering, Given, gather
from .records import LeftOut, Merged, MergedItem, Remark
from .target import PDF_SUFFIX, check_name, check_target
from .words import all_left_out, one_line, shown

if TYPE_CHECKING:
    from docgen.assemble.records import FrontMaker, FrontMatter, Volume, VolumeOrder
    from docgen.evidence.store import Store

_PLAINLY = (
    ("docgen.toml 中的 max_volume_mb", " --max-mb "),
    ("分册", "合并后的文件"),
    ("放进佐证材料", "合并"),
    ("佐证材料文件夹", "要合并的文件"),
)

Progress = Callable[[int, int, str], None]

_MOST_NAMED = 10
_NOT_IN = ("ASM001", "ASM002", "ASM003", "ASM901")
"""What assembling says of a file that could not go in after all."""


def quiet(done: int, of: int, what: str) -> None:
    """No progress shown."""


def merge(
    files: Iterable[Path],
    target: Path,
    *,
    title: str = "",
    subtitle: str = "",
    index: bool = False,
    number: bool = False,
    photos_per_page: int = 2,
    max_dpi: int = 300,
    max_mb: int = 0,
    force: bool = False,
    progress: Progress = quiet,
) -> Merged:
    """Merge files, and the files of folders, into the PDF `target`, in the order given (`docgen merge`).

    `title` is that of the PDF, its cover and its foot; "" takes the target's name. `index` puts a cover and a linked
    index in front, `number` a running foot on every page. `photos_per_page` 1 to 12; `max_dpi` in dots per inch;
    `max_mb` in 10⁶ bytes, 0: no limit. `force` lets another PDF be overwritten.

    Files that cannot be used are in `left_out`, the others go on. Raises UsageError where nothing is given or the
    target is no .pdf, InputError where a file is not there or none can be used, OutputError where the target must not
    or cannot be written, EnvironmentLacks where fonts are missing. Then nothing is written.
    """
    check_name(target)
    gathering = gather(files)
    check_target(target, [given.path for given in gathering.files], force)
    heading = one_line(title) or one_line(target.stem) or "合并文件"
    work = _Work(heading, one_line(subtitle), index, number, photos_per_page, max_dpi, max_mb, progress)
    return work.run(gathering, target)


@dataclass(frozen=True, slots=True)
class _Work:
    """One merging: what was asked for."""

    title: str
    subtitle: str
    index: bool
    number: bool
    photos_per_page: int
    max_dpi: int
    max_mb: int
    progress: Progress

    def run(self, gathering: Gathering, target: Path) -> Merged:
        """Inspect the files, put them together aside, and put the result in its place once it is proved."""
        from docgen.evidence.inspection import inspect_files  # noqa: PLC0415 - not before it is known that there is work
        from docgen.evidence.store import Store  # noqa: PLC0415

        given = gathering.files
        # What was learnt of people's papers is not kept after the work is done.
        with Store(None) as store:
            facts = inspect_files(
                {each.name: each.path for each in given},
                store,
                lambda done, of, what: self.progress(done, of + 1, what),
                archival=False,
            )
            usable = [each for each in given if not facts[each.name].fault]
            left_out = [*gathering.left_out, *_unusable(given, facts)]
            if not usable:
                raise InputError(all_left_out(left_out), "请照上面说的改好，再运行一次；没有写任何文件。")
            self.progress(len(given), len(given) + 1, shown(target))
            volume = self._assembled(usable, facts, store, target)
        return self._merged(target, volume, usable, facts, left_out)

    def _assembled(
        self, usable: Sequence[Given], facts: Mapping[str, EvidenceFile], store: Store, target: Path
    ) -> Volume:
        """The volume, written to `target` if it passed its proof."""
        from docgen.assemble.volume import FontFace, assemble  # noqa: PLC0415
        from docgen.fonts.roles import Role, find_fonts  # noqa: PLC0415
        from docgen.publish.atomic import aside_of, put_file  # noqa: PLC0415

        choice = find_fonts()[Role.HEI]
        aside = aside_of(target.parent, PDF_SUFFIX)
        try:
            order = self._order(usable, facts)
            volume = assemble(order, self._front_maker(), FontFace(choice.path, choice.index), store, aside)
            if volume.made:
                put_file(target, aside)
        finally:
            with contextlib.suppress(OSError):  # in use on Windows: a half that is named as one stays there
                aside.unlink(missing_ok=True)
        return volume

    def _order(self, usable: Sequence[Given], facts: Mapping[str, EvidenceFile]) -> VolumeOrder:
        from docgen.assemble.volume import VolumeItem, VolumeOrder  # noqa: PLC0415

        items = tuple(VolumeItem(each.path, facts[each.name], each.title, each.folder) for each in usable)
        wishes = (self.title, self.subtitle, self.index, self.number, self.photos_per_page, self.max_dpi, self.max_mb)
        made_of = [__version__, *map(str, wishes)]
        made_of += [f"{item.title}\0{item.caption}\0{item.file.sha256}" for item in items]
        return VolumeOrder(
            heading=self.title,
            subject=self.subtitle,
            school="",
            items=items,
            photos_per_page=self.photos_per_page,
            max_dpi=self.max_dpi,
            max_mb=self.max_mb,
            numbered=self.number,
            archival=False,
            document_id=hashlib.sha256("\n".join(made_of).encode()).hexdigest(),
        )

    def _front_maker(self) -> FrontMaker | None:
        """What makes cover and index; None where they are not wanted, and nothing of it is loaded."""
        if not self.index:
            return None
        from docgen.fonts.coverage import uncovered  # noqa: PLC0415 - WeasyPrint takes longer to load than merging takes
        from docgen.render.pdf import render_pdf  # noqa: PLC0415
        from docgen.render.templates import find_template  # noqa: PLC0415

        folder = find_template("merged")

        def front(matter: FrontMatter) -> bytes:
            fields = cover_fields(matter)
            boxes = uncovered(
                "".join((self.title, self.subtitle, *(entry.title + entry.note for entry in matter.entries)))
            )
            return render_pdf(folder, fields, matter.order.document_id, boxes).data

        return front

    def _merged(
        self,
        target: Path,
        volume: Volume,
        usable: Sequence[Given],
        facts: Mapping[str, EvidenceFile],
        left_out: Sequence[LeftOut],
    ) -> Merged:
        lost = [finding for finding in volume.findings if finding.rule in _NOT_IN and finding.source.file]
        inside = _inside(usable, Counter(finding.source.file for finding in lost)) if volume.made else []
        items = tuple(
            MergedItem(number, entry.title, each.name, entry.kind, entry.first_page, entry.pages)
            for number, (entry, each) in enumerate(zip(volume.entries, inside, strict=False), 1)
        )
        left_out = [*left_out, *(LeftOut(each.source.file, _plain(each.message)[:-1], each.hint) for each in lost)]
        remarks = (*_notes(inside, facts), *_twins(inside, facts), *_found(volume, lost))
        made = (volume.pages, volume.size, volume.sha256) if volume.made else (0, 0, "")
        return Merged(target, self.title, volume.made, *made, items, tuple(left_out), remarks)


def cover_fields(matter: FrontMatter) -> dict[str, Any]:
    """What the cover and index of a merged file show, by the names that its template uses."""
    from docgen.assemble.fields import front_fields  # noqa: PLC0415

    return {"题名": matter.order.heading, "副题": matter.order.subject, **front_fields(matter)}


def _unusable(given: Iterable[Given], facts: Mapping[str, EvidenceFile]) -> Iterator[LeftOut]:
    for each in given:
        file = facts[each.name]
        if file.fault:
            yield LeftOut(each.name, _plain(file.fault), _plain(file.remedy))


def _notes(usable: Iterable[Given], facts: Mapping[str, EvidenceFile]) -> Iterator[Remark]:
    """What inspecting found out about files that went in, each file once."""
    for name in dict.fromkeys(each.name for each in usable):
        for note in facts[name].notes:
            if note.kind is not NoteKind.TEXT_UNREAD:  # here nothing is compared with what the text says
                yield Remark(name, level(note), sentence(note, name), advice(note))


def _twins(usable: Iterable[Given], facts: Mapping[str, EvidenceFile]) -> Iterator[Remark]:
    """The same content more than once: it is put in as often as it was given, and that is told."""
    alike: dict[str, list[str]] = {}
    for each in usable:
        alike.setdefault(facts[each.name].sha256, []).append(each.name)
    for names in alike.values():
        if len(names) < 2:
            continue
        others = [name for name in dict.fromkeys(names) if name != names[0]]
        told = "”“".join(others[:_MOST_NAMED]) + (f"”等{len(others)}个文件“" if len(others) > _MOST_NAMED else "")
        message = (
            f"“{names[0]}”与“{told}”内容完全相同，都放进去了。"
            if others
            else f"“{names[0]}”给了{len(names)}次，放了{len(names)}次。"
        )
        yield Remark(names[0], Severity.INFO, message, "只要一份的，请去掉多余的，再合并一次。")


def _inside(usable: Sequence[Given], lost: Counter[str]) -> list[Given]:
    """The files that went in. Of a file that was given twice, and of which one copy was lost, the earlier ones."""
    inside = []
    for each in reversed(usable):
        if lost[each.name]:
            lost[each.name] -= 1
        else:
            inside.append(each)
    return inside[::-1]


def _plain(text: str) -> str:
    """A sentence of assembling in the words of somebody who has neither volumes nor a docgen.toml."""
    for ours, theirs in _PLAINLY:
        text = text.replace(ours, theirs)
    return text


def _found(volume: Volume, told: Sequence[Finding]) -> Iterator[Remark]:
    """What else assembling found."""
    for finding in volume.findings:
        if finding not in told:
            yield Remark(finding.source.file, finding.level, _plain(finding.message), _plain(finding.hint))
