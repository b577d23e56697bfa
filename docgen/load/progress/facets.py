"""What one cell of a progress table says beside figures: a certificate, a level, a period, what is counted, or a title."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from docgen.model.records import CertificateLevel
from docgen.model.season import Amount
from docgen.model.text import fold, half_width, tidy_name

from ..cells import as_text
from ..dates import Span, read_span
from ..grid import Cell, is_blank
from ..numbers import chinese_number, read_amount
from .measures import Measure, Role, Scope, meaning_of, scope_of

NOTHING = frozenset(("/", "-", "--", "—", "——", "－", "／", "无", "暂无", "\\"))
TOTAL = re.compile(r".{0,8}(?:总计|合计|小计|共计|总和)(?:[(（].*)?")
_LEVEL = re.compile(r"[(（]?\s*(?:职业技能等级)?\s*([初中高])级?\s*[)）]?$")
_LEVEL_ALONE = re.compile(r"[(（]?(?:职业技能等级)?([初中高])级[)）]?")
_NAME_MARKS = re.compile(r"^[《“\"]+|[》”\"]+$")
_KIND = re.compile(r"(?:职业技能|技能)?等级证书$")
_NUMBERING = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）]|\d{1,2}[、．.](?!\d)|证书[一二三四五六\d]?[:：])\s*"
)
_CERTIFIED = re.compile(r"(.{2,24}?)\s*[(（\-—·]?\s*([初中高])级\s*[)）]?(?:职业技能等级证书|证书)?(.*)")
_NUMBER = re.compile(
    r"第?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:期|个周期|个双周)(?=$|[（(：:、\s，,—-]|双周报|进展|数据|情况|报|汇总|统计)"
)
_STRETCH = re.compile(
    r"(?:20\d\d|\d\d)?[-./年]?\d{1,2}[-./月]\d{1,2}[日号]?\s*(?:至|到|—+|–|~|～|〜|－|-{1,2})\s*(?:(?:20)?\d\d[-./年])?(?:\d{1,2}[-./月])?\d{1,2}[日号]?"
)
_DATE = re.compile(r"(?:20\d\d[-./年]\d{1,2}[-./月]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?|20\d{6})")
_NUMERIC = re.compile(
    r"(?:[约近]|大约|超过?)?\d[\d.,，/+\-~～至\s]*[人次名位元台套册间个余多左右以上万千本期()（）\d/]*"
)
_NAMED_NUMBERS = re.compile(r"1\+[xX]|20\d\d年?度?|第\d+[期批次]|[(（].*[)）]|^\d+[.、]")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Facets:
    """What a cell says. `what` is a measure or a column's role; `scope` stands alone (本期); `sums`: it titles a total."""

    what: Measure | Role | None = None
    scope: Scope | None = None
    certificate: str = ""
    level: CertificateLevel | None = None
    number: int | None = None
    span: Span | None = None
    sums: bool = False

    @property
    def titles(self) -> bool:
        """Whether it names what stands beside or below it."""
        return self.what is not None or self.scope is not None or self.sums

    @property
    def places(self) -> bool:
        """Whether it says of which certificate, level or period something is."""
        return bool(self.certificate or self.level or self.number is not None or self.span)

    def under(self, other: Facets) -> Facets:
        """These facets, and where they leave something out, the other's (but for what it titles)."""
        timed = self.number is not None or self.span is not None
        return replace(
            self,
            certificate=self.certificate or other.certificate,
            level=self.level or (other.level if not self.certificate or not other.certificate else None),
            number=self.number if timed else other.number,
            span=self.span if timed else other.span,
        )


NONE = Facets()


@dataclass(slots=True)
class Names:
    """Tells certificates from other texts: those of the catalogue, of the plan, and any that end in a level."""

    known: Callable[[str], bool] | None = None
    more: frozenset[str] = frozenset()
    read: dict[str, Facets] = field(default_factory=dict)

    def is_certificate(self, name: str) -> bool:
        """Whether a name is one of a certificate."""
        return len(name) >= 2 and (fold(name) in self.more or (self.known is not None and self.known(name)))

    def facets(self, value: Cell) -> Facets:
        """What a cell says, as far as it is not a figure."""
        if isinstance(value, datetime.date):
            day = value.date() if isinstance(value, datetime.datetime) else value
            return Facets(span=Span(day, day))
        if not isinstance(value, str) or is_blank(value):
            return NONE
        found = self.read.get(value)
        if found is None:
            found = self.read[value] = _facets(tidy_name(value), self)
        return found


def split_certificate(text: str) -> tuple[str, CertificateLevel | None]:
    """A certificate's name, and the level if it stands at the name's end: 网店运营推广（中级） → 网店运营推广, 中级."""
    name = tidy_name(text)
    match = _LEVEL.search(name)
    level = None
    if match and match.start() and (match.group(0)[0] in "(（" or name.endswith("级")):
        level = CertificateLevel(f"{match.group(1)}级")
        name = re.sub(r"[\s·\-—_/(（]+$", "", name[: match.start()])
    bare = _KIND.sub("", _NAME_MARKS.sub("", name)) if name not in ("证书",) else name
    return (_NAME_MARKS.sub("", bare) or name), level


def read_level(text: str) -> CertificateLevel | None:
    """The level that a cell names, None where it is none or several."""
    found = re.findall(r"[初中高](?=级|等|$|[)）])", fold(text))
    return CertificateLevel(f"{found[0]}级") if len(set(found)) == 1 else None


def is_figure(value: Cell) -> bool:
    """Whether a cell holds a number, be it with a unit, in words, or one that is not exact."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return True
    return isinstance(value, str) and _is_figure(value)


@lru_cache(maxsize=8192)
def _is_figure(value: str) -> bool:
    if is_blank(value) or value.strip() in NOTHING:
        return False
    text = half_width(value.strip())
    if len(text) > 24:
        return False
    amount = read_amount(value)
    if isinstance(amount, Amount):
        return not re.search("[年月日号期级届批]", amount.unit)
    return bool(_NUMERIC.fullmatch(text)) and not isinstance(read_span(text), Span)


def _facets(text: str, names: Names) -> Facets:
    if len(text) > _LONGEST or not text:
        return NONE
    if TOTAL.fullmatch(text):
        return Facets(sums=True)
    bare = _NUMBERING.sub("", text)
    name, level = split_certificate(bare)
    if names.is_certificate(bare) or names.is_certificate(name):
        return replace(period_in(text), certificate=name, level=level)  # 5G基站建设与维护 builds nothing
    if level and name and not _DATE.search(name) and not re.search("[:：]", name) and not _counts(name, names):
        return replace(period_in(text), certificate=name, level=level)
    what = meaning_of(text)
    if isinstance(what, Measure) and re.search(r"\d", _NAMED_NUMBERS.sub("", text)):
        return NONE  # 35人参加考核 brings its own figure
    if what is not None:
        return _with_certificate(text, what, names)
    scope = scope_of(text)
    if scope is not None:
        return Facets(scope=scope)
    if match := _LEVEL_ALONE.fullmatch(text):
        return Facets(level=CertificateLevel(f"{match.group(1)}级"))
    return _with_certificate(bare, None, names).under(period_in(text))


def _with_certificate(text: str, what: Measure | Role | None, names: Names) -> Facets:
    """A label that begins with a certificate: Web前端开发（初级）培训人数, 网店运营推广（中级）进展表."""
    match = _CERTIFIED.fullmatch(_NUMBERING.sub("", text))
    if (
        match is None
        or ":" in match.group(1)
        or "：" in match.group(1)
        or _counts(match.group(1), names)
        or scope_of(match.group(1)) is not None
    ):
        return Facets(what)
    if _DATE.search(match.group(1)) or what in (Role.CERTIFICATE, Role.LEVEL):
        return Facets(what)
    rest = meaning_of(match.group(3)) if match.group(3) else None
    name, _ = split_certificate(match.group(1))
    if what is not None and rest is None and (isinstance(what, Role) or _counts(text, names)):
        return Facets(what)
    return Facets(
        rest, scope_of(match.group(3)) if match.group(3) else None, name, CertificateLevel(f"{match.group(2)}级")
    )


def _counts(text: str, names: Names) -> bool:
    """Whether a text is a title of figures, and no certificate: 学生培训 is one, 通信网络建设 may be a certificate's name."""
    what = meaning_of(text)
    if not isinstance(what, Measure) or names.is_certificate(split_certificate(text)[0]):
        return False
    return what.matter is None or what.matter.is_stage or what.scope is not Scope.UNSAID or bool(what.unit)


def period_in(text: str) -> Facets:
    """The period that a title or a header names: 第3期（2021年8月2日—8月15日）, 08.02-08.15."""
    text = half_width(text)
    named = _NUMBER.search(text)
    number = None
    if named:
        said = named.group(1)
        number = int(said) if said.isdecimal() else chinese_number(said)
    stretch = _STRETCH.search(text)
    span = read_span(stretch.group(0)) if stretch else None
    if not isinstance(span, Span) and _DATE.fullmatch(text.strip()):
        span = read_span(text)
    return Facets(number=number, span=span if isinstance(span, Span) else None)


def text_of(value: Cell) -> str:
    """A cell's text on one line."""
    return _tidied(as_text(value))


@lru_cache(maxsize=8192)
def _tidied(text: str) -> str:
    """The same titles and labels stand in a hundred reports."""
    return tidy_name(text)
