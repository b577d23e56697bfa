"""One build's making: what is up to date is kept, the rest is made by a crew, published, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from docgen.engine.progress import Step, Watch
from docgen.engine.running import Crew, TaskLost, work
from docgen.findings import Finding
from docgen.plan.artefacts import Artefact, Maker, Plan
from docgen.publish.manifest import Entry
from docgen.publish.publisher import Publisher

from .ordering import Ordering
from .records import Record, Records, found_in
from .values import Fact, Made, Order

_MERGING, _DOCUMENTS = "合并佐证材料", "生成文书"
_SLOWEST = 5

Orders = tuple[Order, ...]
Hire = Callable[[], Crew[Orders, list[Made]]]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is made in one go, by the same hands: a volume, the documents of a dossier, or one of the school's."""

    path: str
    artefacts: tuple[Artefact, ...]
    needs: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        """About how many seconds it takes."""
        return sum(artefact.weight for artefact in self.artefacts)


def unit_of(artefact: Artefact) -> str:
    """The name of the unit that makes an artefact."""
    alone = artefact.position < 0 or artefact.maker is Maker.VOLUME
    return artefact.path if alone else f"{artefact.path.rpartition('/')[0]}/"


def units(artefacts: Iterable[Artefact], all_of_them: Iterable[Artefact]) -> list[Unit]:
    """The units that make some artefacts; `all_of_them` is the whole plan, which they may need something of."""
    homes = {artefact.path: unit_of(artefact) for artefact in all_of_them}
    gathered: dict[str, list[Artefact]] = {}
    for artefact in artefacts:
        gathered.setdefault(homes[artefact.path], []).append(artefact)
    found = []
    for name, parts in gathered.items():
        needs = dict.fromkeys(homes[need] for part in parts for need in part.needs if homes[need] in gathered)
        found.append(Unit(name, tuple(parts), tuple(need for need in needs if need != name)))
    return found


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
    _made: dict[str, tuple[str, Record]] = field(default_factory=dict)
    _crew: Crew[Orders, list[Made]] | None = None

    def close(self) -> None:
        """Let the crew go, and remember what artefacts take."""
        if self._crew is not None:
            self._crew.close()
            self._crew = None
        self.records.close()

    def learn(self, plan: Plan, chosen: frozenset[str]) -> tuple[Finding, ...]:
        """What assembling the volumes of a plan finds: remembered, or learnt by making those of the chosen dossiers."""
        listed = volumes(plan)
        self._run(_MERGING, [part for part in listed if part.application in chosen and not self._known(part)], listed)
        return found_in(map(self._known, listed))

    def assemble(self, plan: Plan, chosen: frozenset[str]) -> tuple[Finding, ...]:
        """Make the volumes of the chosen dossiers that are not up to date; what those made in this run found."""
        listed = volumes(plan)
        todo = [part for part in listed if part.application in chosen and not self._settled(part)]
        self._run(_MERGING, todo, listed)
        return found_in(self._made[part.path][1] for part in listed if part.path in self._made)

    def complete(self, plan: Plan, chosen: frozenset[str]) -> None:
        """Make all else that is not up to date: of the chosen dossiers, and of the school. Raises TaskLost at the end
        where something could not be made, in this stage or before.
        """
        wanted = [part for part in plan.artefacts if part.position < 0 or part.application in chosen]
        self._run(_DOCUMENTS, [part for part in wanted if not self._settled(part)], plan.artefacts)
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
        seal, record = self._made.get(artefact.path, ("", None))
        return record if record is not None and seal == artefact.fingerprint else self.records.of(artefact)

    def _is_there(self, artefact: Artefact, record: Record) -> bool:
        if not record.fact.sha256 or self._made.get(artefact.path, ("",))[0] == artefact.fingerprint:
            return True
        return self.publisher.has(artefact.path, record.fact.sha256)

    def _leave(self, artefact: Artefact, record: Record) -> None:
        """Take over what is there already."""
        self.notes.update(dict.fromkeys(record.notes))
        if record.fact.sha256:
            self.ordering.facts[artefact.path] = record.fact
            if artefact.path not in self._made:
                self.publisher.leave(_entry(artefact, record))

    def _run(self, stage: str, artefacts: Sequence[Artefact], plan: Sequence[Artefact]) -> None:
        artefacts = self._possible(artefacts)
        if not artefacts:
            return
        work_units = units(artefacts, plan)
        if self._crew is None:
            self._crew = self.hire()
        total, done = len(artefacts), 0
        self.watch(Step(stage, 0, total))

        def deliver(unit: Unit, results: list[Made]) -> None:
            nonlocal done
            facts = [made.fact for made in results if made.content]
            self.publisher.announce((fact.path, fact.sha256) for fact in facts if not self._has(fact))
            for artefact, made in zip(unit.artefacts, results, strict=True):
                self._deliver(artefact, made)
                done += 1
                self.watch(Step(stage, done, total, artefact.path, made.seconds))

        lost = work(work_units, lambda unit: tuple(map(self.ordering.of, unit.artefacts)), self._crew, deliver)
        self.lost |= {part.path: lost[unit.path] for unit in work_units if unit.path in lost for part in unit.artefacts}

    def _possible(self, artefacts: Sequence[Artefact]) -> list[Artefact]:
        """Those that need nothing that was lost, in the order of the plan."""
        possible = []
        for part in artefacts:
            loss = next((self.lost[path] for path in (part.path, *part.needs) if path in self.lost), None)
            if loss is None:
                possible.append(part)
            else:
                self.lost[part.path] = loss
        return possible

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


def volumes(plan: Plan) -> list[Artefact]:
    """The volumes of a plan, in its order."""
    return [part for part in plan.artefacts if part.maker is Maker.VOLUME]


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
