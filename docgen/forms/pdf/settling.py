"""What a field stores and shows for a value, or why it cannot take it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from docgen.model.text import fold

from .fields import Field, Kind
from .scripts import as_date, format_of, formatted

YES = frozenset(
    ["是", "有", "对", "√", "✓", "✔", "☑", "1", "y", "yes", "true", "on", "x", "选", "勾选", "选中", "已选"]
)
NO = frozenset(("否", "无", "不", "×", "✗", "□", "☐", "0", "n", "no", "false", "off", "未选", "不选", ""))
_SEPARATED = re.compile(r"[、,，;；\n]+")
_SPACED_DIGITS = re.compile(r"[\s\-—–()（）+]")


@dataclass(frozen=True, slots=True)
class Settled:
    """A value as its field takes it: `stored` goes into /V, `shown` into the appearance.

    For a choice `chosen` are the numbers of the options; for a button those of the widgets that are on.
    """

    stored: str = ""
    shown: str = ""
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a value was not written, in Chinese, and what to do."""

    why: str
    hint: str


def settle(field: Field, value: str, captions: Sequence[str] = ()) -> Settled | Refusal:
    """A value for a field that is open. `captions` are the words beside each of a button's widgets, as a person reads them."""
    match field.kind:
        case Kind.TEXT:
            return _text(field, value)
        case Kind.COMBO | Kind.LIST:
            return _options(field, value)
        case _:
            return _button(field, value, captions)


def closed(field: Field) -> str:
    """Why nothing may be written into a field, in Chinese; "" for one that is open."""
    if field.kind is Kind.SIGNATURE:
        return "签名域，由本人签名"
    if field.kind is Kind.BUTTON:
        return "按钮，不接受文字"
    if field.takes_file:
        return "要选择文件的域"
    if field.flags & 1 << 13:
        return "密码域"
    if field.read_only:
        return "表单设为只读"
    return "隐藏的域" if field.hidden else ""


def _text(field: Field, value: str) -> Settled | Refusal:
    text = unicodedata.normalize("NFC", value)
    if not field.flags & 1 << 12:
        text = " ".join(part for part in re.split(r"[\r\n\u2028\u2029]+", text) if part)
    else:
        text = re.sub(r"\r\n?|[\u2028\u2029]", "\n", text)
    text = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    wish = format_of(field.node)
    stored = shown = text
    if wish is not None and text.strip():
        made = formatted(text, wish)
        if made is None:
            return Refusal(
                f"“{_short(text)}”不是这个域要的{wish.wanted}", "请在数据里改成这种写法，或在填好后手工填写。"
            )
        stored, shown = made
    if field.most and len(stored) > field.most:
        for shorter in _shorter(stored):
            if len(shorter) <= field.most:
                return Settled(shorter, shorter)
        return Refusal(
            f"“{_short(text)}”有{len(stored)}个字，这个域最多{field.most}个字", "请在数据里写短一些，或手工填写。"
        )
    return Settled(stored, shown)


def _shorter(text: str) -> list[str]:
    """Ways to say the same with fewer characters: numbers without separators, dates without words."""
    ways = []
    if re.fullmatch(r"[\d\s\-—–()（）+]+", text):
        ways.append(_SPACED_DIGITS.sub("", text))
    if day := as_date(text):
        ways += [day.isoformat(), f"{day:%Y%m%d}"]
    return ways


def _options(field: Field, value: str) -> Settled | Refusal:
    options = field.options
    if not value.strip():
        return Settled()
    one = _option(options, value)
    if one is not None:
        return Settled(options[one][0], options[one][1], (one,))
    parts = [part for part in _SEPARATED.split(value) if part.strip()]
    if field.kind is Kind.LIST and field.several and len(parts) > 1:
        found = [_option(options, part) for part in parts]
        chosen = sorted({place for place in found if place is not None})
        if None not in found:
            return Settled("", "、".join(options[place][1] for place in chosen), tuple(chosen))
    if field.kind is Kind.COMBO and field.editable:
        return Settled(value.strip(), value.strip())
    offered = "、".join(_short(shown) for _, shown in options[:8]) + ("……" if len(options) > 8 else "")
    return Refusal(f"选项里没有“{_short(value)}”（只有：{offered or '无'}）", "请把数据改成其中一项，或手工选择。")


def _option(options: list[tuple[str, str]], value: str) -> int | None:
    """The option that a value is: by what is shown, by what is stored, then with spaces and widths of letters aside."""
    for index in (1, 0):
        for place, option in enumerate(options):
            if option[index] == value:
                return place
    wanted = fold(value)
    alike = [place for place, option in enumerate(options) if wanted in (fold(option[0]), fold(option[1]))]
    return alike[0] if len(alike) == 1 else None


def _button(field: Field, value: str, captions: Sequence[str]) -> Settled | Refusal:
    names = [
        {fold(name) for name in (*field.state_names(place), *captions[place : place + 1]) if name}
        for place in range(len(field.widgets))
    ]
    wanted = fold(value)
    chosen = [place for place, known in enumerate(names) if wanted and wanted in known]
    if chosen:
        return Settled(chosen=tuple(chosen))
    distinct = {state for widget in field.widgets for state in widget.states()}
    if field.kind is Kind.CHECK and len(distinct) <= 1:
        if wanted in YES:
            return Settled(chosen=tuple(range(len(field.widgets))))
        if wanted in NO:
            return Settled()
        return Refusal(f"复选框只能填“是”或“否”，数据是“{_short(value)}”", "请手工勾选。")
    if not wanted:
        return Settled()
    offered = "、".join(
        next(iter(captions[place : place + 1]), "") or min(known, default="?") for place, known in enumerate(names)
    )
    return Refusal(f"没有“{_short(value)}”这一项（只有：{offered}）", "请把数据改成其中一项，或手工勾选。")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 20 else f"{text[:20]}…"
