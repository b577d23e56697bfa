"""Proves later whether anything in OUT changed since it was made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docgen.errors import InputError, reason_of

from .journal import JOURNAL_NAME
from .manifest import MANIFEST_NAME, Manifest, read_manifest
from .publisher import digest_of


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


def verify(out: Path) -> Verification:
    """Compare OUT with its manifest, by digest. Raises InputError where OUT has none or a file cannot be read."""
    manifest = read_manifest(out)
    if manifest is None:
        raise InputError(
            f"{out} 里没有成品清单 {MANIFEST_NAME}，不是 docgen 生成的成品文件夹。", "给出 docgen build 生成的文件夹。"
        )
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
    known = {entry.path for entry in manifest.entries} | {MANIFEST_NAME, JOURNAL_NAME}
    present = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    unfinished = (out / JOURNAL_NAME).exists()
    return Verification(manifest, tuple(changed), tuple(missing), tuple(sorted(present - known)), unfinished)
