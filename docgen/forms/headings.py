"""What has been read above a place: the title, the headings, captions, who signs; and which words close a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from docgen.model.text import fold

from .structure import OBJECT, Line

HEADING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十\d]+(?:部分|章|节)|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|附[件表]\s*\d*)"
)
_CAPTION = re.compile(
    r"(?:信息|情况|资料|概况|简况|名单|清单|名册|一览表?|汇总表?|统计表?|登记表?|回执|存根|填写|填报)(?:\([^()]*\)|[:：])*$|填写\)$"
)
ATTACHED = re.compile("附[件表][\\d一二三四五六七八九十-]{0,4}[:：]?")
"""Stands over a title and is none."""
_LONGEST_HEADING = 40
_CAPTION_LEVEL = 9
_REPLY = re.compile("(?:回执|回函|复函|存根)(?:联|单)?")
_LETTER = re.compile("函|请示|公函|申请")
_HAND = re.compile("签字|签名|签章|手签|亲笔")
_SEAL = re.compile("盖章|公章|印章")
OTHERS = re.compile("意见|审核|审批|审查|批准|评审|评语|批示|承诺|声明|复核|核准|专家组|审定|审议|评委|由.{1,12}填写")
"""Speaks of what somebody else writes."""
_OUR_PART = re.compile(
    "审[核查]人|复核人|(?:承诺|声明|推荐|报审|送审)(?:单位|学校|院校|人)|由(?:学校|院校|申报单位|申报学校|填报单位|试点院校)填写"
)
_OUR_SEAL = re.compile(
    r"\(?(?:(?:申报|申请|填报|试点|报送)?(?:学校|院校|单位)(?:名称)?)?\(?(?:加?盖)?(?:单位|学校|院校)?(?:盖章|公章|印章|章)\)*:?"
)
"""The place of the school's seal at the end of a letter."""
_LINES_SIGNED = 4


@dataclass(slots=True)
class Around:
    """What has been read so far in a story: the title, the headings, the last short line, whose name was asked last.

    `signer` is the label of the school's name where it was drawn in one of the last lines: a date that follows is that
    of its signature. `asked`: something was to be filled in; `named`: the school's name was. `reply` is set below 回执 at the end of a letter: the other side fills that. `money` is the unit that a note gives the sums of the table below.
    """

    title: str = ""
    headings: dict[int, str] = field(default_factory=dict)
    last: str = ""
    after_table: bool = False
    answered: str = ""
    signer: str = ""
    signed: int = 0
    drawn: bool = False
    asked: bool = False
    named: bool = False
    reply: bool = False
    money: str = ""

    def section(self) -> str:
        """The heading that what follows stands under."""
        return self.headings[max(self.headings)] if self.headings else ""

    def context(self) -> tuple[str, ...]:
        """The words above, the nearest first."""
        words = [self.last, *(self.headings[level] for level in sorted(self.headings, reverse=True)), self.title]
        return tuple(dict.fromkeys(word for word in words if word))

    def read(self, line: Line) -> None:
        """Take note of a line that holds nothing to fill."""
        text = line.text.replace(OBJECT, "").strip()
        if not text:
            return
        self._pass()
        if len(text) > _LONGEST_HEADING:
            return
        words = "".join(text.split())
        if _OUR_SEAL.fullmatch(fold(words)):
            self.sign(words, drawn=True)
        first = not self.title
        self.title = self.title or ("" if ATTACHED.fullmatch(words) else text)
        if _REPLY.fullmatch(words) and self.asked and _LETTER.search(self.title):
            self.reply = True
        if ATTACHED.fullmatch(words):
            return
        if line.level or HEADING.match(text):
            self._head(line.level or _depth(text), text)
        elif not first and _CAPTION.search(fold(words)):
            self._head(_CAPTION_LEVEL, text)
        else:
            self.last = text

    def _head(self, level: int, text: str) -> None:
        self.after_table = False
        self.headings = {known: words for known, words in self.headings.items() if known < level} | {level: text}
        self.last = ""

    def sign(self, label: str, *, drawn: bool) -> None:
        """Take note of the school's name: `drawn` to be filled in, or only its seal's place."""
        self.signer, self.signed, self.drawn = label, _LINES_SIGNED, drawn

    def filled(self) -> None:
        """Take note of a line with something to fill."""
        self._pass()
        self.asked = True

    def _pass(self) -> None:
        self.signed -= 1
        if self.signed <= 0:
            self.signer = ""

    def below_table(self) -> None:
        """Take note of a table's end."""
        self.last, self.after_table, self.signer, self.money = "", True, "", ""
        self.headings.pop(_CAPTION_LEVEL, None)


def _depth(text: str) -> int:
    text = text.lstrip()
    return 2 if re.match("[一二三四五六七八九十第附]", text) else 3 if text[0] in "(（" else 4


def closed_by(words: str, labels: Sequence[str], section: str) -> str:
    """Why nothing is written into a cell or line that says `words` beside those labels; "" where it is open."""
    folded = fold(words)
    for label in (*labels, section):
        if OTHERS.search(_OUR_PART.sub("", fold(label))):
            return "由他人填写意见"
    if _HAND.search(folded):
        return "签字处"
    if OTHERS.search(_OUR_PART.sub("", folded)):
        return "由他人填写意见"
    dated = re.search("年.*月.*日", folded) and not re.search(
        "(?:填报|填表|申报|制表|上报|报送|填写)(?:日期|时间)", folded
    )
    if dated and _SEAL.search(folded):
        return "盖章处"
    return ""


def by_hand(label: str) -> bool:
    """Whether a label asks for a signature."""
    return bool(_HAND.search(label))
