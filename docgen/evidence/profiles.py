"""ICC profiles: which of them may travel with a picture into a PDF."""

from __future__ import annotations

SPACES = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
"""Number of channels → how a profile names its colour space."""

_MOST_BYTES = 4_000_000
_MOST_TAGS = 200
_CLASSES = (b"scnr", b"mntr", b"prtr", b"spac")


def fitting(profile: object, channels: int) -> bytes:
    """The profile itself if it is whole and for so many channels, else b"".

    A broken one makes PDF readers show wrong colours, or nothing; the picture without one is shown as most are.
    """
    if not isinstance(profile, bytes) or not 132 <= len(profile) <= _MOST_BYTES:
        return b""
    size = int.from_bytes(profile[:4], "big")
    usual = profile[8] in (2, 4) and profile[12:16] in _CLASSES and profile[36:40] == b"acsp"
    if not usual or size > len(profile) or profile[16:20] != SPACES.get(channels):
        return b""
    tags = int.from_bytes(profile[128:132], "big")
    if not 0 < tags <= _MOST_TAGS or 132 + 12 * tags > size:
        return b""
    for at in range(132, 132 + 12 * tags, 12):
        start = int.from_bytes(profile[at + 4 : at + 8], "big")
        length = int.from_bytes(profile[at + 8 : at + 12], "big")
        if start + length > size:
            return b""
    return profile[:size]
