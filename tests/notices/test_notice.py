"""`docgen notice` over the sample: what is made, that it adds up, that it is the same each time, that errors show."""

from __future__ import annotations

import email
import io
import json
import re
import zipfile
from collections.abc import Iterable
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from docgen.carried import carried
from docgen.cli.main import group
from docgen.errors import InputError, OutputError, UsageError
from docgen.findings import Finding
from docgen.load import load_review
from docgen.notices import Noticed, notice, request_return
from docgen.notices.accounts import Way, account_of
from docgen.notices.annexes import things_to_mend
from docgen.notices.documents import counted_number
from docgen.notices.figures import totals
from docgen.pipeline import verify
from docgen.render.workbook import review_workbook

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "secretariat"
GENERAL = "关于公布2021年1+X证书制度试点院校名单的通知"

pytestmark = pytest.mark.xdist_group("notices")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Noticed:
    """The sample's notices."""
    return notice(SAMPLE, tmp_path_factory.mktemp("notices") / "out")


def files_of(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def text_of(path: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def words_of(path: Path) -> str:
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "".join((*(part.text for part in document.paragraphs), *cells))


def test_every_school_gets_what_concerns_it(sent: Noticed) -> None:
    decisions = sent.review.decisions
    names = {row.school for row in decisions}
    assert (sent.schools, len(names)) == (40, 40)
    returned = {row.school for row in decisions if row.conclusion == "退回修改"}
    wanted = {"manifest.json", "汇总.xlsx", "核查结果.xlsx", "发送/发送清单.xlsx", "账号开通/账号开通名单.xlsx"}
    stems = {GENERAL, *(f"院校通知/{name}-评审结果通知" for name in names)}
    stems |= {f"退回修改/{name}-退回修改通知" for name in returned}
    stems |= {f"账号开通/{request.name}-账号申请答复" for request in sent.review.accounts}
    schools = names | {request.name for request in sent.review.accounts}
    wanted |= {f"{stem}{suffix}" for stem in stems for suffix in (".docx", ".pdf")}
    wanted |= {f"发送/{name}{suffix}" for name in schools for suffix in (".zip", ".eml")}
    assert files_of(sent.out) == wanted
    assert not sent.evaluation.blocks


def test_word_and_pdf_say_the_same_and_a_school_reads_each_of_its_results(sent: Noticed) -> None:
    school = next(row.school for row in sent.review.decisions if row.conclusion == "不同意")
    rows = [row for row in sent.review.decisions if row.school == school]
    pdf = text_of(sent.out / f"院校通知/{school}-评审结果通知.pdf")
    word = words_of(sent.out / f"院校通知/{school}-评审结果通知.docx")
    for row in rows:
        assert "".join(row.certificate.split()) in pdf and row.certificate in word
        if row.conclusion in ("调整", "不同意"):
            reason = row.opinion.splitlines()[0]
            assert "".join(reason.split()) in pdf and reason in word
    sums = totals(rows)
    said = f"你校共申报{len(rows)}项，申报培训人数{sums.persons_applied}人。"
    assert said in word and said in pdf
    assert "示例联系人" in word and "2021年12月31日" in word


def test_annexes_notices_and_summary_add_up(sent: Noticed) -> None:
    whole = totals(sent.review.decisions)
    pdf = text_of(sent.out / f"{GENERAL}.pdf")
    assert pdf.count(f"合计{whole.persons_granted}") == 2
    book = load_workbook(sent.out / "汇总.xlsx")
    assert book.sheetnames == ["按院校", "按证书", "按等级", "按院校类型", "明细"]
    for sheet in book.worksheets:
        header = [cell.value for cell in sheet[1]]
        column = header.index("批准人数")
        figures = [row[column].value for row in sheet.iter_rows(min_row=2)]
        assert figures[-1] == sum(figures[:-1]) == whole.persons_granted, sheet.title
        assert sheet.auto_filter.ref and sheet.print_title_rows == "$1:$1" and sheet.freeze_panes
    each = (words_of(path) for path in (sent.out / "院校通知").glob("*.docx"))
    granted = (re.search(r"批准\d+项，批准培训人数(\d+)人", words) for words in each)
    assert sum(int(match[1]) for match in granted if match) == whole.persons_granted


def test_numbers_of_the_schools_notices_count_on(sent: Noticed) -> None:
    numbers = sorted(
        int(match[1])
        for path in (sent.out / "院校通知").glob("*.docx")
        if (match := re.search(r"示试函〔2021〕(\d+)号", words_of(path)))
    )
    assert numbers == list(range(31, 71))
    assert counted_number("某函〔2021〕9号", 3) == "某函〔2021〕12号"
    assert counted_number("", 3) == ""


def test_a_return_notice_names_each_place_and_what_to_mend(sent: Noticed) -> None:
    row = next(row for row in sent.review.decisions if row.conclusion == "退回修改" and "\n" in row.opinion)
    words = words_of(sent.out / f"退回修改/{row.school}-退回修改通知.docx")
    for place, what in things_to_mend(row.opinion):
        assert place in words and what in words
    assert "2021年7月20日前" in words


@pytest.mark.parametrize(
    ("opinion", "things"),
    [
        ("1.教师材料第2页：看不清；2.申报书：人数不符", (("教师材料第2页", "看不清"), ("申报书", "人数不符"))),
        ("场地照片：重拍\n设备:缺发票。", (("场地照片", "重拍"), ("设备", "缺发票"))),
        ("材料不全", (("", "材料不全"),)),
        ("", ()),
    ],
)
def test_an_opinion_is_taken_apart(opinion, things) -> None:
    assert things_to_mend(opinion) == things


def test_a_two_star_school_is_set_apart_with_its_way(sent: Noticed) -> None:
    ways = {request.name: account_of(request).way for request in sent.review.accounts}
    assert list(ways.values()).count(Way.DEPARTMENT) == 2
    book = load_workbook(sent.out / "账号开通/账号开通名单.xlsx")
    assert [sheet.max_row - 1 for sheet in book.worksheets] == [3, 2, 0]
    two_star = next(name for name, way in ways.items() if way is Way.DEPARTMENT)
    assert "要先向教育厅提交申请" in words_of(sent.out / f"账号开通/{two_star}-账号申请答复.docx")
    opened = next(name for name, way in ways.items() if way is Way.OPEN)
    assert "列入本次开通账号的名单" in words_of(sent.out / f"账号开通/{opened}-账号申请答复.docx")


def test_a_parcel_holds_the_schools_files_and_the_mail_is_a_draft_to_it(sent: Noticed) -> None:
    row = next(row for row in sent.review.decisions if row.conclusion == "退回修改")
    school = next(one for one in sent.review.schools if one.name == row.school)
    with zipfile.ZipFile(sent.out / f"发送/{school.name}.zip") as archive:
        names = archive.namelist()
        assert len(names) == 4 and all(name.startswith(school.name) for name in names)
        notice_pdf = (sent.out / f"院校通知/{school.name}-评审结果通知.pdf").read_bytes()
        assert archive.read(f"{school.name}-评审结果通知.pdf") == notice_pdf
    mail = email.message_from_bytes((sent.out / f"发送/{school.name}.eml").read_bytes(), policy=default)
    assert (mail["To"], mail["X-Unsent"], mail["From"], mail["Date"]) == (school.mail, "1", None, None)
    attached = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert attached[f"{school.name}-评审结果通知.pdf"] == notice_pdf
    assert "退回修改通知" in mail.get_body().get_content()
    sheet = load_workbook(sent.out / "发送/发送清单.xlsx").active
    assert [cell.value for cell in sheet[2]][1:6] == [
        sent.review.schools[0].name, "示例联系人1", "13800000001", "school001@example.edu.cn",
        f"{sent.review.schools[0].name}.zip",
    ]  # fmt: skip


def test_a_second_run_changes_nothing_and_verify_vouches_for_it(sent: Noticed) -> None:
    again = notice(SAMPLE, sent.out)
    assert again.result.made == () and len(again.result.kept) == len(files_of(sent.out)) - 1
    assert verify(sent.out).intact


SCHOOL = {"院校名称": "甲学院", "院校代码": "4145000001", "院校类型": "高职", "邮箱": "a@example.cn"}
NOTICE = {
    "发文机关": "某某秘书处", "发文机关标志": "某某秘书处文件", "文号": "某试秘〔2021〕12号",
    "标题": "关于公布名单的通知", "主送": "各有关院校", "成文日期": "2021年7月5日", "联系人": "张三", "联系电话": "0771-5550000",
}  # fmt: skip
DECISION = {
    "院校名称": "甲学院",
    "证书名称": "网店运营推广",
    "等级": "中级",
    "申报人数": 120,
    "结论": "同意",
    "批准人数": 120,
}


def workspace(folder: Path, *decisions: dict[str, object], schools: Iterable[dict[str, object]] = (SCHOOL,)) -> Path:
    rows = {"通知信息": [NOTICE], "院校": list(schools), "评审结果": list(decisions)}
    folder.mkdir(exist_ok=True)
    (folder / "评审结果.xlsx").write_bytes(review_workbook(rows))
    (folder / "docgen.toml").write_text('kind = "secretariat"\n', "utf-8")
    return folder


def blocking(found: Iterable[Finding]) -> set[str]:
    return {finding.rule for finding in found if finding.blocks}


def test_an_error_makes_drafts_of_what_it_concerns_and_of_nothing_else(tmp_path: Path) -> None:
    other = SCHOOL | {"院校名称": "乙大学", "院校代码": "4145000002"}
    wrong = DECISION | {"结论": "调整", "批准人数": 1200}
    place = workspace(tmp_path / "w", wrong, DECISION | {"院校名称": "乙大学"}, schools=(SCHOOL, other))
    done = notice(place, tmp_path / "o")
    assert blocking(done.evaluation.findings) == {"NOT001"}
    drafts = {path.stem: "草稿" in text_of(path) for path in (tmp_path / "o").rglob("*.pdf")}
    assert drafts == {"关于公布名单的通知": True, "甲学院-评审结果通知": True, "乙大学-评审结果通知": False}
    assert {path.stem for path in (tmp_path / "o/发送").glob("*.zip")} == {"乙大学"}
    remarks = {
        row[1].value: row[8].value for row in load_workbook(tmp_path / "o/发送/发送清单.xlsx").active.iter_rows()
    }
    assert "草稿" in remarks["甲学院"] and not remarks["乙大学"]
    run = CliRunner().invoke(group, ["notice", str(place), "-o", str(tmp_path / "o")], standalone_mode=False)
    assert run.return_value == 1 and "NOT001" in run.output and "草稿" in run.output


def test_a_row_without_a_school_makes_the_sums_disagree(tmp_path: Path) -> None:
    done = notice(workspace(tmp_path / "w", DECISION, DECISION | {"院校名称": "", "等级": "初级"}), tmp_path / "o")
    assert "NOT011" in blocking(done.evaluation.findings)


def test_formulas_and_tags_in_cells_stay_text(tmp_path: Path) -> None:
    evil = "=HYPERLINK(1) & {{ 7*7 }} <w:p>"
    done = notice(
        workspace(tmp_path / "w", DECISION | {"结论": "不同意", "批准人数": None, "评审意见": evil}), tmp_path / "o"
    )
    cell = load_workbook(tmp_path / "o/汇总.xlsx")["明细"]["J2"]
    assert (cell.value, cell.data_type) == (evil, "s")
    assert evil in words_of(tmp_path / "o/院校通知/甲学院-评审结果通知.docx")
    assert not done.evaluation.blocks


ODD = "\x07\t甲\u0301𠮷\U0001f600" + "很长的理由" * 400


def test_odd_characters_and_a_reason_longer_than_a_page_lose_nothing_and_stop_nothing(tmp_path: Path) -> None:
    row = DECISION | {"结论": "不同意", "批准人数": None, "评审意见": ODD}
    school = SCHOOL | {"邮箱": "张三@例子.cn"}
    done = notice(workspace(tmp_path / "w", row, schools=[school]), tmp_path / "o")
    assert done.unsent == ("甲学院",) and not list((tmp_path / "o").rglob("*.eml"))
    words = text_of(tmp_path / "o/院校通知/甲学院-评审结果通知.pdf")
    assert words.count("很长的理由") >= 500
    annex = words[words.index("评审结果明细表", words.index("附件：") + 10) :]
    assert re.sub("[^很长的理由]", "", annex).count("理") >= 390


def test_nothing_is_written_into_the_schools_dossiers(tmp_path: Path) -> None:
    place = workspace(tmp_path / "w", DECISION)
    with pytest.raises(OutputError, match="院校申报材料"):
        notice(place, place / "院校申报材料" / "成品")


def test_json_tells_programs_what_was_done(tmp_path: Path) -> None:
    place = workspace(tmp_path / "w", DECISION)
    run = CliRunner().invoke(group, ["notice", str(place), "-o", str(tmp_path / "o"), "--json"], standalone_mode=False)
    told = json.loads(run.stdout)
    assert (run.return_value, told["schools"], told["rules"]["NOT001"]) == (0, 1, "pass")


def test_a_school_asks_for_return_in_a_letter_of_its_own(school: Path) -> None:
    done = request_return(school, ["a01：培训人数：应为120人；试点专业：应为电子商务", "A03：照片放错"])
    assert [path.name for path in done.files] == ["退回修改申请.docx", "退回修改申请.pdf"]
    word = words_of(done.files[0])
    for words in ("有2项需要更正", "应为120人", "试点专业", "照片放错", "A03"):
        assert words in word
    assert "应为120人" in text_of(done.files[1])
    assert verify(school / "退回修改申请").intact


@pytest.mark.parametrize(
    ("wish", "said"), [("Z9：错了", "没有申报编号"), ("A01", "没有说哪里有误"), ("A01：", "没有说")]
)
def test_a_wish_that_says_nothing_is_refused(school: Path, wish, said) -> None:
    with pytest.raises(UsageError, match=said):
        request_return(school, [wish])


def test_a_request_never_takes_the_place_of_a_build(school: Path, sent: Noticed) -> None:
    with pytest.raises(OutputError, match="其他成品"):
        request_return(school, ["A01：人数：错"], sent.out)


def test_a_school_without_wishes_is_told_how_to_write_them(school: Path) -> None:
    with pytest.raises(InputError) as caught:
        notice(school)
    assert "--return" in caught.value.hint


def test_the_sample_is_what_the_script_makes_and_says_that_it_is_invented(sent: Noticed) -> None:
    assert len(sent.review.schools) == 40 and len(sent.review.decisions) == 600
    assert all("虚构" in school.name for school in sent.review.schools)
    review = load_review(SAMPLE, sent.review.catalogue).review
    assert sent.review.notice == review.notice
    assert io.BytesIO((SAMPLE / "样章.png").read_bytes())


def test_the_pdfs_carry_their_results_as_data(sent: Noticed) -> None:
    row = next(row for row in sent.review.decisions if row.conclusion == "退回修改")
    told = carried(sent.out / f"院校通知/{row.school}-评审结果通知.pdf")
    assert told is not None and (told["kind"], told["about"], told["school"]["院校名称"]) == (
        "notice", "notice-school", row.school,
    )  # fmt: skip
    mine = [one for one in sent.review.decisions if one.school == row.school]
    assert [(one["证书名称"], one["等级"], one["结论"], one["批准人数"]) for one in told["decisions"]] == [
        (one.certificate, one.level, one.conclusion, one.granted) for one in mine
    ]
    published = carried(sent.out / f"{GENERAL}.pdf")
    assert published is not None
    assert sum(one["批准人数"] for one in published["decisions"]) == totals(sent.review.decisions).persons_granted
    assert not any("评审意见" in one for one in published["decisions"])
    assert "@" not in json.dumps([told, published], ensure_ascii=False)
