"""The process that looks at evidence files: `python -m docgen.evidence.worker`, started and watched by `guard`.

It reads requests from its standard input and writes answers to its standard output until the input ends. Requests:
`inspect` (what a file is, and what is wrong with it), `document` (the same of the PDF that was made of an Office file)
and `tidy` (a PDF as LibreOffice made it, written anew).
"""

from __future__ import annotations

import faulthandler
import hashlib
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from docgen.model.records import EvidenceFile

from .facts import facts_of
from .guard import PATIENCE, SECONDS, Trouble, read_frame, write_frame
from .media import ACCEPTED, LOCKED, PDF, Family, media_of

MEMORY_LIMIT = 4 << 30
"""Bytes of address space that this process may take, where the system can limit it."""
_LARGEST_OUTPUT = 2 << 30
_WATCH_SECONDS = PATIENCE + 20
"""When the process ends itself if nobody has ended it: its parent is gone, and the library that it is in never returns."""


def main() -> None:
    """Answer until the input ends."""
    requests, answers = _channels()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C goes to the whole group; the parent decides
    _limit()
    write_frame(answers, {"ready": True})
    while (request := read_frame(requests)) is not None:
        faulthandler.dump_traceback_later(_WATCH_SECONDS, exit=True)
        _work_no_longer_than(SECONDS)
        try:
            answer = _answer(request)
        finally:
            faulthandler.cancel_dump_traceback_later()
            _work_no_longer_than(0)
        write_frame(answers, answer)


def _work_no_longer_than(seconds: float) -> None:
    """Have the system end this process, by SIGPROF, once it has computed for so long (0: not at all).

    The clock on the wall would blame a file for what other programs on the machine take.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _channels() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the parent, taken out of the reach of libraries that print or read."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return requests, answers


def _limit() -> None:
    """Limit memory and the size of files that are written, where the system can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Unix only

    for kind, wanted in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_FSIZE, _LARGEST_OUTPUT)):
        _, hard = resource.getrlimit(kind)
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(kind, (limit, hard))
        except (OSError, ValueError):  # macOS knows RLIMIT_AS by name only
            continue


def _answer(request: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return _HANDLERS[request["what"]](request)
    except MemoryError:
        return {"failure": Trouble.MEMORY.value}
    except Exception as error:  # noqa: BLE001 - a defect met in one file must not cost the others; it is told with it
        return {"failure": Trouble.CRASH.value, "detail": type(error).__name__}


def _inspect(request: Mapping[str, Any]) -> dict[str, Any]:
    """What a file is: its facts, or "office" where it must be turned into PDF first."""
    data = Path(request["path"]).read_bytes()
    file = EvidenceFile(request["name"], len(data))
    if hashlib.sha256(data).hexdigest() != request["sha256"]:
        changed = replace(
            file, fault="正在被改动，没有读取", remedy="请等文件保存完毕、关闭编辑它的程序后，再运行一次。"
        )
        return {"facts": facts_of(changed), "passing": True}
    if not data:
        fault = "是空文件（0 字节）"
        remedy = "文件可能没有复制或下载完：请从手机、相机或发送人处重新取一份，替换它。"
        return {"facts": facts_of(replace(file, fault=fault, remedy=remedy))}
    media = media_of(data)
    file = replace(file, media=media.type)
    if media is LOCKED:
        remedy = "请用密码打开它，另存为（导出）一份没有密码的 PDF，放回原处。"
        return {"facts": facts_of(replace(file, fault="Office 文件设了打开密码", remedy=remedy))}
    if media.family is Family.OFFICE:
        return {"office": media.type}
    if media.family is Family.PICTURE:
        return _of_picture(data, file)
    if media.family is Family.DOCUMENT:
        return _of_document(data, file, request)
    fault = f"是{media.name}，不能放进佐证材料（能用的有：{ACCEPTED}）"
    return {"facts": facts_of(replace(file, fault=fault, remedy=media.remedy))}


def _of_picture(data: bytes, file: EvidenceFile) -> dict[str, Any]:
    from docgen.tools import heif  # noqa: PLC0415 - each kind loads only what it needs

    from .pictures import inspect_picture  # noqa: PLC0415

    found = inspect_picture(data, file)
    return {"facts": facts_of(found), "passing": found.remedy == heif.ADVICE}


def _of_document(source: bytes | Path, file: EvidenceFile, request: Mapping[str, Any]) -> dict[str, Any]:
    from .trial import inspect_document  # noqa: PLC0415

    return {"facts": facts_of(inspect_document(source, file, archival=bool(request["archival"])))}


def _document(request: Mapping[str, Any]) -> dict[str, Any]:
    path = Path(request["path"])
    return _of_document(path, EvidenceFile(request["name"], path.stat().st_size, media=PDF.type), request)


def _tidy(request: Mapping[str, Any]) -> dict[str, Any]:
    from .office import tidy_pdf  # noqa: PLC0415

    return {"wrong": tidy_pdf(Path(request["raw"]), Path(request["target"]))}


_HANDLERS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "inspect": _inspect,
    "document": _document,
    "tidy": _tidy,
}

if __name__ == "__main__":
    main()
