"""Everything that loading can find: ids, titles, weights, and the page that explains each. Ids are never used again."""

from __future__ import annotations

from docgen.findings import Finding, FindingType, Severity
from docgen.model.source import Source

from .fault_pages import PAGES

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_LIST: tuple[tuple[str, str, Severity, str], ...] = (
    ("DAT001", "缺少必需的工作表", _ERROR, "二（一）1"),
    ("DAT002", "缺少工作表", _WARNING, "二（一）1"),
    ("DAT003", "不认识的工作表", _INFO, ""),
    ("DAT004", "同一种工作表有两张", _WARNING, ""),
    ("DAT005", "缺少必填的列", _ERROR, ""),
    ("DAT006", "缺少选填的列", _INFO, ""),
    ("DAT007", "找不到表头", _ERROR, ""),
    ("DAT008", "表头或项目重复", _WARNING, ""),
    ("DAT009", "数据填在了示例行里", _WARNING, ""),
    ("DAT010", "跳过了合计行或说明行", _INFO, ""),
    ("DAT011", "一行没有填关键的一栏", _ERROR, ""),
    ("DAT012", "申报编号重复", _ERROR, "二（二）2（1）"),
    ("DAT013", "数字读不出来", _ERROR, ""),
    ("DAT014", "填的不是可选的内容", _ERROR, ""),
    ("DAT015", "年份读不出来", _ERROR, ""),
    ("DAT016", "申报编号读不出来", _ERROR, "二（二）2（5）"),
    ("DAT017", "单元格是公式错误", _ERROR, ""),
    ("DAT018", "公式没有算出结果", _ERROR, ""),
    ("DAT019", "内容被表格软件改写", _ERROR, ""),
    ("DAT020", "工作簿正在别处打开", _WARNING, ""),
    ("DAT021", "工作簿的名称对不上，或不止一本", _INFO, ""),
    ("DAT022", "佐证材料的路径越出工作区", _ERROR, "二（二）2（4）"),
    ("DAT023", "佐证材料的登记与所在文件夹不符", _WARNING, "二（二）2（5）"),
    ("DAT024", "文件的扩展名与内容不符", _INFO, ""),
    ("DAT025", "没有佐证材料文件夹", _WARNING, "二（二）2（4）"),
    ("DAT026", "有内容的列没有表头", _WARNING, ""),
    ("DAT027", "文件名读不出来", _ERROR, "二（二）2（4）"),
    ("DAT028", "一格里的内容太长", _ERROR, ""),
    ("DAT030", "设置文件里有不认识的项", _WARNING, ""),
    ("DAT031", "设置文件里的值不对", _WARNING, ""),
    ("DAT032", "公章图片用不了", _ERROR, ""),
    ("DAT033", "日期或期次读不出来", _ERROR, "三"),
    ("DAT034", "进展表的样子认不出来", _ERROR, "三"),
    ("DAT035", "计划取自别处", _INFO, "三"),
    ("DAT036", "申报书 PDF 读不了", _WARNING, ""),
    ("WVR001", "豁免没有写理由", _ERROR, "二（二）2（6）"),
)

FINDING_TYPES: tuple[FindingType, ...] = tuple(
    FindingType(id, title, level, clause, PAGES[id]) for id, title, level, clause in _LIST
)
_BY_ID = {kind.id: kind for kind in FINDING_TYPES}


def finding(
    id: str,
    message: str,
    hint: str = "",
    source: Source | None = None,
    *,
    application: str = "",
    level: Severity | None = None,
) -> Finding:
    """A finding of loading; level and clause are those of its type unless `level` says otherwise."""
    kind = _BY_ID[id]
    return Finding(kind.id, level or kind.level, message, hint, application, kind.clause, source or Source())
