"""What files are and why they cannot be used: the whole way, through the store and the guarded process."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from workspace_maker import jpeg, pdf, png  # type: ignore[import-not-found]

from docgen.evidence import guard, inspection
from docgen.evidence.facts import facts_of, file_of, packed, unpacked
from docgen.evidence.inspection import inspect_files, looks_of, source_of
from docgen.evidence.likeness import brief_of, coarse, likeness_of
from docgen.evidence.store import Store
from docgen.model.records import EvidenceFile, FileNote, NoteKind


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6)).save(out, kind)
    return out.getvalue()


def _bomb() -> bytes:
    """A small PNG that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _pdf_without_pages() -> bytes:
    out = io.BytesIO()
    pikepdf.new().save(out)
    return out.getvalue()


USABLE = {
    "a.jpg": (jpeg(60, 40), "image/jpeg", 1, (60, 40)),
    "turned.jpg": (jpeg(60, 40, orientation=6), "image/jpeg", 1, (40, 60)),
    "over.jpg": (jpeg(60, 40, orientation=3), "image/jpeg", 1, (60, 40)),
    "no such turn.jpg": (jpeg(60, 40, orientation=0), "image/jpeg", 1, (60, 40)),
    "a.png": (png(30, 50), "image/png", 1, (30, 50)),
    **{f"a.{kind}": (_picture(kind), f"image/{kind.lower()}", 1, (8, 6)) for kind in ("TIFF", "BMP", "GIF", "WEBP")},
    "a.pdf": (pdf(3), "application/pdf", 3, (0, 0)),
    "owner.pdf": (pdf(2, password="", owner="x"), "application/pdf", 2, (0, 0)),
    "junk.pdf": (b"junk before\n" + pdf(1), "application/pdf", 1, (0, 0)),
}
FAULTY = {
    "empty": (b"", "空文件"),
    "cut.jpg": (jpeg(400, 300)[:9000], ""),
    "cut.png": (png(200, 200)[:9000], ""),
    "mark.jpg": (b"\xff\xd8\xff" + bytes(100), ""),
    "bomb.png": (_bomb(), "像素"),
    "locked.pdf": (pdf(2, password="geheim"), "密码"),
    "nothing.pdf": (b"%PDF-1.4 nothing", "损坏"),
    "no page.pdf": (_pdf_without_pages(), ""),
    "heic": (b"\x00\x00\x00\x18ftypheic" + bytes(20), ""),
    "rar": (b"Rar!\x1a\x07", "RAR"),
    "old": (b"\xd0\xcf\x11\xe0" + bytes(20), "旧版"),
    "text": ("证书说明".encode(), "文字"),
    "zeros": (bytes(50), "认不出"),
    **{f"cut {share}.jpg": (jpeg(320, 240)[: int(share * len(jpeg(320, 240)))], "") for share in (0.1, 0.5, 0.9, 0.99)},
}


def put(folder: Path, files: dict[str, bytes]) -> dict[str, Path]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in files}


def test_usable_and_faulty_files_together(tmp_path: Path) -> None:
    contents = {name: entry[0] for name, entry in (USABLE | FAULTY).items()}
    files = put(tmp_path, contents)
    with Store(None) as store:
        found = inspect_files(files, store)
        assert list(found) == list(files)
        for name, (_, media, pages, size) in USABLE.items():
            file = found[name]
            assert (file.fault, file.media, file.pages, (file.width, file.height)) == ("", media, pages, size), name
            assert source_of(file, files[name], store) == files[name]
        for name, (_, words) in FAULTY.items():
            assert found[name].fault, name
            assert words in found[name].fault, name
            assert "程序出错" not in found[name].fault, name
            assert found[name].remedy, name
        assert inspect_files(files, store) == found


def test_what_the_store_knows_is_not_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = put(tmp_path, {"a.jpg": jpeg(), "b.jpg": jpeg(), "c.pdf": pdf(1)})
    asked = []
    real = guard.Guard.answers
    monkeypatch.setattr(guard.Guard, "answers", lambda self, requests: asked.extend(requests) or real(self, requests))
    with Store(tmp_path / "kept") as store:
        first = inspect_files(files, store)
    assert len(asked) == len({file.sha256 for file in first.values()})
    asked.clear()
    (tmp_path / "c.pdf").rename(tmp_path / "d.pdf")
    files = {"a.jpg": files["a.jpg"], "d.pdf": tmp_path / "d.pdf"}
    with Store(tmp_path / "kept") as store:
        second = inspect_files(files, store)
    assert asked == []
    assert (second["d.pdf"].path, second["d.pdf"].pages) == ("d.pdf", 1)


def test_facts_that_make_no_sense_are_found_out_anew(tmp_path: Path) -> None:
    files = put(tmp_path, {"a.pdf": pdf(1)})
    with Store(None) as store:
        found = inspect_files(files, store)
        for nonsense in (b"[]", b"{", b'{"pages": "1"}', b'{"office": "text/plain"}'):
            store.keep_facts(f"{found['a.pdf'].sha256}|facts", nonsense)
            assert inspect_files(files, store) == found


def test_only_the_quick_part_of_a_pictures_looks_is_held_in_memory(tmp_path: Path) -> None:
    files = put(tmp_path, {"a.jpg": jpeg(400, 300)})
    with Image.open(files["a.jpg"]) as image:
        whole = likeness_of(image)
    with Store(tmp_path / "kept") as store:
        (file,) = inspect_files(files, store).values()
    with Store(tmp_path / "kept") as store:
        assert inspect_files(files, store) == {"a.jpg": file}
        assert file.likeness == brief_of(whole) != ""
        assert coarse(file.likeness) == coarse(whole)
        assert looks_of(store, file.sha256) == whole
        assert looks_of(store, "0" * 64) == ""
        assert not store.forgone


def test_what_is_no_readable_file_is_told_without_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    files = {"pipe": tmp_path / "pipe", "gone": tmp_path / "gone", **put(tmp_path, {"large.jpg": jpeg()})}
    monkeypatch.setattr(inspection, "MAX_FILE_BYTES", 10)
    with Store(None) as store:
        found = inspect_files(files, store)
    assert ["普通" in found["pipe"].fault, "普通" in found["gone"].fault] == [True, True]
    assert "没有读取" in found["large.jpg"].fault
    assert not any(file.sha256 for file in found.values())


def test_a_worker_that_is_killed_or_slow_is_a_fault_that_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = put(tmp_path, {"a.jpg": jpeg()})
    words = {
        guard.Failure(guard.Trouble.TIME): "超过 22 秒",
        guard.Failure(guard.Trouble.MEMORY): "内存太多",
        guard.Failure(guard.Trouble.CRASH, "SIGSEGV"): "程序出错（SIGSEGV）",
    }
    with Store(None) as store:
        for failure, said in words.items():
            with monkeypatch.context() as broken:
                broken.setattr(
                    guard.Guard, "answers", lambda _, requests, f=failure: iter([(key, f) for key in requests])
                )
                file = inspect_files(files, store)["a.jpg"]
            assert said in file.fault
            assert file.remedy
        assert store.forgone
        assert inspect_files(files, store)["a.jpg"].fault == ""


def test_progress_is_told_where_it_takes_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "_TELL_SECONDS", 0)
    files = put(tmp_path, {f"{number}.pdf": pdf(number) for number in range(1, 5)})
    told: list[tuple[int, int]] = []
    with Store(None) as store:
        inspect_files(files, store, lambda done, of, what: told.append((done, of)))
        assert told == [(1, 4), (2, 4), (3, 4)]
        inspect_files(files, store, lambda done, of, what: told.append((done, of)))
    assert len(told) == 3


def test_facts_go_to_bytes_and_back() -> None:
    notes = (FileNote(NoteKind.DROPPED, "脚本"), FileNote(NoteKind.LONG))
    file = EvidenceFile("a", 5, "x", "application/pdf", 2, 0, 0, "", "", notes, ("字\ud800", ""), "00ff")
    assert file_of(unpacked(packed(facts_of(file))), "a", 5, "x") == file
