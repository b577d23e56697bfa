"""What is worth saying of an evidence file that can be used, as sentences: once here, for rules and for `merge` alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from docgen.findings import Severity
from docgen.model.records import FileNote, NoteKind


@dataclass(frozen=True, slots=True)
class _Wording:
    """`what` follows the file's name; {detail} is the note's own, `plain` stands in its place where it has none."""

    level: Severity
    what: str
    advice: str
    plain: str = ""


_WORDINGS: Mapping[NoteKind, _Wording] = MappingProxyType(
    {
        NoteKind.DROPPED: _Wording(
            Severity.INFO,
            "里的{detail}不带进合并后的文件，页面上看得到的内容不变",
            "附件如果也是佐证材料，请取出来，另存为单独的文件再放进来。",
            "脚本、附件或多媒体",
        ),
        NoteKind.SIGNED: _Wording(
            Severity.WARNING,
            "带有电子签名，合并后签名不能再验证；签名的样子保留在页面上，原文件作为附件收在合并后的文件里",
            "请保存好原文件；评价组织要求验证签名的，把原文件单独上传。",
        ),
        NoteKind.REPAIRED: _Wording(
            Severity.WARNING,
            "{detail}",
            "请在合并后的文件里核对这份材料的内容；不对的，重新扫描或重新导出。",
            "的结构有损坏，修复后每一页都读得出来",
        ),
        NoteKind.PAGES_LOST: _Wording(
            Severity.ERROR,
            "已损坏，{detail}读不出来，只有其余各页能放进合并后的文件",
            "请重新扫描或重新导出这份材料，换掉原文件。",
            "有的页",
        ),
        NoteKind.UNLOCKED: _Wording(
            Severity.INFO,
            "加了使用限制（不用密码就能打开），合并后的文件不带这些限制",
            "请确认这份材料可以合并、打印。",
        ),
        NoteKind.FORM: _Wording(
            Severity.INFO,
            "是可以填写的表单，填好的内容照原样印在页面上，不能再改填",
            "请确认表单已经填好。",
        ),
        NoteKind.HIDDEN: _Wording(
            Severity.WARNING,
            "里有一般看不到的内容（{detail}），合并后的文件里也看不到",
            "这些内容要给人看的，请在阅读器里显示出来，“打印为 PDF”，换掉原文件。",
            "隐藏的图层或动态表单",
        ),
        NoteKind.FRAMES: _Wording(
            Severity.INFO,
            "是动图，合并后只有其中一幅画面",
            "要另一幅画面的，请截取后存为 JPG，换掉原文件。",
        ),
        NoteKind.CONVERTED: _Wording(
            Severity.INFO,
            "由 LibreOffice 转换成 PDF，版面可能与原来略有不同",
            "请在合并后的文件里看一看；版面不对的，用原来的程序另存为 PDF，换掉原文件。",
        ),
        NoteKind.LONG: _Wording(
            Severity.INFO,
            "页数很多（{detail}）",
            "请确认每一页都是要交的材料；不要的页删去，文件会小得多。",
            "见目录",
        ),
        NoteKind.TEXT_UNREAD: _Wording(
            Severity.INFO,
            "的文字取不出来，没有与填报的内容核对",
            "请人工核对这份材料的证书、等级、学校和姓名。",
        ),
    }
)


def level(note: FileNote) -> Severity:
    """How grave it is: an error means that something of the file is missing in the volume."""
    return _WORDINGS[note.kind].level


def sentence(note: FileNote, name: str) -> str:
    """The note as a whole sentence in Chinese about the file called `name`."""
    wording = _WORDINGS[note.kind]
    return f"“{name}”{wording.what.format(detail=note.detail or wording.plain)}。"


def advice(note: FileNote) -> str:
    """What to do about it, in Chinese."""
    return _WORDINGS[note.kind].advice
