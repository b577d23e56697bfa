"""Who and which school a text names in a telling role: 姓名：…, 兹证明…同志; 单位：…, 甲方：…."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docgen.model.text import fold

from .evidence_texts import Page

_HAN = "\u3007\u3400-\u9fff\U00020000-\U0003ffff"
_DOT = "·•・"
_NAME = rf"[{_HAN}](?:[{_HAN}]|[{_DOT}](?=[{_HAN}])){{1,14}}?"

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅"
    "庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐丘邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣"
    "邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬郗班仰秋仲伊宫宁仇栾"
    "甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑"
    "桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殴利蔚越夔隆师巩"
    "聂晁勾敖融冷訾辛阚那简饶空曾沙养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公欧覃兰闭磨粟玉植苻凡区岳帅仝佟闫付涂代仪初全银年芦"
    "亢况郄逢锁邸危阳操但斯苟官海信原豆喜勇黑候矫折税冼冯招麦霞谌伦光丹揭栗么"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "东方", "尉迟", "皇甫", "司徒", "令狐", "慕容", "夏侯", "公孙", "长孙")
_NO_NAME = re.compile(
    "[课校级班员室院系部处等各该本我贵此这其的位]|老师|教师|专业|方向|任职|任课|时任|现任|应届|全体|全国|全校|广西|高职|高等|高中"
    "|单位|公司|公章|年度|年级|国家|江苏|云南|山东|海南|计算|平台|车间|项目|党委|银行|文化|安全|信息|相关|符合|成功|于是|通过|经过"
    "|关于|和谐|满意|平时|以上|以下|参加|参与|培训|证书|编号|性别|单独|连续|应当|时间|充分"
)
_HONORIFIC = "同志|老师|先生|女士|同学|学员"
_DOES = "于|自|在|已|系|为|是|参加|完成|通过|经|[:,]|\\(|\\d{4}年"
_LABELLED = re.compile(
    rf"(?:^|[\s,。;、(|])(?:学员|教师|参训教师|参训人|参培人|持证人|证书持有人|获证人|受训人|被培训人|考评员)?"
    rf"(?:姓 ?名|学员|持证人|证书持有人|获证人)(?:\([a-z]*\)|/?name)? ?:\s*"
    rf"(?P<name>[{_HAN}](?: ?[{_HAN}{_DOT}]){{1,14}})",
    re.MULTILINE,
)
_CELLS = re.compile(rf"姓名:?(?P<name>{_NAME})性别")
_CERTIFIED = re.compile(
    rf"兹(?:证明|有|聘请|授予)[:,]?(?:[^,。:;]{{2,30}}?(?:学院|学校|大学|中心))?(?:教师|老师|学员)?(?P<name>{_NAME})(?:{_HONORIFIC}|[(,]|于|参加|完成|系|自)"
)
_HONOURED = re.compile(
    rf"(?:^|[\s,。;、(:|\"])(?:尊敬的)?(?P<name>{_NAME}) ?(?:{_HONORIFIC}) ?(?:{_DOES}|$)", re.MULTILINE
)
_NEXT_LABEL = re.compile(
    r" ?(?:性 ?别|身 ?份|证件|单 ?位|职 ?称|职 ?务|电 ?话|手机|编 ?号|出 ?生|民 ?族|学 ?历|专 ?业|年 ?龄|学校|院校).*$"
)

_SCHOOL_ROLES = (
    "学校名称|院校名称|学校|院校|学院名称|所在单位|工作单位|任职单位|所在学校|任职学校|任职院校|选派单位|选派院校|选派学校|推荐单位|推荐院校"
    "|派出单位|单位名称|单位|采购单位|采购人|采购方|招标人|甲方|买方|需方|购方|购货单位|购货方|购买方|购买单位|使用单位|使用方|用户单位|用户名称"
    "|最终用户|被授权方|被授权单位|申报单位|申报院校|申报学校|试点院校|试点学校|产权单位|资产所属单位"
)
_SCHOOL = re.compile(
    rf"(?:^|[\s,。;、(|])(?P<role>(?:{_SCHOOL_ROLES})(?:\([^()\n]{{0,12}}\))?(?:名称)?(?:\([^()\n]{{0,12}}\))?) ?:[ \n]?"
    rf"(?P<name>[{_HAN}a-z0-9() ]{{2,40}})",
    re.MULTILINE,
)
_SEALED = re.compile(r"^(?:单位|学校|院校|学院).*章")
"""单位（盖章）is whoever issued the paper, not the school that it is about."""
_INSTITUTION = re.compile(
    r"^(?P<name>.{2,}?(?:学院|学校|大学|中专|职业中学|高级中学|高专|专科学校|技校|职校|职教中心|职业教育中心))"
)
_LEAST_SCHOOL, _KEPT = 4, 0.7
_REGION = re.compile(
    "职业|技师|技工|师范|大学|中专|中等|高等|专科|技术学校|职教|高级中学|[省市县州区盟旗]|自治|北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林"
    "|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|南宁|柳州|桂林|梧州|北海"
    "|防城港|钦州|贵港|玉林|百色|贺州|河池|来宾|崇左"
)
"""A name without any of these (信息工程学院) may be a department of the school itself."""


def people_named(page: Page) -> tuple[str, ...]:
    """The people whom the page names in the role of the one who was trained or is certified to be something."""
    found = [_cut(match["name"]) for match in _LABELLED.finditer(page.loose)]
    found += [match["name"] for pattern in (_CELLS, _CERTIFIED) for match in pattern.finditer(page.tight)]
    found += [match["name"] for match in _HONOURED.finditer(page.loose)]
    return tuple(dict.fromkeys(name for name in found if is_name(name)))


def is_name(text: str) -> bool:
    """Whether a text looks like a person's name: a surname and one or two characters more, or parts joined by a dot."""
    if _NO_NAME.search(text):
        return False
    if any(dot in text for dot in _DOT):
        return True
    if text.startswith(_COMPOUND):
        return 3 <= len(text) <= 4
    return text[:1] in _SURNAMES and 2 <= len(text) <= 3


def schools_named(page: Page) -> tuple[str, ...]:
    """The schools that the page names in the role of the school that applies: as employer, buyer, user."""
    found = []
    for match in _SCHOOL.finditer(page.loose):
        name = _INSTITUTION.match(match["name"].replace(" ", ""))
        if name is not None and _REGION.search(name["name"]) and not _SEALED.search(match["role"]):
            found.append(name["name"])
    return tuple(dict.fromkeys(found))


def is_same_school(name: str, own: Iterable[str]) -> bool:
    """Whether a folded school name means one of the names in `own`: the same, a part of it, or its short form."""
    return any(_short_of(name, other) or _short_of(other, name) for other in map(fold, own) if other)


def _short_of(short: str, long: str) -> bool:
    """Whether `short` is a part of `long`, or leaves little of it out (南宁职业学院 for 南宁职业技术学院)."""
    if len(short) < _LEAST_SCHOOL:
        return False
    rest = iter(long)
    return short in long or (len(short) >= _KEPT * len(long) and all(character in rest for character in short))


def _cut(text: str) -> str:
    """The name at the head of what follows 姓名: up to the next label, 张 三 as one, 张三 参加 without what follows."""
    words = _NEXT_LABEL.sub("", text).split(" ")
    return words[0] if len(words[0]) > 1 else "".join(words)
