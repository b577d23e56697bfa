"""A label's spelling taken apart: numbering, marks, brackets, remarks, units and years away from what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from docgen.model.text import fold

_CIRCLED = "\u2460-\u2473\u2474-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229"
_HAN_NUMBER = "一二三四五六七八九十"
_NUMBERING = re.compile(
    rf"^(?:[{_CIRCLED}]|第[{_HAN_NUMBER}\d]{{1,3}}条[:：]?|\((?:\d{{1,3}}|[{_HAN_NUMBER}]{{1,3}})\)|q\d{{1,2}}(?=\D)|(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|[{_HAN_NUMBER}]{{1,3}}|[a-z])"
    r"(?:[.、)．:]|(?<=\.\d)(?=\D)))+"
)
_MARKS = re.compile(
    rf"^[*※★☆●■◆▲△·•✱#]+|(?:[*※★☆✱#:;,。、?]|\[\d*\]|[{_CIRCLED}\u00b9\u00b2\u00b3\u2070-\u2079])+$|(?<=..)(?:是|为|约)(?:什么|哪个|哪些|多少)?$"
)
_HOW_MANY = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:多少|几)(?:名|个)?(人|名|期)\??$")
_WHICH = re.compile("(?<=[\u4e00-\u9fff]{2})(?:哪一?[个些种所]|什么)(?=[\u4e00-\u9fff]{2})")
_NOTE = re.compile(r"(?<=.)注\d?$")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_ONE_OR_OTHER = re.compile(r"([院系校])\(([院系校部])\)")
"""院（系）名称, 副校（院）长: no remark, but two words for one."""
_UNIT = re.compile(
    r"(?:单位:?)?(人次|人|名|位|万元|千元|元|圆|㎡|m2|平方米|平米|台套|台/套|台|套|台\(套\)|个|间|处|期|年|岁|门|届|次)(?:/年)?"
)
_HARMLESS = re.compile(
    r"(?:(?:加盖|盖)?(?:学校|单位|院校)?(?:公章|盖章|章)|全称|简称|必填|选填|必填项|中文|汉字|打印|正楷|手机|移动电话|含区号|区号|数字|阿拉伯数字"
    r"|数量|合计|共|约|本年度|年度|累计|名称|姓名|可多选|可填多[个项]|可填\d+[个项]|可选|单选|多选|打勾|勾选|下拉|打?[√✓]|.{0,6}打[\"]?[√✓][\"]?.{0,4}|可另附页|可附页|可加页|另附|附后"
    r"|(?:教育部)?\d+位?(?:数字?|字符|字母)?(?:识别码|标识码|代码|编码)?|不?(?:少于|超过|多于).{1,10}字.{0,4}|\d+字.{0,6}|限.{1,8}|如.*|例.*|请.*|与.*一致|.*一致|以.*为准"
    r"|按.*(?:填写|填)|填写.*|.*(?:中职|高职|初级|高级).*|简要.*|详细.*|写明.*|注明.*|参照.*|详见.*|见.*|机构|学校|单位|院校|校级|[甲乙丙]方|软件|硬件|设备|实训室|实训基地|基地|机房|教室|系|是[/或]否|有[/或]无|(?:含|包括|包含).*(?:组织|制度|经费|师资|资金|政策).*|(?!.*(?:qq|wechat|weixin|fax|office|home))[a-z][a-z .,'&/-]{2,}|微信同号|必须.*|须.*|没有.*|无则.*|若无.*|院系|专业|系部|二级学院|部门|统一社会信用代码|[期班批次院系部处室校科所级]|年月日|20xx年.*)"
)
_TELLING = re.compile("办公|座机|固定|传真|qq|微信|签|盖|章|人|名|号|职|部|处|时间|日期|实际|企业|学生")
"""What a remark with alternatives may not speak of, lest it change what is asked."""
_ASKED = re.compile(
    "^(?:\\d{1,2}位(?:数)?|请(?:如实|准确|完整)?(?:填写|填报|输入|注明|写明|填|写)(?:您|你|贵校|本校)?(?:的)?)"
)
_YOURS = re.compile("^(?:贵|我|你|本)(校|院校|单位)(?:的)?(?=[\u4e00-\u9fff])|^学校的")
_FOREIGN = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:(?<=电话)|(?<=手机)|(?<=号码)|(?<=方式)|(?<=号)|(?!.*(?:e-?mail|wechat|fax|tel|mobile|phone|office)))"
    r"[a-z][a-z .,'&/-]{2,}$"
)
"""The same once more in English."""
_OTHER_SCRIPTS = re.compile(
    r"[\u0590-\u0fff\u1000-\u17ff\u1800-\u18af\ua000-\ua4cf]+(?:\s+[\u0590-\u0fff\u1000-\u17ff\u1800-\u18af\ua000-\ua4cf]+)*"
)
"""Arabic letters, Tibetan, Mongolian, Yi and others, in which labels are said once more."""
_FOREIGN_FIRST = re.compile(r"^(?!x|1\+x)[a-z][a-z .,'&/:-]{2,}(?=[\u4e00-\u9fff]{2})")
_SLASHED_UNIT = re.compile(r"(?<=[\u4e00-\u9fff])/(㎡|m2|平方米|万元|元|人次|人|名|个|间|台套|台|套|年|期)$")
_SIGNED = re.compile(r"签字|签名|签章|手签|亲笔|盖章处|签署|印鉴|签发")
_SEALED = re.compile(r"盖章|公章|签章|印章")
_OPINION = re.compile(
    r"意见|审核|审批|审查|批准|批示|评审|评语|评定|评议|推荐|批复|承诺|声明|结论|初审|复审|核准|受理|以下由|由.{1,12}填写|经手|收件|审阅|专家组"
)
_PROMISING = re.compile("(?:承诺|声明|推荐|报审|送审)(?:单位|学校|院校|机构|方)")
"""Whoever promises is asked for the name, not for the promise."""
_PARTY = re.compile("[甲乙丙丁]方(?:名称|单位|全称)?")
_YEAR = re.compile(r"^((?:19|20)\d\d)(?:年度?|学年)?")


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart. `key` is what it says, folded; `remarks` are its brackets' contents; `unit` one of them.

    `inner` is the key with what stands in brackets amid it left in (组织机构（信用）代码), "" where nothing does.
    """

    text: str
    key: str
    remarks: tuple[str, ...] = ()
    unit: str = ""
    year: int | None = None
    inner: str = ""

    @property
    def signed(self) -> bool:
        """Whether a person signs there by hand."""
        return bool(_SIGNED.search(fold(self.text)))

    @property
    def sealed(self) -> bool:
        """Whether a seal goes there."""
        return bool(_SEALED.search(fold(self.text)))

    @property
    def opinion(self) -> bool:
        """Whether somebody else writes there: an opinion, a review, an approval."""
        return bool(_OPINION.search(_PROMISING.sub("", fold(self.text))))

    @property
    def odd_remarks(self) -> tuple[str, ...]:
        """Remarks that may change what the label asks for (联系电话（办公）)."""
        return tuple(
            remark
            for remark in self.remarks
            if not _HARMLESS.fullmatch(remark) and remark != self.unit and not _is_choice(remark)
        )


def _ours(match: re.Match[str]) -> str:
    return "单位" if match[1] == "单位" else "学校"


def _is_choice(remark: str) -> bool:
    """Whether a remark lists what may be answered (硬件/软件), rather than saying of whom or of what it asks."""
    parts = re.split("[/、|或]", remark)
    return len(parts) > 1 and all(0 < len(part) <= 6 for part in parts) and not _TELLING.search(remark)


@lru_cache(maxsize=1 << 14)
def read_label(text: str) -> Label:
    """Take a label apart: spaces, numbering, marks, footnotes, colons and brackets away, units and remarks kept."""
    key = re.sub(rf"^[\s*※★☆●■◆▲△·•]*[{_CIRCLED}]|[{_CIRCLED}\u00b9\u00b2\u00b3\u2070-\u2079]+(?=[\s:：]*$)", "", text)
    key = _ASKED.sub("", _trimmed(_answered(fold(key))))
    key = _YOURS.sub(_ours, key)
    key = _ONE_OR_OTHER.sub(lambda match: "校" if match[1] == "校" else f"{match[1]}{match[2]}", key)
    remarks: list[str] = []
    amid = key if re.search(r"(?<=[\u4e00-\u9fff])\([\u4e00-\u9fff]{1,4}\)(?=[\u4e00-\u9fff])", key) else ""
    inner = _trimmed(amid.replace("(", "").replace(")", ""))
    key = re.sub('[,，]?(?:以下|下称|以下简)?(?:简称|称)["“]?[甲乙丙丁]方["”]?', "", key)
    while match := _BRACKETS.search(key):
        remarks.append(_trimmed(match.group(1)))
        key = key[: match.start()] + key[match.end() :]
    key = _trimmed(key.replace("(", "").replace(")", ""))  # 联系人（电话：＿＿: the bracket closes behind the gap
    if slash := _SLASHED_UNIT.search(key):
        remarks.append(slash[1])
        key = key[: slash.start()]
    if remarks and (not key or (_PARTY.fullmatch(key) and not _SEALED.search(remarks[0]))):  # 【联系人】, 甲方（学校）
        key = remarks.pop(0)
    key = _FOREIGN_FIRST.sub("", _trimmed(_OTHER_SCRIPTS.sub("", key)))
    key = _FOREIGN.sub("", _YOURS.sub(_ours, key))
    unit = next((remark for remark in reversed(remarks) if _UNIT.fullmatch(remark)), "")
    year = _YEAR.match(key)
    if year and len(key) > year.end():
        return Label(text, key[year.end() :], tuple(filter(None, remarks)), unit, int(year.group(1)))
    return Label(text, key, tuple(filter(None, remarks)), unit, inner=inner)


def _answered(key: str) -> str:
    """A folded question as the label of its answer: 申报哪个证书 as 申报证书, 计划培训多少人 as 计划培训人数."""
    key = _HOW_MANY.sub(lambda match: "期数" if match[1] == "期" else "人数", key)
    return _WHICH.sub("", key)


def _trimmed(key: str) -> str:
    """A folded label without numbering, marks and colons at its ends."""
    before = None
    while before != key:
        before = key
        key = _NOTE.sub("", _MARKS.sub("", key)).strip()
        shorter = _NUMBERING.sub("", key)
        key = shorter or key
    return key


@lru_cache(maxsize=1 << 14)
def normalise(text: str) -> str:
    """The one spelling of a label, without what brackets add to it."""
    return read_label(text).key
