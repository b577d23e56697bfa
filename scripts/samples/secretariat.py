"""Write samples/secretariat: forty invented schools and what a review decided on some six hundred applications.

Schools, people, numbers and opinions are made up by a counter, the same ones each time; the names say that they are.
Certificates are real names of the catalogue. `workbook` also makes larger ones, for measuring.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from docgen.catalogue import load_catalogue
from docgen.model.records import CertificateLevel
from docgen.render.workbook import review_workbook

from .data.tables import Row

SCHOOLS, DECISIONS = 40, 600

SETTINGS = """# 秘书处样例工作区的设置。
# 院校、人员、电话、邮箱、文号和评审结果全部是虚构的，只用来演示；公章图片是样章。

kind = "secretariat"

[workspace]
workbook = "评审结果.xlsx"
output = "成品"
"""

NOTICE: Row = {
    "发文机关": "示例职业教育试点工作秘书处",
    "发文机关标志": "示例职业教育试点工作秘书处文件",
    "文号": "示试秘〔2021〕12号",
    "标题": "关于公布2021年1+X证书制度试点院校名单的通知",
    "主送": "各有关院校",
    "成文日期": "2021年7月5日",
    "抄送": "各有关培训评价组织，示例教育主管部门，各有关行业指导委员会",
    "印发机关": "示例职业教育试点工作秘书处办公室",
    "印发日期": "2021年7月6日",
    "联系人": "示例联系人",
    "联系电话": "0771-0000000",
    "公章图片": "样章.png",
    "院校通知格式": "信函格式",
    "院校通知起始文号": "示试函〔2021〕31号",
    "试点截止日期": "2021年12月31日",
    "修改截止日期": "2021年7月20日",
}

_PLACES = [
    "云岭",
    "青禾",
    "澄江",
    "岚溪",
    "望川",
    "碧湖",
    "松原",
    "竹溪",
    "金沙",
    "红石",
    "白鹭",
    "龙泉",
    "凤台",
    "梧桐",
    "紫荆",
    "明月",
    "晨光",
    "春晖",
    "秋实",
    "南屿",
    "东篱",
    "西垣",
    "北辰",
    "中汇",
    "长汀",
    "平皋",
    "远山",
    "近水",
    "高阳",
    "广陌",
    "新畴",
    "古渡",
    "银杏",
    "木棉",
    "榕荫",
    "桂圃",
    "茶岭",
    "蔗海",
    "荔湾",
    "椰林",
]
_KINDS = (
    ("职业技术学院", "高职", "41"),
    ("职业技术学校", "中职", "36"),
    ("工业职业学院", "高职", "41"),
    ("学院", "本科", "41"),
)
_REFUSALS = (
    "申报专业与证书不对应，没有符合条件的学生",
    "没有取得该证书培训资格的教师",
    "实训场地的工位数少于证书标准的要求",
    "缺少证书标准要求的主要设备，也没有购置计划",
)
_CUTS = (
    "实训工位有限，按每期可培训人数核减",
    "申报人数超过试点专业在校生人数，按在校生人数核减",
    "上一年度试点完成率偏低，适当核减",
)
_MENDS = (
    "教师佐证材料第{0}页：培训证书照片看不清，请重拍\n申报书“培训人数”：与期数、每期人数不符，请核对",
    "场地佐证材料第{0}页：照片与所申报的场地名称不一致，请更换",
    "设备佐证材料：缺少{0}号设备的购置凭证\n申报书“试点专业”：专业名称与目录不一致，请按目录全称填写",
)


def _school(number: int) -> Row:
    ending, kind, category = _KINDS[number % len(_KINDS)]
    place = _PLACES[number % len(_PLACES)]
    again = number // len(_PLACES)
    name = f"{place}{'第' + str(again + 1) if again else ''}{ending}（虚构）"
    return {
        "院校名称": name,
        "院校代码": f"{category}45{number + 1:06d}",
        "院校类型": kind,
        "联系人": f"示例联系人{number + 1}",
        "手机号": f"1380000{number + 1:04d}",
        "邮箱": f"school{number + 1:03d}@example.edu.cn",
    }


def _decision(chance: random.Random, school: str, certificate: str, level: str) -> Row:
    applied = chance.choice((30, 40, 50, 60, 80, 100, 120, 150))
    row: Row = {"院校名称": school, "证书名称": certificate, "等级": level, "申报人数": applied}
    lot = chance.random()
    if lot < 0.72:
        return row | {"结论": "同意", "批准人数": applied}
    if lot < 0.86:
        return row | {"结论": "调整", "批准人数": applied - chance.choice((10, 20)), "评审意见": chance.choice(_CUTS)}
    if lot < 0.95:
        return row | {"结论": "不同意", "评审意见": chance.choice(_REFUSALS)}
    return row | {"结论": "退回修改", "评审意见": chance.choice(_MENDS).format(chance.randint(2, 9))}


def rows(schools: int = SCHOOLS, decisions: int = DECISIONS) -> dict[str, list[Row]]:
    """The rows of every sheet for so many schools and decisions."""
    chance = random.Random(2021)
    pairs = [
        (certificate.name, level.value)
        for certificate in load_catalogue().certificates
        for level in certificate.levels or CertificateLevel
    ]
    school_rows = [_school(number) for number in range(schools)]
    shares = [decisions // schools + (number < decisions % schools) for number in range(schools)]
    # Schools differ: what one has more, another has less.
    for number in range(0, schools - 1, 2):
        step = min(shares[number] - 1, (number * 7) % (decisions // schools // 2 + 1))
        shares[number], shares[number + 1] = shares[number] - step, shares[number + 1] + step
    found: list[Row] = []
    for school, share in zip(school_rows, shares, strict=True):
        chosen = sorted(chance.sample(range(len(pairs)), share))
        found += [_decision(chance, str(school["院校名称"]), *pairs[place]) for place in chosen]
    return {"通知信息": [NOTICE], "院校": school_rows, "评审结果": found, "账号申请": _accounts()}


def _accounts() -> list[Row]:
    wanted = (
        ("晓峰职业技术学校（虚构）", "3645900001", "中职", "三星级"),
        ("暮云职业技术学校（虚构）", "3645900002", "中职", "二星级"),
        ("听涛职业技术学院（虚构）", "4145900003", "高职", ""),
        ("揽月职业技术学校（虚构）", "3645900004", "中职", "二星级"),
        ("枕石职业技术学校（虚构）", "3645900005", "中职", "四星级"),
    )
    return [
        {
            "院校代码": code, "院校名称": name, "院校类型": kind, "中职星级": star,
            "联系人": "示例联系人", "邮箱": f"account{number}@example.edu.cn",
        }
        for number, (name, code, kind, star) in enumerate(wanted, 1)
    ]  # fmt: skip


def certificate_names() -> list[str]:
    """Every certificate of the package's catalogue."""
    return [certificate.name for certificate in load_catalogue().certificates]


def workbook(schools: int = SCHOOLS, decisions: int = DECISIONS) -> bytes:
    """评审结果.xlsx for so many schools and decisions."""
    return review_workbook(rows(schools, decisions), certificates=certificate_names(), examples=False)


def seal() -> bytes:
    """A seal that no one can take for a real one: a ring, a star and the word 样章 in strokes."""
    size, red = 500, (214, 24, 32)
    image = Image.new("RGB", (size, size), "white")
    pen = ImageDraw.Draw(image)
    pen.ellipse((6, 6, size - 6, size - 6), outline=red, width=12)
    points: Sequence[tuple[float, float]] = [
        (
            size / 2 + radius * math.sin(math.pi * corner / 5),
            size / 2 - 40 - radius * math.cos(math.pi * corner / 5),
        )
        for corner in range(10)
        for radius in (80 if corner % 2 == 0 else 31,)
    ]
    pen.polygon(points, fill=red)
    # 样 stands in no font that is surely there: SAMPLE in Pillow's own type is enough, and plainly no seal's text.
    small = Image.new("L", (42, 12), 0)
    ImageDraw.Draw(small).text((2, 0), "SAMPLE", fill=255)
    words = small.resize((252, 72))
    image.paste(red, (124, 330), words)
    saved = io.BytesIO()
    image.save(saved, "PNG", optimize=True)
    return saved.getvalue()


def write(folder: Path) -> None:
    """Write the sample into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "docgen.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "评审结果.xlsx").write_bytes(workbook())
    (folder / "样章.png").write_bytes(seal())
