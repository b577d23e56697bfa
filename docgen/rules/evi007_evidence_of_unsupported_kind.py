"""## 查什么
佐证材料是不是能放进 PDF 的格式：图片（JPG、PNG、TIFF、BMP、WebP、GIF、HEIC、AVIF、JPEG 2000）、PDF，以及 Word、Excel、PPT、WPS、
ODF、RTF 等 Office 文件（由 LibreOffice 转换）。按文件内容判断，不看扩展名。

## 为什么
指南二（二）2（4）：能上传的是 PDF。docgen 把图片、PDF 和 Office 文件合并成 PDF；其他格式（压缩包、视频、网页、OFD、Photoshop 文件）放不进去，要先转换。

## 例子
不通过：`A01/设备/设备照片.zip`；`A01/场地/实训室.mp4`。

通过：`A01/设备/设备清单.pdf`；`A01/设备/设备清单.docx`；`A01/场地/实训室.heic`。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source

from .base import Answer, Fail, NotApplicable, Rule
from .evidence import is_unsupported
from .words import concerned


def evidence_of_unsupported_kind(case: Case) -> Iterator[Answer]:
    """Fails files of kinds that cannot go into a volume."""
    if not case.evidence:
        yield NotApplicable("没有登记佐证材料。")
    told: set[tuple[str, str]] = set()
    for item in case.evidence:
        file = item.file
        if file is None or not is_unsupported(file):
            continue
        for application in concerned(case, item.scope):
            if (item.path, application) not in told:
                told.add((item.path, application))
                source = Source(f"{case.settings.evidence_folder}/{item.path}")
                why = file.fault.rstrip("。") or "是放不进 PDF 的格式"
                message = f"佐证材料文件“{item.path}”{why}。"
                yield Fail(message, source, file.remedy, application=application)


RULE = Rule(
    id="EVI007",
    title="佐证材料的格式能用",
    level=Severity.ERROR,
    clause="二（二）2（4）",
    doc=__doc__,
    hint="用原来的程序打开后另存为 PDF（压缩包先解压，视频截取画面），再放进来。",
    check_school=evidence_of_unsupported_kind,
)
