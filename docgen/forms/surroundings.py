"""Names that mean a school's data in some surroundings only: the taxpayer's number of whoever asks for an invoice."""

from __future__ import annotations

from .labels import Field, Kind

_INVOICE = "开票|发票|抬头|报名|回执|参会|缴费|付款单位|购买方"
IN_SURROUNDINGS = (
    Field(
        "院校.院校名称",
        "院校名称",
        weak="(?:开票|受票|付款|缴费|购买)(?:单位|学校|院校|方)(?:名称|全称|抬头)?|(?:发票)?抬头",
        needs=_INVOICE,
    ),
    Field(
        "院校.院校名称",
        "院校名称",
        weak="(?:项目|任务|试点|工作)*(?:承担|承接|实施|执行)方(?:名称|全称)?|乙方(?:名称|全称)?",
        needs="任务书|责任书|责任状|(?:教育|人社|人力资源).{0,6}[厅部局]",
    ),
    Field(
        "院校.统一社会信用代码",
        "统一社会信用代码",
        Kind.CODE,
        weak="(?:开票|发票|受票|付款|购买方)?(?:单位|学校|院校)?(?:纳税人(?:识别号码?|税号|编号)|税号|税务登记(?:证)?号码?|纳税识别号|纳税号)",
        needs=_INVOICE,
    ),
    Field(
        "院校.详细地址",
        "详细地址",
        weak="住所地?|法定(?:住所|地址)|注册(?:住所|地址)|(?:开票|发票|注册)地址",
        needs=f"协议|合同|{_INVOICE}",
    ),
    Field(
        "申报.证书名称",
        "证书名称",
        weak="(?:培训|考核|参训|开班)(?:的)?证书(?:名称)?",
        needs="培训(?:方案|计划|大纲)|教学计划|学员(?:花名册|名册|名单)|开班|办班|培训班|考核(?:站点|点|计划|安排|方案)|考务",
    ),
    Field(
        "申报.培训评价组织",
        "培训评价组织",
        weak="评价机构(?:名称)?|(?:证书)?开发(?:单位|企业)(?:名称)?",
        needs="证书|1\\+?x",
    ),
    Field(
        "申报.培训人数",
        "培训人数",
        Kind.NUMBER,
        weak="(?:开班|办班|学员|培训|招收)?总人数",
        needs="开班(?:备案|计划|申请|申报|方案)|办班(?:备案|计划|申请|申报|方案)|培训计划",
    ),
)
"""Fields beside those of the same key, each by what it is called and what must stand around (labels, headings, the title)."""
