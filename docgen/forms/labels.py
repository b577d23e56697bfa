"""What a form's label means: brought to one spelling, then matched to a field, with a score that says how sure it is.

Offices write one thing in many ways: 「单　位　名　称：」, 「1.院校名称（盖章）」, 「*申报学校全称」. `read_label` takes the
spelling apart; `match` finds the fields that it may mean, exactly, by a pattern of synonyms, by whom the words around it
speak of (a bare 姓名 or 电话), and last by nearness.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from rapidfuzz import fuzz

from docgen.model.text import fold

EXACT, SYNONYM, BY_CONTEXT, WEAK = 1.0, 0.97, 0.94, 0.8
"""How sure a match is. Whoever writes values into forms fills from THRESHOLD on and proposes what lies below."""
THRESHOLD = 0.9
NEAREST, LEAST_NEAR = 0.86, 0.6
_ODD_REMARK = 0.12

SOMEBODY = "其他人"
"""A person whom the data does not know."""
_BARE = re.compile("负责人|联系人|对接人")
_JOINING = "和及与或由填本该为是的、任"

_CIRCLED = "\u2460-\u2473\u2474-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229"
_HAN_NUMBER = "一二三四五六七八九十"
_NUMBERING = re.compile(
    rf"^(?:[{_CIRCLED}]|第[{_HAN_NUMBER}\d]{{1,3}}条[:：]?|\((?:\d{{1,3}}|[{_HAN_NUMBER}]{{1,3}})\)|q\d{{1,2}}(?=\D)|(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|[{_HAN_NUMBER}]{{1,3}}|[a-z])"
    r"(?:[.、)．:]|(?<=\.\d)(?=\D)))+"
)
_MARKS = re.compile(
    rf"^[*※★☆●■◆▲△·•✱#]+|(?:[*※★☆✱#:;,。、?]|\[\d*\]|[{_CIRCLED}\u00b9\u00b2\u00b3\u2070-\u2079])+$|(?<=..)(?:是|为)(?:什么|哪个|哪些|多少)?$"
)
_NOTE = re.compile(r"(?<=.)注\d?$")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_ONE_OR_OTHER = re.compile(r"([院系校])\(([院系校部])\)")
"""院（系）名称, 副校（院）长: no remark, but two words for one."""
_UNIT = re.compile(
    r"(?:单位:?)?(人次|人|名|位|万元|元|圆|㎡|m2|平方米|平米|台套|台/套|台|套|台\(套\)|个|间|处|期|年|岁|门|届|次)(?:/年)?"
)
_HARMLESS = re.compile(
    r"(?:(?:加盖|盖)?(?:学校|单位|院校)?(?:公章|盖章|章)|全称|简称|必填|选填|必填项|中文|汉字|打印|正楷|手机|移动电话|含区号|区号|数字|阿拉伯数字"
    r"|数量|合计|共|约|本年度|年度|累计|名称|姓名|可多选|可选|单选|多选|打勾|勾选|下拉|打?[√✓]|.{0,6}打[\"]?[√✓][\"]?.{0,4}|可另附页|可附页|可加页|另附|附后"
    r"|\d+位?(?:数字?|字符|字母)?(?:识别码|标识码|代码|编码)?|不?(?:少于|超过|多于).{1,10}字.{0,4}|\d+字.{0,6}|限.{1,8}|如.*|例.*|请.*|与.*一致|.*一致|以.*为准"
    r"|按.*(?:填写|填)|填写.*|.*(?:中职|高职|初级|高级).*|简要.*|详细.*|写明.*|注明.*|参照.*|详见.*|见.*|机构|学校|单位|院校|校级|[甲乙丙]方|软件|硬件|设备|实训室|实训基地|基地|机房|教室|是[/或]否|有[/或]无|(?:含|包括|包含).*(?:组织|制度|经费|师资|资金|政策).*|(?!.*(?:qq|wechat|weixin|fax|office|home))[a-z][a-z .,'&/-]{2,}|微信同号|必须.*|须.*|没有.*|无则.*|若无.*|院系|专业|系部|二级学院|部门|统一社会信用代码)"
)
_TELLING = re.compile("办公|座机|固定|传真|qq|微信|签|盖|章|人|名|号|职|部|处|时间|日期|实际|企业|学生")
"""What a remark with alternatives may not speak of, lest it change what is asked."""
_ASKED = re.compile(
    "^(?:\\d{1,2}位(?:数)?|请(?:如实|准确|完整)?(?:填写|填报|输入|注明|写明|填|写)(?:您|你|贵校|本校)?(?:的)?)"
)
_YOURS = re.compile("^(?:贵|我|你|本)(校|院校|单位)(?:的)?(?=[\u4e00-\u9fff])|^学校的")
_FOREIGN = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:(?<=电话)|(?<=手机)|(?<=号码)|(?<=方式)|(?<=号)|(?!.*(?:e-?mail|wechat|fax|tel|mobile|phone|office)))"
    r"[a-z][a-z .,'&/-]{2,}$"
)
"""The same once more in English."""
_SLASHED_UNIT = re.compile(r"(?<=[\u4e00-\u9fff])/(㎡|m2|平方米|万元|元|人|台套|台|套|年|期)$")
_SIGNED = re.compile(r"签字|签名|签章|手签|亲笔|盖章处|签署|印鉴|签发")
_SEALED = re.compile(r"盖章|公章|签章|印章")
_OPINION = re.compile(
    r"意见|审核|审批|审查|批准|批示|评审|评语|评定|评议|推荐|批复|承诺|声明|结论|初审|复审|核准|受理|以下由|由.{1,12}填写|经手|收件|审阅|专家组"
)
_PROMISING = re.compile("(?:承诺|声明|推荐|报审|送审)(?:单位|学校|院校|机构|方)")
"""Whoever promises is asked for the name, not for the promise."""
_PARTY = re.compile("[甲乙丙丁]方(?:名称|单位|全称)?")
_YEAR = re.compile(r"^((?:19|20)\d\d)(?:年度?|学年)?")


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
class Label:
    """A label taken apart. `key` is what it says, folded; `remarks` are its brackets' contents; `unit` one of them."""

    text: str
    key: str
    remarks: tuple[str, ...] = ()
    unit: str = ""
    year: int | None = None

    @property
    def signed(self) -> bool:
        """Whether a person signs there by hand."""
        return bool(_SIGNED.search(fold(self.text)))

    @property
    def sealed(self) -> bool:
        """Whether a seal goes there."""
        return bool(_SEALED.search(fold(self.text)))

    @property
    def opinion(self) -> bool:
        """Whether somebody else writes there: an opinion, a review, an approval."""
        return bool(_OPINION.search(_PROMISING.sub("", fold(self.text))))

    @property
    def odd_remarks(self) -> tuple[str, ...]:
        """Remarks that may change what the label asks for (联系电话（办公）)."""
        return tuple(
            remark
            for remark in self.remarks
            if not _HARMLESS.fullmatch(remark) and remark != self.unit and not _is_choice(remark)
        )


@dataclass(frozen=True, slots=True)
class Match:
    """A field that a label may mean, from 0 to 1, and why, in Chinese."""

    field: Field
    score: float
    why: str


def _ours(match: re.Match[str]) -> str:
    return "单位" if match[1] == "单位" else "学校"


def _is_choice(remark: str) -> bool:
    """Whether a remark lists what may be answered (硬件/软件), rather than saying of whom or of what it asks."""
    parts = re.split("[/、|或]", remark)
    return len(parts) > 1 and all(0 < len(part) <= 6 for part in parts) and not _TELLING.search(remark)


@dataclass(frozen=True, slots=True)
class _Whose:
    """Whom the words around a label speak of, how sure that is, and by what."""

    subject: str
    score: float
    why: str


_OWN_WORDS = re.compile(
    "(?:(?:贵校|本校|我校|学校|院校|我单位|本单位|单位|该校)(?:的)?(?:目前|现|今年|本次|此次|本年度)?(?=拟|申报|申请|计划|试点|参与|开展|首次|是否|统筹|预计)"
    "|(?:本|该|此)(?:次|项|个)?(?:证书|项目|试点)(?:的)?(?=.{2})|(?:本|此)次(?:拟)?(?=申报|申请|培训|试点|参与|计划))"
)
"""What may stand before a label without changing what it asks (贵校申报的证书名称, 该证书面向的专业)."""
_COUNTED = {"人": "人数", "名": "人数", "人次": "人数", "期": "期数"}
"""What a label counts that has a unit behind it and no noun (计划培训＿＿人)."""


@lru_cache(maxsize=1 << 14)
def read_label(text: str) -> Label:
    """Take a label apart: spaces, numbering, marks, footnotes, colons and brackets away, units and remarks kept."""
    key = re.sub(rf"^[\s*※★☆●■◆▲△·•]*[{_CIRCLED}]|[{_CIRCLED}\u00b9\u00b2\u00b3\u2070-\u2079]+(?=[\s:：]*$)", "", text)
    key = _ASKED.sub("", _trimmed(fold(key)))
    key = _YOURS.sub(_ours, key)
    key = _ONE_OR_OTHER.sub(lambda match: "校" if match[1] == "校" else f"{match[1]}{match[2]}", key)
    remarks: list[str] = []
    key = re.sub('[,，]?(?:以下|下称|以下简)?(?:简称|称)["“]?[甲乙丙丁]方["”]?', "", key)
    while match := _BRACKETS.search(key):
        remarks.append(_trimmed(match.group(1)))
        key = key[: match.start()] + key[match.end() :]
    key = _trimmed(key.replace("(", "").replace(")", ""))  # 联系人（电话：＿＿: the bracket closes behind the gap
    if slash := _SLASHED_UNIT.search(key):
        remarks.append(slash[1])
        key = key[: slash.start()]
    if remarks and (not key or (_PARTY.fullmatch(key) and not _SEALED.search(remarks[0]))):  # 【联系人】, 甲方（学校）
        key = remarks.pop(0)
    key = _FOREIGN.sub("", _YOURS.sub(_ours, key))
    unit = next((remark for remark in remarks if _UNIT.fullmatch(remark)), "")
    year = _YEAR.match(key)
    if year and len(key) > year.end():
        return Label(text, key[year.end() :], tuple(filter(None, remarks)), unit, int(year.group(1)))
    return Label(text, key, tuple(filter(None, remarks)), unit)


def _trimmed(key: str) -> str:
    """A folded label without numbering, marks and colons at its ends."""
    before = None
    while before != key:
        before = key
        key = _NOTE.sub("", _MARKS.sub("", key)).strip()
        shorter = _NUMBERING.sub("", key)
        key = shorter or key
    return key


@lru_cache(maxsize=1 << 14)
def normalise(text: str) -> str:
    """The one spelling of a label, without what brackets add to it."""
    return read_label(text).key


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
        return SOMEBODY if "\u4e00" <= before <= "\u9fff" and before not in _JOINING else name

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
        if not found and (counted := _COUNTED.get(label.unit)):
            found = self._sure(f"{label.key}{counted}", context, whose)
        found = found or self._near(label.key)
        lower = _ODD_REMARK if label.odd_remarks else 0.0
        return tuple(Match(each.field, round(each.score - lower, 3), each.why) for each in found)

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
