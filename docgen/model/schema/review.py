"""The secretariat's workbook 评审结果.xlsx: four sheets, from which every notice is made."""

from __future__ import annotations

from ..records import CertificateLevel, SchoolType
from ..review import AccountRequest, Conclusion, Decision, NoticeInfo, ReviewedSchool
from .columns import Column, Sheet, ValueKind

OFFICIAL_FORM, LETTER_FORM = "公文格式", "信函格式"

NOTICE = Sheet(
    "通知信息",
    NoticeInfo,
    "notice",
    "在“内容”一栏填写通知的各个要素；格式（字体、行数、红线、版记、页码）由 docgen 按 GB/T 9704-2012 排好。",
    vertical=True,
    required=True,
    aliases=("通知", "公文信息", "发文信息"),
    columns=(
        Column(
            "发文机关", "issuer", ValueKind.NAME, "落款的署名，全称或规范化简称。", "三",
            ("发文单位", "署名"), required=True, example="广西某某职业教育试点工作秘书处（虚构）",
        ),
        Column(
            "发文机关标志", "mark", ValueKind.NAME, "红头上的字，一般为发文机关全称加“文件”二字；信函格式不加“文件”。", "三",
            ("红头", "标志"), required=True, example="广西某某职业教育试点工作秘书处文件",
        ),
        Column(
            "文号", "number", ValueKind.NAME, "发文字号：机关代字、〔年份〕、序号，例如 某试秘〔2021〕12号；序号不加“第”，不编虚位。", "三",
            ("发文字号", "字号", "通知文号"), required=True, example="某试秘〔2021〕12号",
        ),
        Column(
            "标题", "title", ValueKind.NAME, "发文机关（可省）、事由和文种，例如“关于公布……试点院校名单的通知”；换行由 docgen 按词意排。", "三",
            ("通知标题", "公文标题"), required=True, width=40,
            example="关于公布2021年1+X证书制度试点院校名单的通知",
        ),
        Column("主送", "addressee", ValueKind.TEXT, "主送机关，例如“各有关院校”；后面的冒号由 docgen 加。", "三",
               ("主送机关", "主送单位"), required=True, example="各有关院校"),
        Column("成文日期", "date", ValueKind.NAME, "会议通过或负责人签发的日期，例如 2021年7月5日。", "三",
               ("发文日期", "落款日期", "日期"), required=True, example="2021年7月5日"),
        Column("抄送", "copies", ValueKind.TEXT, "除主送外要知晓的机关，用逗号隔开；没有的留空。", "", ("抄送机关",),
               example="各有关培训评价组织"),
        Column("印发机关", "printer", ValueKind.NAME, "印发通知的部门，印在版记里；没有的留空。", "", ("印制机关", "印发单位"),
               example="广西某某职业教育试点工作秘书处办公室"),
        Column("印发日期", "printed", ValueKind.NAME, "送印的日期，不早于成文日期；“印发”二字由 docgen 加。", "", ("印制日期",),
               example="2021年7月6日"),
        Column("联系人", "contact", ValueKind.NAME, "院校有疑问时找谁，印在附注和各校通知里。", "三", ("联系人姓名",),
               required=True, example="示例联系人"),
        Column("联系电话", "phone", ValueKind.PHONE, "联系人的电话。", "三", ("电话", "联系方式"), required=True,
               example="0771-0000000"),
        Column("正文要点", "points", ValueKind.TEXT,
               "通知正文里自己要写的要求，一行一条，docgen 编为（一）（二）……；留空则用自带的四条。", "三", ("要点", "工作要求"),
               width=60, example="加强组织领导，明确专人负责\n按批准的证书、等级和人数开展培训"),
        Column("公章图片", "seal", ValueKind.PATH, "公章图片放在本文件夹里，这里写文件名（PNG 或 JPG，白底即可）；不写则不盖章。", "",
               ("印章", "印章图片", "公章"), example="公章.png"),
        Column("院校通知格式", "school_form", ValueKind.CHOICE, "发给各院校的结果通知用公文格式（红头）还是信函格式；不填为信函格式。", "",
               ("各校通知格式",), (LETTER_FORM, OFFICIAL_FORM), example=LETTER_FORM),
        Column("院校通知起始文号", "school_number", ValueKind.NAME, "各院校通知的第一个发文字号，以后各校依次加一；不写则不编文号。", "",
               ("各校通知文号", "院校通知文号"), example="某试函〔2021〕31号"),
        Column("试点截止日期", "start_by", ValueKind.NAME, "获批院校要在哪一天前完成本年度试点；不填为当年12月31日（指南 三）。", "三",
               ("试点结束日期", "完成日期"), example="2021年12月31日"),
        Column("修改截止日期", "mend_by", ValueKind.NAME, "被退回修改的院校要在哪一天前改好重新提交。", "二（二）2（8）",
               ("退回修改截止日期", "重新提交日期"), example="2021年7月20日"),
        Column("下一步工作", "next_steps", ValueKind.TEXT, "各校通知里要求获批院校做的事，一行一条；留空则用自带的三条。", "三",
               ("后续工作",), width=60, example="制订本校试点工作方案"),
    ),
)  # fmt: skip

SCHOOLS = Sheet(
    "院校",
    ReviewedSchool,
    "schools",
    "一行一所院校：结果发给谁。",
    required=True,
    aliases=("院校名单", "学校", "学校名单", "院校联系表"),
    columns=(
        Column("院校名称", "name", ValueKind.NAME, "全称，与“评审结果”里写的一字不差。", "二（二）1（2）",
               ("学校名称", "学校全称", "院校全称", "单位名称"), required=True, width=32, example="广西某某职业技术学院"),
        Column("院校代码", "code", ValueKind.CODE, "10 位学校标识码。", "二（二）1（2）", ("学校代码", "学院代码", "学校标识码"),
               width=14, example="4145000000"),
        Column("院校类型", "type", ValueKind.CHOICE, "中职、高职或本科。", "二（二）1（2）", ("学校类型", "办学类型"), SchoolType,
               True, 10, "高职"),
        Column("联系人", "contact", ValueKind.NAME, "院校的 1+X 工作联系人。", "一（一）", ("联系人姓名",), width=12, example="示例联系人"),
        Column("手机号", "phone", ValueKind.PHONE, "联系人的手机号。", "", ("联系人手机号", "电话", "联系电话"), width=15,
               example="13800000000"),
        Column("邮箱", "mail", ValueKind.LINK, "结果通知发到这个邮箱。", "", ("联系人邮箱", "电子邮箱", "Email"), width=26,
               example="example@example.edu.cn"),
    ),
)  # fmt: skip

DECISIONS = Sheet(
    "评审结果",
    Decision,
    "decisions",
    "一行一项申报的结论：一所院校、一个证书、一个等级。",
    required=True,
    aliases=("结果", "评审结论", "审批结果", "审核结果"),
    columns=(
        Column("院校名称", "school", ValueKind.NAME, "与“院校”工作表里的名称一字不差；可从下拉列表选。", "三",
               ("学校名称", "申报院校", "学校"), required=True, width=32, example="广西某某职业技术学院"),
        Column("证书名称", "certificate", ValueKind.NAME, "与公布的证书名称一字不差；可从下拉列表选。", "三",
               ("申报证书", "证书", "X证书名称"), required=True, width=32, example="网店运营推广"),
        Column("等级", "level", ValueKind.CHOICE, "初级、中级或高级；同一证书的不同等级各占一行。", "二（二）2（1）",
               ("证书等级", "申报等级"), CertificateLevel, True, 8, "中级"),
        Column("申报人数", "applied", ValueKind.COUNT, "院校申报的培训人数。", "二（二）2（3）", ("培训人数", "申请人数"),
               required=True, width=10, example=120),
        Column("结论", "conclusion", ValueKind.CHOICE, "同意、调整、不同意或退回修改。", "三", ("评审结论", "审批结论", "审核结论"),
               Conclusion, True, 10, "调整"),
        Column("批准人数", "approved", ValueKind.COUNT, "同意的可以留空（即申报人数）；调整的填调整后的人数；不同意、退回修改的不填。", "三",
               ("核准人数", "审批人数", "获批人数"), width=10, example=100),
        Column("评审意见", "opinion", ValueKind.TEXT,
               "调整、不同意的理由；退回修改的写“位置：要改什么”，几处各写一行，例如“场地佐证材料第3页：照片看不清，请重拍”。", "三",
               ("意见", "理由", "原因", "专家意见"), width=50, example="工位80个，一期可培训人数有限，核减为100人"),
    ),
)  # fmt: skip

ACCOUNTS = Sheet(
    "账号申请",
    AccountRequest,
    "accounts",
    "首次申报、没有账号的院校提交的三项信息，和中职学校的星级。",
    aliases=("账号", "开通账号", "账号开通"),
    columns=(
        Column("院校代码", "code", ValueKind.CODE, "学院代码：10 位数识别码。", "二（二）1（2）", ("学院代码", "学校代码", "学校标识码"),
               required=True, width=14, example="3645000000"),
        Column("院校名称", "name", ValueKind.NAME, "学校全称。", "二（二）1（2）", ("学校全称", "学校名称", "院校全称"), required=True,
               width=32, example="广西某某中等职业技术学校"),
        Column("院校类型", "type", ValueKind.CHOICE, "中职、高职或本科。", "二（二）1（2）", ("学校类型", "办学类型"), SchoolType,
               True, 10, "中职"),
        Column("中职星级", "star_grade", ValueKind.CHOICE, "中职学校必填；二星级（及以下）的要先向教育厅提交申请。", "二（二）1（2）",
               ("星级", "学校星级"), ("一星级", "二星级", "三星级", "四星级", "五星级"), width=10, example="三星级"),
        Column("联系人", "contact", ValueKind.NAME, "答复给谁；“院校”工作表里有这所学校的可不填。", "二（二）1（2）", ("联系人姓名",),
               width=12, example="示例联系人"),
        Column("邮箱", "mail", ValueKind.LINK, "答复发到这个邮箱；“院校”工作表里有这所学校的可不填。", "", ("联系人邮箱", "电子邮箱"),
               width=26, example="example@example.edu.cn"),
    ),
)  # fmt: skip

REVIEW_SHEETS: tuple[Sheet, ...] = (NOTICE, SCHOOLS, DECISIONS, ACCOUNTS)
