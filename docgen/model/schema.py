"""The workbook's contract, once: sheets, columns, aliases, notes. `init` writes from it, `load` reads by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from .records import (
    Application,
    CertificateLevel,
    Enrolment,
    Equipment,
    EquipmentKind,
    EvidenceItem,
    EvidenceKind,
    PastPilot,
    School,
    SchoolType,
    Teacher,
    Venue,
)

EXAMPLE_MARK = "示例"
"""A row whose first filled cell begins with this is the example row that `init` wrote; it is never data."""

GUIDE_SHEETS = ("填写说明", "选项")
"""Sheets that `init` writes for the reader and for the drop-downs; they hold no data and are passed over in silence."""

EVERYWHERE_WORDS = ("全部", "所有", "全校", "公共", "通用", "均适用")
"""What people write into 申报编号 for "every application"."""


class ValueKind(Enum):
    """How a cell is read and checked."""

    TEXT = auto()  # a line or several
    NAME = auto()  # one line, no spaces between Chinese characters
    CODE = auto()  # letters and digits, no spaces, capitals
    LINK = auto()  # web or mail address, no spaces
    PHONE = auto()
    COUNT = auto()  # whole number from 0
    NUMBER = auto()  # decimal number from 0
    YEAR = auto()  # 2021, 2021年, a date → 2021
    YES_NO = auto()
    CHOICE = auto()  # one of `choices`
    NAMES = auto()  # several joined by 、
    SCOPE = auto()  # application numbers, or 全部
    PATH = auto()  # a file below 佐证材料/


@dataclass(frozen=True, slots=True)
class Column:
    """One column (or one item of 院校信息). `width` is the spreadsheet's, in characters of half width."""

    header: str
    attribute: str
    kind: ValueKind
    note: str
    clause: str = ""
    aliases: tuple[str, ...] = ()
    choices: type[SchoolType | CertificateLevel | EvidenceKind | EquipmentKind] | tuple[str, ...] = ()
    required: bool = False
    width: int = 14
    example: str | int | float = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `vertical` sheets hold 项目 | 内容, one item a row; the others a header row and one record a row."""

    name: str
    record: type
    field: str
    note: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    vertical: bool = False
    required: bool = False


_SCOPE_NOTE = "属于哪些申报：填申报编号，多个用顿号隔开（A01、A03）；各项申报共用的填“全部”。"
_LEVEL_NOTE = "只填初级、中级、高级之一；同一证书的不同等级要分开申报，各占一行。"

SCHOOL = Sheet(
    "院校信息",
    School,
    "school",
    "在“内容”一栏填写本校信息；前九项是院校在平台注册时要填的信息。",
    vertical=True,
    required=True,
    aliases=("学校信息", "院校基本信息", "学校基本信息", "基本信息"),
    columns=(
        Column(
            "院校名称",
            "name",
            ValueKind.NAME,
            "学校全称，与公章一致，不用简称。",
            "二（一）2",
            ("学校名称", "单位名称", "学校全称", "院校全称"),
            required=True,
            example="广西某某职业技术学院",
        ),
        Column(
            "院校类型",
            "type",
            ValueKind.CHOICE,
            "中职、高职或本科。",
            "二（一）2",
            ("学校类型", "办学类型"),
            SchoolType,
            True,
            example="高职",
        ),
        Column(
            "统一社会信用代码",
            "credit_code",
            ValueKind.CODE,
            "18 位，见事业单位法人证书；不含字母 I、O、S、V、Z。",
            "二（一）2",
            ("社会信用代码", "信用代码", "统一信用代码"),
            required=True,
            example="12450000MB1A000099",
        ),
        Column(
            "院校代码",
            "code",
            ValueKind.CODE,
            "10 位学校标识码，例如 4145…；不是 5 位的招生代码。",
            "二（一）2",
            ("学校代码", "学院代码", "学校标识码", "院校标识码"),
            required=True,
            example="4145099999",
        ),
        Column(
            "院校网址",
            "website",
            ValueKind.LINK,
            "学校官方网站的首页地址。",
            "二（一）2",
            ("学校网址", "网址", "官网", "网站"),
            required=True,
            example="www.example.edu.cn",
        ),
        Column(
            "详细地址",
            "address",
            ValueKind.NAME,
            "写到门牌号：自治区、市、区（县）、路、号。",
            "二（一）2",
            ("地址", "学校地址", "院校地址", "通讯地址"),
            required=True,
            example="广西南宁市某某区某某路1号",
        ),
        Column(
            "联系人姓名",
            "contact_name",
            ValueKind.NAME,
            "校级对接联系人（教务处等统筹部门的专人，不是二级学院教师）。",
            "二（一）2",
            ("联系人", "对接人", "校级联系人"),
            required=True,
            example="李某某",
        ),
        Column(
            "联系人手机号",
            "contact_phone",
            ValueKind.PHONE,
            "11 位手机号。",
            "二（一）2",
            ("联系人手机", "联系人电话", "手机号", "联系电话", "手机"),
            required=True,
            example="13800000000",
        ),
        Column(
            "联系人邮箱",
            "contact_mail",
            ValueKind.LINK,
            "常用邮箱。",
            "二（一）2",
            ("邮箱", "电子邮箱", "联系人电子邮箱", "E-mail", "Email"),
            required=True,
            example="lxr@example.edu.cn",
        ),
        Column(
            "申报年度",
            "year",
            ValueKind.YEAR,
            "申报哪一年度的试点，四位数字。",
            "二",
            ("年度", "申报年份"),
            required=True,
            example=2021,
        ),
        Column(
            "是否首次申报",
            "first_time",
            ValueKind.YES_NO,
            "是或否。首次申报且没有账号的院校要先申请账号。",
            "二（二）1（2）",
            ("首次申报",),
            ("是", "否"),
            example="否",
        ),
        Column(
            "中职星级",
            "star_grade",
            ValueKind.CHOICE,
            "中职学校填；二星级中职须先向教育厅申请开通账号。高职、本科留空。",
            "二（二）1（2）",
            ("星级", "学校星级"),
            ("一星级", "二星级", "三星级", "四星级", "五星级"),
            example="",
        ),
        Column(
            "统筹部门",
            "office",
            ValueKind.NAME,
            "统一管理申报的校级部门，如教务处、继续教育部。",
            "一（一）",
            ("统筹管理部门", "管理部门"),
            example="教务处",
        ),
        Column(
            "主管领导姓名",
            "leader_name",
            ValueKind.NAME,
            "提交前负责审核并签字的学校主管领导。",
            "二（二）2（6）",
            ("主管领导", "分管领导", "分管校领导"),
            example="王某某",
        ),
        Column(
            "主管领导职务",
            "leader_title",
            ValueKind.NAME,
            "例如副校长、副院长。",
            "二（二）2（6）",
            ("领导职务", "职务"),
            example="副院长",
        ),
        Column(
            "工作组组长",
            "group_head",
            ValueKind.NAME,
            "1+X 工作小组组长，一般为主管教学工作的副校长。",
            "一（一）",
            ("组长", "工作小组组长"),
            example="王某某",
        ),
    ),
)

APPLICATIONS = Sheet(
    "申报证书",
    Application,
    "applications",
    "一行一项申报：一个证书的一个等级。",
    required=True,
    aliases=("证书申报", "申报表", "申报信息"),
    columns=(
        Column(
            "申报编号",
            "number",
            ValueKind.CODE,
            "本校自编，不重复，例如 A01；其他工作表用它说明材料属于哪项申报。",
            "二（二）2（1）",
            ("编号", "序号"),
            required=True,
            width=10,
            example="A01",
        ),
        Column(
            "证书名称",
            "certificate",
            ValueKind.NAME,
            "与公布的证书名称一字不差；可从下拉列表选，也可用 docgen catalogue find 查找。",
            "一（二）1",
            ("申报证书", "证书", "X证书名称", "职业技能等级证书名称"),
            required=True,
            width=30,
            example="网店运营推广",
        ),
        Column(
            "等级",
            "level",
            ValueKind.CHOICE,
            _LEVEL_NOTE,
            "二（二）2（1）",
            ("证书等级", "申报等级"),
            CertificateLevel,
            True,
            8,
            "中级",
        ),
        Column(
            "试点专业",
            "majors",
            ValueKind.NAMES,
            "专业目录中的全称，多个用顿号隔开；切不可选看起来相似的专业，符合条件的专业尽量都选。",
            "二（二）2（2）",
            ("专业", "申报专业", "对应专业"),
            required=True,
            width=30,
            example="电子商务、市场营销",
        ),
        Column(
            "培训人数",
            "persons",
            ValueKind.COUNT,
            "本年度可培训并参加考试的累计人数，不是每一期的人数；不虚报，也不过少。",
            "二（二）2（3）",
            ("申报人数", "计划培训人数", "累计培训人数"),
            required=True,
            width=10,
            example=120,
        ),
        Column(
            "每期人数",
            "persons_per_run",
            ValueKind.COUNT,
            "一期培训的人数。",
            "二（二）2（3）",
            ("每期培训人数", "单期人数"),
            width=10,
            example=40,
        ),
        Column(
            "期数",
            "runs",
            ValueKind.COUNT,
            "本年度培训几期；每期人数乘期数一般应等于培训人数。",
            "二（二）2（3）",
            ("培训期数",),
            width=8,
            example=3,
        ),
        Column(
            "申报院系",
            "department",
            ValueKind.NAME,
            "负责的二级学院（系部）。",
            "一（一）",
            ("院系", "二级学院", "申报部门", "系部"),
            width=18,
            example="经济管理学院",
        ),
        Column(
            "负责人",
            "responsible",
            ValueKind.NAME,
            "这项申报的负责人姓名。",
            "一（三）",
            ("申报负责人", "项目负责人"),
            width=10,
            example="赵某某",
        ),
        Column(
            "负责人电话",
            "responsible_phone",
            ValueKind.PHONE,
            "11 位手机号，或带区号的座机。",
            "",
            ("负责人手机", "负责人手机号", "负责人联系电话"),
            width=16,
            example="13900000000",
        ),
        Column(
            "申报理由",
            "reason",
            ValueKind.TEXT,
            "为什么申报：重点建设的专业、已有的经验、学生的需要。写事实，可分段。",
            "一（二）1",
            ("申报原因", "申报依据"),
            width=50,
            example="电子商务为本校重点建设专业，近三年毕业生从事网店运营岗位较多。",
        ),
        Column(
            "保障措施",
            "safeguards",
            ValueKind.TEXT,
            "组织、师资、经费、考务等保障，可分段。",
            "一（一）",
            ("保障", "保障条件"),
            width=50,
            example="由教务处统筹，成立证书工作小组，安排专项经费用于师资培训与耗材。",
        ),
    ),
)

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
        Column(
            "申报编号",
            "scope",
            ValueKind.SCOPE,
            _SCOPE_NOTE,
            "二（二）2（5）",
            ("所属申报", "对应申报", "编号"),
            required=True,
            width=16,
            example="A01",
        ),
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
        Column(
            "申报编号",
            "scope",
            ValueKind.SCOPE,
            _SCOPE_NOTE,
            "二（二）2（5）",
            ("所属申报", "对应申报", "编号"),
            required=True,
            width=16,
            example="A01",
        ),
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
        Column(
            "申报编号",
            "scope",
            ValueKind.SCOPE,
            _SCOPE_NOTE,
            "二（二）2（5）",
            ("所属申报", "对应申报", "编号"),
            required=True,
            width=16,
            example="A01",
        ),
    ),
)

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
        Column(
            "申报编号",
            "scope",
            ValueKind.SCOPE,
            _SCOPE_NOTE,
            "二（二）2（5）",
            ("所属申报", "对应申报", "编号"),
            required=True,
            width=16,
            example="A01",
        ),
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

SHEETS: tuple[Sheet, ...] = (
    SCHOOL,
    APPLICATIONS,
    TEACHERS,
    VENUES,
    EQUIPMENT,
    ENROLMENTS,
    PAST_PILOTS,
    EVIDENCE,
)


def column_of(sheet: Sheet, attribute: str) -> Column:
    """The column of an attribute. Raises KeyError where the sheet has none."""
    for column in sheet.columns:
        if column.attribute == attribute:
            return column
    raise KeyError(f"{sheet.name} has no column for {attribute}")
