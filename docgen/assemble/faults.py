"""Everything that assembling can find: ids, titles, weights, and the page that explains each. Ids are never used again."""

from __future__ import annotations

from docgen.findings import Finding, FindingType, Severity
from docgen.model.source import Source

_EVIDENCE = "二（二）2（4）"


def _page(what: str, why: str, how: str) -> str:
    return f"## 查什么\n\n{what}\n\n## 为什么\n\n{why}\n\n## 怎样改\n\n{how}\n"


FINDING_TYPES: tuple[FindingType, ...] = (
    FindingType(
        "ASM001",
        "佐证文件在合并时读不到了",
        Severity.ERROR,
        _EVIDENCE,
        _page(
            "合并佐证材料时，登记的文件是否还在、还能打开。",
            "核查之后文件被移走、改名或正被别的程序占用，就进不了分册；少一件材料，分册就不完整。其他文件照常合并。",
            "把文件放回原处，关闭正在打开它的程序，再运行一次。",
        ),
    ),
    FindingType(
        "ASM002",
        "佐证文件在核查之后变了",
        Severity.ERROR,
        _EVIDENCE,
        _page(
            "合并时读到的内容，与核查时读到的是否一样。",
            "核查过的是旧内容，新内容没有核查过，不能直接放进分册。",
            "等文件保存完毕，再运行一次；这次会重新核查。",
        ),
    ),
    FindingType(
        "ASM003",
        "佐证文件无法放进分册",
        Severity.ERROR,
        _EVIDENCE,
        _page(
            "每个文件能否作为照片或 PDF 排进分册。",
            "打不开、需要密码、没有页面或格式不支持的文件，排不进去。其他文件照常合并。",
            "照片另存为 JPG 或 PNG；PDF 用阅读器打开，去掉密码，重新“打印为 PDF”，换掉原文件。",
        ),
    ),
    FindingType(
        "ASM006",
        "字体里没有这个字",
        Severity.WARNING,
        "",
        _page(
            "照片说明、页脚和书签里的字，字体里是否都有。",
            "字体里没有的字印不出来，印成〓，读的人不知道是什么字。",
            "换一个常用的字或写法；是人名里的生僻字，请安装收字更多的字体（见 `docgen doctor`）。",
        ),
    ),
    FindingType(
        "ASM007",
        "目录的一项没有链接",
        Severity.WARNING,
        "",
        _page(
            "分册目录的每一项是否都有链接，点一下就到那一页。",
            "模板里漏了链接，审核人只能翻页去找。",
            '在模板的目录表里给每一项加上链接：`<a href="docgen:item/序号">`。',
        ),
    ),
    FindingType(
        "ASM009",
        "佐证材料文件太大",
        Severity.WARNING,
        _EVIDENCE,
        _page(
            "合并后的文件是否超过 docgen.toml 中 max_volume_mb 设定的大小。",
            "太大的文件上传慢，平台也可能不收。",
            "把 docgen.toml 中的 max_dpi 调小（例如 150），或者把原照片、扫描件缩小后换掉，再运行一次。",
        ),
    ),
    FindingType(
        "ASM010",
        "分册没有做成长期保存格式（PDF/A）",
        Severity.INFO,
        _EVIDENCE,
        _page(
            "分册里的每一份材料，能否放进长期保存格式的 PDF（PDF/A，ISO 19005）。都可以的，分册就做成 PDF/A。",
            "PDF/A 把字体、颜色都收在文件里，几十年后在别的电脑上打开还是一样。字体没有收在里面的 PDF、没有说明油墨的 CMYK 照片，做不到这一点。分册照样可以上传、阅读和打印。",
            "不需要长期存档的，可以不改。需要的，把提示中的文件用 WPS 或 Word 另存为 PDF/A，或者扫描成图片，换掉原文件。",
        ),
    ),
    FindingType(
        "ASM901",
        "材料或分册没有通过合并后的核验",
        Severity.ERROR,
        _EVIDENCE,
        _page(
            "分册合并之后重新打开，逐页核对：页数、每一页的大小和内容、目录链接、书签、附件是否都对。",
            "缺页、错页的材料不能交出去。只是个别文件不对的，去掉它们再合并一次，并指出是哪些文件；仍然不对的，分册不会生成。",
            "请换掉提示中的文件（重新扫描，或用阅读器“打印为 PDF”）再试；如果仍然不行，请把提示内容告诉 docgen 的维护者。",
        ),
    ),
)

_BY_ID = {kind.id: kind for kind in FINDING_TYPES}


def finding(id: str, message: str, hint: str = "", source: Source | None = None) -> Finding:
    """A finding of assembling; level and clause are those of its type."""
    kind = _BY_ID[id]
    return Finding(kind.id, kind.level, message, hint, "", kind.clause, source or Source())
