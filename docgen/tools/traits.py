"""What the system says of a file without reading it, and when that proves that the file is as it was.

It is not proof by itself: a file may be written again within one tick of its clock. So only what is said of a file that
has been at rest counts. Imports next to nothing: a build that has nothing to do starts with this.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_COARSE_NS = 2_000_000_000  # FAT keeps every second second
_FINE_NS = 50_000_000  # several ticks of a kernel's clock, and of a file server's
_SECOND_NS = 1_000_000_000

TICK_SECONDS = _FINE_NS / _SECOND_NS
"""After so long a file that nobody writes to is at rest, on a file system that keeps fine times."""


def traits(status: os.stat_result) -> str:
    """All that changes when a file's bytes do, or when another file takes its place."""
    return f"{status.st_size}|{status.st_mtime_ns}|{status.st_ctime_ns}|{status.st_ino}|{status.st_dev}"


def at_rest(status: os.stat_result, now: int) -> bool:
    """Whether nothing that is written from `now` on (ns since the epoch) can leave the file with the same times."""
    changed = max(status.st_mtime_ns, status.st_ctime_ns if os.name != "nt" else 0)
    tick = _COARSE_NS if status.st_mtime_ns % _SECOND_NS == 0 else _FINE_NS
    return changed < now - tick


def digest_of(path: Path) -> str:
    """The sha256 of a file, read in pieces. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
