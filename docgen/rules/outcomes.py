"""What became of each rule for each application, in a byte each: a province has a quarter of a million of them."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from docgen.findings import Outcome

_OUTCOMES: tuple[Outcome | None, ...] = (None, *Outcome)
_CODES = {outcome: code for code, outcome in enumerate(_OUTCOMES)}


class Outcomes(MutableMapping[tuple[str, str], Outcome]):
    """Outcomes by (rule, application), in order of the rules, then of the applications."""

    __slots__ = ("_by_rule", "_places")

    def __init__(self) -> None:
        self._by_rule: dict[str, bytearray] = {}
        self._places: dict[str, int] = {}

    def copy(self) -> Outcomes:
        """One to go on with, while this one stays as it is."""
        other = Outcomes()
        other._by_rule = {rule: bytearray(codes) for rule, codes in self._by_rule.items()}
        other._places = dict(self._places)
        return other

    def __getitem__(self, key: tuple[str, str]) -> Outcome:
        codes, place = self._by_rule.get(key[0], b""), self._places.get(key[1], -1)
        outcome = _OUTCOMES[codes[place]] if 0 <= place < len(codes) else None
        if outcome is None:
            raise KeyError(key)
        return outcome

    def __setitem__(self, key: tuple[str, str], outcome: Outcome) -> None:
        codes = self._by_rule.setdefault(key[0], bytearray())
        place = self._places.setdefault(key[1], len(self._places))
        codes.extend(bytes(max(place + 1 - len(codes), 0)))
        codes[place] = _CODES[outcome]

    def __delitem__(self, key: tuple[str, str]) -> None:
        if key not in self:
            raise KeyError(key)
        self._by_rule[key[0]][self._places[key[1]]] = 0

    def __iter__(self) -> Iterator[tuple[str, str]]:
        places = sorted(self._places.items())
        for rule in sorted(self._by_rule):
            codes = self._by_rule[rule]
            yield from ((rule, name) for name, place in places if place < len(codes) and codes[place])

    def __len__(self) -> int:
        return sum(len(codes) - codes.count(0) for codes in self._by_rule.values())
