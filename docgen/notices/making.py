"""`docgen notice` from end to end: load, check, write, set, send, publish."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from docgen import __version__
from docgen.catalogue import load_catalogue
from docgen.findings import Evaluation, Finding, FindingType
from docgen.load import FINDING_TYPES as LOAD_TYPES
from docgen.load import load_review
from docgen.model.review import Review, ReviewedSchool
from docgen.model.schema import REVIEW_SHEETS
from docgen.model.settings import DOSSIERS_FOLDER
from docgen.model.source import Origin
from docgen.model.text import fold
from docgen.publish.manifest import Entry
from docgen.publish.publisher import Publisher, check_place
from docgen.render.glyphs import MISSING_GLYPH, missing_glyphs
from docgen.render.lint import require_sound
from docgen.render.official import set_documents
from docgen.render.official.titles import title_lines
from docgen.render.report_xlsx import render_xlsx_report
from docgen.render.templates import find_template, template_folders
from docgen.render.word import word_template
from docgen.render.word.official import word_fields
from docgen.rules import About, evaluate_subject

from .agreement import FINDING_TYPES, disagreements
from .documents import Writer
from .figures import by_school
from .lists import Parcel, account_list, send_list, summary_workbook
from .records import Item, Noticed
from .sending import can_be_sent_to, draft, zipped

Progress = Callable[[int, int, str], None]
_LAYOUT = "official"
_SEAL_NAME = "公章"
_MOST_WAITING = 16
"""Files that wait to be written: enough to even out the disk, few enough for the memory."""
_OTHER_TYPES: tuple[FindingType, ...] = (*LOAD_TYPES, *FINDING_TYPES, MISSING_GLYPH)


def _quiet(done: int, of: int, what: str) -> None:
    """No progress shown."""


def notice(directory: Path, out: Path | None = None, *, force: bool = False, progress: Progress = _quiet) -> Noticed:
    """Make the notices of a secretariat's workspace (`docgen notice`).

    `out` defaults to the folder that docgen.toml names. `force` overwrites finished files that someone changed. Documents
    that an error concerns are marked 草稿. Raises InputError, OutputError, EnvironmentLacks, and TemplateError before
    anything is written where the workspace's own templates are wrong; faults in data are findings.
    """
    review, found = _loaded(directory)
    out = out if out is not None else directory / review.settings.output
    check_place(out, directory, directory / DOSSIERS_FOLDER)
    require_sound(template_folders(directory))
    evaluation = _evaluated(review, found)
    results = by_school(review)
    writer = Writer(directory, review, evaluation, results)
    items = list(writer.items())
    if wrong := disagreements(review, items):
        writer = Writer(directory, review, _evaluated(review, (*found, *wrong)), results)
        items = list(writer.items())
    run = _Run(directory, out, writer, items, progress)
    return run.publish(force)


def check_review(directory: Path) -> tuple[Review, Evaluation]:
    """Load a secretariat's workspace and check it, as `notice` does; nothing is written. Raises InputError."""
    review, found = _loaded(directory)
    results = by_school(review)
    items = list(Writer(directory, review, _evaluated(review, found), results).items())
    return review, _evaluated(review, (*found, *disagreements(review, items)))


def _loaded(directory: Path) -> tuple[Review, tuple[Finding, ...]]:
    loaded = load_review(directory, load_catalogue(directory))
    return loaded.review, (*loaded.findings, *missing_glyphs(loaded.review, REVIEW_SHEETS))


def _evaluated(review: Review, found: tuple[Finding, ...]) -> Evaluation:
    parts = review.decisions
    return evaluate_subject(About.REVIEW, review, parts, found, review.settings.waivers, types=_OTHER_TYPES)


@dataclass
class _Run:
    """One run on its way to OUT."""

    directory: Path
    out: Path
    writer: Writer
    items: list[Item]
    progress: Progress
    parcels: list[Parcel] = field(default_factory=list)

    @cached_property
    def _held_back(self) -> frozenset[str]:
        """The schools that have a document still marked 草稿: nothing is made ready to be sent to them."""
        return frozenset(item.school for item in self.items if item.document.draft)

    def publish(self, force: bool) -> Noticed:
        review, evaluation = self.writer.review, self.writer.evaluation
        publisher = Publisher(self.out)
        lists = self._lists()
        publisher.open([*self._paths(), *lists], force)
        with _Writing(publisher) as writing:
            for path, title, data, pages, item in self._documents():
                writing.put(_entry(path, title, data, pages, item), data)
            for path, make in lists.items():
                data = make()
                writing.put(_entry(path, path.rpartition("/")[2].removesuffix(".xlsx"), data, None, None), data)
        result = publisher.finish(review.notice.issuer, review.inputs, [])
        kinds = [item.kind for item in self.items]
        return Noticed(
            self.out, review, evaluation, result, kinds.count("notice-school"), kinds.count("notice-return"),
            kinds.count("notice-account"), tuple(one.school for one in self.parcels if one.archive and not one.draft),
        )  # fmt: skip

    def _lists(self) -> dict[str, Callable[[], bytes]]:
        """The workbooks by path, made when their turn comes: the send list knows the parcels only at the end."""
        review = self.writer.review
        made: dict[str, Callable[[], bytes]] = {
            "核查结果.xlsx": lambda: render_xlsx_report(review, self.writer.evaluation)
        }
        if review.decisions:
            made["汇总.xlsx"] = lambda: summary_workbook(review)
        if review.accounts:
            made["账号开通/账号开通名单.xlsx"] = lambda: account_list(review)
        if any(item.school for item in self.items):
            made["发送/发送清单.xlsx"] = lambda: send_list(self.parcels)
        return made

    def _paths(self) -> Iterator[str]:
        for item in self.items:
            yield f"{item.stem}.docx"
            yield f"{item.stem}.pdf"
        for item in self._first_of_schools():
            if item.school in self._held_back:
                continue
            name = self._file_of(item)
            yield f"发送/{name}.zip"
            if can_be_sent_to(self._school(item.school).mail):
                yield f"发送/{name}.eml"

    def _first_of_schools(self) -> list[Item]:
        seen: dict[str, Item] = {}
        for item in self.items:
            if item.school:
                seen.setdefault(item.school, item)
        return list(seen.values())

    @staticmethod
    def _file_of(item: Item) -> str:
        return item.stem.partition("/")[2].rpartition("-")[0]

    def _school(self, name: str) -> ReviewedSchool:
        """Whom to send to: the row of 院校, else what the request for an account says."""
        for school in self.writer.review.schools:
            if fold(school.name) == fold(name):
                return school
        for request in self.writer.review.accounts:
            if request.label == name:
                return ReviewedSchool(
                    request.origin, name, request.code, request.type, request.contact, "", request.mail
                )
        return ReviewedSchool(Origin(), name)

    def _documents(self) -> Iterator[tuple[str, str, bytes, int | None, Item | None]]:
        """Every document in Word and PDF, and behind a school's last one its zip and mail."""
        layout = word_template(find_template(_LAYOUT, self.directory).file("template.docx"))
        bundle: dict[str, bytes] = {}
        pages = set_documents([item.document for item in self.items])
        for place, (item, pdf) in enumerate(zip(self.items, pages, strict=True)):
            self.progress(place, len(self.items), item.title)
            document = item.document
            pictures = {_SEAL_NAME: document.seal} if document.seal else None
            word = layout.render(word_fields(document, pdf.paging, title_lines), pictures=pictures)
            yield f"{item.stem}.docx", item.title, word, None, item
            yield f"{item.stem}.pdf", item.title, pdf.data, pdf.pages, item
            if not item.school:
                continue
            name = item.stem.rpartition("/")[2]
            bundle |= {f"{name}.docx": word, f"{name}.pdf": pdf.data}
            after = self.items[place + 1].school if place + 1 < len(self.items) else ""
            if after != item.school:
                yield from self._parcel(item, bundle)
                bundle = {}
        self.progress(len(self.items), len(self.items), "")

    def _parcel(self, item: Item, files: dict[str, bytes]) -> Iterator[tuple[str, str, bytes, int | None, Item | None]]:
        school = self._school(item.school)
        to = (item.school, school.contact, school.phone, school.mail)
        if item.school in self._held_back:
            remark = "通知印有“草稿”，没有备好发送；改正错误后再运行一次"
            self.parcels.append(Parcel(*to, "", tuple(files), "", remark))
            return
        name = self._file_of(item)
        archive = zipped(files)
        yield f"发送/{name}.zip", f"{item.school}全部文件", archive, None, item
        path = ""
        if can_be_sent_to(school.mail):
            rows = self.writer.results.get(item.school, [])
            words = self.writer.mail(school, rows) if rows else _short_mail(item.school, self.writer.review)
            attached = {file: data for file, data in files.items() if file.endswith(".pdf")}
            subject = next((f"{one.title}" for one in self.items if one.school == item.school), item.title)
            path = f"{name}.eml"
            yield f"发送/{path}", f"{item.school}邮件草稿", draft(school.mail, subject, words, attached), None, item
        remark = "" if path else "没有能用的邮箱，请另行发送"
        self.parcels.append(Parcel(*to, f"{name}.zip", tuple(files), path, remark))


class _Writing:
    """Publishes in a thread of its own, in order: half of a small file's time goes into waiting for the disk."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._thread = ThreadPoolExecutor(1, "publish")
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> _Writing:
        return self

    def put(self, entry: Entry, data: bytes) -> None:
        """Publish a file; waits where many are waiting already. Raises what publishing an earlier one raised."""
        self._waiting.append(self._thread.submit(self._publisher.put, entry, data))
        while len(self._waiting) > _MOST_WAITING:
            self._waiting.popleft().result()

    def __exit__(self, *error: object) -> None:
        try:
            while self._waiting and error[0] is None:
                self._waiting.popleft().result()
        finally:
            self._thread.shutdown(wait=True, cancel_futures=True)


def _short_mail(school: str, review: Review) -> tuple[str, ...]:
    """The words for a school that only asked for an account."""
    contact = review.notice.contact or "秘书处"
    return (
        f"{school}：",
        "您好！现将账号申请的答复发给您，请查收附件。",
        f"如有疑问，请联系{contact}，电话{review.notice.phone}。",
        review.notice.issuer,
    )


def _entry(path: str, title: str, data: bytes, pages: int | None, item: Item | None) -> Entry:
    digest = hashlib.sha256(data).hexdigest()
    draft_of = bool(item and item.document.draft)
    return Entry(
        path, digest, len(data), pages, title, item.school if item else "", draft_of, f"{__version__}-{digest}"
    )
