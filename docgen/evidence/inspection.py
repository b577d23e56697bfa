"""Evidence files → what each is, how large, and why it cannot be used, if so. Nothing is looked at twice."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any

from docgen.errors import reason_of
from docgen.model.records import EvidenceFile, FileNote, NoteKind

from .facts import facts_of, file_of, packed, unpacked
from .guard import SECONDS, Answer, Failure, Guard, Trouble
from .likeness import brief_of, is_brief
from .media import Family, Media, media_named
from .office import ConversionError, OfficeFile, conversion_key, convert
from .seen import Digests
from .store import Store

MAX_FILE_BYTES = 200_000_000
Tell = Callable[[int, int, str], None]
"""Is told how many files are done, of how many, and the name of the next."""

_TELL_SECONDS = 1.0
_FEW, _SMALL = 3, 1_000_000
_COPY_AGAIN = "请打开文件看一看：打得开的，重新导出（照片另存为 JPG，文档“打印为 PDF”）后替换它；打不开的，重新取一份。"
_PASSING = "passing"
_log = logging.getLogger(__name__)


def _silent(done: int, of: int, what: str) -> None:
    """Nobody is told."""


def inspect_files(
    files: Mapping[str, Path],
    store: Store,
    tell: Tell = _silent,
    *,
    archival: bool = True,
    digests: Digests | None = None,
) -> dict[str, EvidenceFile]:
    """What files are. `files` maps names (paths below the evidence folder) to paths; the answer has the same names.

    Each content is looked at once, in a process of its own that is stopped after a while (`guard.SECONDS`); what was found out is kept
    in the store. Office files are turned into PDF together. Whatever is wrong with a file is a fault in its answer,
    never raised. With `archival` documents are held against PDF/A as well. `digests` knows which files are as they were. `tell` is called now and then while files are looked at, not for what the store knows. Raises
    EnvironmentLacks where no process can be started.
    """
    found: dict[str, EvidenceFile] = {}
    contents: dict[str, list[str]] = defaultdict(list)
    digests = digests or Digests(store)
    for name, path in files.items():
        file = _hashed(path, name, digests)
        found[name] = file
        if not file.fault:
            contents[file.sha256].append(name)
        elif not file.size:  # it was refused by the system, which may think better of it
            store.forgo()
    known = _Round(store, files, found, contents, tell, archival).run()
    for digest, names in contents.items():
        for name in names:
            found[name] = replace(known[digest], path=name, size=found[name].size, sha256=digest)
    return found


def source_of(file: EvidenceFile, path: Path, store: Store) -> Path:
    """The file whose pages go into a volume: `path` itself, or the PDF that was made of the Office file there.

    That PDF is made again where the store has lost it. Raises ConversionError where that is not possible.
    """
    media = media_named(file.media)
    if media.family is not Family.OFFICE:
        return path
    key = conversion_key(file.sha256)
    kept = store.blob(key) if key else None
    if kept is not None:
        return kept
    with Guard(workers=1) as guard:
        made = convert([OfficeFile(path, file.sha256, media)], store, _tidy_by(guard))[file.sha256]
    if isinstance(made, ConversionError):
        raise made
    return made


def looks_of(store: Store, sha256: str) -> str:
    """The whole likeness of a picture that was inspected, "" where the store has lost it (see `Case.looks`)."""
    return (store.facts(_looks_key(sha256)) or b"").hex()


def _looks_key(sha256: str) -> str:
    return f"{sha256}|looks"


def _hashed(path: Path, name: str, digests: Digests) -> EvidenceFile:
    """Size and digest of a file, or why it cannot be read."""
    try:
        if not path.is_file():
            return EvidenceFile(name, fault="不是普通的文件", remedy="请换成照片或 PDF 文件。")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            fault = f"文件有 {size // 1_000_000} MB，超过 {MAX_FILE_BYTES // 1_000_000} MB，没有读取"
            return EvidenceFile(name, size, fault=fault, remedy="请降低扫描分辨率，或拆成几个文件。")
        digest, size = digests.with_size(path)
    except PermissionError:
        return EvidenceFile(name, fault="没有权限读取", remedy="请在文件属性中给自己读取权限，或重新复制一份。")
    except OSError as error:
        return _unreadable(name, reason_of(error))
    return EvidenceFile(name, size, digest)


def _unreadable(name: str, reason: str) -> EvidenceFile:
    return EvidenceFile(name, fault=f"读取时出错（{reason}）", remedy="请检查磁盘或网络盘是否正常，或重新复制一份。")


@dataclass(slots=True)
class _Round:
    """One call of `inspect_files`: contents by digest, each with the names that bear it, and what is known of them."""

    store: Store
    files: Mapping[str, Path]
    found: Mapping[str, EvidenceFile]
    contents: Mapping[str, list[str]]
    tell: Tell
    archival: bool
    known: dict[str, EvidenceFile] = field(default_factory=dict)
    office: dict[str, Media] = field(default_factory=dict)
    _told: float = field(default_factory=monotonic)
    _total: int = 0
    _done: int = 0

    def run(self) -> dict[str, EvidenceFile]:
        """What is known of every content, by digest, from the store or by looking."""
        new = [digest for digest in self.contents if not self._recall(digest)]
        self._total = len(new) + len(self.office)
        new.sort(key=self._place)
        few = len(new) <= _FEW and all(self._size(digest) <= _SMALL for digest in new)
        with Guard(workers=1) if few else Guard() as guard:
            for digest, answer in guard.answers({digest: self._request(digest) for digest in new}):
                self._learn(digest, answer)
            self._convert(guard)
        return self.known

    def _size(self, digest: str) -> int:
        return self.found[self.contents[digest][0]].size

    def _place(self, digest: str) -> tuple[bool, int, str]:
        """Documents before pictures, by their names; the largest of each at the end from which they are taken."""
        document = Path(self.contents[digest][0]).suffix.lower() == ".pdf"
        return not document, (-1 if document else 1) * self._size(digest), digest

    def _path(self, digest: str) -> Path:
        return self.files[self.contents[digest][0]]

    def _request(self, digest: str) -> dict[str, Any]:
        name = self.contents[digest][0]
        return {
            "what": "inspect",
            "path": str(self.files[name]),
            "name": name,
            "sha256": digest,
            "archival": self.archival,
        }

    def _key(self, content: str) -> str:
        """Where the store has the facts of a content."""
        return f"{content}|{'facts' if self.archival else 'brief'}"

    def _recall(self, digest: str) -> bool:
        """Whether the store knows a content, if only that it is an Office file."""
        kept = self._facts(self._key(digest))
        if kept is None:
            return False
        if "office" in kept:
            media = media_named(str(kept["office"]))
            if media.family is Family.OFFICE:
                self.office[digest] = media
            return media.family is Family.OFFICE
        return self._take(digest, kept)

    def _facts(self, key: str) -> dict[str, Any] | None:
        data = self.store.facts(key)
        try:
            return unpacked(data) if data is not None else None
        except ValueError:  # of no form that this version writes
            return None

    def _take(self, digest: str, facts: object) -> bool:
        try:
            file = file_of(facts, self.contents[digest][0])
            if file.likeness and not is_brief(file.likeness):
                self.store.keep_facts(_looks_key(digest), bytes.fromhex(file.likeness))
                file = replace(file, likeness=brief_of(file.likeness))
        except ValueError:
            return False
        self.known[digest] = file
        return True

    def _step(self, digest: str, done: int = 1) -> None:
        self._done += done
        if monotonic() - self._told >= _TELL_SECONDS and self._done < self._total:
            self._told = monotonic()
            self.tell(self._done, self._total, self.contents[digest][0])

    def _learn(self, digest: str, answer: Answer) -> None:
        """Take an answer in, and keep it where it would be the same another time."""
        if not isinstance(answer, Failure) and "office" in answer:
            self.office[digest] = media_named(str(answer["office"]))
            self._total += 1
            self.store.keep_facts(self._key(digest), packed({"office": answer["office"]}))
        else:
            lasting = self._file_of(digest, answer)
            if lasting:
                self.store.keep_facts(self._key(digest), packed(facts_of(self.known[digest])))
            else:
                self.store.forgo()
        self._step(digest)

    def _file_of(self, digest: str, answer: Answer) -> bool:
        """Note what a worker said of a file; whether it holds for good."""
        if not isinstance(answer, Failure) and self._take(digest, answer.get("facts")):
            return not answer.get(_PASSING)
        name = self.contents[digest][0]
        failure = answer if isinstance(answer, Failure) else Failure(Trouble.CRASH, "答复无法识别")
        _log.info("inspecting %s: %s", name, failure)
        self.known[digest] = EvidenceFile(name, fault=_failed(failure), remedy=_COPY_AGAIN)
        return False

    def _convert(self, guard: Guard) -> None:
        """Turn the Office files into PDFs, and look at those."""
        waiting = []
        for digest, media in sorted(self.office.items()):
            key = conversion_key(digest)
            kept = self._facts(self._key(key)) if key else None
            if kept is None or not self._take(digest, kept) or not (self.known[digest].fault or self.store.blob(key)):
                waiting.append(OfficeFile(self._path(digest), digest, media))
        if not waiting:
            return
        self.tell(self._done, self._total, self.contents[waiting[0].sha256][0])
        results = convert(waiting, self.store, _tidy_by(guard), lambda done: self._converting(waiting, done))
        requests = {}
        for file in waiting:
            made = results[file.sha256]
            name = self.contents[file.sha256][0]
            if isinstance(made, ConversionError):
                fault = EvidenceFile(name, media=file.media.type, fault=str(made), remedy=made.remedy)
                self.known[file.sha256] = fault
                if made.lasting:
                    self.store.keep_facts(self._key(conversion_key(file.sha256)), packed(facts_of(fault)))
                else:
                    self.store.forgo()
            else:
                requests[file.sha256] = {"what": "document", "path": str(made), "name": name, "archival": self.archival}
        for digest, answer in guard.answers(requests):
            lasting = self._file_of(digest, answer)
            found = replace(self.known[digest], media=self.office[digest].type)
            if not found.fault:
                found = replace(found, notes=(FileNote(NoteKind.CONVERTED), *found.notes))
            self.known[digest] = found
            if lasting:
                self.store.keep_facts(self._key(conversion_key(digest)), packed(facts_of(found)))
            else:
                self.store.forgo()
            self._step(digest)

    def _converting(self, files: list[OfficeFile], done: int) -> None:
        if done < len(files):
            self._step(files[done].sha256, 0)


def _tidy_by(guard: Guard) -> Callable[[Path, Path], str]:
    """Has what LibreOffice made written anew by a guarded process."""

    def tidy(raw: Path, target: Path) -> str:
        answer = guard.ask({"what": "tidy", "raw": str(raw), "target": str(target)})
        return _failed(answer) if isinstance(answer, Failure) else str(answer.get("wrong", ""))

    return tidy


def _failed(failure: Failure) -> str:
    """A worker's failure as a fault."""
    if failure.trouble is Trouble.TIME:
        return f"处理这个文件超过 {SECONDS:g} 秒，已经停止，没有采用"
    if failure.trouble is Trouble.MEMORY:
        return "处理这个文件需要的内存太多，已经停止，没有采用"
    return f"处理这个文件时程序出错（{failure.detail or '原因不明'}），没有采用"
