"""Numbers, dates and enumerations as formal Chinese prose writes them; the filters that templates use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_WAN = Decimal(10_000)
_CHINESE = r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—\U00020000-\U0003ffff]"
_GAP = re.compile(rf"(?<={_CHINESE})[ \t\u00a0\u3000]+|[ \t\u00a0\u3000]+(?={_CHINESE})")
_PAUSES = "，、；：,;:"
BLANK = "—"
"""What a table shows where nothing was given."""


def number(value: Decimal | int | float | str | None) -> str:
    """A number without thousands separators and without trailing zeros; "" for None. A text is returned as it is."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    text = f"{Decimal(str(value)).normalize():f}"
    return "0" if text in ("-0", "") else text


def money(value: Decimal | int | None) -> str:
    """An amount of yuan: from ten thousand on in 万元 with at most two decimals, below in 元; "" for None."""
    if value is None:
        return ""
    amount = Decimal(value)
    if abs(amount) >= _WAN:
        wan = (amount / _WAN).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"{number(wan)}万元"
    return f"{number(amount)}元"


def percent(part: int | Decimal | None, whole: int | Decimal | None) -> str:
    """A share with at most one decimal, such as 87.5%; "" where either is unknown or the whole is 0."""
    if part is None or not whole:
        return ""
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{number(share)}%"


def enumerate_names(names: Iterable[Any], most: int = 0) -> str:
    """Names joined by 、. With `most` > 0 and more names than that: the first ones and 等."""
    listed = [str(name) for name in names if str(name)]
    if most and len(listed) > most:
        return "、".join(listed[:most]) + "等"
    return "、".join(listed)


def sentence(text: str) -> str:
    """The text with a full stop at its end, unless it ends in a stop already; "" stays ""."""
    text = text.strip()
    if not text or text[-1] in "。！？；…":
        return text
    return re.sub(r"[，、,;:：.]$", "", text) + "。"


def paragraphs(text: str) -> str:
    """What someone typed into a cell as lines that print well, each a paragraph.

    Spaces beside Chinese go: in justified lines they would gape, and official documents write none. The last line gets
    its full stop, and so does a line before it that ends in no punctuation at all; 如下： and a list's ； stay.
    """
    lines = [_GAP.sub("", line.strip()) for line in text.splitlines() if line.strip()]
    stopped = [line if line[-1] in _PAUSES else sentence(line) for line in lines[:-1]]
    return "\n".join([*stopped, *(sentence(line) for line in lines[-1:])])


def blank(value: Any) -> str:
    """What a table cell shows: the value, or a dash where there is none."""
    text = (
        number(value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else str(value or "")
    )
    return text or BLANK


def yes_no(value: bool | None) -> str:
    """是, 否, or "" where it was not said."""
    return "" if value is None else "是" if value else "否"


def grouped(digest: str, characters: int = 16) -> str:
    """The first characters of a digest in groups of four, for people to compare."""
    return " ".join(re.findall(".{1,4}", digest[:characters]))


def section(index: int) -> str:
    """The number of a section of an official document: 1 → 一, 11 → 十一. Raises ValueError outside 1–99."""
    if not 1 <= index <= 99:
        raise ValueError(f"no section number for {index}")
    digits = "零一二三四五六七八九"
    tens, ones = divmod(index, 10)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones else "")


def group_by(rows: Iterable[Mapping[str, Any]], name: str) -> dict[Any, list[Mapping[str, Any]]]:
    """Rows under the value of one field, in the order in which the values first appear."""
    result: dict[Any, list[Mapping[str, Any]]] = {}
    for row in rows:
        result.setdefault(row[name], []).append(row)
    return result


FILTERS: Mapping[str, Callable[..., Any]] = {
    "数": number,
    "金额": money,
    "占比": percent,
    "顿号": enumerate_names,
    "句号": sentence,
    "段落": paragraphs,
    "空": blank,
    "是否": yes_no,
    "摘要": grouped,
    "章": section,
    "按": group_by,
}
"""The filters of docgen's templates, by the name that a template uses."""
