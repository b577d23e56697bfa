"""The sample school's PDF evidence: scanned letters and contracts, and typeset lists with bookmarks."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from html import escape
from itertools import groupby

import pikepdf
from weasyprint import HTML

from .data.applications import APPLICATIONS, BIM, CAR, CLOUD, ROBOT, TRADE
from .data.evidence import CONTRACT
from .data.people import TEACHERS
from .data.places import EQUIPMENT, VENUES
from .pictures.camera import scan, scanned_pdf
from .pictures.papers import INVENTED, ISSUER, Block, letter

SCHOOL = "广西澄江职业技术学院"


def _scanned(title: str, seed: int, pages: list[tuple[list[Block], str]]) -> bytes:
    numbered = [letter(blocks, stamp, f"第 {n} 页　共 {len(pages)} 页") for n, (blocks, stamp) in enumerate(pages, 1)]
    return scanned_pdf([scan(page, seed + n) for n, page in enumerate(numbered)], title)


def contract() -> bytes:
    """Three scanned pages: a contract of purchase with its list."""
    bought = [row for row in EQUIPMENT if row["存放场地"] == "动力电池与驱动电机实训室"]
    rows: list[Block] = [("row", "序号|货物名称|规格|数量|单价（元）")]
    rows += [
        ("row", f"{n}|{row['设备名称']}|{row['型号规格']}|{row['数量']}|{row['单价（元）']:,}")
        for n, row in enumerate(bought, 1)
    ]
    total = sum(int(str(row["数量"])) * int(str(row["单价（元）"])) for row in bought)
    first: list[Block] = [
        ("title", "设备采购合同（第2批）"),
        ("right", "合同编号：CJ-HT-2020-058"),
        ("head", f"甲方（采购人）：{SCHOOL}"),
        ("head", "乙方（供应商）：南岭教学装备有限公司"),
        ("text", "根据采购项目“动力电池与驱动电机实训室建设”的成交结果，甲乙双方经协商一致，签订本合同，共同遵守。"),
        ("head", "一、采购内容"),
        (
            "text",
            f"乙方向甲方提供本合同附件所列货物共{len(bought)}种，合同总价为人民币{total:,}元，含运输、安装、调试、培训和税费。",
        ),
        ("head", "二、交货"),
        ("text", "乙方自合同生效之日起45日内将全部货物运至甲方汽车实训楼201室，完成安装调试，并提供操作手册和合格证。"),
        ("head", "三、验收"),
        (
            "text",
            "货物到场后由甲方实训管理部门、使用部门和资产管理部门共同验收，验收合格后签署验收单，列入学校固定资产。",
        ),
        ("head", "四、质量保证"),
        ("text", "质量保证期为验收合格之日起三年。质量保证期内乙方在接到通知后4小时内响应，48小时内到场处理。"),
    ]
    last: list[Block] = [
        ("head", "五、付款方式"),
        ("text", "合同签订后十个工作日内支付合同总价的30%，验收合格后支付65%，余款5%在质量保证期满一年后无息支付。"),
        ("head", "六、违约责任"),
        (
            "text",
            "乙方逾期交货的，每逾期一日按逾期货物价款的千分之一支付违约金；甲方逾期付款的，按同一标准支付违约金。",
        ),
        ("head", "七、争议解决"),
        ("text", "因履行本合同发生争议的，双方协商解决；协商不成的，向甲方所在地人民法院提起诉讼。"),
        ("head", "八、其他"),
        ("text", "本合同一式四份，甲方三份，乙方一份，自双方签字盖章之日起生效。"),
        ("text", ""),
        ("head", "甲方（盖章）　　　　　　　　　　　乙方（盖章）"),
        ("head", "代表：　　　　　　　　　　　　　　代表："),
        ("right", "2020年9月18日"),
    ]
    annex: list[Block] = [
        ("head", "附件：货物清单"),
        *rows,
        ("text", ""),
        ("text", f"合计：{total:,}元（单价均含税）。"),
    ]
    return _scanned("设备采购合同（第2批）", 300, [(first, ""), (last, "南岭教学装备有限公司"), (annex, "")])


_COURSE = (
    "职业技能等级标准解读",
    "专业理论与规范",
    "初级工作任务实操",
    "中级工作任务实操",
    "教学资源与课程设计",
    "设备使用与维护",
    "综合项目实训",
    "考核站点建设与管理",
    "考评流程与评分要点",
    "理论与实操考核",
)


def training_proof(certificate: str, month: int, seed: int) -> bytes:
    """Two scanned pages: which of the school's teachers were trained for a certificate, and what they learned."""
    people = [row for row in TEACHERS if row["培训证书"] == certificate]
    hours = {"初级": 48, "中级": 64, "高级": 80}
    first: list[Block] = [
        ("title", "师资培训证明"),
        (
            "text",
            f"兹证明{SCHOOL}以下{len(people)}名教师于2020年{month}月17日至28日参加{certificate}职业技能等级证书师资培训，完成规定学时，经理论与实操考核合格。",
        ),
        ("text", ""),
        ("row", "序号|姓名|等级|学时|结论"),
        *(
            ("row", f"{n}|{row['姓名']}|{row['培训证书等级']}|{hours[str(row['培训证书等级'])]}|合格")
            for n, row in enumerate(people, 1)
        ),
        ("text", ""),
        ("text", "特此证明。"),
        ("right", ISSUER),
        ("right", f"2020年{month + 1}月4日"),
    ]
    days = (17, 18, 19, 20, 21, 24, 25, 26, 27, 28)
    second: list[Block] = [
        ("title", "培训课程安排"),
        ("row", "日期|内容"),
        *(("row", f"{month}月{day}日|{text}") for day, text in zip(days, _COURSE, strict=True)),
        ("text", ""),
        ("right", ISSUER),
        ("right", f"2020年{month + 1}月4日"),
    ]
    return _scanned("师资培训证明", seed, [(first, ISSUER), (second, ISSUER)])


def software_licence() -> bytes:
    """One scanned page: a licence for software."""
    page: list[Block] = [
        ("title", "软件使用授权证明"),
        (
            "text",
            f"兹授权{SCHOOL}使用“云计算教学与考核平台”教育版软件，用于{CLOUD}职业技能等级证书的教学、培训与考核。",
        ),
        ("row", "授权对象|广西澄江职业技术学院信息工程学院"),
        ("row", "授权范围|校园网内，最多60个并发用户"),
        ("row", "授权期限|2020年10月1日至2023年9月30日"),
        ("row", "授权编号|NL-CLOUD-2020-1093"),
        ("text", ""),
        ("text", "授权期内提供软件升级、远程技术支持和每年一次的教师培训。未经许可，不得将软件转让第三方使用。"),
        ("right", "南岭云科教育科技有限公司"),
        ("right", "2020年9月28日"),
    ]
    return _scanned("软件使用授权证明", 340, [(page, "南岭云科教育科技有限公司")])


def working_group() -> bytes:
    """One scanned page: the school's letter that sets up its working group."""
    page: list[Block] = [
        ("title", "关于成立1+X证书制度试点工作小组的通知"),
        ("head", "各二级学院、各部门："),
        (
            "text",
            "为做好2021年1+X证书制度试点工作，加强统筹管理，经学校研究，决定成立试点工作小组。现将有关事项通知如下：",
        ),
        ("head", "一、组成人员"),
        ("text", "组长由副院长罗建明担任；成员由教务处、实训中心、信息中心、财务处和五个二级学院负责人组成。"),
        ("head", "二、主要职责"),
        ("text", "工作小组统一管理证书申报、师资培训、经费使用和考核组织工作，审定年度试点方案。"),
        ("head", "三、日常工作"),
        ("text", "工作小组办公室设在教务处，谭文静为校级对接联系人，负责申报管理账号的使用与维护。"),
        ("right", SCHOOL),
        ("right", "2021年3月22日"),
    ]
    return _scanned("关于成立1+X证书制度试点工作小组的通知", 360, [(page, "")])


_STYLE = """
@page { size: A4; margin: 25mm 22mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt }
  @top-right { content: "NOTE"; font-size: 8pt; color: #888 } }
body { font-family: "Noto Serif CJK SC", serif; font-size: 11pt; line-height: 1.55 }
h1 { font-size: 18pt; text-align: center; bookmark-level: 1 } h2 { font-size: 13pt; bookmark-level: 2; margin: 10pt 0 3pt }
p { text-indent: 2em; margin: 4pt 0 } table { border-collapse: collapse; width: 100%; font-size: 9.5pt }
thead { display: table-header-group } tr { break-inside: avoid } h2 + p, thead tr { break-after: avoid }
td, th { border: 0.5pt solid #444; padding: 2pt 5pt } td.n { text-align: right }
""".replace("NOTE", INVENTED)


def _typeset(title: str, body: str) -> bytes:
    html = f'<html lang="zh-CN"><head><title>{escape(title)}</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>{body}</body></html>'
    data = HTML(string=html).write_pdf()
    if data is None:
        raise ValueError("the typesetter gave no document")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _table(headers: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    def cell(value: object) -> str:
        return f'<td class="n">{value:,}</td>' if isinstance(value, int) else f"<td>{escape(str(value))}</td>"

    head = "".join(f"<th>{header}</th>" for header in headers)
    lines = "".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def equipment_list() -> bytes:
    """The school's list of equipment, a section a venue, with bookmarks."""
    places = {str(row["场地名称"]): row for row in VENUES}
    parts = []
    for number, (venue, rows) in enumerate(groupby(EQUIPMENT, key=lambda row: str(row["存放场地"])), 1):
        place = places[venue]
        parts.append(
            f"<h2>{number}. {escape(venue)}</h2><p>地点：{place['地点']}；面积：{place['面积（㎡）']}平方米；工位：{place['工位数']}个。</p>"
        )
        lines: list[tuple[object, ...]] = [
            (n, r["设备名称"], r["类别"], r["型号规格"], r["数量"], r["单价（元）"]) for n, r in enumerate(rows, 1)
        ]
        parts.append(_table(("序号", "名称", "类别", "型号规格", "数量", "单价（元）"), lines))
    return _typeset("试点相关软硬件设备清单", "".join(parts))


def training_plan() -> bytes:
    """The plan of the year's training, a section an application, with bookmarks."""
    parts = ["<p>本计划由教务处会同五个二级学院编制，培训与考核均安排在2021年12月31日以前完成。</p>"]
    for row in APPLICATIONS:
        runs = int(str(row["期数"]))
        parts.append(f"<h2>{row['申报编号']}　{escape(str(row['证书名称']))}（{row['等级']}）</h2>")
        parts.append(
            f"<p>{row['申报院系']}负责，面向{row['试点专业']}专业，共{runs}期，每期{row['每期人数']}人，累计{row['培训人数']}人。</p>"
        )
        months = [("6月", "7月"), ("9月", "10月"), ("10月", "11月"), ("11月", "12月")][-runs:]
        lines: list[tuple[object, ...]] = [
            (f"第{n}期", f"2021年{start}至{end}", row["每期人数"], "理论、实操、模拟考核")
            for n, (start, end) in enumerate(months, 1)
        ]
        parts.append(_table(("期次", "时间", "人数", "内容"), lines))
    return _typeset("2021年度证书培训计划", "".join(parts))


PROOFS: dict[str, tuple[str, int, int]] = {
    "A01/教师/BIM师资培训证明（扫描件）.pdf": (BIM, 7, 320),
    "A03/教师/师资培训证明（扫描件）.pdf": (CAR, 6, 324),
    "A05/教师/师资培训证明（扫描件）.pdf": (ROBOT, 8, 328),
    "A07/教师/师资培训证明（扫描件）.pdf": (CLOUD, 9, 332),
    "A09/教师/师资培训证明（扫描件）.pdf": (TRADE, 10, 336),
}

DOCUMENTS: dict[str, Callable[[], bytes]] = {
    CONTRACT: contract,
    **{path: partial(training_proof, *arguments) for path, arguments in PROOFS.items()},
    "A07/设备/软件授权证明.pdf": software_licence,
    "A01/其他/关于成立试点工作小组的通知.pdf": working_group,
    "A07/其他/2021年度证书培训计划.pdf": training_plan,
    "公共/设备/软硬件设备清单.pdf": equipment_list,
}
"""Path below 佐证材料/ → how the file is made."""
