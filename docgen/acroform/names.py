"""Names of PDF objects that may be Chinese in one of two encodings: UTF-8 by the standard, GBK by many programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name

_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
OFF = b"Off"


def raw_name(value: object) -> bytes:
    """The bytes of a name, without its slash; b"" for what is no name."""
    if not isinstance(value, Name):
        return b""
    written = Array([value]).unparse().strip(b"[] ")
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), written)[1:]


def name_from(raw: bytes) -> Name:
    """The name with these bytes."""
    return cast(Name, pikepdf.Object.parse(b"/" + b"".join(b"#%02x" % byte for byte in raw)))


def name_text(raw: bytes) -> str:
    """What a name says, in the encoding that it is plausibly written in."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def keys_of(dictionary: Dictionary) -> Iterator[tuple[bytes, pikepdf.Object]]:
    """The entries of a dictionary by the bytes of their names."""
    for key in dictionary.keys():  # noqa: SIM118 - a pikepdf dictionary iterates differently
        raw = key.encode("utf-8", "surrogateescape")[1:]
        yield raw, dictionary[name_from(raw)]
