"""Look-up, near misses, and the user's lists before the starter's."""

from pathlib import Path

import pytest

from docgen.catalogue import Catalogue, load_catalogue
from docgen.catalogue.names import certificate_key, nearness
from docgen.errors import InputError
from docgen.model.catalogue import CatalogueView
from docgen.model.records import CertificateLevel, SchoolType

ELEMENTARY, INTERMEDIATE, ADVANCED = CertificateLevel


@pytest.fixture(scope="module")
def starter() -> Catalogue:
    return load_catalogue()


def workspace(folder: Path, **files: str) -> Path:
    """A workspace whose 目录 holds the files, given as name without suffix = text."""
    (folder / "目录").mkdir()
    for name, text in files.items():
        suffix = "toml" if name == "目录" else "csv"
        (folder / "目录" / f"{name}.{suffix}").write_text(text, encoding="utf-8-sig")
    return folder


def test_it_answers_the_questions_of_the_contract(starter: Catalogue) -> None:
    view: CatalogueView = starter
    assert not view.complete
    assert len(starter.certificates) == 102
    assert len(starter.all_majors) == 1313


@pytest.mark.parametrize(
    "written",
    [
        "建筑信息模型（BIM）",
        "建筑信息模型(BIM)",
        "建筑信息模型（ＢＩＭ）",
        "建筑信息模型【bim】",
        " 建筑信息 模型（BIM）职业技能等级证书",
        "建筑信息模型（BIM）职业技能等级",
        "建筑信息模型（BIM）证书",
        "《建筑信息模型（BIM）》",
        "1+X建筑信息模型（BIM）职业技能等级证书",
    ],
)
def test_a_certificate_is_found_however_it_is_written(starter: Catalogue, written: str) -> None:
    found = starter.certificate(written)
    assert found is not None
    assert found.name == "建筑信息模型（BIM）"
    assert found.levels == (ELEMENTARY, INTERMEDIATE, ADVANCED)
    assert (found.batch, found.provenance) == (1, "platform listing")


@pytest.mark.parametrize("name", ["", "证书", "网店", "网店运营推广（中级）"])
def test_what_is_no_name_of_the_list_is_not_found(starter: Catalogue, name: str) -> None:
    assert starter.certificate(name) is None


def test_unknown_levels_stay_unknown(starter: Catalogue) -> None:
    found = starter.certificate("网店运营推广")
    assert found is not None
    assert found.levels == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("云计算开发与平台运维", "云计算平台运维与开发"),
        ("建筑信息模型", "建筑信息模型（BIM）"),
        ("BIM", "建筑信息模型（BIM）"),
        ("老年护理", "老年照护"),
        ("电商数据分析", "电子商务数据分析"),
        ("网店运营", "网店运营推广"),
        ("WEB前端", "Web前端开发"),
        ("建筑识图", "建筑工程识图"),
        ("大数据应用开发", "大数据应用开发（Python）"),
        ("轨道交通乘务", "城市轨道交通乘务"),
    ],
)
def test_a_near_miss_is_suggested_first(starter: Catalogue, written: str, meant: str) -> None:
    assert starter.certificate(written) is None
    assert starter.similar_certificates(written)[0] == meant


def test_two_that_are_easily_confused_are_both_suggested(starter: Catalogue) -> None:
    similar = starter.similar_certificates("云计算开发与平台运维证书")
    assert {"云计算平台运维与开发", "云计算开发与运维"} <= set(similar)
    assert len(starter.similar_certificates("网络安全")) <= 3


@pytest.mark.parametrize("name", ["宠物护理", "导游", "幼儿照护", "快递运营管理", "财务共享服务", ""])
def test_what_is_merely_related_is_not_suggested(starter: Catalogue, name: str) -> None:
    assert starter.similar_certificates(name) == ()


def test_nearness_is_full_for_the_same_name() -> None:
    assert nearness(certificate_key("WPS办公应用"), certificate_key("wps 办公应用职业技能等级证书")) == 100.0


def test_majors_by_name_and_code(starter: Catalogue) -> None:
    assert {major.stage for major in starter.majors("电子商务")} == {"中职", "高职专科", "高职本科"}
    (higher,) = (major for major in starter.majors("电子商务专业") if major.stage == "高职专科")
    assert starter.majors_of_code(f" {higher.code} ") == (higher,)
    assert starter.majors("不存在") == starter.majors_of_code("000000") == ()


@pytest.mark.parametrize(
    ("school", "stage"),
    [
        (SchoolType.SECONDARY, "中职"),
        (SchoolType.HIGHER_VOCATIONAL, "高职专科"),
        (SchoolType.UNDERGRADUATE, "高职本科"),
    ],
)
def test_similar_majors_are_of_the_schools_stage(starter: Catalogue, school: SchoolType, stage: str) -> None:
    similar = starter.similar_majors("大数据技术与应用", school)
    assert similar
    assert all(stage in {major.stage for major in starter.majors(name)} for name in similar)


def test_the_users_list_wins_and_the_starter_fills_its_gaps(tmp_path: Path) -> None:
    rows = "批次,证书名称,培训评价组织,等级\n,网店运营推广,,中级\n5,宠物护理,某某公司,初级、中级\n"
    catalogue = load_catalogue(workspace(tmp_path, 证书=rows))
    shop = catalogue.certificate("网店运营推广")
    assert shop is not None
    assert (shop.batch, shop.organisation, shop.levels) == (2, "北京鸿科经纬科技有限公司", (INTERMEDIATE,))
    assert shop.provenance == "目录/证书.csv"
    assert [entry.name for entry in catalogue.certificates[:2]] == ["网店运营推广", "宠物护理"]
    assert catalogue.certificate("老年照护") is not None
    assert not catalogue.complete


def test_a_complete_list_is_all_that_there_is(tmp_path: Path) -> None:
    folder = workspace(tmp_path, 证书="证书名称\n宠物护理\n老年照护\n", 目录="complete = true\n")
    catalogue = load_catalogue(folder)
    assert catalogue.complete
    assert [entry.name for entry in catalogue.certificates] == ["宠物护理", "老年照护"]
    assert catalogue.certificate("网店运营推广") is None


def test_demands_of_a_level_go_before_those_of_every_level(tmp_path: Path) -> None:
    rows = (
        "证书名称,等级,专业,教师人数,工位数,设备\n"
        "网店运营推广,,电子商务、市场营销,2,30,计算机\n"
        "网店运营推广,高级,,4,,\n"
        "网店运营推广职业技能等级证书,高级,,3,,服务器（含软件，正版）、投影机\n"
    )
    catalogue = load_catalogue(workspace(tmp_path, 证书要求=rows))
    high = catalogue.demand("网店运营推广", ADVANCED)
    assert high is not None
    assert (high.teachers, high.seats, high.majors) == (4, 30, ("电子商务", "市场营销"))
    assert high.equipment == ("服务器（含软件，正版）", "投影机")
    low = catalogue.demand("网店运营推广", ELEMENTARY)
    assert low is not None
    assert (low.teachers, low.level) == (2, None)
    assert catalogue.demand("老年照护", ADVANCED) is None


def test_a_major_of_the_users_replaces_the_one_of_its_code(tmp_path: Path) -> None:
    folder = workspace(
        tmp_path, 专业="层次,专业代码,专业名称,专业类\n中职,610101,种子生产,自定\n中职,999999,宠物美容,自定\n"
    )
    catalogue = load_catalogue(folder)
    assert [major.name for major in catalogue.majors_of_code("610101")] == ["种子生产"]
    assert [major.stage for major in catalogue.majors("宠物美容")] == ["中职"]
    assert catalogue.majors("种子生产技术") == ()


def test_a_csv_that_excel_saved_in_gbk_is_read(tmp_path: Path) -> None:
    (tmp_path / "目录").mkdir()
    (tmp_path / "目录" / "证书.csv").write_bytes("证书名称,等级\n宠物护理,初级\n".encode("gbk"))
    found = load_catalogue(tmp_path).certificate("宠物护理")
    assert found is not None
    assert found.levels == (ELEMENTARY,)


@pytest.mark.parametrize(
    ("name", "text"), [("证书", "名称\n甲\n"), ("专业", "专业名称\n甲\n"), ("目录", "complete = 是\n")]
)
def test_a_broken_list_stops_the_run_with_its_name(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(InputError, match=f"目录/{name}"):
        load_catalogue(workspace(tmp_path, **{name: text}))


def test_the_same_files_give_the_same_object(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path) is load_catalogue()
    folder = workspace(tmp_path, 证书="证书名称\n甲\n")
    first = load_catalogue(folder)
    assert first is load_catalogue(folder)
    (folder / "目录" / "证书.csv").write_text("证书名称\n乙\n", encoding="utf-8")
    assert load_catalogue(folder).certificate("乙") is not None
