"""Runs a plan in this process, one artefact after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

Progress = Callable[[int, int, str], None]
"""Told (how many are done, of how many, which one is next)."""


class Task(Protocol):
    """What the engine must know of an artefact."""

    @property
    def path(self) -> str:
        """Its name, unique in the plan."""

    @property
    def needs(self) -> Sequence[str]:
        """The names of those that must be made before."""


T = TypeVar("T", bound=Task)
R = TypeVar("R")


def run(tasks: Iterable[T], make: Callable[[T], R], deliver: Callable[[T, R], None], progress: Progress) -> None:
    """Make each task's result and deliver it at once, so that only one result is held in memory.

    Tasks come in an order that respects their needs; raises ValueError where they do not. What `make` or `deliver`
    raises stops the run.
    """
    listed = tuple(tasks)
    names = {task.path for task in listed}
    done: set[str] = set()
    for index, task in enumerate(listed):
        late = [need for need in task.needs if need in names and need not in done]
        if late:
            raise ValueError(f"{task.path} comes before {late[0]}, which it needs")
        progress(index, len(listed), task.path)
        deliver(task, make(task))
        done.add(task.path)
    progress(len(listed), len(listed), "")
