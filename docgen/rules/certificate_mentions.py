"""Which certificates a text names, and at which level.

A name counts only where the text plainly speaks of the certificate: 物流管理 is a major, too, and 云计算开发与运维 a
sort of work. The starter catalogue has a quarter of all certificates, so that a name within a longer one that nobody
knows (供应链物流管理) must not count either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from docgen.model.case import Case
from docgen.model.records import CertificateLevel
from docgen.model.text import fold

from .evidence_texts import Page

_BRACKETED = re.compile(r"\(([^()]*)\)")
_TAIL = re.compile(r"(职业技能等级证书|职业技能等级标准|职业技能等级|职业技能证书|等级证书|证书)$")
_LEAST_BASE = 5
"""A name without its bracket (建筑信息模型) must have that many characters to stand for the whole."""
_START = 2
_LEAST_SHORT = 3
"""What stands in the bracket (BIM) must have that many to be taken for the certificate where a level follows."""
_LEADS = '为的开展得于在过成了对和与及加书院会司心目校是有行担级办按据将其、,。;:()"《》/+x\n-—·~|.和授予含获'
"""After these a new word begins, as far as can be told without a dictionary."""
_PLAIN = re.compile(r"[)\"》]*(?:\([^()]{0,12}\))?(?:职业技能|技能等级|等级证书|证书|\(?[初中高]级)")
_TRAINING = re.compile(r"[)\"》]*(?:项目)?(?:师资|考评|考务|考核站|试点|培训)")
_BEFORE = re.compile(r"1\+x[^,。;]{0,12}$")
_LEVEL = re.compile(
    r"[)\"》]*(?:职业技能)?(?:等级)?(?:证书|标准)?(?:师资|考评员|考评师|讲师|培训师)?(?:培训)?[)\"》]*[(\[:·-]*(?:等级:?)?"
    r"(?P<levels>[初中高]级?(?:[、,/和及与][初中高]级?)*)"
)
_LEVEL_ANYWHERE = re.compile(
    r"(?<!职称)(?:证书|技能|培训|考核|认证)等级:?(?P<levels>[初中高]级(?:[、,/和及与][初中高]级)*)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A certificate's name in a page's tight text, [start, end), and the certificate's key."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def certificate_key(name: str) -> str:
    """The name without width, case, spaces and 职业技能等级证书."""
    key = fold(name)
    return _TAIL.sub("", key) or key


def speaks_of(page: Page, key: str) -> bool:
    """Whether the page names a certificate in any way, if only by what stands in its brackets (BIM)."""
    return any(name in page.tight for name in (*spellings(key), *short_names(key)))


def known_names(case: Case) -> Mapping[str, str]:
    """Key → name as written, of the catalogue's certificates and of those applied for."""
    return case.remembered("known names", lambda: _known_names(case))


def _known_names(case: Case) -> dict[str, str]:
    names = [entry.name for entry in case.catalogue.certificates]
    names += [application.certificate for application in case.applications if application.certificate]
    return {certificate_key(name): name for name in names}


def names_within(case: Case, text: str) -> list[str]:
    """The keys of `known_names` that stand in a text, in their order. There are thousands of names, and thousands of
    texts: only those that begin as some place of the text does are looked for.
    """
    starting = case.remembered("known names by their start", lambda: _by_start(known_names(case)))
    starts = {text[at : at + _START] for at in range(len(text))} | set(text)
    near = sorted(pair for start in starts for pair in starting.get(start, ()))
    return [key for _, key in near if key in text]


def _by_start(names: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """Each name with its place among them, by its first characters."""
    found: dict[str, list[tuple[int, str]]] = {}
    for place, key in enumerate(names):
        found.setdefault(key[:_START], []).append((place, key))
    return found


def spellings(key: str) -> tuple[str, ...]:
    """How texts write a certificate: with its bracket, with the bracket's signs left out, without the bracket."""
    base = _BRACKETED.sub("", key)
    loose = key.replace("(", "").replace(")", "")
    return tuple(dict.fromkeys([key, loose, *([base] if len(base) >= _LEAST_BASE else [])]))


def short_names(key: str) -> tuple[str, ...]:
    """What stands in the brackets: BIM."""
    return tuple(name for name in _BRACKETED.findall(key) if len(name) >= _LEAST_SHORT)


def mentions(page: Page, keys: Iterable[str]) -> list[Mention]:
    """Every certificate that the page names, in whatever way; of names that overlap the longest counts."""
    found = []
    for key in keys:
        for spelling in spellings(key):
            found += [Mention(key, start, start + len(spelling)) for start in _places(page.tight, spelling)]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Mention] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
        elif each.end - each.start > kept[-1].end - kept[-1].start:
            kept[-1] = each
    return kept


def is_plain(page: Page, mention: Mention, *, is_common: bool) -> bool:
    """Whether the text speaks of the certificate there. `is_common`: the name means something else, too (a major)."""
    before = page.tight[max(0, mention.start - 20) : mention.start]
    if mention.start not in page.starts and before and before[-1] not in _LEADS and not before[-1].isdigit():
        return False
    if _PLAIN.match(page.tight, mention.end) or _BEFORE.search(before):
        return True
    return not is_common and bool(_TRAINING.match(page.tight, mention.end))


def levels_named(page: Page, key: str, others: Mapping[str, str]) -> set[CertificateLevel]:
    """The levels that the page states for a certificate, next to its name or (where it names no other) as 证书等级."""
    named = mentions(page, others)
    found: set[CertificateLevel] = set()
    ends = [mention.end for mention in named if mention.key == key]
    for short in short_names(key):
        ends += [start + len(short) for start in _places(page.tight, short)]
    for end in ends:
        if match := _LEVEL.match(page.tight, end):
            found |= _levels(match["levels"])
    if ends and all(mention.key == key for mention in named):
        for match in _LEVEL_ANYWHERE.finditer(page.tight):
            found |= _levels(match["levels"])
    return found


def _levels(text: str) -> set[CertificateLevel]:
    """Levels out of 初级、中级 or 初、中级; a lone 初, 中 or 高 is none."""
    if "级" not in text:
        return set()
    return {level for level in CertificateLevel if level.value[0] in text}


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)
