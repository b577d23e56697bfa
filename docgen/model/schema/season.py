"""The progress workbook 双周报数据.xlsx: four sheets, from which every biweekly report is made."""

from __future__ import annotations

from ..records import CertificateLevel, SchoolType
from ..season import Matter, PeriodRemarks, PlannedCertificate, ProgressEntry, SeasonInfo
from .columns import LEVEL_NOTE, Column, Sheet, ValueKind

SEASON = Sheet(
    "设置",
    SeasonInfo,
    "info",
    "双周报从哪天开始、多长一期、由谁填报和审核。",
    vertical=True,
    required=True,
    aliases=("双周报设置", "基本信息", "填报设置", "填报信息"),
    columns=(
        Column("院校名称", "school_name", ValueKind.NAME, "全称；同一文件夹里有“申报数据.xlsx”的可以不填，以那里为准。", "三",
               ("学校名称", "院校", "学校", "单位名称", "填报单位"), width=32, example="广西某某职业技术学院"),
        Column("院校类型", "type", ValueKind.CHOICE, "中职、高职或本科；有“申报数据.xlsx”的可以不填。", "", ("学校类型",), SchoolType,
               width=10, example="高职"),
        Column("院校代码", "code", ValueKind.CODE, "10 位学校标识码；有“申报数据.xlsx”的可以不填。", "", ("学校代码", "学校标识码"),
               width=14, example="4145000000"),
        Column("开始日期", "start", ValueKind.DATE, "第 1 期的第一天，一般是评审结果发布的日期。", "三",
               ("起始日期", "试点开始日期", "第一期开始日期", "启动日期"), required=True, example="2021-07-05"),
        Column("结束日期", "end", ValueKind.DATE, "最后一期的最后一天；不填为开始日期当年的12月31日。", "三",
               ("截止日期", "试点结束日期", "终止日期"), example="2021-12-31"),
        Column("周期天数", "cycle", ValueKind.COUNT, "多少天一期；不填为 14 天（双周）。", "三", ("周期", "每期天数", "报送周期"), example=14),
        Column("停报开始", "paused_from", ValueKind.DATE, "暑假等通知不报的时段，从哪天起；这段时间不编期次。没有的留空。", "",
               ("暂停开始", "假期开始", "停报开始日期", "暑假开始"), example="2021-07-19"),
        Column("停报结束", "paused_until", ValueKind.DATE, "停报到哪天为止。", "", ("暂停结束", "假期结束", "停报结束日期", "暑假结束"),
               example="2021-08-29"),
        Column("填报人", "reporter", ValueKind.NAME, "填写双周报的人，印在报告上。", "三", ("填表人", "报送人"), required=True, example="示例填报人"),
        Column("审核人", "reviewer", ValueKind.NAME, "审核并签字的领导，印在报告上。", "三", ("负责人", "审核领导", "主管领导"), example="示例审核人"),
        Column("联系电话", "phone", ValueKind.PHONE, "填报人的电话。", "三", ("电话", "联系方式", "手机号"), example="0771-0000000"),
    ),
)  # fmt: skip

PLAN = Sheet(
    "计划",
    PlannedCertificate,
    "plan",
    "一行一个获批的证书等级；留空的话，从“评审结果.xlsx”或“申报数据.xlsx”取。",
    aliases=("试点计划", "批准计划", "获批证书", "计划表", "年度计划"),
    columns=(
        Column("证书名称", "certificate", ValueKind.NAME, "与批复中的证书名称一字不差。", "三", ("证书", "X证书名称", "职业技能等级证书名称", "试点证书", "证书及等级", "证书名称及等级"),
               required=True, width=32, example="网店运营推广"),
        Column("等级", "level", ValueKind.CHOICE, LEVEL_NOTE, "二（二）2（1）", ("证书等级",), CertificateLevel, True, 8, "中级"),
        Column("批准人数", "approved", ValueKind.COUNT, "批准的本年度培训人数，完成率以它为准。", "三",
               ("计划人数", "获批人数", "核准人数", "试点人数", "计划培训人数", "审批人数", "任务数"), required=True, width=10, example=120),
        Column("试点专业", "majors", ValueKind.NAMES, "参加试点的专业，多个用顿号隔开。", "二（二）2（2）", ("专业",), width=30,
               example="电子商务、市场营销"),
    ),
)  # fmt: skip

PROGRESS = Sheet(
    "进展",
    ProgressEntry,
    "entries",
    "一行一件事：哪天、哪个证书、做了什么、多少。报错了的，另加一行负数更正，不必改旧行。",
    required=True,
    aliases=("工作进展", "进展情况", "进度", "进展记录", "工作台账", "台账", "进展台账", "实施进展"),
    columns=(
        Column("日期", "date", ValueKind.DATE, "哪一天，例如 2021-09-03；它决定算在哪一期。连续几天的写最后一天。", "三",
               ("时间", "发生日期", "完成日期", "登记日期"), required=True, width=19, example="2021-09-03"),
        Column("证书名称", "certificate", ValueKind.NAME, "“计划”里的证书；师资、购置、建设、经费不分证书的可以留空。", "三",
               ("证书", "X证书名称", "试点证书", "证书及等级", "证书名称及等级"), width=28, example="网店运营推广"),
        Column("等级", "level", ValueKind.CHOICE, LEVEL_NOTE, "二（二）2（1）", ("证书等级",), CertificateLevel, False, 8, "中级"),
        Column("事项", "matter", ValueKind.CHOICE, "从下拉列表中选；前四项（学生培训、考核报名、考核、取证）按人数累计。", "三",
               ("工作事项", "类别", "项目", "工作内容类别"), Matter, True, 14, "学生培训"),
        Column("数量", "amount", ValueKind.AMOUNT, "这一次新增多少，不是累计数；更正多报的填负数，例如 -2。", "三",
               ("人数", "新增数量", "新增人数", "金额", "数值"), required=True, width=10, example=40),
        Column("单位", "unit", ValueKind.NAME, "人、元、万元、台、册、间……；前四项不填就是人。", "", ("计量单位",), width=8, example="人"),
        Column("说明", "note", ValueKind.TEXT, "具体内容，印在报告的明细里；更正的写明原因。", "", ("备注", "内容", "具体内容", "工作内容"),
               width=44, example="第一期学员，共 5 天"),
    ),
)  # fmt: skip

REMARKS = Sheet(
    "工作情况",
    PeriodRemarks,
    "remarks",
    "一行一期：用文字写这一期的进展、问题、下一步计划和建议。",
    aliases=("文字情况", "双周情况", "情况说明", "工作小结"),
    columns=(
        Column("期次", "number", ValueKind.PERIOD, "第几期，只填数字；也可以不填期次，填开始、结束日期。", "三", ("期数", "第几期", "周期", "报告期"),
               width=10, example=1),
        Column("开始日期", "start", ValueKind.DATE, "填了期次的可以不填。", "", ("起始日期", "开始"), width=13, example="2021-07-05"),
        Column("结束日期", "end", ValueKind.DATE, "填了期次的可以不填。", "", ("截止日期", "结束"), width=13, example="2021-07-18"),
        Column("工作进展", "progress", ValueKind.TEXT, "这一期做了什么，可以分段。", "三", ("工作进展情况", "主要工作", "进展情况", "完成情况"),
               width=44, example="完成第一期学员培训；组织教师参加线上说明会。"),
        Column("存在问题", "problems", ValueKind.TEXT, "遇到的困难；没有的写“无”。", "三", ("问题", "困难", "主要问题", "存在的问题"), width=36,
               example="考核平台账号尚未下发。"),
        Column("下一步计划", "plans", ValueKind.TEXT, "下一期准备做什么。", "三", ("下一步工作计划", "计划", "下期计划", "下步计划", "下一步工作"),
               width=36, example="组织第二期学员培训，完成考核报名。"),
        Column("意见建议", "suggestions", ValueKind.TEXT, "对培训评价组织、秘书处的意见和建议；没有的留空。", "三", ("建议", "意见", "意见和建议", "意见与建议"),
               width=36, example=""),
        Column("填报日期", "filled", ValueKind.DATE, "哪一天填报，印在报告上；秘书处凭它看是否按时。不写的，报告上留空手填。", "三",
               ("报送日期", "填表日期", "上报日期"), width=13, example="2021-07-19"),
    ),
)  # fmt: skip

SEASON_SHEETS: tuple[Sheet, ...] = (SEASON, PLAN, PROGRESS, REMARKS)
