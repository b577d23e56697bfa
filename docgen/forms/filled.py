"""What a person should look at after a form was filled, for Word and Excel alike."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.findings import Finding

from .faults import CLAIMED_TWICE, LOCKED, MACROS, OVER_LIMIT, ROWS_ADDED, TWICE, finding
from .results import PlaceKind, Proposal, State
from .structure import Spot
from .values import option_of, options_of
from .vocabulary import school_vocabulary

PLANNED = {State.FILLED: "C6EFCE", State.PROPOSED: "FFEB9C"}
"""How a plan colours what would be filled and what is only proposed (RRGGBB)."""
_LOCKED_WORDS = ("表格设了保护", "单元格已锁定")


def options_chosen(proposal: Proposal) -> tuple[int, ...]:
    """Which options a filled choice takes; a single box is ticked where the value is 是."""
    place = proposal.place
    if place.kind is PlaceKind.CHECK:
        return (0,) if proposal.value == "是" else ()
    if place.kind not in (PlaceKind.CHOICE, PlaceKind.LIST):
        return ()
    field = school_vocabulary().by_key(proposal.field)
    if field is None:
        one = option_of(place.options, proposal.value)
        return () if one is None else (one,)
    return options_of(field, place.options, proposal.value)


def told(form: str, spots: Sequence[Spot], proposals: Sequence[Proposal], *, macros: bool) -> tuple[Finding, ...]:
    """Fields filled twice, places claimed twice, limits passed, rows added, locked places, macros."""
    found: list[Finding] = []
    places: dict[str, list[Proposal]] = {}
    for spot, proposal in zip(spots, proposals, strict=True):
        at = proposal.place.at
        if proposal.state is State.FILLED and proposal.place.kind is not PlaceKind.TABLE:
            places.setdefault(proposal.field, []).append(proposal)
        if proposal.state is State.PROPOSED and "都可能" in proposal.why:
            found.append(finding(CLAIMED_TWICE, form, at, f"{proposal.why}。"))
        limit = proposal.place.limit if proposal.place.kind is not PlaceKind.COMB else 0
        if proposal.state is State.FILLED and limit and len(proposal.value) > limit:
            found.append(
                finding(
                    OVER_LIMIT,
                    form,
                    at,
                    f"表格要求不超过{limit}字，“{proposal.title}”有{len(proposal.value)}字。",
                    "请在数据里改短。",
                )
            )
        added = len(proposal.rows) - (spot.last_row - spot.first_row + 1)
        if proposal.state is State.FILLED and proposal.rows and added > 0:
            found.append(finding(ROWS_ADDED, form, at, f"空行不够，加了{added}行，共填{len(proposal.rows)}行。"))
    for same in places.values():
        if len(same) > 1:
            where = "、".join(each.place.at for each in same)
            found.append(finding(TWICE, form, "", f"“{same[0].title}”填了{len(same)}处：{where}。"))
    locked = [each.place.at for each in proposals if each.place.closed.startswith(_LOCKED_WORDS)]
    if locked:
        found.append(
            finding(
                LOCKED,
                form,
                "",
                f"有{len(locked)}处锁定，没有填：{'、'.join(locked[:5])}{'等' if len(locked) > 5 else ''}。",
                "向发表格的单位要一份没有保护的，或取消保护后再填。",
            )
        )
    if macros:
        found.append(finding(MACROS, form, "", "表格里有宏，原样保留，没有运行。"))
    return tuple(found)
