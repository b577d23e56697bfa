"""Finds the tags of a template in its text, with their places, and the braces that were meant to be tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from docgen.errors import TemplateProblem

_OPENING = re.compile(r"\{\{|\{%|\{#")
_RAW_END = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STRAY = re.compile(r"\}\}|%\}|#\}")
_LOOKALIKE = re.compile(r"[{｛][ \u3000]*[{｛]|[{｛][ \u3000]*[%％](?!\s*\d)")
_LOOKALIKE_END = re.compile(r"[}｝%％][ \u3000]*[}｝]")
_SCOPE = re.compile(r"(tr|tc|p|r)(?=\s)")
_SMART = str.maketrans("“”‘’", "\"\"''")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of text that a reader sees as one: a paragraph, or a whole text file (`line` is then its first line).

    `where` says where it stands, `container` which cell or story holds it. `levels` names the innermost row, cell …
    around it by the letters of the tags that need one: {"tr": …, "tc": …, "p": …}. `order` gives each character's
    place in the document, `holders` the hyperlink, revision or field around it (0 for none). `tables` is the table.
    """

    text: str
    where: str
    part: str = ""
    line: int = 0
    container: int = 0
    table: int = 0
    levels: Mapping[str, int] = field(default_factory=dict)
    order: tuple[int, ...] = ()
    holders: tuple[int, ...] = ()

    def place(self, offset: int) -> str:
        """Where a person finds the character at `offset`."""
        if not self.line:
            return self.where
        return f"{self.where}第{self.line + self.text.count(chr(10), 0, offset)}行"

    def position(self, offset: int) -> int:
        """The character's place in the order of the document."""
        return self.order[offset] if self.order else offset


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag. `opening` is {{ or {%, `scope` tr, tc, p, r or "", `body` what stands between, `keyword` its first word."""

    spot: Spot
    start: int
    end: int
    opening: str
    scope: str
    body: str

    @property
    def keyword(self) -> str:
        """The word that says what a {% tag does; "" for {{."""
        if self.opening != "{%":
            return ""
        found = re.match(r"\w+", self.body)
        return found.group() if found else ""

    @property
    def text(self) -> str:
        """The tag as a person would write it, shortened."""
        return shorten(f"{self.opening}{self.scope} {self.body} {_CLOSING[self.opening]}")

    @property
    def place(self) -> str:
        """Where a person finds it."""
        return self.spot.place(self.start)

    def problem(self, message: str, hint: str = "", level: str = "error") -> TemplateProblem:
        """A problem of this tag."""
        position = self.spot.position(self.start)
        return TemplateProblem(self.spot.part, self.place, self.text, message, hint, level, position)


def shorten(text: str, most: int = _LONGEST) -> str:
    """The text on one line, cut in the middle where it is longer than `most` characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 12]}……{text[-10:]}"


@dataclass(slots=True)
class _Scanner:
    """Goes through the spots of one part; `word` where text is Word's (smart quotes are quotes, braces must pair)."""

    word: bool
    tags: list[Tag] = field(default_factory=list)
    problems: list[TemplateProblem] = field(default_factory=list)
    raw: bool = False
    rest: tuple[Spot, int, str] | None = None

    def scan(self, spot: Spot) -> None:
        text = spot.text.translate(_SMART) if self.word else spot.text
        at = self._carried(spot, text, *self.rest) if self.rest else 0
        while (found := (_RAW_END if self.raw else _OPENING).search(text, at)) is not None:
            if self.raw:
                self.raw, at = False, found.end()
                continue
            self._between(spot, text, at, found.start())
            at = self._tag(spot, text, found)
            if at < 0:
                return
        self._between(spot, text, at, len(text))

    def _tag(self, spot: Spot, text: str, found: re.Match[str]) -> int:
        """Take in the tag that begins at `found`; where to go on, -1 for the next spot."""
        opening, begin = found.group(), found.end()
        close = _close_of(text, opening, begin)
        if close >= 0:
            self._add(spot, found.start(), close + 2, opening, text[begin:close])
            return close + 2
        following = _OPENING.search(text, begin)
        stop = following.start() if following else len(text)
        wrong = _LOOKALIKE_END.search(text, begin, stop)
        if self.word and not following and not wrong:
            self.rest = (spot, found.start(), text[found.start() :])  # it may go on in the next paragraph
            return -1
        self._unclosed(spot, found.start(), text[found.start() : stop], wrong)
        return wrong.end() if wrong else stop

    def _carried(self, spot: Spot, text: str, before: Spot, start: int, begun: str) -> int:
        """Go on with a tag that the paragraph before left open; where to go on in this one."""
        opening = begun[:2]
        close = text.find(_CLOSING[opening])
        following = _OPENING.search(text)
        if spot.container != before.container or (following and (close < 0 or following.start() < close)):
            self.finish()
            return 0
        if close < 0:
            self.rest = (before, start, f"{begun} {text}")
            return len(text)
        self.rest = None
        body = f"{begun[2:]} {text[:close]}"
        self._add(before, start, len(before.text), opening, body)
        if opening != "{#":
            self.problems.append(
                self.tags[-1].problem(
                    f"标签“{shorten(opening + body + _CLOSING[opening])}”写在了两段里，生成后这两段会连成一段。",
                    "把它写在同一段里。",
                    "warning",
                )
            )
        return close + 2

    def finish(self) -> None:
        """What is still open at the end of the part is a problem."""
        if self.rest:
            spot, start, text = self.rest
            self.rest = None
            self._unclosed(spot, start, text, None)

    def _unclosed(self, spot: Spot, start: int, text: str, wrong: re.Match[str] | None) -> None:
        opening = text[:2]
        close = _CLOSING[opening]
        begun = shorten(text if not wrong else spot.text[start : wrong.end()])
        if wrong and set(wrong.group()) & set("｝％"):
            message, hint = f"“{begun}”的结尾用了全角的“{wrong.group()}”。", f"改成英文半角的 {close}。"
        elif wrong:
            message, hint = f"“{begun}”以 {opening} 开头，却以 {wrong.group()} 结尾。", f"结尾改成 {close}。"
        else:
            message, hint = f"“{begun}”有开头的 {opening}，没有结尾的 {close}。", f"在后面补上 {close}。"
        self._problem(spot, start, begun, message, hint)

    def _add(self, spot: Spot, start: int, end: int, opening: str, body: str) -> None:
        if opening == "{#":
            return
        scope = found.group() if self.word and (found := _SCOPE.match(body)) else ""
        if self.word:
            body = body.replace("\n", "").replace("\t", "")  # as the patching of tags does with Word's breaks
        tag = Tag(spot, start, end, opening, scope, body[len(scope) :].strip().strip("-+").strip())
        if opening == "{%" and tag.body == "raw":
            self.raw = True
            return
        self.tags.append(tag)
        if len(set(spot.holders[start:end])) > 1:
            self.problems.append(
                tag.problem(
                    f"标签“{tag.text}”有一部分在超链接、修订或域里，另一部分在外面，无法套用。",
                    "删去这个标签，取消这里的超链接、接受修订，再一次输入完整的标签。",
                )
            )

    def _between(self, spot: Spot, text: str, begin: int, end: int) -> None:
        """Plain text: braces that were meant to be a tag."""
        if self.raw:
            return
        at = begin
        while (found := _LOOKALIKE.search(text, at, end)) is not None:
            close = _LOOKALIKE_END.search(text, found.end(), end)
            if not close or (not self.word and not set(found.group()) & set("｛％")):
                break
            self._strays(spot, text, at, found.start())
            written = shorten(spot.text[found.start() : close.end()])
            wide = set(found.group() + close.group()) & set("｛｝％")
            why = "用了全角的括号，不会当作标签，会原样印出来" if wide else "的括号中间有空格，不会当作标签"
            self._problem(
                spot, found.start(), written, f"“{written}”{why}。", "改成英文半角、连在一起的 {{ … }} 或 {% … %}。"
            )
            at = close.end()
        self._strays(spot, text, at, end)

    def _strays(self, spot: Spot, text: str, begin: int, end: int) -> None:
        if not self.word:
            return  # }} and %} are common in style sheets and scripts
        for found in _STRAY.finditer(text, begin, end):
            before = shorten(text[max(begin, found.start() - 15) : found.end()])
            opening = {close: opening for opening, close in _CLOSING.items()}[found.group()]
            self._problem(
                spot,
                found.start(),
                before,
                f"“{before}”有结尾的 {found.group()}，前面没有开头的 {opening}。",
                f"在前面补上 {opening}，或者删去多余的 {found.group()}。",
            )

    def _problem(self, spot: Spot, start: int, text: str, message: str, hint: str) -> None:
        found = TemplateProblem(spot.part, spot.place(start), text, message, hint, order=spot.position(start))
        self.problems.append(found)


def _close_of(text: str, opening: str, begin: int) -> int:
    """Where the closing of a tag stands, -1 where another tag begins before or there is none; quotes are passed over."""
    close = _CLOSING[opening]
    if opening == "{#":
        return text.find(close, begin)
    quote, depth, at = "", 0, begin
    while at < len(text):
        character = text[at]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif not depth and text.startswith(close, at):
            return at
        elif text.startswith(("{{", "{%", "%}"), at) or (not depth and text.startswith("}}", at)):
            return -1
        else:
            depth += (character == "{") - (character == "}" and depth > 0)
        at += 1
    # A quote or brace is not closed: the tag ends where it seems to; its expression tells what is wrong.
    end, following = text.find(close, begin), _OPENING.search(text, begin)
    return end if end >= 0 and (following is None or end < following.start()) else -1


def scan(spots: Iterable[Spot], *, word: bool) -> tuple[list[Tag], list[TemplateProblem]]:
    """The tags of one part in the order of the document, comments and {% raw %} left out, and what is wrong with braces."""
    scanner = _Scanner(word)
    for spot in spots:
        scanner.scan(spot)
    scanner.finish()
    return sorted(scanner.tags, key=lambda tag: tag.spot.position(tag.start)), scanner.problems
