"""Tells the next build, after a kill, which files of OUT are docgen's own, and with which bytes.

The first line lists what the build was about to write; each later line gives the digest of one file, noted before the
file is put in its place. So a file whose bytes are neither those of the manifest nor those of the journal was changed
by someone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import OutputError, reason_of

from .atomic import write_bytes
from .manifest import stays_below

JOURNAL_NAME = ".docgen-build.json"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What a build that was cut short left: the paths that it claimed, and (path, sha256) of what it wrote."""

    claimed: frozenset[str] = frozenset()
    written: frozenset[tuple[str, str]] = frozenset()


def _broken(path: Path) -> OutputError:
    return OutputError(f"{path} 读不出来（上次生成可能中断了）。", "确认文件夹里没有自己的文件后删除它，再运行一次。")


def read_journal(out: Path) -> Unfinished:
    """What an earlier build left unfinished in OUT; nothing where it ended well. Raises OutputError where it is damaged."""
    path = out / JOURNAL_NAME
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (FileNotFoundError, NotADirectoryError):
        return Unfinished()
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(path) from error
    try:
        claimed = json.loads(lines[0])
        # A line that a kill cut short was not followed by its file.
        written = [json.loads(line) for line in lines[1:-1]]
    except (ValueError, RecursionError) as error:
        raise _broken(path) from error
    pairs = [(row[0], row[1]) for row in written if isinstance(row, list) and len(row) == 2]
    named: list[str] = claimed if isinstance(claimed, list) else [""]
    listed = [*named, *(name for name, _ in pairs)]
    if len(pairs) != len(written) or not all(isinstance(name, str) and stays_below(name) for name in listed):
        raise _broken(path)
    return Unfinished(frozenset(named), frozenset((name, str(digest)) for name, digest in pairs))


class Journal:
    """The journal of a running build."""

    def __init__(self, out: Path) -> None:
        self._path = out / JOURNAL_NAME

    def begin(self, claims: Iterable[str], before: Unfinished) -> None:
        """Note what this build will write, and go on knowing what the one before had written."""
        lines = [json.dumps(sorted({*claims, *before.claimed}), ensure_ascii=False)]
        lines += [json.dumps(pair, ensure_ascii=False) for pair in sorted(before.written)]
        write_bytes(self._path, ("\n".join(lines) + "\n").encode())

    def note(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Note the (path, sha256) of bytes that are about to be put in their files' places.

        Raises OutputError where that cannot be written.
        """
        lines = "".join(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs)
        try:
            with self._path.open("ab") as stream:
                stream.write(lines.encode())
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise OutputError(
                f"不能写入 {self._path}：{reason_of(error)}。", "检查磁盘是否已满、是否可写，再运行一次。"
            ) from error

    def end(self) -> None:
        """The build ended well."""
        self._path.unlink(missing_ok=True)
