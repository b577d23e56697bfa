"""Evidence by row and by folder: each file once, tied to what it proves, and never one from outside the workspace."""

from __future__ import annotations

import unicodedata

import pytest
from workspace_maker import jpeg, pdf  # type: ignore[import-not-found]

from docgen.errors import InputError
from docgen.evidence.store import open_store
from docgen.load import folder as folder_module
from docgen.load.paths import leaves_workspace, natural_key
from docgen.model.records import EvidenceKind, Scope
from docgen.model.source import Source

PHOTO = jpeg()


def _items(loaded) -> list[tuple[str, str, str, str]]:
    return [(str(item.scope), str(item.kind), item.path, item.subject) for item in loaded.case.evidence]


def test_folders_alone_say_what_a_file_belongs_to(workspace, told) -> None:
    files = ["A01/教师/10.jpg", "A01/教师/2.jpg", "公共/场地/a.jpg", "a02/师资/深/更深/b.jpg", "A01-网店运营推广-中级/设备/c.jpg",
             "A01、A02/其他/d.jpg", "B77/设备/e.jpg", "通用/教师佐证材料/f.jpg"]  # fmt: skip
    loaded = workspace.evidence(dict.fromkeys(files, PHOTO))
    assert _items(loaded) == [
        ("A01", "教师", "A01/教师/2.jpg", ""),
        ("A01", "教师", "A01/教师/10.jpg", ""),
        ("A01", "设备", "A01-网店运营推广-中级/设备/c.jpg", ""),
        ("A01、A02", "其他", "A01、A02/其他/d.jpg", ""),
        ("A02", "教师", "a02/师资/深/更深/b.jpg", ""),
        ("B77", "设备", "B77/设备/e.jpg", ""),
        ("全部", "场地", "公共/场地/a.jpg", ""),
        ("全部", "教师", "通用/教师佐证材料/f.jpg", ""),
    ]
    assert loaded.case.evidence[0].origin.at("path") == Source("佐证材料/A01/教师/2.jpg")
    assert told(loaded) == []


def test_files_at_the_wrong_depth_or_in_an_unknown_kind_are_stray_and_not_read(workspace) -> None:
    loaded = workspace.evidence({"a.jpg": PHOTO, "A01/b.jpg": PHOTO, "A01/杂物/c.jpg": PHOTO})
    assert [file.path for file in loaded.case.stray_files] == ["A01/b.jpg", "A01/杂物/c.jpg", "a.jpg"]
    assert all(file.size == len(PHOTO) and not file.sha256 for file in loaded.case.stray_files)
    assert list(loaded.case.inputs) == ["申报数据.xlsx"]


def test_what_systems_leave_behind_is_no_evidence(workspace) -> None:
    names = [".DS_Store", "Thumbs.db", "desktop.ini", "~$a.docx", "._1.jpg", "说明.txt", "README.md", ".git/x"]
    loaded = workspace.evidence({f"A01/教师/{name}": b"x" for name in names} | {"说明.txt": b"x"})
    assert (loaded.case.evidence, loaded.case.stray_files) == ((), ())


def test_a_file_in_a_row_and_in_a_folder_is_one_item_and_the_row_comes_first(workspace, told) -> None:
    rows = [["A01", "教师", r"佐证材料\A01\教师\b.jpg", "张三"]]
    loaded = workspace.evidence({"A01/教师/a.jpg": PHOTO, "A01/教师/b.jpg": PHOTO}, rows)
    assert _items(loaded) == [("A01", "教师", "A01/教师/b.jpg", "张三"), ("A01", "教师", "A01/教师/a.jpg", "")]
    assert loaded.case.evidence[0].origin.at("path").cell == "C2"
    assert told(loaded) == []


def test_a_row_that_contradicts_its_folder_wins_and_is_told(workspace, told) -> None:
    loaded = workspace.evidence({"A02/教师/a.jpg": PHOTO}, [["A01", "场地", "A02/教师/a.jpg"]])
    assert _items(loaded) == [("A01", "场地", "A02/教师/a.jpg", "")]
    assert told(loaded) == [("DAT023", "C2"), ("DAT023", "C2")]


@pytest.mark.parametrize(
    "written",
    ["A01/教师/ZHANG (1).JPG", "a01/教师/zhang (1).jpg", "A01//教师/./zhang (1).jpg",
     "ｚhang（1）.jpg", "zhang (1)", "A01/教师/", "A01/教师"],
)  # fmt: skip
def test_a_path_is_found_as_a_person_would_find_it(workspace, written: str) -> None:
    loaded = workspace.evidence({"A01/教师/zhang (1).jpg": PHOTO}, [["A01", "教师", written]])
    assert [item.path for item in loaded.case.evidence] == ["A01/教师/zhang (1).jpg"]
    assert loaded.case.evidence[0].origin.row == 2


def test_names_in_another_normal_form_meet(workspace) -> None:
    decomposed = unicodedata.normalize("NFD", "A01/教师/Müller é.jpg")
    loaded = workspace.evidence({decomposed: PHOTO}, [["A01", "教师", "A01/教师/Müller é.jpg"]])
    assert [item.path for item in loaded.case.evidence] == [decomposed]


def test_several_files_in_one_cell_and_a_whole_folder(workspace) -> None:
    files = dict.fromkeys(("x/1.jpg", "x/2.jpg", "x/10.jpg", "y.jpg"), PHOTO)
    loaded = workspace.evidence(files, [["A01", "教师", "y.jpg、x/1.jpg"], ["A02", "设备", "x"]])
    assert [item.path for item in loaded.case.evidence] == ["y.jpg", "x/1.jpg", "x/1.jpg", "x/2.jpg", "x/10.jpg"]
    assert loaded.case.stray_files == ()


def test_a_name_that_two_files_bear_is_settled_by_the_row_or_left_open(workspace) -> None:
    files = dict.fromkeys(("A01/教师/证.jpg", "A02/教师/证.jpg"), PHOTO)
    loaded = workspace.evidence(files, [["A02", "教师", "证.jpg"]])
    assert loaded.case.evidence[0].path == "A02/教师/证.jpg"
    loaded = workspace.evidence(files, [["全部", "教师", "证.jpg"]])
    assert loaded.case.evidence[0].file is None


def test_a_missing_file_is_left_to_the_rules(workspace, told) -> None:
    loaded = workspace.evidence({}, [["A01", "教师", "A01/教师/无此.jpg"]])
    assert (loaded.case.evidence[0].file, loaded.case.evidence[0].path) == (None, "A01/教师/无此.jpg")
    assert loaded.case.evidence[0].origin.unreadable == frozenset()
    assert told(loaded) == []


@pytest.mark.parametrize(
    "written",
    ["../secret.jpg", "A01/../../secret.jpg", "/etc/passwd", r"C:\secret.jpg", "c:secret.jpg", r"\\server\share\x.jpg",
     "~/x.jpg", r"A01\..\..\secret.jpg"],
)  # fmt: skip
def test_a_path_that_leaves_the_folder_is_not_read(workspace, told, written: str) -> None:
    workspace.put("secret.jpg", PHOTO)
    loaded = workspace.evidence({}, [["A01", "教师", written]])
    assert leaves_workspace(written)
    assert told(loaded) == [("DAT022", "C2")]
    assert loaded.case.evidence[0].file is None
    assert loaded.case.evidence[0].origin.unreadable == {"path"}
    assert list(loaded.case.inputs) == ["申报数据.xlsx"]


def test_links_lead_nowhere_outside(workspace, told, tmp_path_factory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "教师").mkdir()
    (outside / "教师" / "secret.jpg").write_bytes(PHOTO)
    place = workspace.put("佐证材料/A01/教师/real.jpg", PHOTO).parent
    (place / "out.jpg").symlink_to(outside / "教师" / "secret.jpg")
    (place / "in.jpg").symlink_to(place / "real.jpg")
    (place / "loop").symlink_to(place)
    (place / "broken.jpg").symlink_to(place / "gone.jpg")
    (workspace.directory / "佐证材料" / "A02").symlink_to(outside)
    loaded = workspace.evidence({}, [["A01", "教师", "A01/教师/out.jpg"]])
    assert [found.source.file for found in loaded.findings if found.rule == "DAT022"] == [
        "佐证材料/A01/教师/out.jpg",
        "佐证材料/A02",
    ]
    assert [item.path for item in loaded.case.evidence if item.file] == [
        "A01/教师/broken.jpg", "A01/教师/in.jpg", "A01/教师/real.jpg"]  # fmt: skip
    assert loaded.case.evidence[0].origin.unreadable == {"path"}
    assert loaded.case.evidence[1].file.fault


def test_an_evidence_folder_that_is_a_link_outside_is_not_read(workspace, told, tmp_path_factory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (workspace.directory / "佐证材料").symlink_to(outside)
    loaded = workspace.evidence({"A01/教师/a.jpg": PHOTO})
    assert told(loaded) == [("DAT022", "")]
    assert loaded.case.evidence == ()


def test_no_evidence_folder_and_too_many_files(workspace, monkeypatch) -> None:
    loaded = workspace.sheets().load()
    assert [found.rule for found in loaded.findings if found.rule == "DAT025"] == ["DAT025"]
    monkeypatch.setattr(folder_module, "MAX_FILES", 3)
    with pytest.raises(InputError, match="超过 3 个"):
        workspace.evidence(dict.fromkeys(("1", "2", "3", "4"), b"x"))


def test_the_name_of_a_file_tells_what_it_proves(workspace) -> None:
    workspace.sheets(
        教师=[["姓名", "申报编号"], ["张三", "A01"], ["张三丰", "A01"], ["李四", "A02"], ["王五", "全部"]],
        场地=[["场地名称", "申报编号"], ["实训室", "A01"], ["网店实训室（301）", "A01"]],
        佐证材料=[["申报编号", "类别", "文件"], ["A01", "教师", "x/王五.jpg"]],
    )
    names = ["张三证书(1).jpg", "01张三丰.jpg", "张三、王五.jpg", "李四.jpg", "王 五/证书.jpg"]
    for name in [f"A01/教师/{name}" for name in names] + [
        "A01/场地/网店实训室 3.jpg",
        "A01/其他/张三.jpg",
        "x/王五.jpg",
    ]:
        workspace.put(f"佐证材料/{name}", PHOTO)
    subjects = {item.path.split("/", 2)[-1]: item.subject for item in workspace.load().case.evidence}
    assert subjects == {
        "王五.jpg": "王五",
        "01张三丰.jpg": "张三丰",
        "张三、王五.jpg": "",
        "张三证书(1).jpg": "张三",
        "李四.jpg": "",
        "王 五/证书.jpg": "王五",
        "网店实训室 3.jpg": "网店实训室（301）",
        "张三.jpg": "",
    }


def test_a_mislabelled_file_is_read_as_what_it_is_and_told_once(workspace, told) -> None:
    rows = [["A01", "教师", "A01/教师/a.jpg"], ["A02", "教师", "A01/教师/a.jpg"]]
    loaded = workspace.evidence({"A01/教师/a.jpg": pdf(3), "A01/教师/b": PHOTO}, rows)
    assert [(item.file.media, item.file.pages) for item in loaded.case.evidence][:2] == [("application/pdf", 3)] * 2
    assert told(loaded, "DAT023") == [("DAT024", ""), ("DAT024", "")]
    hints = [found.hint for found in loaded.findings if found.rule == "DAT024"]
    assert hints == ["可以把扩展名改成 .pdf。", "可以把扩展名改成 .jpg。"]


def test_inputs_hold_every_file_read(workspace) -> None:
    loaded = workspace.evidence({"A01/教师/a.jpg": PHOTO, "A01/教师/empty.jpg": b""})
    assert list(loaded.case.inputs) == ["佐证材料/A01/教师/a.jpg", "佐证材料/A01/教师/empty.jpg", "申报数据.xlsx"]
    assert loaded.case.evidence[0].file.sha256 == loaded.case.inputs["佐证材料/A01/教师/a.jpg"]


def test_two_loads_are_equal(workspace) -> None:
    first = workspace.evidence({f"A01/教师/{number}.jpg": jpeg(20 + number) for number in range(12)})
    second = workspace.load()
    assert first.findings == second.findings
    assert first.case.evidence == second.case.evidence
    assert first.case.evidence[10].path == "A01/教师/10.jpg"


def test_people_count_one_two_ten() -> None:
    names = ["10.jpg", "2.jpg", "1.jpg", "a10b2", "a2b10", "a2b9"]
    assert sorted(names, key=natural_key) == ["1.jpg", "2.jpg", "10.jpg", "a2b9", "a2b10", "a10b2"]


def test_kinds_and_scopes_are_typed(workspace) -> None:
    item = workspace.evidence({"公共/场地/a.jpg": PHOTO}).case.evidence[0]
    assert item.kind is EvidenceKind.VENUE
    assert item.scope == Scope(everywhere=True)


def test_any_kind_that_is_mislabelled_is_told(workspace, told) -> None:
    loaded = workspace.evidence(
        {"A01/教师/a.pdf": b"{\\rtf1 x}", "A01/教师/b.heic": PHOTO, "A01/教师/c.jpg": b"Rar!\x1a\x07"}
    )
    messages = [found.message for found in loaded.findings if found.rule == "DAT024"]
    assert ["RTF 文档" in messages[0], "JPG 照片" in messages[1]] == [True, True]
    assert len(messages) == 2


def test_a_second_run_looks_at_nothing_again_and_gives_the_same(workspace, monkeypatch) -> None:
    workspace.evidence({"A01/教师/a.jpg": PHOTO, "A01/教师/b.pdf": pdf(2)})
    with open_store(workspace.directory) as store:
        first = workspace.load(store=store)
    monkeypatch.delattr("docgen.evidence.guard.Guard._take")  # without it no process can be started
    with open_store(workspace.directory) as store:
        second = workspace.load(store=store)
    assert (second.findings, second.case.evidence) == (first.findings, first.case.evidence)
    assert [item.file.pages for item in second.case.evidence] == [1, 2]
    assert second.case.stray_files == ()
