"""## 查什么
几乎一样的照片（同一张照片缩小、另存、重新扫描，或裁去一点边），有没有用来证明不同的教师（场地、设备）、放进不同的类别，或者不声明共用就用在几项申报里。

电脑按画面来比，看起来像不等于就是同一张，请打开看一看。同一批培训证书版式一样，只有姓名、编号和照片不同，多数分得出来，偶尔会弄错。声明了共用的不算（见 MAT007）。扫描的 PDF 不比。

## 为什么
指南二（二）2（5）：佐证材料要与申报信息一一对应。同一间教室的照片“证明”两处场地，审核人会看出来。

## 例子

提醒：证明网店运营实训室的照片和证明直播间的照片几乎是同一张。

通过：每处场地用自己的照片；两项申报共用的放进 `公共/场地/`。
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import EvidenceItem, EvidenceKind

from .alike import is_brief, is_copy, near_pairs
from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .evidence import is_usable
from .evidence_texts import page_source
from .reuse import Clash, clash, contradiction
from .words import quoted

Pair = tuple[Clash, EvidenceItem, EvidenceItem]

_MOST_LOOKS = 500
"""Pairs that are looked at closely, at some milliseconds each; beyond that the rest is said to be not compared."""
_MOST_PAIRS = 200_000
"""Pairs of uses whose contradiction is looked for: thousands of copies of one picture end here."""


def alike_pictures_for_different_things(case: Case) -> Iterator[Answer]:
    """Fails groups of pictures that look nearly the same and are used for different things; each group once."""
    pictures: dict[str, list[EvidenceItem]] = {}
    blind = []
    for item in case.evidence:
        if item.file is None or not is_usable(item):
            continue
        if item.file.likeness:
            pictures.setdefault(item.file.likeness, []).append(item)
        elif item.file.media.startswith("image/"):
            blind.append(item.path)
    if not pictures and not blind:
        yield NotApplicable("没有能用的照片。")
    search = _Search(case)
    search.run(pictures)
    for group in search.groups():
        yield _told(case, group)
    if search.cut:
        yield NotEvaluated("相像的照片太多，只比了一部分，其余没有比较。")
    if search.lost:
        paths = quoted(search.lost, counted=False)
        yield NotEvaluated(f"有照片的画面记录找不到了，没有比较：{paths}。", hint="再运行一次 docgen check。")
    if blind:
        paths = quoted(blind, counted=False)
        yield NotEvaluated(f"{len(set(blind))} 张照片几乎是空白的，或没有读出画面，没有比较：{paths}。")


def _told(case: Case, pairs: Sequence[Pair]) -> Fail:
    """One group of contradictions as a finding: the gravest is spelled out, every path named."""
    found, one, other = min(pairs, key=lambda pair: pair[0] is not Clash.THINGS)
    rest = list(dict.fromkeys(item.path for _, *items in pairs for item in items))
    more = [path for path in rest if path not in (one.path, other.path)]
    besides = f"（另有 {len(more)} 张也几乎一样：{quoted(more, counted=False)}）" if more else ""
    papers = one.kind is other.kind is EvidenceKind.TEACHER
    doubt = "如果只是版式相同的证书，请核对姓名。" if papers else ""
    message = f"“{one.path}”和“{other.path}”几乎是同一张照片，{contradiction(found, one, other)}{besides}。{doubt}"
    return Fail(message, page_source(case, other), level=None if found is Clash.THINGS else Severity.INFO)


@dataclass(slots=True)
class _Search:
    """Contradictory pairs of pictures that look alike. `cut`: there were too many to look at all; `lost` are the paths
    of those whose looks are not to be had.
    """

    case: Case
    cut: bool = False
    lost: list[str] = field(default_factory=list)
    _looks: int = 0
    _pairs: int = 0
    _parent: dict[int, int] = field(default_factory=dict)
    _found: list[Pair] = field(default_factory=list)

    def run(self, pictures: Mapping[str, Sequence[EvidenceItem]]) -> None:
        """Look through the items of each fingerprint."""
        uses = {value: _uses(items) for value, items in pictures.items()}
        for items in uses.values():
            self._take(self._counted(itertools.combinations(items, 2)))
        for first, second in near_pairs(uses):
            pairs = self._counted(itertools.product(uses[first], uses[second]))
            clashing = [pair for pair in pairs if self._contradicts(*pair)]
            if clashing and self._looks == _MOST_LOOKS:
                self.cut = True
            if self.cut:
                return
            if clashing:
                self._looks += 1
                if self._is_copy(first, uses[first][0], second, uses[second][0]):
                    self._take(clashing)

    def _is_copy(self, first: str, one: EvidenceItem, second: str, other: EvidenceItem) -> bool:
        """Whether two pictures look the same. What is kept at hand of each is not enough to tell."""
        looks = [
            value if not is_brief(value) else self.case.looks(item.file.sha256 if item.file else "")
            for value, item in ((first, one), (second, other))
        ]
        if not all(looks):
            self.lost += [item.path for look, item in zip(looks, (one, other), strict=True) if not look]
            return False
        return is_copy(*looks)

    def _counted(
        self, pairs: Iterable[tuple[EvidenceItem, EvidenceItem]]
    ) -> Iterator[tuple[EvidenceItem, EvidenceItem]]:
        """The pairs, as long as there have not been too many of them."""
        for pair in pairs:
            if self._pairs == _MOST_PAIRS:
                self.cut = True
                return
            self._pairs += 1
            yield pair

    def groups(self) -> Iterable[list[Pair]]:
        """What was found, pairs that have a picture in common together."""
        groups: dict[int, list[Pair]] = {}
        for pair in self._found:
            groups.setdefault(self._root(pair[1]), []).append(pair)
        return groups.values()

    def _take(self, pairs: Iterable[tuple[EvidenceItem, EvidenceItem]]) -> None:
        for one, other in pairs:
            what = self._contradicts(one, other)
            if what is not None:
                self._parent[self._root(other)] = self._root(one)
                self._found.append((what, one, other))

    def _contradicts(self, one: EvidenceItem, other: EvidenceItem) -> Clash | None:
        """What contradicts in two uses, None where nothing does, and where they are told of in one group already."""
        if one.file is None or other.file is None or one.file.sha256 == other.file.sha256:  # MAT007 tells of these
            return None
        if self._root(one) == self._root(other):
            return None
        return clash(self.case, one, other)

    def _root(self, item: EvidenceItem) -> int:
        key = self._parent.setdefault(id(item), id(item))
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key


def _uses(items: Iterable[EvidenceItem]) -> list[EvidenceItem]:
    """The items of one picture, one for each use and content: 类别, 对应名称, applications, digest."""
    return list(
        {
            (item.kind, item.subject, item.scope, item.file.sha256 if item.file else ""): item
            for item in reversed(list(items))
        }.values()
    )[::-1]


RULE = Rule(
    id="MAT008",
    title="没有用几乎一样的照片证明不同的事",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="打开两张照片比一比：放错了的换掉；确实共用的，放进“公共”文件夹，或在申报编号里写上全部编号。",
    check_school=alike_pictures_for_different_things,
)
