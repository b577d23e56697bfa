"""Data that our PDFs carry: a JSON file attached to the pages, so that who receives them need not copy figures by eye.

Any reader of PDF shows it among the attachments (ISO 32000-2, 7.11.4; the relationship /Data is that of ISO 19005-3).
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf

from .errors import InputError, reason_of

NAME = "docgen.json"
GENERATOR = "docgen"
_MOST_BYTES = 20_000_000
"""Of data once unpacked: a hundred times what the largest document carries."""


def attach(pdf: bytes, data: Mapping[str, Any], name: str = NAME) -> bytes:
    """The PDF with `data` attached as JSON; the same PDF and data give the same bytes.

    `data` tells what it is: "kind" (what the document is, a text) and "schema" (the version of its shape, from 1). Raises
    ValueError where it does not. Values are what JSON knows; keys are written in the order given.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        put(document, data, name)
        out = io.BytesIO()
        # The first half of the identifier stays the document's own, the second follows from what it now holds.
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def put(document: pikepdf.Pdf, data: Mapping[str, Any], name: str = NAME) -> None:
    """Attach `data` to a document that is being made, as `attach` does. Raises ValueError as it does."""
    if not isinstance(data.get("kind"), str) or not isinstance(data.get("schema"), int):
        raise ValueError("carried data tells its kind and schema")
    text = json.dumps({"generator": GENERATOR, **data}, ensure_ascii=False, indent=1, allow_nan=False)
    document.attachments[name] = pikepdf.AttachedFileSpec(
        document,
        f"{text}\n".encode(),
        filename=name,
        mime_type="application/json",
        relationship=pikepdf.Name.Data,
    )
    document.Root.AF = pikepdf.Array([document.attachments[name].obj])


def carried(source: Path | bytes, name: str = NAME) -> dict[str, Any] | None:
    """The data that a PDF carries, None where it carries none (or what is attached is no data of ours).

    Raises InputError where the file cannot be read: not there, no PDF, damaged, behind a password.
    """
    called = f"“{source.name}”" if isinstance(source, Path) else "这个 PDF"
    try:
        with pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source) as document:
            if name not in document.attachments:
                return None
            raw = _unpacked(document.attachments[name].get_file().obj)
    except pikepdf.PasswordError as error:
        raise InputError(f"{called}设了打开密码，读不了。", "请清除打开密码后再试。") from error
    except pikepdf.PdfError as error:
        raise InputError(f"{called}已损坏，或不是 PDF 文件。", "请重新取一份完整的文件。") from error
    except OSError as error:
        raise InputError(f"读取{called}时出错：{reason_of(error)}。", "请核对文件是否在那里、能否打开。") from error
    return _parsed(raw)


def _unpacked(stream: pikepdf.Object) -> bytes:
    """What an attached file holds; b"" where it is packed in a way of which we write none, or unpacks to too much."""
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    if filters is None or (isinstance(filters, pikepdf.Array) and len(filters) == 0):
        return raw if len(raw) <= _MOST_BYTES else b""
    names = [str(part) for part in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if names != ["/FlateDecode"]:
        return b""
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(raw, _MOST_BYTES)
    except zlib.error:
        return b""
    return data if not unpacker.unconsumed_tail else b""


def _parsed(raw: bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    ours = isinstance(data, dict) and data.get("generator") == GENERATOR
    whole = ours and isinstance(data.get("kind"), str) and type(data.get("schema")) is int
    return data if whole else None
