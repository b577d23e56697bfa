"""Rows and files of a small invented school in which nothing is wrong; faults are planted on top of them."""

from __future__ import annotations

import io
import random

import pikepdf
from PIL import Image, ImageDraw

from docgen.fonts.pdftext import FontFace, StampFont
from docgen.fonts.roles import Role, find_fonts

from .data.tables import Row
from .planting import Workspace

SETTINGS = """# 有意放入各种问题的样例，学校、人员和电话都是虚构的；广西岚溪职业技术学校并不存在。
kind = "school"

[workspace]
workbook = "申报数据.xlsx"
evidence = "佐证材料"
output = "成品"

[documents]
date = "2021年5月20日"
"""

SCHOOL: Row = {
    "院校名称": "广西岚溪职业技术学校",
    "院校类型": "中职",
    "统一社会信用代码": "12450000MB9C2021XR",
    "院校代码": "3645099062",
    "院校网址": "www.lanxi.example.edu.cn",
    "详细地址": "广西壮族自治区河池市宜州区岚溪路18号",
    "联系人姓名": "韦佳宁",
    "联系人手机号": "13800210701",
    "联系人邮箱": "jwk@lanxi.example.edu.cn",
    "申报年度": 2021,
    "是否首次申报": "否",
    "中职星级": "三星级",
    "统筹部门": "教务科",
    "主管领导姓名": "廖振华",
    "主管领导职务": "副校长",
    "工作组组长": "廖振华",
}

MAJORS = (("计算机网络技术", "710202", 320), ("电子商务", "730701", 280), ("机电技术应用", "660301", 300))


def photo(number: int, quality: int = 70) -> bytes:
    """A small photograph of a bench; each number gives another. `quality` is that of the JPEG."""
    rng = random.Random(number)
    image = Image.new("RGB", (320, 240), (200 + rng.randrange(40), 205, 200 + rng.randrange(40)))
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 150), (320, 140), (320, 240), (0, 240)], fill=(120 + rng.randrange(50), 100, 80))
    for _ in range(5):
        x, height = rng.randrange(20, 270), rng.randrange(30, 80)
        draw.rectangle((x, 150 - height, x + 46, 150), fill=(rng.randrange(60), rng.randrange(60), rng.randrange(90)))
        draw.rectangle((x + 4, 154 - height, x + 42, 140), fill=(90, 130 + rng.randrange(60), 190))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def pdf(pages: int) -> bytes:
    """A PDF of blank pages."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def letter(*pages: str) -> bytes:
    """A PDF of typeset pages, the lines of each parted by line ends; its text can be read out of it."""
    document = pikepdf.new()
    choice = find_fonts()[Role.SONG]
    stamp = StampFont(FontFace(choice.path, choice.index), pages)
    font = stamp.embed(document)
    for text in pages:
        page = document.add_blank_page(page_size=(595, 842))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        lines = b"".join(stamp.encode(line) + b" Tj T* " for line in text.split("\n"))
        page.obj.Contents = document.make_stream(b"BT /F 14 Tf 28 TL 72 740 Td " + lines + b"ET")
    return saved(document)


def saved(document: pikepdf.Pdf) -> bytes:
    """A PDF's bytes, the same each time."""
    out = io.BytesIO()
    document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def application(number: str, certificate: object, level: object, **changes: object) -> Row:
    """A row of 申报证书 without fault but for the changes."""
    return {
        "申报编号": number,
        "证书名称": certificate,
        "等级": level,
        "试点专业": "计算机网络技术",
        "培训人数": 40,
        "每期人数": 40,
        "期数": 1,
        "申报院系": "信息技术系",
        "负责人": "石小兰",
        "负责人电话": "13800210702",
        "申报理由": f"{number}：本证书与学校开设的课程内容一致，学生已具备相应基础。",
        "保障措施": f"{number}：由教务科统一管理，安排固定课时和专项经费。",
    } | changes


def resources(work: Workspace, scope: str) -> None:
    """A teacher, a venue, equipment, students, an earlier pilot and evidence for the applications of `scope`."""
    work.add("教师", teacher("石小兰", scope))
    work.add("场地", venue("网络综合实训室", scope))
    work.add("设备", equipment("网络实训计算机", "网络综合实训室", scope))
    for major, code, students in MAJORS:
        work.add("招生", {"专业": major, "专业代码": code, "年级": "2020级", "在校生人数": students})
    for number, (kind, name) in enumerate((("教师", "石小兰"), ("场地", "网络综合实训室"), ("设备", "网络实训计算机"))):
        path = f"{name}.jpg"
        work.evidence(path, photo(number))
        work.add("佐证材料", {"申报编号": scope, "类别": kind, "文件": path, "对应名称": name, "说明": f"{name}照片"})


def teacher(name: str, scope: object, **changes: object) -> Row:
    return {
        "姓名": name,
        "性别": "女",
        "职称": "讲师",
        "专业": "计算机网络技术",
        "培训证书": None,
        "培训证书等级": None,
        "从教年限": 8,
        "申报编号": scope,
    } | changes


def venue(name: str, scope: object, **changes: object) -> Row:
    return {
        "场地名称": name,
        "地点": "实训楼201",
        "面积（㎡）": 120,
        "工位数": 50,
        "用途": "培训与考核",
        "申报编号": scope,
    } | changes


def equipment(name: str, venue: object, scope: object, **changes: object) -> Row:
    return {
        "设备名称": name,
        "类别": "硬件",
        "型号规格": "i5/16GB/512GB",
        "数量": 50,
        "单价（元）": 5200,
        "存放场地": venue,
        "申报编号": scope,
    } | changes
