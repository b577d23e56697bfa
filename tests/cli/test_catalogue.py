"""`docgen catalogue import` and `find`, with real workbooks."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from docgen.catalogue import load_catalogue
from docgen.cli.catalogue_command import command
from docgen.errors import InputError, UsageError
from docgen.model.records import CertificateLevel
from docgen.workspace import import_catalogue

DEMANDS = [["证书名称", "等级", "专业", "教师人数", "工位数", "设备"], ["冷链物流", "中级", "物流管理", 2, 40, "叉车"]]


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def certificates(*names: str) -> list[list[object]]:
    return [["批次", "证书名称", "培训评价组织", "等级"], *([4, name, "甲公司", "初级、中级"] for name in names)]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_an_import_is_used_from_then_on(tmp_path: Path) -> None:
    file = workbook(tmp_path / "名单.xlsx", 名单=certificates("冷链物流", "宠物护理"), 要求=DEMANDS, 说明=[["请查收"]])
    answer = run("import", str(file), "--data", str(tmp_path))
    assert answer.exit_code == 0
    assert "证书 2 个，等级 4 个，证书要求 1 条" in answer.output
    assert "未读取的工作表：说明" in answer.output
    assert "第一次导入" in answer.output
    catalogue = load_catalogue(tmp_path)
    demand = catalogue.demand("冷链物流职业技能等级证书", CertificateLevel.INTERMEDIATE)
    assert demand is not None
    assert (demand.teachers, demand.seats, demand.equipment) == (2, 40, ("叉车",))
    assert not catalogue.complete
    assert (tmp_path / "目录" / "证书.csv").read_bytes().startswith("\ufeff批次,证书名称".encode())


def test_a_second_import_says_what_changed_and_leaves_the_other_list(tmp_path: Path) -> None:
    import_catalogue(workbook(tmp_path / "1.xlsx", 名单=certificates("冷链物流", "宠物护理"), 要求=DEMANDS), tmp_path)
    result = import_catalogue(workbook(tmp_path / "2.xlsx", 名单=certificates("冷链物流", "导游实务")), tmp_path)
    assert (result.before, result.added, result.removed) == (2, ("导游实务",), ("宠物护理",))
    assert len(load_catalogue(tmp_path).demands) == 1
    only_demands = import_catalogue(workbook(tmp_path / "3.xlsx", 要求=DEMANDS), tmp_path)
    assert (only_demands.removed, only_demands.written) == ((), ("目录/证书要求.csv",))
    assert load_catalogue(tmp_path).certificate("导游实务") is not None


def test_a_list_is_complete_when_it_is_said_to_be_or_long_enough(tmp_path: Path) -> None:
    short = workbook(tmp_path / "短.xlsx", 名单=certificates("冷链物流"))
    assert import_catalogue(short, tmp_path, complete=True).complete
    assert load_catalogue(tmp_path).complete
    assert not import_catalogue(short, tmp_path).complete
    assert not load_catalogue(tmp_path).complete
    long = workbook(tmp_path / "长.xlsx", 名单=certificates(*(f"证{number}号" for number in range(400))))
    assert import_catalogue(long, tmp_path).complete
    assert load_catalogue(tmp_path).certificate("老年照护") is None


def test_a_merged_name_stands_for_each_of_its_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [["证书名称", "等级"], ["冷链物流", "初级"], [None, "高级"]]
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("A2:A3")
    book.save(tmp_path / "名单.xlsx")
    result = import_catalogue(tmp_path / "名单.xlsx", tmp_path)
    assert (result.certificates, result.levels, result.unread) == (1, 2, ())


def test_rows_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "名单.xlsx", 名单=[*certificates("冷链物流"), [4, None, "乙公司", "初级"], [4, "甲", "乙", "顶级"]]
    )
    answer = run("import", str(file), "--data", str(tmp_path))
    assert "有 2 处没有读取" in answer.output
    assert "工作表“名单”第 3 行：没有证书名称" in answer.output
    assert "工作表“名单”第 4 行：“甲”的等级“顶级”" in answer.output


def test_the_current_folder_is_taken_if_it_is_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = workbook(tmp_path / "名单.xlsx", 名单=certificates("冷链物流"))
    monkeypatch.chdir(tmp_path)
    refused = run("import", str(file))
    assert isinstance(refused.exception, UsageError)
    assert "--data" in refused.exception.hint
    (tmp_path / "docgen.toml").write_text('kind = "school"\n', encoding="utf-8")
    assert run("import", str(file)).exit_code == 0
    assert "冷链物流" in run("find", "冷链").output


def test_what_cannot_be_imported_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "网页.xls").write_text("<html><table></table></html>", encoding="utf-8")
    with pytest.raises(InputError, match="网页"):
        import_catalogue(tmp_path / "网页.xls", tmp_path)
    with pytest.raises(InputError, match="没有一张工作表"):
        import_catalogue(workbook(tmp_path / "别的.xlsx", 表=[["姓名"], ["张三"]]), tmp_path)
    with pytest.raises(InputError, match="找不到"):
        import_catalogue(tmp_path / "没有.xlsx", tmp_path)
    with pytest.raises(UsageError, match="没有文件夹"):
        import_catalogue(tmp_path / "没有.xlsx", tmp_path / "没有")
    with pytest.raises(UsageError, match="--complete"):
        import_catalogue(workbook(tmp_path / "要求.xlsx", 要求=DEMANDS), tmp_path, complete=True)
    assert not (tmp_path / "目录").exists()


def test_a_broken_list_can_be_replaced_by_a_new_import(tmp_path: Path) -> None:
    (tmp_path / "目录").mkdir()
    (tmp_path / "目录" / "证书.csv").write_text("坏\n", encoding="utf-8")
    result = import_catalogue(workbook(tmp_path / "名单.xlsx", 名单=certificates("冷链物流")), tmp_path)
    assert result.before is None
    assert load_catalogue(tmp_path).certificate("冷链物流") is not None


def test_the_same_import_writes_the_same_bytes(tmp_path: Path) -> None:
    file = workbook(tmp_path / "名单.xlsx", 名单=certificates("冷链物流"), 要求=DEMANDS)
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        import_catalogue(file, tmp_path / name)
    for path in (tmp_path / "甲" / "目录").iterdir():
        assert path.read_bytes() == (tmp_path / "乙" / "目录" / path.name).read_bytes()


def test_find_shows_certificates_and_majors_with_their_particulars(tmp_path: Path) -> None:
    answer = run("find", "云计算")
    assert answer.exit_code == 0
    assert "云计算开发与运维　初级、中级、高级　第3批　阿里巴巴（中国）有限公司" in answer.output
    assert "510206　云计算技术应用　高职专科" in answer.output


def test_find_by_organisation_and_by_code() -> None:
    assert "业财一体信息化应用" in run("find", "新道科技").output
    assert "电子商务　高职专科" in run("find", "530701").output


def test_find_shows_what_a_certificate_demands(tmp_path: Path) -> None:
    import_catalogue(workbook(tmp_path / "名单.xlsx", 名单=certificates("冷链物流"), 要求=DEMANDS), tmp_path)
    output = run("find", "冷链", "--data", str(tmp_path)).output
    assert "要求（中级）：专业 物流管理；教师 2 人；工位 40 个；设备 叉车" in output


def test_find_falls_back_to_what_is_near_and_then_to_advice() -> None:
    near = run("find", "老年护理")
    assert (near.exit_code, "名称相近的有" in near.output, "老年照护" in near.output) == (0, True, True)
    nothing = run("find", "魔法学")
    assert nothing.exit_code == 0
    assert "没有名称里有“魔法学”" in nothing.output
    assert "docgen catalogue import" in nothing.output


def test_find_wants_words() -> None:
    assert isinstance(run("find", " ").exception, UsageError)
