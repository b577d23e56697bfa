"""What a form's label means: brought to one spelling, then matched to a field, with a score that says how sure it is.

Offices write one thing in many ways: 「单　位　名　称：」, 「1.院校名称（盖章）」, 「*申报学校全称」. `read_label` takes the
spelling apart; `match` finds the fields that it may mean, exactly, by a pattern of synonyms, by whom the words around it
speak of (a bare 姓名 or 电话), and last by nearness.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from rapidfuzz import fuzz

from docgen.model.text import fold

from .spelling import Label, normalise, read_label

EXACT, SYNONYM, BY_CONTEXT, WEAK = 1.0, 0.97, 0.94, 0.8
"""How sure a match is. Whoever writes values into forms fills from THRESHOLD on and proposes what lies below."""
THRESHOLD = 0.9
NEAREST, LEAST_NEAR = 0.86, 0.6
_ODD_REMARK = 0.12

SOMEBODY = "其他人"
"""A person whom the data does not know."""
_BARE = re.compile("负责人|联系人|对接人")
_JOINING = "和及与或由填本该为是的、任"


class Kind(Enum):
    """What sort of value a field has, so that it meets only places that can take it."""

    TEXT = auto()
    LONG = auto()  # paragraphs
    NUMBER = auto()
    MONEY = auto()  # yuan; a label may ask for 万元
    CODE = auto()
    PHONE = auto()
    MAIL = auto()
    LINK = auto()
    DATE = auto()
    YEAR = auto()
    CHOICE = auto()
    YES_NO = auto()
    NAMES = auto()  # several
    PICTURE = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that data can say. `key` is its name in the data (院校.院校名称); in rows of a table, the column's alone.

    `names` are spellings that mean it outright; `pattern` a regular expression of synonyms, matched against the whole
    folded label; `weak` one of labels that may mean it, which are proposed unless `needs` is found in the words around.
    `subject` and `part` say whose detail it is (联系人, 电话), for labels that name the detail alone. `held` is false
    for what forms ask and docgen's data has not: known, lest the nearest thing be taken for it.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    names: tuple[str, ...] = ()
    pattern: str = ""
    weak: str = ""
    needs: str = ""
    subject: str = ""
    part: str = ""
    held: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """A field that a label may mean, from 0 to 1, and why, in Chinese."""

    field: Field
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class _Whose:
    """Whom the words around a label speak of, how sure that is, and by what."""

    subject: str
    score: float
    why: str


_OWN_WORDS = re.compile(
    "(?:(?:贵校|本校|我校|学校|院校|我单位|本单位|单位|该校)(?:的)?(?:目前|现|今年|当年|本次|此次|本年度?|本轮)?(?=拟|申报|申请|计划|试点|参与|开展|首次|是否|统筹|预计|所申报|牵头|承办|选报|报名|负责|分管)"
    "|(?:今年|当年|本年度?|本次|此次|本轮|本批次?)(?=拟|申报|申请|计划|是否|首次|预计|选报|备案)"
    "|(?:本|该|此)(?:次|项|个)?(?:证书|项目|试点)(?:的)?(?=.{2})|(?:本|此)次(?:拟)?(?=申报|申请|培训|试点|参与|计划))"
)
"""What may stand before a label without changing what it asks (贵校申报的证书名称, 该证书面向的专业)."""
_BODY_NAMED = re.compile("[甲乙丙丁]方|企业|公司|单位|机构|组织|部门|学生|毕业|推荐|合作|人$|员$")
_COUNTED = {
    "人": "人数",
    "名": "人数",
    "人次": "人数",
    "期": "期数",
    "个": "数",
    "间": "数",
    "台": "数",
    "台套": "数",
    "台(套)": "数",
}
"""What a label counts that has a unit behind it and no noun (计划培训＿＿人)."""
_NUMBERS = frozenset((Kind.NUMBER, Kind.MONEY))


class Vocabulary:
    """Fields ready to be asked for, and the people that details may belong to.

    `subjects` maps each person or body to a regular expression of how forms call it, those of whom the data knows
    nothing among them; `parts` maps a detail (姓名, 电话) to one. Fields with a subject and a part are found by both.
    """

    def __init__(self, fields: Iterable[Field], subjects: dict[str, str], parts: dict[str, str]) -> None:
        self.fields = tuple(fields)
        self._subjects = [(name, re.compile(pattern)) for name, pattern in subjects.items()]
        self._parts = [(name, re.compile(pattern)) for name, pattern in parts.items()]
        self._exact: dict[str, Field] = {}
        for field in self.fields:
            for name in (field.title, *field.names):
                self._exact.setdefault(normalise(name), field)
        self._patterns = [(field, re.compile(field.pattern)) for field in self.fields if field.pattern]
        self._weak = [
            (field, re.compile(field.weak), re.compile(field.needs) if field.needs else None)
            for field in self.fields
            if field.weak
        ]
        self._details = {(field.subject, field.part): field for field in self.fields if field.subject}
        self._cache: dict[tuple[str, tuple[str, ...], str, int], tuple[Match, ...]] = {}

    def by_key(self, key: str) -> Field | None:
        """The field of that key, else None."""
        return next((field for field in self.fields if field.key == key), None)

    def subject_in(self, text: str) -> str:
        """Whom a heading or label speaks of: the subject that is named at greatest length, "" for nobody.

        SOMEBODY where the name is part of a longer one that is not known (考务负责人).
        """
        key = fold(text)
        found = [
            (match.end() - match.start(), -number, name, match.start())
            for number, (name, pattern) in enumerate(self._subjects)
            for match in pattern.finditer(key)
        ]
        if not found:
            return ""
        _, _, name, start = max(found)
        before = key[start - 1] if start else ""
        joined = before in _JOINING and not key[:start].endswith("参与")
        return SOMEBODY if "\u4e00" <= before <= "\u9fff" and not joined else name

    def is_subject(self, key: str) -> bool:
        """Whether a folded label names a person or body and nothing else."""
        return any(pattern.fullmatch(key) for _, pattern in self._subjects)

    def part_of(self, key: str) -> str:
        """The detail that a folded label names and nothing else (姓名, 联系电话), "" for none."""
        return next((name for name, pattern in self._parts if pattern.fullmatch(key)), "")

    def match(
        self, label: str | Label, context: Sequence[str] = (), person: str = "", near: int | None = None
    ) -> tuple[Match, ...]:
        """The fields that a label may mean, the surest first; () where it resembles nothing.

        `context` are the words around it, the nearest first: labels to its left, headings above. `person` is whom the
        form spoke of last, for a detail with nobody beside it: of the context, the first `near` words come before that
        person, headings and the title after (None: all before). Fields that are not `held` are among the answers.
        """
        label = read_label(label) if isinstance(label, str) else label
        near = len(context) if near is None else near
        key = (label.text, tuple(context), person, near)
        if key not in self._cache:
            whose = self._whose(context, person, near)
            self._cache[key] = self._match(label, context, whose)
        return self._cache[key]

    def _whose(self, context: Sequence[str], person: str, near: int) -> _Whose:
        """Whose detail a bare 姓名 or 电话 is."""
        for number, words in enumerate(context):
            if person and number >= near:
                break
            if subject := self.subject_in(words):
                return _Whose(subject, BY_CONTEXT, f"按上下文“{_short(words)}”")
        return (
            _Whose(person, BY_CONTEXT - 0.03, f"接着前面的{person}") if person else _Whose("", WEAK, "没有说明是谁的")
        )

    def _match(self, label: Label, context: Sequence[str], whose: _Whose) -> tuple[Match, ...]:
        if not label.key:
            return ()
        joined = "".join((label.key, *label.remarks))
        sure = self._sure(joined, context, whose) if label.remarks else []
        if sure:
            return tuple(sure)
        found = self._sure(label.key, context, whose)
        counted = _COUNTED.get(label.unit)
        if counted and not (found and found[0].field.kind in _NUMBERS):
            found = self._sure(f"{label.key}{counted}", context, whose) or found
        if label.inner and not (found and found[0].score >= THRESHOLD and not label.odd_remarks):
            inner = self._sure(label.inner, context, whose)  # 组织机构（信用）代码
            if inner and inner[0].score >= THRESHOLD:
                return tuple(inner)
        if found and self._repeated(label, found[0]):
            return (replace(found[0], score=max(found[0].score, BY_CONTEXT)),)
        found = found or self._said_otherwise(label) or self._near(label.key)
        lower = _ODD_REMARK if label.odd_remarks else 0.0
        return tuple(Match(each.field, round(each.score - lower, 3), each.why) for each in found)

    def _repeated(self, label: Label, match: Match) -> bool:
        """Whether the one odd remark says the same once more: 颁证组织（培训评价组织）."""
        if len(label.odd_remarks) != 1 or not match.field.key or match.field.subject or match.score < WEAK:
            return False
        again = self._sure(label.odd_remarks[0], (), _Whose("", WEAK, ""))
        return bool(again) and again[0].score >= SYNONYM and again[0].field.key == match.field.key

    def _sure(self, key: str, context: Sequence[str], whose: _Whose) -> list[Match]:
        """Matches by name, synonym, person and detail, or weak synonym."""
        if taken_up := self._taken_up(key, context):
            return [taken_up]
        if field := self._exact.get(key):
            return [Match(field, EXACT, "名称相同")]
        matched = [Match(field, SYNONYM, "同义的名称") for field, pattern in self._patterns if pattern.fullmatch(key)]
        if matched:
            return matched
        if detail := self._detail(key, whose):
            return [detail]
        if shorter := _OWN_WORDS.match(key):
            return self._sure(key[shorter.end() :], context, whose)
        around = "\n".join(map(fold, context))
        weak = []
        for field, pattern, needs in self._weak:
            if pattern.fullmatch(key):
                sure = needs is not None and needs.search(around)
                weak.append(Match(field, BY_CONTEXT if sure else WEAK, "按上下文" if sure else "可能是"))
        return sorted(weak, key=lambda each: -each.score)

    def _said_otherwise(self, label: Label) -> list[Match]:
        """What a remark calls by its usual name: 纳税主体代码（统一社会信用代码）. Only of a body's own data."""
        if _BODY_NAMED.search(label.key):
            return []
        nobody = _Whose("", WEAK, "")
        for remark in label.remarks:
            known = self._sure(remark, (), nobody)
            if (
                known
                and known[0].score >= SYNONYM
                and known[0].field.key.startswith("院校.")
                and not known[0].field.subject
            ):
                return [replace(known[0], score=BY_CONTEXT, why=f"注明了是“{known[0].field.title}”")]
        return []

    def _taken_up(self, key: str, context: Sequence[str]) -> Match | None:
        """负责人电话 beside 站点负责人: that person's, whoever it is."""
        bare = _BARE.match(key)
        nearest = read_label(context[0]).key if bare and context else ""
        part = self.part_of(key[bare.end() :]) if bare else ""
        if not bare or not part or nearest == bare[0] or not nearest.endswith(bare[0]):
            return None
        return self._known(self.subject_in(nearest), part, BY_CONTEXT, f"按上下文“{_short(context[0])}”")

    def _detail(self, key: str, whose: _Whose) -> Match | None:
        """A detail of a person: named in the label itself, else the one whom the words around speak of."""
        for name, pattern in self._subjects:
            match = pattern.match(key)
            if match:
                part = self.part_of(key[match.end() :].removeprefix("的")) if match.end() < len(key) else "姓名"
                if part:
                    return self._known(name, part, SYNONYM, "同义的名称")
        part = self.part_of(key)
        return self._known(whose.subject, part, whose.score, whose.why) if part else None

    def _known(self, subject: str, part: str, score: float, why: str) -> Match:
        field = self._details.get((subject, part))
        return Match(field or Field("", f"{subject}{part}", subject=subject, part=part, held=False), score, why)

    def _near(self, key: str) -> list[Match]:
        """Fields with a name that resembles the label; never sure enough to be filled."""
        best: dict[tuple[str, str], Match] = {}
        for name, field in self._exact.items():
            ratio = fuzz.ratio(key, name) / 100
            score = round(ratio * NEAREST, 3)
            known = (field.key, field.title)
            if ratio > LEAST_NEAR and (known not in best or best[known].score < score):
                best[known] = Match(field, score, f"与“{field.title}”相近")
        return sorted(best.values(), key=lambda each: (-each.score, each.field.key))[:3]


def _short(words: str) -> str:
    words = "".join(unicodedata.normalize("NFKC", words).split())
    return words if len(words) <= 12 else f"{words[:12]}…"
