"""## 查什么
每个佐证材料文件能不能打开、用不用得上：损坏的、加密的、空的、没有权限读取的，Office 文件转换不成 PDF 的（包括本机没有安装 LibreOffice 的），
读取时超过时间或内存限制的，都会查出来。格式用不了的见 EVI007。

## 为什么
打不开的文件合并不进佐证材料（指南二（二）2（4）要求上传 PDF），等于漏交。

## 例子
不通过：一张只传了一半的照片；设了密码的 PDF；里面没有内容的 Word 文档。

通过：能正常打开的照片、PDF 和 Office 文件。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source

from .base import Answer, Fail, NotApplicable, Rule
from .evidence import is_unsupported, rows_of
from .words import concerned


def evidence_file_unreadable(case: Case) -> Iterator[Answer]:
    """Fails files that loading found a fault with; a file that several rows name is told once an application."""
    if not case.evidence:
        yield NotApplicable("没有登记佐证材料。")
    told: set[tuple[str, str]] = set()
    for item in case.evidence:
        if item.file is None or not item.file.fault or is_unsupported(item.file):
            continue
        source = Source(f"{case.settings.evidence_folder}/{item.path}")
        for application in concerned(case, item.scope):
            if (item.path, application) not in told:
                told.add((item.path, application))
                message = f"佐证材料文件“{item.path}”不能用：{item.file.fault.rstrip('。')}。"
                yield Fail(message, source, item.file.remedy, application=application, also=rows_of(item))


RULE = Rule(
    id="EVI002",
    title="佐证材料文件能用",
    level=Severity.ERROR,
    clause="二（二）2（4）",
    doc=__doc__,
    hint="换成能正常打开的照片（例如 JPG）或 PDF。",
    check_school=evidence_file_unreadable,
)
