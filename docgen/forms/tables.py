"""Lists that forms ask for: the rows of the data that they mean, and how forms head their columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .labels import Field, Kind, Vocabulary

NUMBERING = "#"
"""The key of a column that counts the rows."""
WORTH = "金额"
"""The key of a column of 设备 that is computed: count times price."""


@dataclass(frozen=True, slots=True)
class RowTable:
    """The rows of one name in the data, and how forms head its columns.

    `about` is found in the heading of such a table; `distinctive` are columns that no other table has: one of them, or a
    heading, must speak for the table. `required` are columns that it must have. `theirs` is found in headings of tables
    that look alike and list others (指导教师, 到货): such a table is proposed only.
    """

    name: str
    about: str
    columns: tuple[Field, ...]
    distinctive: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    theirs: str = ""

    def vocabulary(self) -> Vocabulary:
        """Its columns, to be asked for."""
        return _vocabulary(self)


@cache
def _vocabulary(table: RowTable) -> Vocabulary:
    return Vocabulary(table.columns, {}, {})


TOTAL = "合计："
"""Begins the label of a cell in the row of totals below a list; the column's heading follows."""
SUMS = {
    "场地.面积": "统计.总面积",
    "场地.工位数": "统计.总工位",
    "设备.金额": "统计.设备总值",
    "设备.数量": "统计.设备台数",
    "招生.在校生人数": "统计.在校生数",
}
"""Columns of lists and the figure that is their total."""
_LEVEL = "(?:申报|培训|证书|职业技能|技能|试点|所获)*(?:等级|级别)"
_CERT = "(?:1\\+?x|x)?(?:职业技能等级|职业技能|等级)?证书"

GOODS = "到货|验收|供货|报价|询价|招标|投标|采购|购置|申购|领用|借用|报废|报修|维修|调拨"
"""Speaks of goods that come and go, not of the equipment that there is."""

TEACHERS = RowTable(
    "教师",
    "教师|师资|讲师|授课",
    (
        Field("姓名", "姓名", pattern="(?:培训|任课|指导|授课|专任)?(?:教师|讲师)?(?:姓名|名单)|教师"),
        Field("性别", "性别"),
        Field(
            "职称",
            "职称",
            pattern="(?:专业)?(?:技术)?(?:职称|职务)(?:/职务|/职业资格|等级|名称)?|专业技术职务|职务/职称|职称/职务|职称或职务",
        ),
        Field(
            "专业",
            "专业",
            pattern="(?:所学|任教|从教|从事|现从事|教学|授课|所教|所属|所在)?专业(?:名称|领域|方向)?|任教学科|任教课程专业",
        ),
        Field(
            "培训证书",
            "培训证书",
            pattern=f"(?:已)?(?:取得|获得|获|持有|所获)?(?:的)?(?:师资|教师|考评员)?(?:培训)?(?:合格)?(?:{_CERT})(?:情况|名称)?|(?:师资)?培训(?:合格)?证书?(?:名称|情况)?|考评员证书?",
        ),
        Field(
            "培训证书等级",
            "培训证书等级",
            Kind.CHOICE,
            pattern=f"(?:师资|考评员|获得|取得)*(?:培训)?(?:合格)?(?:证书)?{_LEVEL}",
        ),
        Field(
            "从教年限",
            "从教年限",
            Kind.NUMBER,
            pattern="(?:从教|教学|工作|从业|任教|执教)(?:年限|年数|工龄|时间)|教龄|从教时间|工龄",
        ),
    ),
    ("职称", "从教年限", "培训证书"),
    ("姓名",),
    "指导教师|学员|学生|考生|观摩|来宾|企业|(?<!专)(?<!专、)兼职|外聘|校外|特聘|专家|监考|考评|考务|推荐|参赛|领队|评委|班主任|拟聘|拟参训|访学|挂职",
)
VENUES = RowTable(
    "场地",
    "场地|实训室|实训基地|场所|考场|教室|机房",
    (
        Field(
            "场地名称",
            "场地名称",
            pattern="(?:教学|实训|培训|考核|考试|校内)*(?:场地|实训室|实训基地|基地|场所|教室|实训场所|机房|考场|实验实训室|实验室|实验\\(实训\\)室)(?:的)?(?:名称|全称)?|名称",
        ),
        Field(
            "地点",
            "地点",
            pattern="(?:所在|具体|详细|场地|场所|实训室|教室|考场)?(?:地点|位置|地址|楼栋|房间号?|房号|门牌号)|(?:所在|具体|详细)*(?:教学)?(?:楼栋|楼宇|楼层|楼号|楼)(?:及其?|和|与|、|/)?(?:房间号?|房号|门牌号?|室号|楼层|教室号?|编号)?|所在地(?:点)?",
        ),
        Field("面积", "面积", Kind.NUMBER, pattern="(?:场地|场所|建筑|使用|实训室|教室|考场)*(?:使用|建筑)?面积"),
        Field(
            "工位数",
            "工位数",
            Kind.NUMBER,
            pattern="(?:实训|设备|可用|有效|现有|考核|培训|考试|标准)*(?:工位|机位|座位|考位|座位数|机器|终端|计算机|电脑)(?:数量?|总数|台数)?|(?:可)?(?:同时)?(?:容纳|接纳|承载)(?:学生|考生|培训)?(?:人数|人)|(?:可)?同时(?:可)?培训(?:学生)?人数",
        ),
        Field("用途", "用途", pattern="(?:主要|具体|场地|场所|实训室)*(?:用途|功能|使用功能|承担任务)"),
    ),
    ("工位数", "面积"),
    ("场地名称",),
    "企业|校外|拟建|在建|新建|规划|借用|租用|预约|校企共建",
)
EQUIPMENT = RowTable(
    "设备",
    "设备|设施|仪器|软件|硬件",
    (
        Field(
            "设备名称",
            "设备名称",
            pattern="(?:主要|软硬件|仪器|教学|实训|培训)*(?:设备|仪器|设施|软件|硬件|设备设施|仪器设备|设备\\(软件\\)|设备/软件|软硬件设备|设备及软件|软硬件)(?:的)?(?:名称|全称)|名称|品名",
        ),
        Field("类别", "类别", Kind.CHOICE, pattern="(?:设备|软硬件)?(?:类别|类型|种类|分类|性质)|软件/硬件|硬件/软件"),
        Field(
            "型号规格",
            "型号规格",
            pattern="(?:设备|技术|主要|品牌)*(?:[、/及和与]?)(?:型号|规格|参数|品牌|配置|版本|技术参数)(?:[、/及和与]?(?:型号|规格|参数|版本|配置|技术参数|主要参数))*",
        ),
        Field("数量", "数量", Kind.NUMBER, pattern="(?:设备|现有)?(?:数量|台套数|台数|套数|台件数|件数|节点数)"),
        Field("单价", "单价", Kind.MONEY, pattern="(?:设备|采购|购置)?(?:单价|价格|单台价格|单台\\(套\\)价格)"),
        Field(
            "存放场地",
            "存放场地",
            pattern="(?:设备)?(?:存放|所在|放置|安装|使用)(?:的)?(?:场地|地点|位置|实训室|场所)|所属(?:场地|实训室)",
        ),
        Field(WORTH, "金额", Kind.MONEY, pattern="(?:设备)?(?:总价|总值|金额|合价|总金额|总价值|小计|价值)"),
    ),
    ("型号规格", "单价", "存放场地"),
    ("设备名称",),
    f"{GOODS}|企业|拟增|拟购|新增|计划|需求|所需|捐赠|耗材|预算",
)
ENROLMENTS = RowTable(
    "招生",
    "招生|在校生|学生|专业",
    (
        Field("专业", "专业", pattern="(?:试点|申报|招生|对应|相关|开设)?专业(?:\\(方向\\)|方向)?(?:名称|全称)?"),
        Field("专业代码", "专业代码", Kind.CODE, pattern="(?:专业)?(?:目录)?代码"),
        Field("年级", "年级", pattern="(?:所在|所属|涉及|试点|面向|学生)?(?:年级|届别|入学年份|入学年级|级别)"),
        Field(
            "在校生人数",
            "在校生人数",
            Kind.NUMBER,
            pattern="(?:现有|全日制|试点专业)?(?:在校|在籍|在读)?(?:学生|生)?(?:总)?(?:人数|数)|在校生|在校人数|(?:学生)?规模",
        ),
    ),
    ("年级", "在校生人数"),
    ("专业", "在校生人数"),
    "考生|参赛|报名|名单|获奖|就业|毕业|企业",
)
PAST_PILOTS = RowTable(
    "往年试点",
    "往年|历年|以往|已(?:开展|有|参与|获批)|近[一二三两\\d]年|前期|试点(?:经验|基础|成效)|曾",
    (
        Field("年度", "年度", Kind.YEAR, pattern="(?:试点|获批|开展|批准|实施)?(?:年度|年份|时间)"),
        Field("证书名称", "证书名称", pattern=f"(?:试点|参与|获批|已试点)*(?:的)?{_CERT}(?:名称|全称)?|x证书"),
        Field("等级", "等级", Kind.CHOICE, pattern=_LEVEL),
        Field(
            "计划人数",
            "计划人数",
            Kind.NUMBER,
            pattern="(?:计划|批准|获批|下达|申报|核定)+(?:培训|试点)?(?:学生)?(?:人数|数|规模)",
        ),
        Field(
            "培训人数",
            "培训人数",
            Kind.NUMBER,
            pattern="(?:实际|已|完成|累计|参加|参与)*(?:培训|参训)(?:学生)?(?:人数|数|人次)",
        ),
        Field(
            "考核人数",
            "考核人数",
            Kind.NUMBER,
            pattern="(?:实际|参加|已)*(?:考核|考试|参考|鉴定|参考)(?:学生)?(?:人数|数)",
        ),
        Field(
            "取证人数",
            "取证人数",
            Kind.NUMBER,
            pattern="(?:实际|考核|考试)?(?:取证|获证|通过|合格|取得证书|获得证书|发证)(?:学生)?(?:的)?(?:人数|数)",
        ),
        Field("是否牵头", "是否牵头", Kind.YES_NO, pattern="(?:是否)?(?:为)?牵头(?:院校|学校|证书)?"),
    ),
    ("年度", "取证人数", "考核人数"),
    ("年度", "证书名称"),
    "获奖|奖项|荣誉|课题|项目立项|教师|师资|成绩",
)
_SCHOOLS = "(?:申报|填报|试点)?(?:学校|院校|单位)"
APPLICATIONS = RowTable(
    "申报证书",
    "申报|申请|试点|证书",
    (
        Field("院校名称", "院校名称", pattern=f"{_SCHOOLS}(?:名称|全称)?"),
        Field("院校类型", "院校类型", Kind.CHOICE, pattern="(?:学校|院校)(?:类型|类别|层次)"),
        Field("院校代码", "院校代码", Kind.CODE, pattern="(?:学校|院校)(?:代码|标识码)"),
        Field("联系人姓名", "联系人姓名", pattern="(?:学校|院校|校级)?联系人(?:姓名)?"),
        Field(
            "联系人手机号",
            "联系人手机号",
            Kind.PHONE,
            pattern="(?:学校|院校|校级)?联系人(?:的)?(?:联系)?(?:电话|手机|手机号码?|联系方式|移动电话|电话号码)",
        ),
        Field(
            "证书名称",
            "证书名称",
            pattern=f"(?:拟)?(?:申报|申请|试点|参与|意向|选报|对应|涉及|考核)*(?:的)?(?:试点)?{_CERT}(?:名称|全称)?|x证书",
        ),
        Field("等级", "等级", Kind.CHOICE, pattern=_LEVEL),
        Field(
            "试点专业", "试点专业", Kind.NAMES, pattern="(?:申报|试点|对应|涉及|面向|参与|相关|适用)*专业(?:名称|全称)?"
        ),
        Field(
            "培训人数",
            "培训人数",
            Kind.NUMBER,
            pattern="(?:本?年度|全年)?(?:拟|计划|申报|预计|试点|申请)*(?:培训|试点|申报|参与)?(?:学生)?(?:总)?(?:人数|规模|数|人次)",
        ),
        Field("每期人数", "每期人数", Kind.NUMBER, pattern="每期(?:培训)?人数"),
        Field("期数", "期数", Kind.NUMBER, pattern="(?:培训)?期数"),
        Field(
            "申报院系",
            "申报院系",
            pattern="(?:申报|所属|承办|承担|实施|开设|所在|负责)*(?:二级)?(?:院系|系部|学院|部门|院部|单位)(?:名称)?",
        ),
        Field("负责人", "负责人", pattern="(?:项目|申报|试点|证书)?负责人(?:姓名)?"),
        Field(
            "负责人电话",
            "负责人电话",
            Kind.PHONE,
            pattern="(?:(?:项目|申报|试点|证书)?负责人(?:的)?)?(?:联系)?(?:电话|手机|手机号码?|联系方式|联系电话|移动电话|电话号码)",
        ),
        Field("申报编号", "申报编号", Kind.CODE, pattern="申报编号"),
        Field(
            "培训评价组织",
            "培训评价组织",
            pattern="(?:培训)?评价组织(?:名称)?|颁证机构|发证机构|(?:证书)?颁发(?:单位|机构)",
        ),
    ),
    ("试点专业", "培训人数", "每期人数", "期数"),
    ("证书名称",),
    "获奖|荣誉|教师|师资|学生|考生|学员|领取|发放|取得|持有|已获|往年|历年|进度|费用?|缴费|收费|结算|经费|教材|成绩",
)

_NOW, _SO_FAR = (
    "(?:本期|本双周|双周|本周期|本阶段|本报告期|本月|本次)(?:新增|完成|实际)*",
    "(?:累计|截至目前|截止目前|截至本期|已|总)(?:完成|实际)*",
)


def _stage(name: str, words: str) -> tuple[Field, ...]:
    """The columns of one stage of a pilot: this period's, all so far, the share of what was approved."""
    return (
        Field(f"本期{name}", f"本期{name}", Kind.NUMBER, pattern=f"{_NOW}{words}(?:学生)?(?:的)?(?:人数|人次|数)?"),
        Field(f"累计{name}", f"累计{name}", Kind.NUMBER, pattern=f"{_SO_FAR}{words}(?:学生)?(?:的)?(?:人数|人次|数)?"),
        Field(f"{name}完成率", f"{name}完成率", pattern=f"{words}(?:计划)?(?:完成率|完成比例|进度)"),
    )


PROGRESS = RowTable(
    "证书",
    "进展|进度|双周|周报|月报|完成情况",
    (
        Field("证书名称", "证书名称", pattern=f"(?:试点)?{_CERT}(?:名称|全称)?|x证书"),
        Field("等级", "等级", Kind.CHOICE, pattern=_LEVEL),
        Field("试点专业", "试点专业", Kind.NAMES, pattern="(?:试点|对应|参与)?专业(?:名称)?"),
        Field(
            "批准人数",
            "批准人数",
            Kind.NUMBER,
            pattern="(?:计划|批准|获批|下达|核定|申报)(?:培训|试点)?(?:人数|数|规模)",
        ),
        *_stage("培训", "(?:培训|参训)"),
        *_stage("报名", "报名"),
        *_stage("考核", "(?:考核|考试|参考)"),
        *_stage("取证", "(?:取证|获证|发证|取得证书|通过)"),
    ),
    tuple(f"{when}{stage}" for when in ("本期", "累计") for stage in ("培训", "报名", "考核", "取证")),
)

# The order decides where two tables fit equally well.
ROW_TABLES = (PROGRESS, TEACHERS, EQUIPMENT, VENUES, PAST_PILOTS, ENROLMENTS, APPLICATIONS)
