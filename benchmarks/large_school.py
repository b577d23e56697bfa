"""A school with as many applications as wanted, all of it invented: the same bytes on every run."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

from PIL import Image

from docgen.catalogue.lists import CERTIFICATES, FOLDER, MAJORS, certificates_csv
from docgen.model.catalogue import Certificate
from docgen.model.records import CertificateLevel
from docgen.render.workbook import school_workbook

TEACHERS, VENUES, DEVICES = 4, 2, 12
KINDS = ("教师", "场地", "设备")
_LEVELS = tuple(CertificateLevel)
_SURNAMES = "韦黄覃莫陆蓝农梁苏邓何甘卢吴潘陈廖唐周李"
_GIVEN = "建松雪梅志勇丽珍启航海涛明哲秋兰国栋晓峰振宁思源静怡永强东思琪炜喆慧敏志鹏婉莹子豪淼林"
_WORKS = ("工艺装配", "数据采集", "现场运维", "质量检测", "流程设计", "设备调试", "安全管理", "客户服务")
SETTINGS = """kind = "school"

[documents]
date = "2021年5月20日"
"""


def photo(seed: int, size: tuple[int, int] = (1440, 1080)) -> bytes:
    """A JPEG as messengers hand phone photos on, each a picture of its own."""
    chance = random.Random(seed)
    coarse = Image.frombytes("RGB", (24, 18), chance.randbytes(24 * 18 * 3)).resize(size, Image.Resampling.BICUBIC)
    grain = Image.frombytes("L", (size[0] // 2, size[1] // 2), chance.randbytes(size[0] * size[1] // 4)).resize(size)
    out = BytesIO()
    Image.blend(coarse, Image.merge("RGB", (grain, grain, grain)), 0.12).save(out, "JPEG", quality=80)
    return out.getvalue()


def scan(seed: int, pages: int = 3) -> bytes:
    """A PDF of scanned pages, as the scanner of an office makes them."""
    sheets = [Image.open(BytesIO(photo(seed * 10 + page, (1240, 1754)))).convert("L") for page in range(pages)]
    out = BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=150)
    return out.getvalue()


def _name(number: int) -> str:
    """A person's name; no two numbers below some thousands share one."""
    first, rest = number % len(_SURNAMES), number // len(_SURNAMES)
    return f"{_SURNAMES[first]}{_GIVEN[rest % len(_GIVEN)]}{_GIVEN[(rest // len(_GIVEN) + first) % len(_GIVEN)]}"


def _application(position: int) -> dict[str, object]:
    group = position // len(_LEVELS)
    work = _WORKS[group % len(_WORKS)]
    return {
        "申报编号": f"A{position + 1:02d}",
        "证书名称": f"{work}{group + 1:04d}号岗位技能",
        "等级": _LEVELS[position % len(_LEVELS)].value,
        "试点专业": f"试点专业{position + 1:05d}",
        "培训人数": 80,
        "每期人数": 40,
        "期数": 2,
        "申报院系": f"第{position % 12 + 1}教学部",
        "负责人": _name(position * TEACHERS),
        "负责人电话": f"139{position % 10**8:08d}",
        "申报理由": f"本专业连续{position % 5 + 2}年招生，课程内容与{work}岗位要求一致，毕业生多在区内企业就业。" * 2,
        "保障措施": f"由专任教师{TEACHERS}人承担培训，实行小班教学；实训场地全天开放，每期结束后召开质量分析会。",
    }


def _proofs(number: object, photos: int) -> list[dict[str, object]]:
    """Evidence of each kind: so many photos, and a scanned contract for the equipment."""
    files = [(kind, f"{kind}照片{place + 1}.jpg", "现场照片") for kind in KINDS for place in range(photos)]
    if photos > 1:
        files.append(("设备", "采购合同.pdf", "采购合同扫描件"))
    return [
        {"申报编号": number, "类别": kind, "文件": f"{number}/{kind}/{name}", "对应名称": "", "说明": note}
        for kind, name, note in files
    ]


def rows(count: int, photos: int = 1) -> dict[str, list[dict[str, object]]]:
    """The sheets of a workbook with `count` applications, each with teachers, venues and equipment of its own."""
    sheets: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("申报证书", "教师", "场地", "设备", "招生", "佐证材料")
    }
    for position in range(count):
        one = _application(position)
        number, major = one["申报编号"], one["试点专业"]
        sheets["申报证书"].append(one)
        for place in range(TEACHERS):
            sheets["教师"].append(
                {
                    "姓名": _name(position * TEACHERS + place),
                    "性别": "男女"[place % 2],
                    "职称": ("副教授", "讲师", "工程师", "助教")[place % 4],
                    "专业": major,
                    "培训证书": one["证书名称"],
                    "培训证书等级": one["等级"],
                    "从教年限": 3 + place * 4,
                    "申报编号": number,
                }
            )
        for place in range(VENUES):
            sheets["场地"].append(
                {
                    "场地名称": f"{number}实训室{place + 1}",
                    "地点": f"实训楼{position % 9 + 1}0{place + 1}",
                    "面积（㎡）": 120 + place * 20,
                    "工位数": 45,
                    "用途": "培训与考核",
                    "申报编号": number,
                }
            )
        for place in range(DEVICES):
            sheets["设备"].append(
                {
                    "设备名称": f"{_WORKS[place % len(_WORKS)]}装置{place + 1}型",
                    "类别": "硬件" if place % 4 else "软件",
                    "型号规格": f"XZ-{position + 1:04d}-{place + 1:02d}，220V",
                    "数量": 5 + place,
                    "单价（元）": 1800 + 350 * place,
                    "存放场地": f"{number}实训室1",
                    "申报编号": number,
                }
            )
        sheets["招生"].append({"专业": major, "专业代码": f"{500000 + position}", "年级": "2020级", "在校生人数": 260})
        sheets["佐证材料"] += _proofs(number, photos)
    sheets["院校信息"] = [_school(count)]
    return sheets


def _school(count: int) -> dict[str, object]:
    return {
        "院校名称": f"广西试验{count}项职业技术学院",
        "院校类型": "高职",
        "统一社会信用代码": "12450000MB9F1X209C",
        "院校代码": "4145099999",
        "院校网址": "https://www.example.edu.cn",
        "详细地址": "广西壮族自治区试验市试验大道1号",
        "联系人姓名": "钟文静",
        "联系人手机号": "13800000001",
        "联系人邮箱": "office@example.edu.cn",
        "申报年度": "2021",
        "是否首次申报": "否",
        "统筹部门": "教务处",
        "主管领导姓名": "许国安",
        "主管领导职务": "副院长",
        "工作组组长": "许国安",
    }


def write(folder: Path, count: int, photos: int = 1, size: tuple[int, int] = (1440, 1080)) -> Path:
    """Write the workspace: workbook, settings, its own lists of certificates and majors, the evidence.

    Each application has so many photos of each kind; from two on, a scanned contract besides.
    """
    sheets = rows(count, photos)
    folder.mkdir(parents=True)
    (folder / "docgen.toml").write_text(SETTINGS, encoding="utf-8")
    save_workbook(folder, sheets)
    names = dict.fromkeys(str(row["证书名称"]) for row in sheets["申报证书"])
    certificates = [Certificate(name, "试验培训评价组织", 1, _LEVELS, "invented") for name in names]
    (folder / FOLDER).mkdir()
    (folder / FOLDER / CERTIFICATES).write_bytes(certificates_csv(certificates))
    majors = [f"高职专科,{row['专业代码']},{row['专业']}" for row in sheets["招生"]]
    (folder / FOLDER / MAJORS).write_text("\n".join(["层次,专业代码,专业名称", *majors, ""]), encoding="utf-8")
    for number, row in enumerate(sheets["佐证材料"]):
        path = folder / "佐证材料" / str(row["文件"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(photo(number, size) if path.suffix == ".jpg" else scan(number))
    return folder


def save_workbook(folder: Path, sheets: dict[str, list[dict[str, object]]]) -> None:
    """Write 申报数据.xlsx with these rows."""
    (folder / "申报数据.xlsx").write_bytes(school_workbook(sheets, examples=False))
