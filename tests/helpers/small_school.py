"""A school small enough to be built many times: two applications, five pieces of evidence, all data invented."""

from __future__ import annotations

import hashlib
import io
import random
from pathlib import Path
from typing import Any

import openpyxl
from PIL import Image
from workspace_maker import pdf, workbook

SCHOOL = [
    ["项目", "内容"],
    ["院校名称", "广西云岭职业技术学院"],
    ["院校类型", "高职"],
    ["统一社会信用代码", "12450000MB9F1X209C"],
    ["院校代码", "4145099061"],
    ["院校网址", "https://www.yunling.example.edu.cn"],
    ["详细地址", "广西壮族自治区来宾市兴宾区示例大道1号"],
    ["联系人姓名", "韦示例"],
    ["联系人手机号", "13800210601"],
    ["联系人邮箱", "jwc@yunling.example.edu.cn"],
    ["申报年度", 2021],
    ["统筹部门", "教务处"],
    ["主管领导姓名", "罗示例"],
    ["主管领导职务", "副院长"],
    ["工作组组长", "罗示例"],
]
APPLICATIONS = [
    [
        "申报编号",
        "证书名称",
        "等级",
        "试点专业",
        "培训人数",
        "每期人数",
        "期数",
        "申报院系",
        "负责人",
        "负责人电话",
        "申报理由",
    ],
    ["A01", "网店运营推广", "中级", "电子商务", 60, 30, 2, "商学院", "覃示例", "13800210611", "校内有实训店铺。"],
    ["A02", "老年照护", "初级", "护理", 40, 40, 1, "护理学院", "莫示例", "13800210612", "与养老机构合作多年。"],
]
TEACHERS = [
    ["姓名", "性别", "职称", "专业", "培训证书", "培训证书等级", "从教年限", "申报编号"],
    ["覃示例", "女", "讲师", "电子商务", "网店运营推广", "中级", 8, "A01"],
    ["莫示例", "男", "副教授", "护理", "老年照护", "高级", 15, "A02"],
]
VENUES = [
    ["场地名称", "地点", "面积（㎡）", "工位数", "用途", "申报编号"],
    ["实训室", "实训楼101", 120, 40, "培训与考核", "全部"],
]
EQUIPMENT = [
    ["设备名称", "类别", "型号规格", "数量", "单价（元）", "存放场地", "申报编号"],
    ["电脑", "硬件", "i5/16GB", 40, 4200, "实训室", "全部"],
]
ENROLMENTS = [
    ["专业", "专业代码", "年级", "在校生人数"],
    ["电子商务", "530701", "2020级", 160],
    ["护理", "520201", "2020级", 170],
]


def photo(width: int, height: int) -> bytes:
    """A noisy photo, the same one every time."""
    noise = random.Random(width * 1000 + height).randbytes(width * height * 3)  # noqa: S311
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(out, "JPEG")
    return out.getvalue()


def small_school(directory: Path, more: int = 0) -> Path:
    """The workspace in a new folder; `more` further applications like the second one."""
    rows: list[list[Any]] = [*APPLICATIONS]
    rows += [[f"A{number:02}", *APPLICATIONS[2][1:]] for number in range(3, 3 + more)]
    sheets = {
        "院校信息": SCHOOL,
        "申报证书": rows,
        "教师": TEACHERS,
        "场地": VENUES,
        "设备": EQUIPMENT,
        "招生": ENROLMENTS,
    }
    directory.mkdir(parents=True)
    (directory / "申报数据.xlsx").write_bytes(workbook(sheets))
    (directory / "docgen.toml").write_text('[documents]\ndate = "2021-03-02"\n', "utf-8")
    for path, data in {
        "A01/教师/覃示例.jpg": photo(300, 200),
        "A01/场地/实训室.jpg": photo(320, 200),
        "公共/设备/电脑.pdf": pdf(1),
        "A02/教师/莫示例.jpg": photo(200, 300),
        "A02/场地/护理室.jpg": photo(240, 200),
    }.items():
        target = directory / "佐证材料" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return directory


def edit(workspace: Path, sheet: str, cell: str, value: object) -> None:
    """Write one cell of the workbook."""
    book = openpyxl.load_workbook(workspace / "申报数据.xlsx")
    book[sheet][cell] = value
    buffer = io.BytesIO()
    book.save(buffer)
    (workspace / "申报数据.xlsx").write_bytes(buffer.getvalue())


def tree(folder: Path) -> dict[str, str]:
    """The digest of every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
