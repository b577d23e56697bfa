"""What goes out to a school: a zip of its files, and a mail ready to be looked at and sent."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP

_DATE = (1980, 1, 1, 0, 0, 0)
_TYPES = {
    ".pdf": ("application", "pdf"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


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
    message = EmailMessage(policy=SMTP)
    message["To"] = to
    message["Subject"] = subject.replace("\n", " ")
    message["X-Unsent"] = "1"
    message.set_content("\n".join(paragraphs) + "\n", charset="utf-8", cte="base64")
    for name, data in files.items():
        main, sub = _TYPES.get(name[name.rfind(".") :], ("application", "octet-stream"))
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    if files:
        message.set_boundary("docgen-" + hashlib.sha256(b"\0".join(files.values())).hexdigest()[:32])
    return message.as_bytes()
