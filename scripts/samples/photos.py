"""Every photograph of the sample school: which scene, how large, how the telephone was held, where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .pictures import closeups, halls, rooms
from .pictures.papers import training_certificate
from .pictures.povray import Scene
from .pictures.rooms import RoomStyle

SCHOOL = "广西澄江职业技术学院"


@dataclass(frozen=True)
class Photo:
    """`path` below 佐证材料/; `size` upright in pixels; `orientation` is the EXIF value that it is stored with."""

    path: str
    scene: Callable[[], Scene]
    size: tuple[int, int]
    orientation: int = 1
    quality: int = 66


def _room(**style: Any) -> Callable[[], Scene]:
    return lambda: rooms.computer_room(RoomStyle(**style))


ROOMS = (
    Photo(
        "A01/场地/BIM建模实训室.jpg",
        _room(seed=1, screens="model", slogan="精益求精　匠心筑梦", rules="BIM建模实训室守则"),
        (1120, 840),
    ),
    Photo(
        "A01/场地/建筑工程识图实训室.jpg",
        _room(
            seed=2,
            screens="model",
            slogan="按图施工　一丝不苟",
            rules="识图实训室守则",
            rows=3,
            columns=4,
            width=8,
            length=9,
            desk=(0.5, 0.36, 0.22),
            chair=(0.3, 0.05, 0.05),
            wall=(0.8, 0.82, 0.8),
            eye=(3.2, 1.9, -1.6),
            target=(-1.0, 0.9, 5),
        ),
        (1024, 768),
        3,
    ),
    Photo(
        "A02/场地/工程造价软件实训室.jpg",
        _room(
            seed=3,
            screens="sheet",
            slogan="量准价实　诚信为本",
            rules="工程造价实训室守则",
            columns=4,
            width=8,
            desk=(0.78, 0.78, 0.76),
            chair=(0.05, 0.3, 0.22),
            floor=(0.5, 0.46, 0.4),
            eye=(-2.6, 2.3, -2.0),
            target=(0.5, 0.7, 6),
            angle=58,
        ),
        (768, 1024),
        6,
    ),
    Photo(
        "A03/场地/新能源汽车整车实训车间.jpg",
        lambda: halls.car_workshop("安全第一　规范操作", "整车实训车间守则"),
        (1280, 720),
    ),
    Photo(
        "A04/场地/智能网联汽车检测实训室.jpg",
        lambda: halls.car_workshop("智能网联　检测先行", "检测实训室守则", (5.9, 2.6, -0.6), (-1.4, 0.8, 7)),
        (768, 1024),
        8,
    ),
    Photo("A05/场地/工业机器人应用编程实训中心.jpg", lambda: halls.robot_hall("智造强国　技能报国"), (1120, 840)),
    Photo(
        "A06/场地/可编程控制与仿真实训室.jpg",
        _room(
            seed=6,
            screens="ladder",
            slogan="严谨　规范　创新",
            rules="可编程控制实训室守则",
            rows=3,
            columns=4,
            desk=(0.55, 0.6, 0.66),
            chair=(0.1, 0.1, 0.12),
            wall=(0.76, 0.82, 0.88),
            floor=(0.45, 0.48, 0.52),
            eye=(-3.2, 1.7, 0.2),
            target=(1.2, 1.0, 6),
        ),
        (1024, 768),
    ),
    Photo(
        "A07/场地/云计算实训中心.jpg",
        _room(
            seed=7,
            screens="code",
            slogan="云启未来　数智赋能",
            rules="云计算实训中心守则",
            rows=5,
            columns=6,
            width=11,
            length=12,
            desk=(0.86, 0.86, 0.85),
            chair=(0.45, 0.18, 0.04),
            floor=(0.35, 0.38, 0.42),
            eye=(4.4, 2.3, -1.8),
            target=(-1.4, 0.6, 6),
            daylight=False,
        ),
        (1120, 840),
    ),
    Photo("A08/场地/数据中心实训机房.jpg", halls.server_room, (768, 1024), 8),
    Photo(
        "A09/场地/电子商务数据分析实训室.jpg",
        _room(
            seed=9,
            screens="chart",
            slogan="用数据说话　以数据决策",
            rules="数据分析实训室守则",
            rows=4,
            columns=5,
            desk=(0.8, 0.66, 0.45),
            chair=(0.5, 0.1, 0.08),
            wall=(0.9, 0.86, 0.76),
            floor=(0.66, 0.56, 0.42),
            eye=(-3.9, 2.5, -2.0),
            target=(0.9, 0.5, 5.5),
        ),
        (1024, 768),
        3,
    ),
    Photo(
        "公共/场地/公共考试机房.jpg",
        _room(
            seed=12,
            screens="desktop",
            slogan="诚信考试　公平竞争",
            rules="考场守则",
            rows=5,
            columns=6,
            width=11,
            length=12.5,
            desk=(0.62, 0.62, 0.6),
            chair=(0.12, 0.12, 0.14),
            eye=(-4.6, 2.4, -1.9),
            target=(1.2, 0.5, 6),
            daylight=False,
        ),
        (1120, 840),
    ),
)


def _label(colour: tuple[float, float, float], *fields: str) -> Callable[[], Scene]:
    return lambda: closeups.label(colour, SCHOOL, *fields)


NEAR = (
    Photo("A01/设备/BIM建模图形工作站.jpg", lambda: closeups.workstation("model", 3), (1024, 768), 3),
    Photo(
        "A02/设备/工程造价教学计算机.jpg",
        lambda: closeups.workstation("sheet", 4, closeups.WHITE_DESK, False, (0.62, 0.68, 0.6)),
        (800, 800),
    ),
    Photo("A03/设备/动力电池总成实训台.jpg", closeups.battery_bench, (1024, 768)),
    Photo(
        "A04/设备/智能新能源汽车实训整车资产标签.jpg",
        _label((0.1, 0.1, 0.12), "智能新能源汽车实训整车", "CJ-EV200 教学版", "CJ2019-0412", "2019年11月"),
        (960, 640),
    ),
    Photo("A05/设备/工业机器人应用编程工作站.jpg", closeups.robot_portrait, (768, 1024), 6),
    Photo("A05/设备/可编程控制器实训装置.jpg", closeups.plc_bench, (1024, 768)),
    Photo(
        "A06/设备/工业机器人离线编程工作站资产标签.jpg",
        _label((0.55, 0.2, 0.03), "工业机器人离线编程工作站", "CJ-RB10 六轴", "CJ2020-0087", "2020年6月"),
        (960, 640),
        3,
    ),
    Photo("A07/设备/云平台服务器.jpg", lambda: closeups.rack_front(3), (768, 1024), 8),
    Photo(
        "A08/设备/分布式存储服务器资产标签.jpg",
        _label((0.03, 0.03, 0.035), "分布式存储服务器", "2U 12盘位 96TB", "CJ2020-0133", "2020年9月"),
        (960, 640),
    ),
    Photo(
        "A09/设备/数据分析教学计算机.jpg",
        lambda: closeups.workstation("chart", 9, closeups.OAK, True, (0.74, 0.7, 0.62)),
        (1024, 576),
    ),
)


def _paper(
    desk: str,
    turn: float,
    upright: bool,
    name: str,
    title: str,
    level: str,
    number: str,
    date: str,
    hours: int,
    pen: bool = True,
) -> Callable[[], Scene]:
    page = training_certificate(name, title, level, number, date, hours, upright)
    return lambda: closeups.paper(page, desk, turn, 0.21 if upright else 0.297, pen=pen)


BIM, CAR, ROBOT, CLOUD = "建筑信息模型（BIM）", "智能新能源汽车", "工业机器人应用编程", "云计算平台运维与开发"
PAPERS = (
    Photo(
        "A01/教师/韦建松 师资培训证书.jpg",
        _paper(closeups.OAK, 3.5, False, "韦建松", BIM, "中级", "NL20200317", "2020年8月14日", 56),
        (1024, 768),
    ),
    Photo(
        "A01/教师/覃雪梅培训证书.jpg",
        _paper(closeups.BEECH, -4, True, "覃雪梅", BIM, "中级", "NL20200318", "2020年8月14日", 56, pen=False),
        (720, 960),
        6,
    ),
    Photo(
        "A02/教师/莫志勇培训证书.jpg",
        _paper(closeups.GREY_DESK, -6, False, "莫志勇", BIM, "高级", "NL20190126", "2019年11月22日", 72),
        (960, 720),
        3,
    ),
    Photo(
        "A03/教师/黄海涛培训证书.jpg",
        _paper(closeups.WHITE_DESK, 5, False, "黄海涛", CAR, "中级", "NL20200402", "2020年7月28日", 64),
        (1024, 768),
    ),
    Photo(
        "A04/教师/陆明哲培训证书.jpg",
        _paper(closeups.OAK, 2, True, "陆明哲", CAR, "高级", "NL20190233", "2019年12月6日", 80, pen=False),
        (720, 960),
        8,
    ),
    Photo(
        "A06/教师/蓝振宁培训证书.jpg",
        _paper(closeups.GREY_DESK, 7, False, "蓝振宁", ROBOT, "高级", "NL20200511", "2020年9月4日", 80),
        (960, 720),
    ),
    Photo(
        "A07/教师/农晓东培训证书.jpg",
        _paper(closeups.BEECH, -2.5, False, "农晓东", CLOUD, "高级", "NL20200609", "2020年10月16日", 72),
        (960, 720),
    ),
    Photo(
        "A08/教师/梁思琪培训证书.jpg",
        _paper(closeups.WHITE_DESK, -5, True, "梁思琪", CLOUD, "高级", "NL20200610", "2020年10月16日", 72),
        (720, 960),
        6,
    ),
    Photo(
        "A09/教师/苏婉莹培训证书.jpg",
        _paper(closeups.OAK, 4, False, "苏婉莹", "电子商务数据分析", "中级", "NL20200722", "2020年11月13日", 56),
        (960, 720),
        3,
    ),
)
LATER = (
    Photo("A03/场地/动力电池与驱动电机实训室.jpg", halls.battery_room, (1024, 768)),
    Photo(
        "公共/教师/韦东林考务员培训证书.jpg",
        _paper(
            closeups.BEECH, 3, False, "韦东林", "职业技能等级证书考务管理培训", "", "NL20200830", "2020年11月27日", 24
        ),
        (960, 720),
        6,
    ),
)
PHOTOS = ROOMS + NEAR + PAPERS + LATER


def taken(number: int) -> datetime:
    """When the photograph of that number was taken: spring 2021, a few minutes apart."""
    return datetime(2021, 4, 6 + number % 20, 9 + number % 7, (number * 13) % 60, (number * 29) % 60)
