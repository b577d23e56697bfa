"""What filling a form finds: every id that it may give, with its page."""

from __future__ import annotations

from docgen.findings import Finding, FindingType, Severity
from docgen.model.source import Source

from .pdf.faults import PDF_FINDING_TYPES


def _type(number: str, title: str, level: Severity, doc: str) -> FindingType:
    return FindingType(f"FRM{number}", title, level, "", doc)


TOO_LONG = _type(
    "001",
    "内容放不进格子",
    Severity.WARNING,
    "按字体的实际宽度量过，缩小字号（不低于原来的七成）以后还是放不下。内容没有截断，格子会变高或文字会被遮住，请看一看版面，或改短内容。",
)
SMALLER = _type(
    "002", "为了放下内容缩小了字号", Severity.INFO, "按字体的实际宽度量过，原来的字号放不下，缩小以后正好放下。"
)
TWICE = _type("003", "同一项内容填了两处", Severity.INFO, "表格有两处问同一项内容，两处都填了。不对的在对照表里改。")
CLAIMED_TWICE = _type(
    "004",
    "一处有两项内容都可能",
    Severity.WARNING,
    "一个空格有两项内容都对得上，没有填。请在对照表里写明填哪一项，再填一次。",
)
MACROS = _type(
    "005",
    "表格里有宏",
    Severity.INFO,
    "宏原样保留，没有运行。打开填好的表格时 Office 可能提示，按发表格单位的要求处理。",
)
ROWS_ADDED = _type("006", "表格加了行", Severity.INFO, "空行不够，按原来的样式加了行。请看一看页数有没有变。")
OVER_LIMIT = _type(
    "007", "字数超过表格的要求", Severity.WARNING, "表格写明了字数限制，内容超过了。内容没有截断，请在数据里改短。"
)
LOCKED = _type(
    "008",
    "有的地方锁定了，没有填",
    Severity.WARNING,
    "表格设了保护，锁定的地方不能填写。请向发表格的单位要一份没有保护的，或在 Office 里取消保护后再填。",
)
ROWS_LEFT = _type("009", "有几行没有填进去", Severity.ERROR, "空行不够，这张表又不能加行。没有填进去的行在提示里写明。")
CHANGED = _type(
    "010",
    "对照表与表格对不上",
    Severity.WARNING,
    "对照表里写的位置，这份表格里没有。多半是发表格的单位改了表格：请核对新的对照表。",
)
UNCALCULATED = _type("011", "公式没有重新计算", Severity.INFO, "表格里有公式，用 Excel 或 WPS 打开时会重新计算。")

NO_PICTURE = _type(
    "012",
    "照片没有贴上",
    Severity.WARNING,
    "照片不是 JPG 或 PNG，打不开，或者这种表格里 docgen 还不能贴照片。请手工贴上。",
)

FINDING_TYPES = (
    NO_PICTURE,
    TOO_LONG,
    SMALLER,
    TWICE,
    CLAIMED_TWICE,
    MACROS,
    ROWS_ADDED,
    OVER_LIMIT,
    LOCKED,
    ROWS_LEFT,
    CHANGED,
    UNCALCULATED,
    *PDF_FINDING_TYPES,
)


def finding(kind: FindingType, form: str, place: str, message: str, hint: str = "") -> Finding:
    """A finding of a form's place (表1 第3行第2格)."""
    where = f"{place}：" if place else ""
    return Finding(kind.id, kind.level, f"{where}{message}", hint, source=Source(form))
