"""## 查什么
“统一社会信用代码”是不是 18 位、有没有不用的字母（I、O、S、V、Z）、最后一位校验码对不对。

## 为什么
指南二（一）2 把它列为注册要填的一项。校验码按 GB 32100-2015 由前 17 位算出，抄错任何一位都会露出来。

## 例子
不通过：`12450000MB1A000098`（最后一位应为 9）、`1245O000MB1A000099`（第 5 位是字母 O，应为数字 0）。

通过：`12450000MB1A000099`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, Rule

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_MEANT = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"}


def check_character(code: str) -> str:
    """The 18th character that GB 32100-2015 gives to the first 17. Raises ValueError for a character not in use."""
    total = sum(_ALPHABET.index(character) * weight for character, weight in zip(code, _WEIGHTS, strict=False))
    return _ALPHABET[-total % 31]


def is_right(code: str) -> bool:
    """Whether a credit code (in capitals) has its length, its characters and its check character."""
    return len(code) == 18 and set(code) <= set(_ALPHABET) and code[-1] == check_character(code)


def credit_code_wrong(case: Case) -> Iterator[Answer]:
    """Fails a credit code of wrong length, with characters not in use, or with a wrong check character."""
    code, source = case.school.credit_code.upper(), case.school.origin.at("credit_code")
    if not code:
        yield NotApplicable("统一社会信用代码没有填写。")
        return
    if len(code) != 18:
        yield Fail(f"统一社会信用代码“{code}”是 {len(code)} 位，应为 18 位。", source)
        return
    wrong = [(place, character) for place, character in enumerate(code, 1) if character not in _ALPHABET]
    for place, character in wrong:
        meant = f"，是不是 {_MEANT[character]}" if character in _MEANT else ""
        yield Fail(f"统一社会信用代码“{code}”的第 {place} 位“{character}”是代码中不用的字符{meant}？", source)
    if not wrong and code[-1] != check_character(code):
        yield Fail(
            f"统一社会信用代码“{code}”的校验码不对：前 17 位算出的最后一位应为 {check_character(code)}，"
            f"写的是 {code[-1]}，18 位中至少有一位抄错。",
            source,
        )


RULE = Rule(
    id="SCH003",
    title="统一社会信用代码正确",
    level=Severity.ERROR,
    clause="二（一）2",
    doc=__doc__,
    hint="对照事业单位法人证书（或办学许可、营业执照）逐位核对。",
    check_school=credit_code_wrong,
    reads=("credit_code",),
)
