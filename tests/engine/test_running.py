"""Tasks that need one another: order, room, delivery."""

from dataclasses import dataclass

import pytest

from docgen.engine.running import Alone, work


@dataclass(frozen=True)
class Job:
    path: str
    needs: tuple[str, ...] = ()
    weight: float = 0.0


class Crowd(Alone[str, str]):
    """As many at once as one likes; results come back in the reverse order."""

    def __init__(self, size: int) -> None:
        super().__init__(str.upper)
        self.size = size
        self.most = 0

    @property
    def room(self) -> int:
        self.most = max(self.most, len(self._given))
        return self.size - len(self._given)


def done(jobs: list[Job], crew: Alone[str, str]) -> list[str]:
    log: list[str] = []
    work(jobs, lambda job: job.path, crew, lambda job, result: log.append(f"{job.path}{result}"))
    return log


def test_the_largest_comes_first_and_of_equals_the_first() -> None:
    jobs = [Job("a", weight=1), Job("b", weight=3), Job("c", weight=1)]
    assert done(jobs, Alone(str.upper)) == ["bB", "aA", "cC"]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_needs_are_delivered_before(size: int) -> None:
    jobs = [Job("d", ("b", "c"), 9), Job("b", ("a",)), Job("c", ("a", "elsewhere")), Job("a")]
    log = done(jobs, Crowd(size))
    assert log[0] == "aA"
    assert log[-1] == "dD"
    assert len(log) == 4


def test_no_more_is_given_than_there_is_room_for() -> None:
    crew = Crowd(3)
    assert len(done([Job(str(number)) for number in range(20)], crew)) == 20
    assert crew.most == 3


def test_an_order_is_made_when_there_is_room_for_it() -> None:
    log: list[str] = []

    def order(job: Job) -> str:
        log.append(f"order {job.path}")
        return job.path

    work([Job("a"), Job("b")], order, Alone(str.upper), lambda job, result: log.append(f"{job.path} is {result}"))
    assert log == ["order a", "a is A", "order b", "b is B"]


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="one another: a"):
        done([Job("a", ("b",)), Job("b", ("a",)), Job("c")], Alone(str.upper))
