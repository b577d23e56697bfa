"""LibreOffice, where it is installed."""

import docx
import pypdf
import pytest

from docgen.errors import EnvironmentLacks
from docgen.tools import libreoffice, process

installed = pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not installed")


@installed
def test_a_word_document_becomes_a_pdf_of_the_same_name(tmp_path):
    source = tmp_path / "申报书 （一）.docx"
    document = docx.Document()
    document.add_paragraph("试点申报")
    document.save(source)
    folder = tmp_path / "out"
    folder.mkdir()
    result = libreoffice.to_pdf(source, folder)
    assert result == folder / "申报书 （一）.pdf"
    assert "试点申报" in pypdf.PdfReader(result).pages[0].extract_text()


def test_without_it_a_conversion_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(process, "find_program", lambda *_: None)
    monkeypatch.setattr(libreoffice, "PLACES", {})
    with pytest.raises(EnvironmentLacks) as lack:
        libreoffice.to_pdf(tmp_path / "a.docx", tmp_path)
    assert "没有安装 LibreOffice" in lack.value.message
    assert "apt-get install" in lack.value.hint


def test_its_parts_are_told_from_its_libraries(tmp_path):
    program = tmp_path / "program" / "soffice"
    program.parent.mkdir()
    for name in ("soffice", "libswlo.so", "libsclo.so"):
        (program.parent / name).touch()
    assert libreoffice.components(program) == {"Writer", "Calc"}
    before = libreoffice.identity(program)
    (program.parent / "libsdlo.so").touch()
    assert libreoffice.identity(program) != before
    assert libreoffice.components(program) == set(libreoffice.COMPONENTS)


def test_a_pdf_that_is_still_being_written_is_none(tmp_path):
    path = tmp_path / "a.pdf"
    assert not libreoffice.is_pdf(path)
    path.write_bytes(b"%PDF-1.7\n1 0 obj")
    assert not libreoffice.is_pdf(path)
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n%%EOF\n")
    assert libreoffice.is_pdf(path)
