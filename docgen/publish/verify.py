"""Proves later whether anything in OUT changed since it was made, and what a signature still covers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docgen.errors import InputError, UsageError, reason_of

from .approval import LEAST_DIGITS, Approval, approvals, folder_of, printed_digits
from .journal import JOURNAL_NAME
from .lock import LOCK_NAME
from .manifest import MANIFEST_NAME, Entry, Manifest, read_manifest
from .publisher import digest_of

_HIGHEST = 4
"""So many folders above a file are looked into for the manifest."""


@dataclass(frozen=True, slots=True)
class Verification:
    """Paths below OUT by what happened to them since the build; `unfinished` when a build was cut short there."""

    manifest: Manifest
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]
    unfinished: bool

    @property
    def intact(self) -> bool:
        """Whether every file is as it was made. Files added beside them do not count."""
        return not (self.changed or self.missing or self.unfinished)

    @property
    def approvals(self) -> tuple[Approval, ...]:
        """What each dossier's signature covers, and whether it still stands."""
        return approvals(self.manifest, (*self.changed, *self.missing))

    def signed(self, digest: str) -> Approval | None:
        """The dossier whose files bear a digest that stands on a signed page; None where no dossier bears it (any more).

        `digest` as printed or scanned. Raises UsageError where it is not one, or too short to tell dossiers apart.
        """
        digits = printed_digits(digest)
        if len(digits) < LEAST_DIGITS:
            raise UsageError(
                f"“{digest}”不是资料夹总摘要。",
                f"请照审核页上的“资料夹总摘要”输入，至少前 {LEAST_DIGITS} 位（数字和 a–f）。",
            )
        return next((approval for approval in self.approvals if approval.total.startswith(digits)), None)


@dataclass(frozen=True, slots=True)
class FileVerification:
    """What is known of one file: the entry that it is, or is a changed copy of (None: docgen did not make it here).

    `approval` is that of its dossier, None for the school's own files; `altered` when its bytes are not as made.
    """

    out: Path
    entry: Entry | None
    altered: bool
    approval: Approval | None


def verify(out: Path) -> Verification:
    """Compare OUT with its manifest, by digest. Raises InputError where OUT has none or a file cannot be read."""
    manifest = read_manifest(out)
    if manifest is None:
        made = sorted(path.parent for path in out.glob(f"*/{MANIFEST_NAME}"))
        hint = f"是不是“{'”“'.join(map(str, made))}”？" if made else "给出 docgen build 生成的文件夹。"
        raise InputError(f"“{out}”里没有成品清单 {MANIFEST_NAME}，不是 docgen 生成的成品文件夹。", hint)
    changed, missing = [], []
    for entry in manifest.entries:
        path = out / entry.path
        try:
            if not path.is_file():
                missing.append(entry.path)
            elif digest_of(path) != entry.sha256:
                changed.append(entry.path)
        except OSError as error:
            raise InputError(f"{path} 读不出来：{reason_of(error)}。", "检查文件权限或磁盘后再试。") from error
    known, own = manifest.by_path, {MANIFEST_NAME, JOURNAL_NAME, LOCK_NAME}
    present = (path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    added = sorted(path for path in present if path not in known and path not in own)
    unfinished = (out / JOURNAL_NAME).exists()
    return Verification(manifest, tuple(changed), tuple(missing), tuple(added), unfinished)


def verify_file(file: Path, out: Path | None = None) -> FileVerification:
    """What one file is, and which approval it belongs to.

    It is known by its bytes, wherever it was copied to and whatever it is called now; a changed one by its place in
    OUT. `out` is where it was made; without it the folders above the file are searched. Raises InputError where the
    file cannot be read or no OUT is found.
    """
    try:
        digest = digest_of(file)
    except FileNotFoundError as error:
        raise InputError(f"找不到“{file}”。", "请核对路径：给出成品文件夹，或其中的一个文件。") from error
    except OSError as error:
        raise InputError(f"“{file}”读不出来：{reason_of(error)}。", "检查文件名和权限后再试。") from error
    home = out if out is not None else _home_of(file)
    found = verify(home)
    entry = next((entry for entry in found.manifest.entries if entry.sha256 == digest), None)
    altered = False
    if entry is None:
        resolved = file.resolve()
        entry = next((entry for entry in found.manifest.entries if (home / entry.path).resolve() == resolved), None)
        altered = entry is not None
    folder = folder_of(entry.path) if entry else ""
    approval = next((approval for approval in found.approvals if approval.folder == folder), None)
    return FileVerification(home, entry, altered, approval)


def _home_of(file: Path) -> Path:
    for folder in list(file.resolve().parents)[:_HIGHEST]:
        if (folder / MANIFEST_NAME).is_file():
            return folder
    raise InputError(
        f"在 {file} 所在的文件夹和上级文件夹里没有成品清单 {MANIFEST_NAME}。",
        "请用 --in 写出 docgen build 生成的成品文件夹。",
    )
