"""`report`: load → check → choose periods → render → publish."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from docgen.catalogue import load_catalogue
from docgen.errors import UsageError
from docgen.findings import Evaluation
from docgen.load import FINDING_TYPES
from docgen.load.season import LoadedSeason, load_season
from docgen.model.season import Season
from docgen.plan.artefacts import fingerprint
from docgen.plan.names import safe_name
from docgen.plan.season import report_context
from docgen.publish.manifest import Entry
from docgen.publish.publisher import Publisher, Result, check_place
from docgen.rules import About, evaluate_subject
from docgen.season.figures import Issued, Progress, corrections
from docgen.season.periods import Period, day_text

from .choosing import chosen_periods
from .documents import Document, Press, Sheet
from .issued import issued_reports
from .own import templates_of

TellProgress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """One report: its period, its folder below OUT, whether it is a draft, how many corrections it lists.

    `settled`: it was left as it was made, because a later report has followed; its figures differ from the data.
    """

    period: Period
    folder: str
    draft: bool = False
    corrections: int = 0
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Reported:
    """What `report` did. `evaluation` is of the last report made; `missing` are due periods that have no report yet.

    `undated` are the reports without a day of filling in, of which nobody can tell whether they came in time.
    """

    out: Path
    season: Season
    evaluation: Evaluation
    reports: tuple[Made, ...]
    result: Result
    missing: tuple[Period, ...] = ()
    notes: tuple[str, ...] = ()
    undated: tuple[Period, ...] = ()


def _quiet(done: int, of: int, what: str) -> None:
    """No progress shown."""


def report(
    directory: Path,
    out: Path | None = None,
    *,
    period: str = "",
    every: bool = False,
    today: datetime.date,
    date: str | None = None,
    force: bool = False,
    progress: TellProgress = _quiet,
) -> Reported:
    """Make biweekly reports of a school's workspace (`docgen report`).

    `period` is a number (5, 第5期), a day, or 起/止; `every` makes all that are due on `today`; else the latest due one.
    `date` is printed as the day of filling in, "" leaves a blank, None takes the one of the period in 工作情况, else that
    of docgen.toml. A report after which a later one was made stays as it
    was handed in: figures that differ since are listed as corrections in the next; `force` makes it anew, and overwrites
    files that someone changed.

    Raises InputError, UsageError, OutputError, EnvironmentLacks and TemplateError; faults in data are findings, and a
    report with an error is marked as a draft.
    """
    loaded = load_season(directory, load_catalogue(directory))
    out = out if out is not None else directory / loaded.settings.reports
    check_place(out, directory, directory / loaded.settings.evidence_folder)
    whole = Progress(loaded.season)
    chosen = chosen_periods(whole.periods, period, every, today)
    work = _Work(loaded, whole, out, date, force)
    return work.run(directory, chosen, bool(period), today, progress)


@dataclass(slots=True)
class _Work:
    """One call's inputs."""

    loaded: LoadedSeason
    whole: Progress
    out: Path
    date: str | None
    force: bool

    def run(
        self, directory: Path, chosen: tuple[Period, ...], named: bool, today: datetime.date, tell: TellProgress
    ) -> Reported:
        """Make what is chosen, keep the rest, and say what became of each."""
        press = Press(templates_of(directory))
        publisher = Publisher(self.out)
        paths = [f"{folder_of(each)}/{name}" for each in chosen for name in self._names(each)]
        publisher.open(paths, self.force)
        issued = issued_reports(self.out, publisher.earlier)
        settled = self._settled(chosen, issued, named)
        evaluation = Evaluation()
        sheets: list[Sheet] = []
        undated: list[Period] = []
        for each in chosen:
            if each in settled:
                continue
            earlier = tuple(one for one in issued if one.number < each.number)
            progress = Progress(self.loaded.season, each.number, earlier)
            evaluation = self._evaluated(progress)
            corrected = corrections(progress, each.number)
            date = self._date(progress, each)
            undated += [] if date else [each]
            context = report_context(progress, each, corrected, date=date, draft=evaluation.blocks)
            sheets.append(Sheet(progress, each, context))
        template = press.templates.digest
        made = {each: Made(each, folder_of(each), settled=True) for each in settled}
        for index, (sheet, documents) in enumerate(zip(sheets, press.print(sheets), strict=True)):
            tell(index, len(sheets), f"{sheet.period.label} {sheet.period.days}")
            for document in documents:
                publisher.put(self._entry(sheet, document, template), document.data)
            made[sheet.period] = Made(
                sheet.period, folder_of(sheet.period), bool(sheet.context["草稿"]), len(sheet.context["更正"])
            )
        remade = {folder_of(sheet.period) for sheet in sheets}
        publisher.keep(path for path in publisher.earlier if path.partition("/")[0] not in remade)
        result = publisher.finish(self.loaded.season.info.school_name, self.loaded.season.inputs, ())
        there = {one.number for one in issued} | {each.number for each in made}
        missing = tuple(each for each in self.whole.periods if each.end <= today and each.number not in there)
        reports = tuple(made[each] for each in chosen)
        if not sheets:
            evaluation = self._evaluated(Progress(self.loaded.season, chosen[-1].number, issued))
        return Reported(
            self.out, self.loaded.season, evaluation, reports, result, missing, tuple(press.notes), tuple(undated)
        )

    def _date(self, progress: Progress, period: Period) -> str:
        """The day of filling in as printed: as asked for, else what 工作情况 says of the period, else that of docgen.toml."""
        if self.date is not None:
            return self.date
        days = [row.filled for row in progress.remarks_of(period) if row.filled]
        return day_text(days[-1]) if days else self.loaded.settings.date

    def _evaluated(self, progress: Progress) -> Evaluation:
        return evaluate_subject(
            About.SEASON,
            progress,
            progress.lines,
            self.loaded.findings,
            self.loaded.settings.waivers,
            types=FINDING_TYPES,
        )

    def _settled(self, chosen: tuple[Period, ...], issued: tuple[Issued, ...], named: bool) -> set[Period]:
        """The chosen reports that a later one has followed and that the data now contradicts: they stay as they are."""
        if self.force or not issued:
            return set()
        last = issued[-1].number
        by_number = {one.number: one for one in issued}
        found = set()
        for each in chosen:
            one = by_number.get(each.number)
            if one is None or each.number >= last or not self._contradicted(one, issued):
                continue
            if named:
                raise UsageError(
                    f"{each.label}的报告已经生成，后面还有第{last}期；现在的数据与它不同，没有重做。",
                    "不同的数会列在下一份报告的“更正”里。确要重做这一期，加 --force。",
                )
            found.add(each)
        return found

    def _contradicted(self, one: Issued, issued: tuple[Issued, ...]) -> bool:
        progress = Progress(self.loaded.season, len(self.whole.periods), issued)
        return any(
            progress.added(key, matter, one.number) != figure for (key, matter), figure in one.figures.items()
        ) or any(each.number == one.number for each in corrections(progress, issued[-1].number + 1))

    def _names(self, period: Period) -> tuple[str, ...]:
        return tuple(self._name(period, suffix) for suffix in (".pdf", ".docx", ".xlsx"))

    def _name(self, period: Period, suffix: str) -> str:
        school = safe_name(self.loaded.season.info.school_name)
        return f"{school}{'-' if school else ''}双周报第{period.number:02}期{suffix}"

    def _entry(self, sheet: Sheet, document: Document, template: str) -> Entry:
        return Entry(
            path=f"{folder_of(sheet.period)}/{self._name(sheet.period, document.suffix)}",
            sha256=hashlib.sha256(document.data).hexdigest(),
            size=len(document.data),
            pages=document.pages,
            title=f"双周报{sheet.period.label}",
            application=sheet.period.label,
            draft=bool(sheet.context["草稿"]),
            fingerprint=fingerprint(sheet.identity, template, document.suffix),
            made_of=tuple(sorted(self.loaded.season.inputs.items())),
        )


def folder_of(period: Period) -> str:
    """The folder of a report below OUT: 第07期-20210927至20211010."""
    return f"第{period.number:02}期-{period.start:%Y%m%d}至{period.end:%Y%m%d}"
