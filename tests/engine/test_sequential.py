"""The engine: order, delivery one by one, progress."""

from dataclasses import dataclass

import pytest

from docgen.engine.sequential import run


@dataclass(frozen=True)
class Job:
    path: str
    needs: tuple[str, ...] = ()


def test_each_result_is_delivered_before_the_next_is_made() -> None:
    log: list[str] = []
    told: list[tuple[int, int, str]] = []

    def make(job: Job) -> str:
        log.append(f"make {job.path}")
        return job.path.upper()

    run(
        [Job("a"), Job("b", ("a",))],
        make,
        lambda job, result: log.append(f"{job.path} is {result}"),
        lambda *step: told.append(step),
    )
    assert log == ["make a", "a is A", "make b", "b is B"]
    assert told == [(0, 2, "a"), (1, 2, "b"), (2, 2, "")]


def test_a_task_before_its_need_is_refused() -> None:
    with pytest.raises(ValueError, match="b"):
        run([Job("a", ("b",)), Job("b")], lambda job: job, lambda job, result: None, lambda *step: None)


def test_needs_outside_the_run_are_taken_for_made() -> None:
    done: list[str] = []
    run([Job("a", ("elsewhere",))], lambda job: job, lambda job, result: done.append(job.path), lambda *step: None)
    assert done == ["a"]
