"""A secretariat's workbook becomes a Review; what cannot be read is a finding with its cell."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from docgen.catalogue import load_catalogue
from docgen.errors import InputError
from docgen.load import LoadedReview, load_review
from docgen.load.seal import transparent_seal
from docgen.model.records import CertificateLevel, SchoolType
from docgen.model.review import Conclusion, date_of, written_date
from docgen.render.workbook import review_workbook

NOTICE = {"发文机关": "某某秘书处", "文号": "某试秘〔2021〕12号", "成文日期": "2021-07-05"}
SCHOOL = {"院校名称": "甲学院", "院校代码": "4145000001", "院校类型": "高职高专", "邮箱": "mailto:a@b.cn"}
DECISION = {
    "院校名称": "甲学院",
    "证书名称": "网店运营推广",
    "等级": "中级",
    "申报人数": "120人",
    "结论": "核减",
    "批准人数": 100,
}


def loaded(folder: Path, decisions: list[dict[str, object]] = [DECISION], **notice: object) -> LoadedReview:  # noqa: B006
    rows = {"通知信息": [NOTICE | notice], "院校": [SCHOOL], "评审结果": decisions}
    (folder / "评审结果.xlsx").write_bytes(review_workbook(rows))
    (folder / "docgen.toml").write_text('kind = "secretariat"\n', "utf-8")
    return load_review(folder, load_catalogue(folder))


def test_what_people_write_is_understood(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    assert found.findings == ()
    review, (decision,) = found.review, found.review.decisions
    assert (review.notice.number, review.schools[0].type, review.schools[0].mail) == (
        "某试秘〔2021〕12号", SchoolType.HIGHER_VOCATIONAL, "a@b.cn",
    )  # fmt: skip
    assert (decision.level, decision.applied) == (CertificateLevel.INTERMEDIATE, 120)
    assert (decision.conclusion, decision.granted) == (Conclusion.ADJUSTED, 100)
    assert review.decisions_of(review.schools[0]) == (decision,)


@pytest.mark.parametrize(
    ("conclusion", "approved", "granted"),
    [
        ("同意", None, 120),
        ("同意", 90, 90),
        ("调整", 100, 100),
        ("调整", None, 0),
        ("不同意", None, 0),
        ("退回修改", 7, 0),
    ],
)
def test_how_many_persons_a_decision_grants(tmp_path: Path, conclusion, approved, granted) -> None:
    row = DECISION | {"结论": conclusion, "批准人数": approved}
    assert loaded(tmp_path, [row]).review.decisions[0].granted == granted


def test_a_wrong_cell_is_told_with_its_place(tmp_path: Path) -> None:
    (finding,) = loaded(tmp_path, [DECISION | {"结论": "再议"}]).findings
    assert (finding.rule, finding.source.cell) == ("DAT014", "E3")
    assert "只能填同意、调整、不同意或退回修改" in finding.message


@pytest.mark.parametrize("seal", ["没有.png", "../外.png", "评审结果.xlsx"])
def test_a_seal_that_cannot_be_used_is_told(tmp_path: Path, seal) -> None:
    found = loaded(tmp_path, 公章图片=seal)
    assert [finding.rule for finding in found.findings] == ["DAT032"]
    assert found.review.seal is None


def test_a_seal_on_white_paper_becomes_ink_alone(tmp_path: Path) -> None:
    picture = Image.new("RGB", (60, 60), (250, 248, 246))  # paper as scanned
    ImageDraw.Draw(picture).ellipse((10, 10, 50, 50), fill=(255, 120, 120))  # pale red
    data = io.BytesIO()
    picture.save(data, "PNG")
    (tmp_path / "章.png").write_bytes(data.getvalue())
    seal = loaded(tmp_path, 公章图片="章.png").review.seal
    assert seal == transparent_seal(data.getvalue())
    image = Image.open(io.BytesIO(seal))
    assert image.getpixel((2, 2))[3] == 0
    red, green, _, cover = image.getpixel((30, 30))
    assert (red, green) == (255, 0)
    assert 100 < cover < 200


def test_a_school_is_no_secretariat(tmp_path: Path) -> None:
    (tmp_path / "docgen.toml").write_text('kind = "school"\n', "utf-8")
    with pytest.raises(InputError, match="院校的工作区"):
        load_review(tmp_path, load_catalogue(tmp_path))


@pytest.mark.parametrize(
    ("text", "day", "written"),
    [
        ("2021年7月5日", datetime.date(2021, 7, 5), "2021年7月5日"),
        ("2021-07-05", datetime.date(2021, 7, 5), "2021年7月5日"),
        ("2021/7/32", None, "2021/7/32"),
        ("七月", None, "七月"),
    ],
)
def test_dates_as_people_type_them(text, day, written) -> None:
    assert (date_of(text), written_date(text)) == (day, written)
