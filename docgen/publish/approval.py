"""What a leader's signature covers: the files of one dossier, by one digest over them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from .manifest import Manifest

APPROVAL_TITLE = "主管领导审核页"
"""The title of the page that the leader signs; it covers the other files of its dossier, not itself."""

LEAST_DIGITS = 8
"""So many hexadecimal digits of a printed digest must be given: fewer would fit by chance."""


def total_digest(files: Iterable[tuple[str, str]]) -> str:
    """One sha256 over several files, given as (path below OUT, sha256); their order does not matter."""
    lines = sorted(f"{path}\0{digest}\n" for path, digest in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def approval_text(application: str, total: str) -> str:
    """What the QR code of an approval page says; `docgen verify --signed` takes it as it is scanned."""
    return f"docgen:approval:{application}={total}"


@dataclass(frozen=True, slots=True)
class Approval:
    """The approval of one dossier. `total` is the digest that its approval page shows, `pages` are that page's files,
    `files` those that it covers; `touched` are those of either that changed or are missing since.

    A dossier that is a draft has no `pages`: there is nothing to sign.
    """

    application: str
    folder: str
    total: str
    pages: tuple[str, ...]
    files: tuple[str, ...]
    touched: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether a signature given for these files still means what lies there."""
        return bool(self.pages) and not self.touched


def folder_of(path: str) -> str:
    """The dossier's folder that a path below OUT lies in, "" for the school's own files."""
    return path.split("/", maxsplit=1)[0] if "/" in path else ""


def approvals(manifest: Manifest, touched: Iterable[str] = ()) -> tuple[Approval, ...]:
    """The approval of each dossier of a manifest; `touched` are the paths that are not as they were made."""
    spoilt = set(touched)
    found = []
    # In the order of the paths those of a folder stand together.
    for folder, together in groupby(manifest.by_path.values(), key=lambda entry: folder_of(entry.path)):
        if not folder:
            continue
        entries = list(together)
        pages = tuple(entry.path for entry in entries if entry.title == APPROVAL_TITLE)
        covered = [entry for entry in entries if entry.title != APPROVAL_TITLE]
        total = total_digest((entry.path, entry.sha256) for entry in covered)
        files = tuple(entry.path for entry in covered)
        spoils = tuple(entry.path for entry in entries if entry.path in spoilt)
        found.append(Approval(entries[0].application, folder, total, pages, files, spoils))
    return tuple(found)


def printed_digits(text: str) -> str:
    """The hexadecimal digits of a digest as someone copied it from paper, or as a scanned code gives it, "" if none.

    Spaces and dashes between groups do not matter; of a code's text the part behind the last “:” or “=” counts.
    """
    last = text.replace("：", ":").replace("＝", "=").replace("=", ":").rpartition(":")[2]
    digits = "".join(character for character in last.lower() if not character.isspace() and character not in "-—_.")
    return digits if all(character in "0123456789abcdef" for character in digits) else ""
