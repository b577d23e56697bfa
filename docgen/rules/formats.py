"""What a phone number, a mail address and a website's address look like."""

from __future__ import annotations

import re

_JOINERS = re.compile(r"[\s()（）·.-]+")
_MOBILE = re.compile(r"(?:(?:\+|00)?86)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:(?:\+|00)?86|0)(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}(?:(?:转|ext|x|#)?\d{1,6})?", re.IGNORECASE)
_HOST = r"(?:[\w](?:[\w-]*[\w])?\.)+(?:[A-Za-z]{2,}|[\u4e00-\u9fff]{2,}|xn--[A-Za-z0-9-]+)"
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@" + _HOST, re.ASCII)
_WEBSITE = re.compile(r"(?:https?://)?" + _HOST + r"(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)


def is_mobile(text: str) -> bool:
    """Whether a text is one mobile number of the mainland; spaces, hyphens and +86 do not matter."""
    return bool(_MOBILE.fullmatch(_JOINERS.sub("", text)))


def mobile_digits(text: str) -> str:
    """The eleven digits of a mobile number, "" for anything else."""
    return _JOINERS.sub("", text)[-11:] if is_mobile(text) else ""


def is_phone(text: str) -> bool:
    """Whether a text is a mobile number, or a landline number with its area code, with or without an extension."""
    return is_mobile(text) or bool(_LANDLINE.fullmatch(_JOINERS.sub("", text)))


def is_mail(text: str) -> bool:
    """Whether a text is one mail address."""
    return bool(_MAIL.fullmatch(text)) and ".." not in text


def is_website(text: str) -> bool:
    """Whether a text is the address of a website, with or without http://."""
    return bool(_WEBSITE.fullmatch(text))
