"""Checks how the tags of a part belong together: loops closed, in the right row, cell or paragraph, none lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import jinja2

from docgen.errors import TemplateProblem

from .grammar import CELL_TAGS, ENDINGS, closes, opens, syntax_problems, written
from .tags import Spot, Tag, scan

_WORDS = {"tr": "表格的一行", "tc": "表格的单元格", "p": "一个段落"}
_HOLDERS = {"tr": "行", "tc": "单元格", "p": "段"}


@dataclass(frozen=True, slots=True)
class Outline:
    """A part's tags, checked. `source` is a template of its sound tags alone: the tag at index i stands in line i + 2."""

    tags: tuple[Tag, ...]
    problems: tuple[TemplateProblem, ...]
    source: str

    def tag_at(self, line: int) -> Tag | None:
        """The tag that stands in a line of `source`."""
        return self.tags[line - 2] if 0 <= line - 2 < len(self.tags) else None


@dataclass(slots=True)
class _Checker:
    environment: jinja2.Environment
    word: bool
    problems: list[TemplateProblem] = field(default_factory=list)
    kept: list[Tag] = field(default_factory=list)
    endings: list[str] = field(default_factory=list)
    stack: list[Tag] = field(default_factory=list)

    def check(self, tags: Iterable[Tag]) -> None:
        for tag in tags:
            found = syntax_problems(tag, self.environment, word=self.word)
            self.problems += found
            self._place(tag)
            if opens(tag):
                self.stack.append(tag)
                # A stretch whose own tag is wrong still has its end: a stand-in keeps the rest readable.
                self._keep(tag, _stand_in(tag) if found else written(tag))
            elif closes(tag):
                self._close(tag)
            elif tag.keyword in ("else", "elif"):
                self._middle(tag, bool(found))
            elif not found:
                self._keep(tag, written(tag))
        while self.stack:
            self._unclosed(self.stack.pop())

    def _keep(self, tag: Tag, source: str) -> None:
        self.kept.append(tag)
        self.endings.append(source)

    def _place(self, tag: Tag) -> None:
        if tag.scope in ("tr", "tc") and tag.scope not in tag.spot.levels:
            plain = "p" if tag.opening == "{%" else ""
            self.problems.append(
                tag.problem(
                    f"“{tag.text}”要写在{_WORDS[tag.scope]}里，这里不是表格。",
                    f"不在表格里的循环和条件用 {{%{plain} … %}}。",
                )
            )
        elif tag.keyword in CELL_TAGS and self.word and "tc" not in tag.spot.levels:
            self.problems.append(
                tag.problem(f"“{tag.text}”要写在表格的单元格里，这里不是表格。", "把它移到单元格里，或者删去。")
            )

    def _close(self, tag: Tag) -> None:
        wanted = tag.keyword.removeprefix("end")
        if not any(opener.keyword == wanted for opener in self.stack):
            self.problems.append(
                tag.problem(
                    f"多了一个“{tag.text}”，前面没有和它配对的 {wanted}。", f"删去它，或者在前面补上 {wanted}。"
                )
            )
            return
        while self.stack[-1].keyword != wanted:
            self._unclosed(self.stack.pop())
        opener = self.stack.pop()
        self._match(opener, tag)
        self._keep(tag, written(tag))

    def _middle(self, tag: Tag, broken: bool) -> None:
        allowed = ("if", "for") if tag.keyword == "else" else ("if",)
        if not self.stack or self.stack[-1].keyword not in allowed:
            self.problems.append(tag.problem(f"“{tag.text}”的前面没有和它配对的 if。", "在前面补上 if，或者删去它。"))
            return
        self._match(self.stack[-1], tag)
        self._keep(
            tag, "{% elif true %}" if broken and tag.keyword == "elif" else "{% else %}" if broken else written(tag)
        )

    def _unclosed(self, opener: Tag) -> None:
        ending = f"{{%{opener.scope} {ENDINGS[opener.keyword]} %}}"
        self.problems.append(opener.problem(f"“{opener.text}”没有结束。", f"在它管的内容后面补上 {ending}。"))
        self.kept.append(opener)
        self.endings.append(f"{{% {ENDINGS[opener.keyword]} %}}")

    def _match(self, opener: Tag, tag: Tag) -> None:
        """Both ends of a stretch must be cut out of the document at the same level."""
        if not self.word:
            return
        if opener.scope != tag.scope:
            right = f"{{%{opener.scope} {tag.keyword} %}}"
            self.problems.append(
                tag.problem(
                    f"“{tag.text}”和前面的“{opener.text}”不是同一种写法。",
                    f"开头是 {{%{opener.scope}，这里也要写成 {right}。",
                )
            )
            return
        first, second = opener.spot, tag.spot
        if opener.scope == "tr" and first.table != second.table:
            what = "不在同一个表格"
        elif opener.scope == "tc" and first.levels.get("tr") != second.levels.get("tr"):
            what = "不在表格的同一行"
        elif opener.scope == "r" and first.levels.get("p") != second.levels.get("p"):
            what = "不在同一段"
        elif opener.scope in ("", "p") and first.container != second.container:
            self.problems.append(self._elsewhere(opener, tag))
            return
        elif not opener.scope and self._held(opener) != self._held(tag):
            what = "有一个在超链接、修订或域里，另一个在外面"
        else:
            return
        self.problems.append(
            tag.problem(f"“{tag.text}”和“{opener.text}”（{opener.place}）{what}。", "把两个标签放到一起去，再试一次。")
        )

    def _elsewhere(self, opener: Tag, tag: Tag) -> TemplateProblem:
        message = f"“{tag.text}”和“{opener.text}”不在同一个单元格里：后者在{opener.place}。"
        if not (opener.spot.levels.get("tr") and tag.spot.levels.get("tr")):
            message = f"“{tag.text}”和“{opener.text}”一个在表格里，一个在表格外：后者在{opener.place}。"
            return tag.problem(message, "两个标签都放在表格外面，或者都放在同一个单元格里。")
        begun = f"{{%tr {opener.body} %}}"
        return tag.problem(message, f"要重复或去掉整行，请写成 {begun} 和 {{%tr {tag.keyword} %}}，各自单独占一行。")

    def _held(self, tag: Tag) -> int:
        return tag.spot.holders[tag.start] if tag.spot.holders else 0


def _stand_in(tag: Tag) -> str:
    if tag.keyword == "for" and (name := tag.body[3:].split(" in ")[0].strip()).isidentifier():
        return f"{{% for {name} in [] %}}"
    return {"for": "{% for _ in [] %}", "if": "{% if true %}", "set": "{% set _ %}"}.get(tag.keyword, "{% if true %}")


def _without_lost(tags: Sequence[Tag]) -> tuple[list[Tag], list[TemplateProblem]]:
    """The tags that are left when {%tr %}, {%tc %} and {%p %} have taken the places of their rows, cells, paragraphs."""
    problems: list[TemplateProblem] = []
    left = list(tags)
    for scope in ("tr", "tc", "p"):
        places: dict[int, list[Tag]] = {}
        for tag in left:
            if scope in tag.spot.levels:
                places.setdefault(tag.spot.levels[scope], []).append(tag)
        lost: set[int] = set()
        for there in places.values():
            takers = [tag for tag in there if tag.scope == scope]
            if not takers:
                continue
            lost |= {id(tag) for tag in there if tag is not takers[-1] and not (len(takers) > 1 and tag in takers)}
            problems += _crowded(scope, takers, [tag for tag in there if tag not in takers])
        left = [tag for tag in left if id(tag) not in lost]
    return left, problems


def _crowded(scope: str, takers: list[Tag], others: list[Tag]) -> list[TemplateProblem]:
    holder = _HOLDERS[scope]
    if len(takers) > 1:
        both = "”和“".join(tag.text for tag in takers)
        return [
            takers[0].problem(
                f"“{both}”写在同一{'个' if scope == 'tc' else ''}{holder}里，只有最后一个会起作用。",
                f"{{%{scope} … %}} 要各自单独占一{'个' if scope == 'tc' else ''}{holder}。",
            )
        ]
    return [
        tag.problem(
            f"“{tag.text}”不会显示：这一{holder}有“{takers[0].text}”，整{holder}都会被它取代。",
            f"把它移到另一{holder}。",
            "warning",
        )
        for tag in others
    ]


def outline(spots: Iterable[Spot], environment: jinja2.Environment, *, word: bool) -> Outline:
    """Everything that is wrong with the tags of a part, and the template that is left of them."""
    tags, problems = scan(spots, word=word)
    if word:
        tags, crowded = _without_lost(tags)
        problems = problems + crowded
    checker = _Checker(environment, word)
    checker.check(tags)
    source = "".join(f"\n{part}" for part in checker.endings)
    found = sorted([*problems, *checker.problems], key=lambda problem: problem.order)
    return Outline(tuple(checker.kept), tuple(found), source)
