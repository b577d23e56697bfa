"""What goes out to a school: a zip of its files, and a mail ready to be looked at and sent."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+", re.ASCII)
_DATE = (1980, 1, 1, 0, 0, 0)
_LONGEST_PIECE = 60
"""Characters of an encoded name in one line; a break inside an escape would be no name."""
_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def can_be_sent_to(address: str) -> bool:
    """Whether an address can stand in the header of a mail as it is."""
    return bool(_ADDRESS.fullmatch(address))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of files by name; the same files give the same bytes. They are packed already, so they are only stored."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system, info.external_attr = 3, 0o600 << 16
            archive.writestr(info, data)
    return saved.getvalue()


def draft(to: str, subject: str, paragraphs: Sequence[str], files: Mapping[str, bytes]) -> bytes:
    """A mail as .eml: Outlook, Foxmail and Thunderbird open it as a draft to be sent (X-Unsent).

    It bears no sender and no date, which the program fills in; the same mail gives the same bytes. Raises ValueError for
    an address that cannot stand in a header.
    """
    words = ("\n".join(paragraphs) + "\n").encode()
    boundary = "docgen-" + hashlib.sha256(b"\0".join((words, *files.values()))).hexdigest()[:32]
    head = EmailMessage(policy=SMTP)
    head["To"], head["Subject"], head["X-Unsent"], head["MIME-Version"] = to, " ".join(subject.split()), "1", "1.0"
    # The standard library encodes attachments line by line in Python, which takes most of the time of a mail.
    parts = [_part('text/plain; charset="utf-8"', (), words)]
    for name, data in files.items():
        kind = _TYPES.get(name[name.rfind(".") :], "application/octet-stream")
        parts.append(_part(kind, _named(name), data))
    start = (
        head.as_bytes().rstrip(b"\r\n") + f'\r\nContent-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'.encode()
    )
    edge = f"--{boundary}\r\n".encode()
    return start + b"".join(edge + part for part in parts) + f"--{boundary}--\r\n".encode()


def _named(name: str) -> tuple[str, ...]:
    """The header of an attachment with a name in any script (RFC 2231)."""
    steps = [""]
    for character in name:
        encoded = quote(character, safe="")
        if len(steps[-1]) + len(encoded) > _LONGEST_PIECE:
            steps.append("")
        steps[-1] += encoded
    pieces = [f" filename*{place}*={step}" for place, step in enumerate(steps)]
    pieces[0] = f" filename*0*=utf-8''{steps[0]}"
    return ("Content-Disposition: attachment;\r\n" + ";\r\n".join(pieces),)


def _part(kind: str, headers: Sequence[str], data: bytes) -> bytes:
    lines = "\r\n".join((f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", *headers))
    return lines.encode() + b"\r\n\r\n" + base64.encodebytes(data).replace(b"\n", b"\r\n")
