"""docgen verify, as a person calls it."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner
from PIL import Image

from docgen.cli.verify_command import command
from docgen.pipeline import Built
from docgen.publish.verify import verify


@pytest.fixture
def out(built_sample: Built, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_sample.out, tmp_path / "成品"))


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result.output


def test_nothing_changed(out: Path):
    code, text = run(out)
    assert code == 0
    assert "都与生成时一致" in text


def test_a_change_names_the_dossier_whose_signature_ends(out: Path):
    approval = verify(out).approvals[0]
    (out / approval.files[0]).write_bytes(b"x")
    (out / approval.folder / "后加.pdf").write_bytes(b"x")
    code, text = run(out)
    assert code == 1
    assert f"已改动：{approval.files[0]}" in text
    assert f"审核签字不再有效，须重新生成、重新审核：{approval.folder}" in text
    assert "没有审核过" in text
    assert "后加.pdf" in text


def test_the_digits_of_the_signed_page(out: Path):
    approval = verify(out).approvals[0]
    code, text = run(out, "--signed", approval.total[:32])
    assert code == 0
    assert approval.folder in text
    assert "审核有效" in text
    (out / approval.files[0]).write_bytes(b"x")
    code, text = run(out, "--signed", approval.total[:32])
    assert code == 1
    assert approval.files[0] in text
    code, text = run(out, "--signed", "f" * 32)
    assert code == 1
    assert "重新审核签字" in text


def test_the_code_on_both_pages_is_the_digest_and_can_be_asked_for(out: Path):
    approval = verify(out).approvals[0]
    pdf, word = (out / next(page for page in approval.pages if page.endswith(end)) for end in (".pdf", ".docx"))
    shown = [pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil()]
    with zipfile.ZipFile(word) as package:
        shown += [Image.open(io.BytesIO(package.read(name))) for name in package.namelist() if name.endswith(".png")]
    said = [code.text for image in shown for code in zxingcpp.read_barcodes(image.convert("L"))]
    assert said == [f"docgen:approval:A01={approval.total}"] * 2
    code, text = run(out, "--signed", said[0])
    assert code == 0
    assert "审核有效" in text


def test_one_file(out: Path, tmp_path: Path):
    approval = verify(out).approvals[0]
    copy = tmp_path / "收到的.pdf"
    shutil.copy(out / approval.files[0], copy)
    code, text = run(copy, "--in", out)
    assert code == 0
    assert approval.files[0] in text
    assert f"属于 A01 的审核，资料夹总摘要 {approval.total[:32]}" in text
    code, text = run(out / "院校信息表.pdf")
    assert code == 0
    assert "不属于某一项申报的审核" in text
    copy.write_bytes(b"x")
    code, text = run(copy, "--in", out)
    assert code == 1
    assert "不是" in text


def test_a_draft_has_no_approval(built_faulty: Built):
    drafts = [approval for approval in verify(built_faulty.out).approvals if not approval.pages]
    assert drafts
    code, text = run(built_faulty.out / drafts[0].files[0])
    assert code == 1
    assert "草稿" in text
