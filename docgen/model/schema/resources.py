"""Sheets 教师, 场地 and 设备: what the school has for it."""

from __future__ import annotations

from ..records import CertificateLevel, Equipment, EquipmentKind, Teacher, Venue
from .columns import SCOPE_COLUMN, Column, Sheet, ValueKind

TEACHERS = Sheet(
    "教师",
    Teacher,
    "teachers",
    "参加试点培训的教师，一人一行。",
    aliases=("师资", "师资情况", "教师信息", "师资队伍"),
    columns=(
        Column(
            "姓名",
            "name",
            ValueKind.NAME,
            "教师姓名。",
            "二（一）1",
            ("教师姓名",),
            required=True,
            width=10,
            example="张某某",
        ),
        Column("性别", "sex", ValueKind.CHOICE, "男或女。", "", (), ("男", "女"), width=6, example="女"),
        Column(
            "职称",
            "title",
            ValueKind.NAME,
            "例如讲师、副教授、高级讲师。",
            "",
            ("专业技术职务",),
            width=12,
            example="副教授",
        ),
        Column(
            "专业",
            "major",
            ValueKind.NAME,
            "任教或所学专业。",
            "",
            ("任教专业", "所学专业"),
            width=16,
            example="电子商务",
        ),
        Column(
            "培训证书",
            "training_certificate",
            ValueKind.NAME,
            "已取得的师资培训证书或考评员证书的名称；没有的留空。",
            "一（二）2",
            ("师资培训证书", "培训证书名称"),
            width=28,
            example="网店运营推广",
        ),
        Column(
            "培训证书等级",
            "training_level",
            ValueKind.CHOICE,
            "培训证书的等级。",
            "一（二）2",
            (),
            CertificateLevel,
            False,
            14,
            "中级",
        ),
        Column("从教年限", "years", ValueKind.NUMBER, "年数。", "", ("教龄", "工作年限"), width=10, example=8),
        SCOPE_COLUMN,
    ),
)


VENUES = Sheet(
    "场地",
    Venue,
    "venues",
    "用于培训和考核的教学场地，一处一行。",
    aliases=("教学场地", "实训场地", "场地信息"),
    columns=(
        Column(
            "场地名称",
            "name",
            ValueKind.NAME,
            "例如网店运营实训室。",
            "二（一）1",
            ("名称", "实训室名称"),
            required=True,
            width=24,
            example="网店运营实训室",
        ),
        Column(
            "地点", "place", ValueKind.NAME, "楼栋和房间号。", "", ("位置", "地址"), width=20, example="实训楼3楼301"
        ),
        Column(
            "面积（㎡）",
            "area",
            ValueKind.NUMBER,
            "使用面积，平方米，只填数字。",
            "",
            ("面积", "面积（平方米）", "使用面积"),
            width=12,
            example=120,
        ),
        Column(
            "工位数",
            "seats",
            ValueKind.COUNT,
            "可同时培训的人数。",
            "一（二）2",
            ("工位", "座位数", "容纳人数"),
            required=True,
            width=10,
            example=40,
        ),
        Column("用途", "purpose", ValueKind.NAME, "培训、考核等。", "", (), width=20, example="培训与考核"),
        SCOPE_COLUMN,
    ),
)


EQUIPMENT = Sheet(
    "设备",
    Equipment,
    "equipment",
    "培训和考核用的软硬件设备，一种一行。",
    aliases=("软硬件设备", "设备信息", "设施设备"),
    columns=(
        Column(
            "设备名称",
            "name",
            ValueKind.NAME,
            "设备或软件的名称。",
            "二（一）1",
            ("名称",),
            required=True,
            width=26,
            example="图形工作站",
        ),
        Column(
            "类别", "kind", ValueKind.CHOICE, "硬件或软件。", "一（二）2", ("设备类别",), EquipmentKind, True, 8, "硬件"
        ),
        Column(
            "型号规格",
            "specification",
            ValueKind.NAME,
            "品牌、型号、主要参数。",
            "",
            ("型号", "规格", "规格型号"),
            width=28,
            example="i7/32G/独立显卡",
        ),
        Column(
            "数量",
            "count",
            ValueKind.COUNT,
            "台（套）数，只填数字。",
            "一（二）2",
            ("台套数", "数量（台套）"),
            required=True,
            width=8,
            example=40,
        ),
        Column(
            "单价（元）",
            "price",
            ValueKind.NUMBER,
            "每台（套）多少元，只填数字。",
            "一（二）2",
            ("单价", "价格"),
            width=12,
            example=8600,
        ),
        Column(
            "存放场地",
            "venue",
            ValueKind.NAME,
            "与“场地”工作表中的场地名称一致。",
            "",
            ("存放地点", "所在场地"),
            width=24,
            example="网店运营实训室",
        ),
        SCOPE_COLUMN,
    ),
)
