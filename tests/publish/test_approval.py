"""What a signature covers: one digest over a dossier, told again from OUT, from a page's digits, from a single file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from docgen.errors import InputError, UsageError
from docgen.pipeline import Built
from docgen.publish.approval import printed_digits, total_digest
from docgen.publish.verify import verify, verify_file


@pytest.fixture
def out(built_sample: Built, tmp_path: Path) -> Path:
    """A copy of the finished sample that a test may spoil."""
    return Path(shutil.copytree(built_sample.out, tmp_path / "成品"))


def test_the_total_does_not_depend_on_the_order_but_on_names_and_content():
    files = [("A01/申报书.pdf", "aa"), ("A01/自查表.pdf", "bb")]
    assert total_digest(files) == total_digest(reversed(files))
    assert total_digest(files) != total_digest([("A01/申报书.pdf", "bb"), ("A01/自查表.pdf", "aa")])


def test_every_dossier_of_the_sample_stands(out: Path):
    found = verify(out).approvals
    assert [approval.application for approval in found] == [f"A0{number}" for number in range(1, 10)]
    assert all(approval.stands for approval in found)
    assert not any("主管领导审核页" in path for approval in found for path in approval.files)


def test_the_total_is_the_one_that_the_page_shows(built_sample: Built):
    approval = verify(built_sample.out).approvals[0]
    page = next(path for path in approval.pages if path.endswith(".pdf"))
    text = PdfReader(built_sample.out / page).pages[0].extract_text().replace(" ", "").replace("\n", "")
    assert approval.total[:32] in text


def test_a_changed_file_ends_the_approval_of_its_dossier_alone(out: Path):
    first = verify(out).approvals[0]
    with (out / first.files[0]).open("ab") as file:
        file.write(b" ")
    found = verify(out).approvals
    assert not found[0].stands
    assert found[0].touched == (first.files[0],)
    assert all(approval.stands for approval in found[1:])


def test_a_changed_approval_page_counts_too(out: Path):
    approval = verify(out).approvals[0]
    (out / approval.pages[0]).unlink()
    assert verify(out).approvals[0].touched == (approval.pages[0],)


@pytest.mark.parametrize("wrap", ["{}", "  {} ", "资料夹总摘要：{}", "docgen:approval:A01={}"])
def test_digits_of_a_signed_page_lead_to_the_dossier(out: Path, wrap: str):
    approval = verify(out).approvals[2]
    grouped = " ".join(approval.total[place : place + 4] for place in range(0, 32, 4)).upper()
    assert verify(out).signed(wrap.format(grouped)) == approval


def test_digits_of_another_build_lead_nowhere(out: Path):
    assert verify(out).signed("0" * 32) is None


@pytest.mark.parametrize("text", ["", "abc", "1234567", "审核页", "xyz12345678"])
def test_what_is_no_digest_is_refused(out: Path, text: str):
    with pytest.raises(UsageError, match="不是资料夹总摘要"):
        verify(out).signed(text)


def test_digits_are_read_as_people_write_them():
    assert printed_digits("3F9A 0c12-77de") == "3f9a0c1277de"
    assert printed_digits("总摘要：3f9a") == "3f9a"
    assert printed_digits("第一页") == ""


def test_a_copy_is_known_wherever_it_lies(out: Path, tmp_path: Path):
    path = verify(out).approvals[0].files[0]
    copy = tmp_path / "收到的.pdf"
    shutil.copy(out / path, copy)
    found = verify_file(copy, out)
    assert found.entry is not None
    assert (found.entry.path, found.altered) == (path, False)
    assert found.approval is not None
    assert found.approval.application == "A01"


def test_a_file_in_its_place_needs_no_folder_given(out: Path):
    path = verify(out).approvals[0].files[0]
    assert verify_file(out / path).out == out.resolve()


def test_a_changed_file_is_known_by_its_place(out: Path):
    path = verify(out).approvals[0].files[0]
    (out / path).write_bytes(b"%PDF-1.7 else")
    found = verify_file(out / path)
    assert found.altered
    assert found.approval is not None
    assert not found.approval.stands


def test_a_stranger_is_told_as_such(out: Path, tmp_path: Path):
    stranger = tmp_path / "x.pdf"
    stranger.write_bytes(b"%PDF-1.7")
    assert verify_file(stranger, out).entry is None
    with pytest.raises(InputError, match="--in"):
        verify_file(stranger)
    with pytest.raises(InputError, match=r"找不到“.*没有\.pdf”"):
        verify_file(tmp_path / "没有.pdf", out)
    with pytest.raises(InputError) as caught:
        verify(out.parent)
    assert f"是不是“{out}”" in caught.value.hint
