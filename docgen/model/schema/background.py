"""Sheets 招生, 往年试点 and 佐证材料: students, experience and proof."""

from __future__ import annotations

from ..records import CertificateLevel, Enrolment, EvidenceItem, EvidenceKind, PastPilot
from .columns import SCOPE_COLUMN, Column, Sheet, ValueKind

ENROLMENTS = Sheet(
    "招生",
    Enrolment,
    "enrolments",
    "试点专业的在校生，一个专业一个年级一行。",
    aliases=("招生情况", "在校生", "专业招生"),
    columns=(
        Column(
            "专业",
            "major",
            ValueKind.NAME,
            "专业目录中的全称。",
            "二（一）1",
            ("专业名称",),
            required=True,
            width=24,
            example="电子商务",
        ),
        Column(
            "专业代码",
            "major_code",
            ValueKind.CODE,
            "高职 6 位、中职 6 位专业代码。",
            "",
            ("代码",),
            width=12,
            example="530701",
        ),
        Column(
            "年级", "grade", ValueKind.NAME, "入学年份，例如 2020级。", "", ("入学年份",), width=10, example="2020级"
        ),
        Column(
            "在校生人数",
            "students",
            ValueKind.COUNT,
            "该年级在校生人数。",
            "二（一）1",
            ("在校人数", "学生人数", "人数"),
            required=True,
            width=12,
            example=156,
        ),
    ),
)


PAST_PILOTS = Sheet(
    "往年试点",
    PastPilot,
    "past_pilots",
    "以前年度的试点情况，一个年度一个证书一个等级一行；没有试点经验的留空。",
    aliases=("往年试点情况", "历年试点", "试点经验"),
    columns=(
        Column(
            "年度",
            "year",
            ValueKind.YEAR,
            "四位数字。",
            "二（一）1",
            ("试点年度", "年份"),
            required=True,
            width=8,
            example=2020,
        ),
        Column(
            "证书名称",
            "certificate",
            ValueKind.NAME,
            "当年试点的证书。",
            "二（一）1",
            ("证书",),
            required=True,
            width=30,
            example="网店运营推广",
        ),
        Column(
            "等级",
            "level",
            ValueKind.CHOICE,
            "初级、中级或高级。",
            "二（一）1",
            ("证书等级",),
            CertificateLevel,
            True,
            8,
            "中级",
        ),
        Column(
            "计划人数", "planned", ValueKind.COUNT, "当年批准的人数。", "一（二）1", ("批准人数",), width=10, example=80
        ),
        Column("培训人数", "trained", ValueKind.COUNT, "当年实际培训的人数。", "一（二）1", (), width=10, example=80),
        Column(
            "考核人数",
            "examined",
            ValueKind.COUNT,
            "当年参加考核的人数。",
            "一（二）1",
            ("考试人数", "参考人数"),
            width=10,
            example=76,
        ),
        Column(
            "取证人数",
            "certified",
            ValueKind.COUNT,
            "当年取得证书的人数。",
            "一（二）1",
            ("获证人数", "通过人数"),
            width=10,
            example=70,
        ),
        Column(
            "是否牵头",
            "lead",
            ValueKind.YES_NO,
            "本校是否为该证书的牵头院校。",
            "一（二）1",
            ("牵头",),
            ("是", "否"),
            width=10,
            example="否",
        ),
    ),
)


EVIDENCE = Sheet(
    "佐证材料",
    EvidenceItem,
    "evidence",
    "一个文件一行；按“佐证材料/A01/教师/”这样的文件夹放好的文件可以不填。",
    aliases=("佐证", "证明材料", "佐证材料清单"),
    columns=(
        SCOPE_COLUMN,
        Column(
            "类别",
            "kind",
            ValueKind.CHOICE,
            "教师、场地、设备或其他；同类材料合并成一个 PDF。",
            "二（二）2（4）",
            ("材料类别",),
            EvidenceKind,
            True,
            8,
            "教师",
        ),
        Column(
            "文件",
            "path",
            ValueKind.PATH,
            "“佐证材料”文件夹里的路径，例如 A01/教师/张某某.jpg。照片（JPG、PNG）或 PDF。",
            "二（二）2（4）",
            ("文件名", "文件路径", "路径"),
            required=True,
            width=36,
            example="A01/教师/张某某培训证书.jpg",
        ),
        Column(
            "对应名称",
            "subject",
            ValueKind.NAME,
            "它证明哪位教师、哪处场地或哪种设备，与相应工作表的名称一致。",
            "二（二）2（5）",
            ("证明对象", "对应"),
            width=24,
            example="张某某",
        ),
        Column(
            "说明",
            "note",
            ValueKind.NAME,
            "印在材料下方的说明文字。",
            "",
            ("备注",),
            width=30,
            example="师资培训合格证书",
        ),
    ),
)
