"""Outcomes in a byte each answer as a dict does, in order."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.findings import Outcome
from docgen.rules.outcomes import Outcomes

KEYS = st.tuples(st.sampled_from(["EVI005", "TEA001", "APR002"]), st.sampled_from(["", "A01", "A02", "第3行"]))


@given(st.lists(st.tuples(KEYS, st.sampled_from(Outcome) | st.none())))
def test_outcomes_answer_as_a_dict_does(steps: list[tuple[tuple[str, str], Outcome | None]]) -> None:
    outcomes, expected = Outcomes(), dict[tuple[str, str], Outcome]()
    before = outcomes.copy()
    for key, outcome in steps:
        if outcome is None:
            assert outcomes.pop(key, None) == expected.pop(key, None)
        else:
            outcomes[key] = expected[key] = outcome
    assert list(outcomes.items()) == sorted(expected.items())
    assert len(outcomes) == len(expected)
    assert outcomes == expected
    assert pickle.loads(pickle.dumps(outcomes)) == expected  # noqa: S301
    assert before == {}


def test_what_was_never_asked_is_told_by_name() -> None:
    outcomes = Outcomes()
    outcomes["EVI005", "A01"] = Outcome.FAIL
    with pytest.raises(KeyError, match="A02"):
        outcomes["EVI005", "A02"]
    with pytest.raises(KeyError, match="A02"):
        del outcomes["EVI005", "A02"]


def test_a_copy_goes_its_own_way() -> None:
    outcomes = Outcomes()
    outcomes["EVI005", "A01"] = Outcome.PASS
    other = outcomes.copy()
    other["EVI005", "A01"] = Outcome.FAIL
    other["EVI005", "A02"] = Outcome.FAIL
    assert dict(outcomes) == {("EVI005", "A01"): Outcome.PASS}
    assert len(other) == 2
