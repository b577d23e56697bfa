"""One build's making: what is up to date is kept, the rest is made by a crew, published, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from docgen.engine.progress import Step, Watch
from docgen.engine.running import Crew, TaskLost, work
from docgen.findings import Finding
from docgen.plan.artefacts import Artefact, Maker, Plan
from docgen.publish.manifest import Entry
from docgen.publish.publisher import Publisher
from docgen.tools.packed import PackedFiles

from .ordering import Ordering
from .records import Record, Records, found_in
from .values import Fact, Made, Order

_MERGING, _DOCUMENTS = "合并佐证材料", "生成文书"
_SLOWEST = 5

Orders = tuple[Order, ...]
Hire = Callable[[], Crew[Orders, list[Made]]]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is made in one go, by the same hands: a volume, the documents of a dossier, or one of the school's.

    `position` is that of the application, below 0 for the school, `places` say which of its artefacts they are: there
    are thousands of units, and each is looked at once. `weight` is about how many seconds it takes.
    """

    path: str
    position: int
    places: tuple[int, ...]
    needs: tuple[str, ...] = ()
    weight: float = 0.0

    def artefacts(self, plan: Plan) -> tuple[Artefact, ...]:
        """Its artefacts, of the plan that it was made for."""
        there = plan.of(self.position)
        return tuple(there[place] for place in self.places)


def unit_of(artefact: Artefact) -> str:
    """The name of the unit that makes an artefact."""
    alone = artefact.position < 0 or artefact.maker is Maker.VOLUME
    return artefact.path if alone else _beside(artefact.path)


def _beside(path: str) -> str:
    return f"{path.rpartition('/')[0]}/"


def units(plan: Plan, wanted: Callable[[Artefact], bool]) -> list[Unit]:
    """The units that make the wanted artefacts of a plan, each of which is asked for once, in order."""
    found: dict[str, Unit] = {}
    for position in (*range(len(plan.dossiers)), -1):
        gathered: dict[str, list[tuple[int, Artefact]]] = {}
        for place, artefact in enumerate(plan.of(position)):
            if wanted(artefact):
                gathered.setdefault(unit_of(artefact), []).append((place, artefact))
        for name, parts in gathered.items():
            places = tuple(place for place, _ in parts)
            # A dossier's files need only one another; the school's may need any, and come last.
            needs = _needed((artefact for _, artefact in parts), gathered if position >= 0 else found)
            weight = sum(artefact.weight for _, artefact in parts)
            found[name] = Unit(name, position, places, tuple(need for need in needs if need != name), weight)
    return list(found.values())


def _needed(artefacts: Iterable[Artefact], present: Iterable[str]) -> Iterator[str]:
    """Which of the units that are present these artefacts need something of."""
    names = {name: name for name in present}
    paths = (path for artefact in artefacts for path in artefact.needs)
    yield from dict.fromkeys(name for path in paths if (name := names.get(path) or names.get(_beside(path))))


Outcome = tuple[str, Record]
"""The fingerprint under which an artefact was made in this run, and what it came to."""


def _plain(outcome: Outcome) -> tuple[Any, ...]:
    fingerprint, record = outcome
    fact = record.fact
    digests = bytes.fromhex(fingerprint), bytes.fromhex(fact.sha256)
    return (*digests, fact.size, fact.pages, fact.items, record.findings, record.notes, record.seconds)


def _whole(path: str, plain: tuple[Any, ...]) -> Outcome:
    fingerprint, sha256, size, pages, items, findings, notes, seconds = plain
    return fingerprint.hex(), Record(Fact(path, sha256.hex(), size, pages, items), findings, notes, seconds)


@dataclass(slots=True)
class Production:
    """Makes what is not up to date. `hire` is asked for a crew only if there is anything to make."""

    ordering: Ordering
    publisher: Publisher
    records: Records
    hire: Hire
    watch: Watch
    notes: dict[str, None] = field(default_factory=dict)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    lost: dict[str, TaskLost] = field(default_factory=dict)
    """What was not made, by path, with the reason: its makers were killed, or those of something that it needs."""
    _made: PackedFiles[Outcome] = field(default_factory=lambda: PackedFiles(_plain, _whole))
    _crew: Crew[Orders, list[Made]] | None = None

    def close(self) -> None:
        """Let the crew go, and remember what artefacts take."""
        if self._crew is not None:
            self._crew.close()
            self._crew = None
        self.records.close()

    def learn(self, plan: Plan, chosen: frozenset[str]) -> tuple[Finding, ...]:
        """What assembling the volumes of a plan finds: remembered, or learnt by making those of the chosen dossiers."""

        def wanted(part: Artefact) -> bool:
            return part.maker is Maker.VOLUME and part.application in chosen and not self._known(part)

        self._run(_MERGING, plan, wanted)
        return found_in(map(self._known, volumes(plan)))

    def assemble(self, plan: Plan, chosen: frozenset[str]) -> tuple[Finding, ...]:
        """Make the volumes of the chosen dossiers that are not up to date; what those made in this run found."""

        def wanted(part: Artefact) -> bool:
            return part.maker is Maker.VOLUME and part.application in chosen and not self._settled(part)

        self._run(_MERGING, plan, wanted)
        return found_in(made[1] for part in volumes(plan) if (made := self._made.get(part.path)))

    def complete(self, plan: Plan, chosen: frozenset[str]) -> None:
        """Make all else that is not up to date: of the chosen dossiers, and of the school. Raises TaskLost at the end
        where something could not be made, in this stage or before.
        """

        def wanted(part: Artefact) -> bool:
            return (part.position < 0 or part.application in chosen) and not self._settled(part)

        self._run(_DOCUMENTS, plan, wanted)
        if self.lost:
            raise next(iter(self.lost.values()))

    def _settled(self, artefact: Artefact) -> bool:
        """Whether an artefact is up to date; if so, it is taken over."""
        record = self._known(artefact)
        if record is None or not self._is_there(artefact, record):
            return False
        self._leave(artefact, record)
        return True

    def _known(self, artefact: Artefact) -> Record | None:
        """What an artefact came to, in this run or before."""
        made = self._made.get(artefact.path)
        return made[1] if made and made[0] == artefact.fingerprint else self.records.of(artefact)

    def _is_there(self, artefact: Artefact, record: Record) -> bool:
        made = self._made.get(artefact.path)
        if not record.fact.sha256 or (made and made[0] == artefact.fingerprint):
            return True
        return self.publisher.has(artefact.path, record.fact.sha256)

    def _leave(self, artefact: Artefact, record: Record) -> None:
        """Take over what is there already."""
        self.notes.update(dict.fromkeys(record.notes))
        if record.fact.sha256:
            self.ordering.facts[artefact.path] = record.fact
            if artefact.path not in self._made:
                self.publisher.leave(_entry(artefact, record))

    def _run(self, stage: str, plan: Plan, wanted: Callable[[Artefact], bool]) -> None:
        work_units = units(plan, lambda artefact: wanted(artefact) and self._is_possible(artefact))
        if not work_units:
            return
        if self._crew is None:
            self._crew = self.hire()
        total, done = sum(len(unit.places) for unit in work_units), 0
        self.watch(Step(stage, 0, total))

        def deliver(unit: Unit, results: list[Made]) -> None:
            nonlocal done
            facts = [made.fact for made in results if made.content]
            self.publisher.announce((fact.path, fact.sha256) for fact in facts if not self._has(fact))
            for artefact, made in zip(unit.artefacts(plan), results, strict=True):
                self._deliver(artefact, made)
                done += 1
                self.watch(Step(stage, done, total, artefact.path, made.seconds))

        lost = work(work_units, lambda unit: tuple(map(self.ordering.of, unit.artefacts(plan))), self._crew, deliver)
        for unit in work_units:
            if unit.path in lost:
                self.lost |= {part.path: lost[unit.path] for part in unit.artefacts(plan)}

    def _is_possible(self, artefact: Artefact) -> bool:
        """Whether it needs nothing that was lost; if it does, it is lost too."""
        if not self.lost:
            return True
        loss = next((self.lost[path] for path in (artefact.path, *artefact.needs) if path in self.lost), None)
        if loss is not None:
            self.lost[artefact.path] = loss
        return loss is None

    def _has(self, fact: Fact) -> bool:
        return self.publisher.has(fact.path, fact.sha256)

    def _deliver(self, artefact: Artefact, made: Made) -> None:
        """Publish an artefact, then remember it: a kill between the two costs its making once more, nothing else."""
        record = Record(made.fact, made.findings, made.notes, made.seconds)
        if made.content:
            self.ordering.facts[artefact.path] = made.fact
            self.publisher.put(_entry(artefact, record), made.content)
        self.records.keep(artefact, made)
        self._made[artefact.path] = (artefact.fingerprint, record)
        self.notes.update(dict.fromkeys(made.notes))
        self.slowest = sorted([*self.slowest, (made.seconds, artefact.path)], reverse=True)[:_SLOWEST]


def volumes(plan: Plan) -> Iterator[Artefact]:
    """The volumes of a plan, in its order."""
    return (part for part in plan.artefacts if part.maker is Maker.VOLUME)


def _entry(artefact: Artefact, record: Record) -> Entry:
    fact = record.fact
    return Entry(
        artefact.path,
        fact.sha256,
        fact.size,
        fact.pages,
        artefact.title,
        artefact.application,
        artefact.draft,
        artefact.fingerprint,
        artefact.made_of,
    )
