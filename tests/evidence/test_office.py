"""Office files become PDFs: together, the same bytes each time, and a bad one costs only itself. LibreOffice is real."""

from __future__ import annotations

import hashlib
import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest
from docx.oxml import parse_xml

from docgen.evidence import office
from docgen.evidence.inspection import inspect_files, source_of
from docgen.evidence.store import Store
from docgen.model.records import NoteKind
from docgen.tools import libreoffice, process

needs_office = pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not installed")


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel(text: str | None) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(folder: Path, files: dict[str, bytes]) -> dict[str, Path]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in files}


@needs_office
def test_many_become_pdfs_in_one_call_and_a_bad_one_costs_only_itself(tmp_path, monkeypatch) -> None:
    calls = []
    real = libreoffice.convert
    monkeypatch.setattr(libreoffice, "convert", lambda *a, **k: calls.append(len(a[1])) or real(*a, **k))
    files = put(tmp_path, {
        "聘书 （一）.docx": word("师资培训证明"),
        "同.docx": word("师资培训证明"),
        "清单.xlsx": excel("设备清单"),
        "坏.docx": word("x" * 5000)[:7000],
        "空.docx": word(),
        "旧.doc": b"{\\rtf1\\ansi training}",
    })  # fmt: skip
    before = {name: (path.read_bytes(), path.stat().st_mtime_ns) for name, path in files.items()}
    with Store(None) as store:
        found = inspect_files(files, store)
        assert calls == [5]
        texts = {name: "".join(file.texts) for name, file in found.items()}
        assert "师资培训证明" in texts["聘书 （一）.docx"]
        assert "设备清单" in texts["清单.xlsx"]
        assert "training" in texts["旧.doc"]
        assert [note.kind for note in found["清单.xlsx"].notes][:1] == [NoteKind.CONVERTED]
        assert found["清单.xlsx"].media.endswith("spreadsheetml.sheet")
        assert "没有能转换它" in found["坏.docx"].fault
        assert "没有内容" in found["空.docx"].fault
        assert all("另存为（导出）PDF" in found[name].remedy for name in ("坏.docx", "空.docx"))
        source = source_of(found["清单.xlsx"], files["清单.xlsx"], store)
        assert len(pikepdf.open(source).pages) == found["清单.xlsx"].pages == 1
        assert inspect_files(files, store) == found
        assert calls == [5]
        source.unlink()
        assert source_of(found["清单.xlsx"], files["清单.xlsx"], store).is_file()
    assert {name: (path.read_bytes(), path.stat().st_mtime_ns) for name, path in files.items()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files)


@needs_office
def test_two_conversions_of_one_content_are_the_same_bytes(tmp_path) -> None:
    files = put(tmp_path, {"a.docx": word("试点申报", "第二段"), "b.xlsx": excel("设备")})
    made = []
    for _ in range(2):
        with Store(None) as store:
            found = inspect_files(files, store)
            made.append([source_of(found[name], path, store).read_bytes() for name, path in files.items()])
    assert made[0] == made[1]


@needs_office
def test_a_document_fetches_nothing(tmp_path) -> None:
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    document = docx.Document()
    address = f"http://127.0.0.1:{server.server_port}/x.png"
    relation = document.part.relate_to(
        address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", is_external=True
    )
    document.add_paragraph("有外部图片").add_run()._r.append(parse_xml(
        '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<v:shape style="width:100pt;height:100pt"><v:imagedata r:id="{relation}" r:href="{relation}"/></v:shape></w:pict>'
    ))  # fmt: skip
    document.save(tmp_path / "a.docx")
    with Store(None) as store:
        found = inspect_files({"a.docx": tmp_path / "a.docx"}, store)
    server.shutdown()
    server.server_close()
    assert "有外部图片" in "".join(found["a.docx"].texts)
    assert asked == []


def test_without_libreoffice_these_files_alone_have_a_fault_that_is_not_kept(tmp_path, monkeypatch) -> None:
    files = put(tmp_path, {"a.docx": word("试点"), "b.pdf": b""})
    with Store(None) as store:
        with monkeypatch.context() as absent:
            absent.setattr(process, "find_program", lambda *_: None)
            absent.setattr(libreoffice, "PLACES", {})
            found = inspect_files(files, store)
        assert "没有安装 LibreOffice" in found["a.docx"].fault
        assert "apt-get install" in found["a.docx"].remedy
        assert "空文件" in found["b.pdf"].fault
        if libreoffice.find() is not None:
            assert inspect_files(files, store)["a.docx"].fault == ""


@needs_office
def test_a_component_that_is_missing_is_named(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(libreoffice, "components", lambda _: frozenset({"Writer"}))
    files = put(tmp_path, {"a.xlsx": excel("x")})
    with Store(None) as store:
        assert "缺少 Calc 组件" in inspect_files(files, store)["a.xlsx"].fault


@pytest.mark.parametrize("failing", ["crash", "hang"])
def test_a_document_at_which_the_program_breaks_down_costs_only_itself(tmp_path, monkeypatch, failing) -> None:
    program = tmp_path / "soffice"
    program.write_text(
        """#!/bin/sh
while [ "$1" != --outdir ]; do shift; done
out=$2; shift 2
for file in "$@"; do
    if grep -q BAD "$file"; then case %s in hang) sleep 60;; *) kill -9 $$;; esac; fi
    printf '%%%%PDF-1.4\\n%%s\\n%%%%%%%%EOF\\n' "$file" > "$out/$(basename "${file%%.*}").pdf"
done
""".replace("%%%%", "\0").replace("%%", "%").replace("\0", "%%").replace("%s)", "%s)").replace("case %s in", f"case {failing} in")
    )  # fmt: skip
    program.chmod(0o755)
    monkeypatch.setattr(process, "find_program", lambda *_: program)
    real = libreoffice.convert
    monkeypatch.setattr(libreoffice, "convert", lambda *a, **k: real(*a, **(k | {"seconds": 1})))
    files = put(tmp_path, {"a.rtf": b"{\\rtf1 A}", "b.rtf": b"{\\rtf1 BAD}", "c.rtf": b"{\\rtf1 C}"})
    wanted = [
        office.OfficeFile(path, hashlib.sha256(path.read_bytes()).hexdigest(), office.RTF) for path in files.values()
    ]

    def tidy(raw: Path, target: Path) -> str:
        target.write_bytes(raw.read_bytes())
        return ""

    with Store(None) as store:
        results = list(office.convert(wanted, store, tidy).values())
        assert isinstance(results[1], office.ConversionError)
        assert all(isinstance(results[number], Path) for number in (0, 2))
