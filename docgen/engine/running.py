"""Runs tasks that need one another, the largest first, by a crew: this process, a pool of them, or a cluster.

Orders go out one by one as there is room for them, and each result is delivered as it comes, so that memory holds what
is under way and no more. What is delivered is the same whoever does the work; in which order, is not.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from docgen.errors import EnvironmentLacks


class Task(Protocol):
    """What the engine must know of a piece of work."""

    @property
    def path(self) -> str:
        """Its name, unique in the run."""

    @property
    def needs(self) -> Sequence[str]:
        """The names of those that must be delivered before it is begun; names that are not in the run are done."""

    @property
    def weight(self) -> float:
        """About how long it takes, in any unit: the larger is begun first."""


T = TypeVar("T", bound=Task)
O_contra = TypeVar("O_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)
Q = TypeVar("Q")
R = TypeVar("R")


class TaskLost(EnvironmentLacks):
    """A task that was given up, while others can still be done: whoever works on it is killed each time. `name` is its."""

    def __init__(self, message: str, hint: str, name: str) -> None:
        super().__init__(message, hint)
        self.name = name


class Crew(Protocol[O_contra, R_co]):
    """Those who do the work. Use: `give` while `room`, then `take`; `close` at the end, whatever it was."""

    @property
    def room(self) -> int:
        """How many more orders it can be given now."""

    def give(self, name: str, order: O_contra) -> None:
        """Hand over the order of a task."""

    def take(self) -> tuple[str, R_co]:
        """Wait for a task that was given, and return its name and result. Raises what doing it raised; TaskLost where
        the others may be waited for all the same.
        """

    def close(self) -> None:
        """Let everybody go; what is under way is broken off."""


class Alone(Crew[Q, R]):
    """The work is done by this process, one order after the other."""

    def __init__(self, make: Callable[[Q], R]) -> None:
        self._make = make
        self._given: list[tuple[str, Q]] = []

    @property
    def room(self) -> int:
        return 1 - len(self._given)

    def give(self, name: str, order: Q) -> None:
        self._given.append((name, order))

    def take(self) -> tuple[str, R]:
        name, order = self._given.pop()
        return name, self._make(order)

    def close(self) -> None:
        self._given.clear()


def work(
    tasks: Iterable[T], order: Callable[[T], Q], crew: Crew[Q, R], deliver: Callable[[T, R], None]
) -> dict[str, TaskLost]:
    """Have each task done and delivered. Returns those that were lost, by name, and those that need one, each with the
    loss that is to blame; all others are done.

    `order` makes what the crew is given for a task, just before it is given. Of equally large tasks the earlier comes
    first. Raises ValueError where tasks need one another in a circle; what `order`, the crew or `deliver` raise stops
    the run.
    """
    listed = list(tasks)
    places = {task.path: place for place, task in enumerate(listed)}
    lacking = [0] * len(listed)
    waiting: dict[str, list[int]] = {}
    for place, task in enumerate(listed):
        for need in {need for need in task.needs if need in places}:
            waiting.setdefault(need, []).append(place)
            lacking[place] += 1
    ready = [(-task.weight, place) for place, task in enumerate(listed) if not lacking[place]]
    heapq.heapify(ready)
    given = done = 0
    lost: dict[str, TaskLost] = {}
    while done < len(listed):
        while ready and crew.room > 0:
            task = listed[heapq.heappop(ready)[1]]
            crew.give(task.path, order(task))
            given += 1
        if given == done:
            raise ValueError(
                f"tasks need one another: {listed[next(filter(lacking.__getitem__, range(len(listed))))].path}"
            )
        try:
            name, result = crew.take()
        except TaskLost as loss:
            before = len(lost)
            _give_up(loss.name, loss, waiting, listed, lost)
            done += len(lost) - before
            given += len(lost) - before - 1  # what needed it was never given
            continue
        deliver(listed[places[name]], result)
        done += 1
        for place in waiting.pop(name, ()):
            lacking[place] -= 1
            if not lacking[place]:
                heapq.heappush(ready, (-listed[place].weight, place))
    return lost


def _give_up(
    name: str, loss: TaskLost, waiting: dict[str, list[int]], listed: Sequence[Task], lost: dict[str, TaskLost]
) -> None:
    """Note a task as lost, and all that wait for it, or for what waits for it."""
    lost[name] = loss
    for place in waiting.pop(name, ()):
        if listed[place].path not in lost:
            _give_up(listed[place].path, loss, waiting, listed, lost)
