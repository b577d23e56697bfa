"""samples/school-faulty: a small invented school in which each fault that docgen finds is planted once.

Every fault is planted on a row of its own, so that one does not call forth another. Faults that cannot stand in one
school together (it cannot be both 中职 and 高职) are in `VARIANTS`, which the tests build beside the sample.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from . import oddities, variants
from .data.tables import Row
from .plain import MAJORS, SCHOOL, SETTINGS, application, equipment, letter, pdf, photo, resources, teacher, venue
from .planting import Fault, Workspace, as_json

EXPECTED = "预期核查结果.json"


def clean() -> Workspace:
    """A school of one application in which nothing is wrong: what the variants start from."""
    return _changed({})


_POOL = (
    ("建筑信息模型（BIM）", "初级"),
    ("建筑信息模型（BIM）", "中级"),
    ("智能新能源汽车", "初级"),
    ("智能新能源汽车", "中级"),
    ("工业机器人应用编程", "初级"),
    ("工业机器人应用编程", "中级"),
    ("云计算平台运维与开发", "初级"),
    ("云计算平台运维与开发", "中级"),
    ("业财一体信息化应用", "初级"),
    ("业财一体信息化应用", "中级"),
    ("人工智能深度学习工程应用", "初级"),
    ("人工智能深度学习工程应用", "中级"),
    ("云计算开发与运维", "初级"),
    ("云计算开发与运维", "中级"),
    ("工业互联网网络运维", "中级"),
    ("焊接机器人编程与维护", "中级"),
)
"""Certificates and levels for the applications of which only the number matters, from F20 on."""


def sample() -> Workspace:
    """The workspace samples/school-faulty."""
    work = Workspace(SETTINGS)
    _school(work)
    _applications(work)
    _people(work)
    _places(work)
    _students(work)
    _evidence(work)
    _texts(work)
    _oddities(work)
    _waivers(work)
    return work


def _school(work: Workspace) -> None:
    row = SCHOOL | {
        "统一社会信用代码": "12450000MB9C2021XQ",  # the check character is R
        "院校代码": "4145099062",  # 41 is a 高校, the school is 中职
        "院校网址": "岚溪学校官网",  # words, not an address
        "详细地址": None,  # one of the nine items missing
        "联系人手机号": "1380021070",  # ten digits
        "联系人邮箱": "jwk.lanxi.example.edu.cn",  # no @
        "申报年度": None,  # no year
        "是否首次申报": "是",  # but there are earlier pilots
        "中职星级": "二星级",  # must go by the department of education
        "主管领导姓名": None,
        "工作组组长": None,
    }
    faults = (
        Fault("SCH001", "详细地址"),
        Fault("SCH003", "统一社会信用代码"),
        Fault("SCH004", "联系人手机号"),
        Fault("SCH005", "联系人邮箱"),
        Fault("SCH006", "院校网址"),
        Fault("SCH008", "中职星级"),
        Fault("SCH009", "院校代码"),
        Fault("SCH010", "申报年度"),
        Fault("SCH011", "是否首次申报"),
        Fault("APR001", "主管领导姓名"),
        Fault("APR003", "工作组组长"),
    )
    work.add("院校信息", row, *faults)


def _applications(work: Workspace) -> None:
    def plant(number: str, certificate: object, level: object, rule: str, header: str, **changes: object) -> None:
        faults = [Fault(rule, header, number)] if rule else []
        faults += shared.get(number, [])
        work.add("申报证书", application(number, certificate, level, **changes), *faults)

    shared = {
        "F01": [Fault("NUM010", "培训人数")],  # all of them together want more students than there are
        "F06": [Fault("CRT009", "等级")],  # with F34, and many others: several levels of one certificate
    }
    plant("F01", "工业互联网网络运维", "初级", "", "")
    plant("F02", "移动应用软件测式", "初级", "CRT001", "证书名称")  # 测试 misspelt
    plant("F03", "网络安全渗透测试", "中级", "CRT002", "等级")  # has 初级 only
    plant("F04", "档案数字化加工", None, "CRT003", "等级")
    plant("F05", "移动应用软件测试", "高级", "CRT004", "等级")  # 高级 at a 中职
    plant("F06", "工业互联网网络运维职业技能等级证书", "初级", "CRT005", "证书名称")  # F01 again
    plant("F07", None, "初级", "CRT006", "证书名称")
    plant("F08", "移动应用软件测试", "初级", "MAJ001", "试点专业", 试点专业="岚溪茶艺制作")
    plant("F09", "移动应用软件测试", "中级", "MAJ002", "试点专业", 试点专业="数控技术应用")  # no students listed
    plant("F10", "网络安全渗透测试", "初级", "MAJ003", "试点专业", 试点专业=None)
    plant("F11", "网络安全评估", "初级", "MAJ004", "试点专业")  # see 目录/证书要求.csv
    plant("F12", "云计算中心运维服务", "初级", "TEA002", "申报编号")  # wants 5 teachers
    plant("F13", "智能终端产品调试与维修", "初级", "VEN002", "申报编号")  # wants 500 seats
    plant("F14", "档案数字化加工", "初级", "EQP002", "申报编号")  # wants a scanner
    plant("F15", "测绘地理信息智能应用", "初级", "NUM001", "培训人数", 培训人数=None)
    plant("F16", "测绘地理信息智能应用", "中级", "NUM002", "培训人数", 培训人数=400, 期数=10)  # 320 students
    plant("F17", "数据资产管理", "初级", "NUM003", "培训人数", 培训人数=100, 期数=2)  # 2 × 40
    plant("F18", "焊接机器人编程与维护", "初级", "NUM004", "每期人数", 培训人数=200, 每期人数=200)  # 50 seats
    plant("F19", "工业机器人装调", "初级", "APR004", "负责人电话", 负责人电话="12345")
    # The faults of these are the absence of rows in other sheets.
    absences = {"F20": "TEA001", "F21": "VEN001", "F22": "EQP001", "F23": "EVI003", "F24": "EVI004", "F25": "EVI005"}
    for number, (certificate, level) in enumerate(_POOL, 20):
        name = f"F{number}"
        plant(name, certificate, level, absences.get(name, ""), "申报编号")
    plant("F35", "数据资产管理", "中级", "DAT012", "申报编号")  # F35 twice
    demands = "证书名称,等级,专业,教师人数,工位数,设备\r\n网络安全评估,初级,网络信息安全,,,\r\n云计算中心运维服务,初级,,5,,\r\n智能终端产品调试与维修,初级,,,500,\r\n档案数字化加工,初级,,,,高速扫描仪\r\n"
    work.files["目录/证书要求.csv"] = demands.encode("utf-8-sig")


def _without(*missing: str) -> str:
    """Every application but these, as a cell says it."""
    return "、".join(number for number in (f"F{n:02}" for n in range(1, 36)) if number not in missing)


def _people(work: Workspace) -> None:
    add = work.add
    add("教师", teacher("石小兰", _without("F20")), Fault("TEA007", "申报编号"))  # in every application
    add("教师", teacher("石小兰", "F01"), Fault("TEA003", "姓名", "F01"))  # listed twice
    add("教师", teacher("莫家宁", "F27"))  # what proves her is registered for F32
    add("教师", teacher("覃小凤", "F27"), Fault("EVI013", "姓名", "F27"))  # nothing proves her
    add("教师", teacher("蒙思远", "F98"), Fault("MAT001", "申报编号"))  # no such application
    add("教师", teacher("示例：梁艺馨", "F01", 职称="高级讲师"), Fault("DAT009", "姓名"))  # example row overwritten
    add("教师", teacher("兰天佑", "F33", 性别="未知"), Fault("DAT014", "性别", "F33"))
    add("教师", teacher("韩雨桐", "F33", 从教年限="#REF!"), Fault("DAT017", "从教年限", "F33"))
    years: Row = {"计划人数": 40, "培训人数": 40, "是否牵头": "否"}
    passed: Row = {"年度": 2020, "证书名称": "工业互联网网络运维", "等级": "初级", "考核人数": 38, "取证人数": 39}
    add("往年试点", passed | years, Fault("NUM005", "取证人数"))  # more passed than sat the examination
    unread: Row = {"年度": "去年", "证书名称": "数据标注", "等级": "中级", "考核人数": 38, "取证人数": 30}
    add("往年试点", unread | years, Fault("DAT015", "年度"))


def _places(work: Workspace) -> None:
    add, room = work.add, "网络综合实训室"
    add("场地", venue(room, _without("F21")), Fault("VEN003", "工位数"))  # so is the room
    add("场地", venue("综合布线实训室", "F28"), Fault("EVI014", "场地名称", "F28"))  # no picture of it
    add("场地", venue("网络机房", "F33", **{"面积（㎡）": "约两间教室"}), Fault("DAT013", "面积（㎡）", "F33"))
    add("场地", venue("多媒体教室", "F33", 用途="待补充"), Fault("TXT001", "用途"))
    add("设备", equipment("网络实训计算机", room, _without("F22")))
    add("设备", equipment("网络测试仪", "网络综合实训楼", "F01"), Fault("EQP003", "存放场地"))  # no such venue
    add("设备", equipment("光纤熔接机", room, "F33", 型号规格="锟斤拷"), Fault("TXT002", "型号规格"))
    add("设备", equipment("网络分析仪", room, "F01", 数量=None), Fault("ROW001", "数量"))
    add("设备", equipment("网络存储服务器", room, "F29"), Fault("EVI015", "设备名称", "F29"))  # nothing proves it
    add("设备", equipment("合计", None, None, 类别=None, 型号规格=None, 数量=110), Fault("DAT010", "设备名称"))


def _students(work: Workspace) -> None:
    for major, code, students in (*MAJORS, ("岚溪茶艺制作", None, 60)):
        work.add("招生", {"专业": major, "专业代码": code, "年级": "2020级", "在校生人数": students})
    slip: Row = {"专业": "电子商务", "专业代码": "710202", "年级": "2019级", "在校生人数": 150}
    work.add("招生", slip, Fault("MAJ005", "专业代码"))  # the code of 计算机网络技术
    nameless: Row = {"专业": None, "专业代码": "730701", "年级": "2018级", "在校生人数": 90}
    work.add("招生", nameless, Fault("DAT011", "专业"))
    rewritten: Row = {"专业": "机电技术应用", "专业代码": "6.6E+05", "年级": "2019级", "在校生人数": 90}
    work.add("招生", rewritten, Fault("DAT019", "专业代码"))


def _evidence(work: Workspace) -> None:
    def row(scope: object, kind: object, path: str, subject: object, *faults: Fault) -> None:
        values = {"申报编号": scope, "类别": kind, "文件": path, "对应名称": subject, "说明": None}
        work.add("佐证材料", values, *faults)

    for number, (kind, name, lacking) in enumerate(
        (
            ("教师", "石小兰", ("F20", "F23")),
            ("场地", "网络综合实训室", ("F21", "F24")),
            ("设备", "网络实训计算机", ("F22", "F25")),
        )
    ):
        work.evidence(f"{name}.jpg", photo(number))
        row(_without(*lacking), kind, f"{name}.jpg", name)
        # The application without a teacher (venue, equipment) has evidence all the same, so that only one rule fails.
        work.evidence(f"{lacking[0]}/{kind}/现场记录.jpg", photo(10 + number))
    # The same picture under two names in one volume.
    work.evidence("F26/设备/网络实训计算机与机柜.jpg", photo(20))
    work.evidence("F26/设备/网络实训计算机与机柜（副本）.jpg", photo(20), "EVI012", application="F26")
    work.evidence("F29/其他/会议记录.pdf", pdf(1), "EVI008", application="F29")  # a fourth volume
    row("F30", "设备", "F30/设备/验收单.pdf", None, Fault("EVI001", "文件", "F30"))  # not there
    work.evidence("F31/设备/采购合同.pdf", pdf(3)[:160], "EVI002", application="F31")  # cut off before the first page
    row("F32", "教师", "莫家宁.jpg", "莫家宁", Fault("MAT002", "对应名称", "F32"))  # she belongs to F27
    work.evidence("莫家宁.jpg", photo(21))
    row("F99", "场地", "旧实训室.jpg", None, Fault("EVI006", "申报编号"))  # no such application
    work.evidence("旧实训室.jpg", photo(22))
    work.evidence("杂项/笔记.jpg", photo(23), "EVI009")  # in no application's folder, named by no row
    row("F33", "教师", "结业合影.jpg", "韦无名", Fault("EVI010", "对应名称"))  # no such teacher
    work.evidence("结业合影.jpg", photo(24))
    work.evidence("F33/教师/兰天佑与韩雨桐.jpg", photo(28))
    work.evidence("F33/场地/网络机房、多媒体教室.jpg", photo(29))
    row("F33", None, "未分类.jpg", None, Fault("EVI011", "类别"))
    work.evidence("未分类.jpg", photo(25))
    row("F34", "设备", "../外部/发票.pdf", None, Fault("DAT022", "文件", "F34"))
    disagree = Fault("DAT023", "文件", "F34")  # the row and the folder
    row("F34", "场地", "F34/设备/服务器.jpg", "网络综合实训室", disagree)
    work.evidence("F34/设备/服务器.jpg", photo(26))
    work.evidence("F34/设备/网络实训计算机与路由器.pdf", photo(27), "DAT024")  # a photograph named .pdf
    work.evidence("F01/设备/网络测试仪.jpg", photo(33))
    work.evidence("F01/设备/网络分析仪.jpg", photo(34))
    work.evidence("F33/设备/光纤熔接机.jpg", photo(35))
    work.evidence("F28/教师/IMG_0001.jpg", photo(36), "EVI016", application="F28")  # whom does it prove?
    work.evidence("F02/教师/石小兰.jpg", photo(30))
    # The same content again, for something else; of this the whole school is told.
    work.evidence("F03/设备/网络实训计算机.jpg", photo(30), "MAT007")
    work.evidence("F04/场地/网络综合实训室.jpg", photo(37))
    work.evidence("F05/设备/网络实训计算机.jpg", photo(37, quality=55), "MAT008")  # stored again


def _texts(work: Workspace) -> None:
    """Documents that say other things than the workbook."""
    work.evidence(
        "F17/教师/石小兰培训证书.pdf",
        letter("兹证明石小兰同志参加网络安全评估职业技能等级证书师资培训，\n经考核合格，准予结业。"),
        "MAT003",
        application="F17",
    )
    work.evidence(
        "F16/教师/石小兰培训证书.pdf",
        letter("兹证明石小兰同志参加测绘地理信息智能应用职业技能等级证书（初级）\n师资培训，经考核合格，准予结业。"),
        "MAT004",
        application="F16",
    )
    work.evidence(
        "F18/设备/网络实训计算机采购合同.pdf",
        letter("设备采购合同\n甲方：广西岚泉职业技术学校\n乙方：岚溪教学装备有限公司\n货物：网络实训计算机"),
        "MAT005",
        application="F18",
    )
    work.evidence(
        "F15/教师/石小兰等培训证书.pdf",
        letter("师资培训合格证书\n姓名：韦若涵　性别：女\n于2020年8月参加师资培训，成绩合格。"),
        "MAT006",
        application="F15",
    )
    work.evidence(
        "F12/场地/网络综合实训室简介.pdf",
        letter("网络综合实训室\n面积120平方米，工位25个，用于培训与考核。"),
        "MAT009",
        application="F12",
    )


def _oddities(work: Workspace) -> None:
    """Files that can be used, but not without a word."""
    for number, (name, data, rule) in enumerate(
        (
            ("网络实训计算机验收单.pdf", oddities.scripted(), "EVI017"),
            ("网络实训计算机电子合同.pdf", oddities.signed(), "EVI018"),
            ("网络实训计算机说明书.pdf", oddities.damaged(), "EVI019"),
            ("网络实训计算机清单.pdf", oddities.with_a_page_lost(), "EVI020"),
            ("网络实训计算机布置图.pdf", oddities.hiding(), "EVI021"),
            ("网络实训计算机动画.gif", oddities.moving(), "EVI022"),
            ("网络实训计算机使用手册.pdf", oddities.very_long(), "EVI024"),
        ),
        6,
    ):
        work.evidence(f"F{number:02}/设备/{name}", data, rule, application=f"F{number:02}")


def _waivers(work: Workspace) -> None:
    def waive(rule: str, application: str, reason: str) -> str:
        lines = ["", "[[waive]]", f'rule = "{rule}"', f'application = "{application}"', f'reason = "{reason}"', ""]
        return "\n".join(lines)

    work.settings += '\n[evidence]\nphotos_per_page = "两张"\nmax_volumes = 3\n'
    work.settings += waive("NUM004", "F18", "")  # no reason
    work.settings += waive("NUM003", "F01", "分两个学期实施。")  # there is no such finding
    work.settings += waive("NUM099", "F01", "已请示。")  # no such rule
    work.settings += waive("NUM003", "F97", "分批实施。")  # no such application
    work.find("WVR001", "F18", file="docgen.toml")
    for rule in ("WVR002", "WVR003", "WVR004", "DAT030", "DAT031"):
        work.find(rule, file="docgen.toml")


def school_code_of_nine_digits() -> Workspace:
    """SCH002 beside SCH009, which looks at codes of ten digits only."""
    return _changed({"院校代码": "364509906"}, Fault("SCH002", "院校代码"))


def first_time_without_star_grade() -> Workspace:
    """SCH007 beside SCH008, which wants the grade that is missing here."""
    return _changed({"是否首次申报": "是", "中职星级": None}, Fault("SCH007", "中职星级"))


def contact_is_leader() -> Workspace:
    """APR002 beside APR001, which wants the leader to be missing."""
    return _changed({"主管领导姓名": "韦佳宁"}, Fault("APR002", "联系人姓名"))


def volume_too_full() -> Workspace:
    """EVI030, which wants a limit that the sample's other evidence would exceed as well."""
    work = _changed({})
    work.settings += "\n[evidence]\nmax_volume_pages = 8\n"
    work.evidence("B01/设备/网络实训计算机验收单.pdf", pdf(9), "EVI030", application="B01")
    return work


def _changed(changes: Row, *faults: Fault) -> Workspace:
    work = Workspace(SETTINGS)
    work.add("院校信息", SCHOOL | changes, *faults)
    work.add("申报证书", application("B01", "工业互联网网络运维", "初级"))
    resources(work, "B01")
    return work


VARIANTS: tuple[Callable[[], Workspace], ...] = (
    school_code_of_nine_digits,
    first_time_without_star_grade,
    contact_is_leader,
    volume_too_full,
    *variants.VARIANTS,
)


def write(folder: Path) -> None:
    """Write the sample and the list of what must be found in it."""
    work = sample()
    work.write(folder)
    (folder / EXPECTED).write_text(as_json(work.expected), encoding="utf-8")
