"""## 查什么
佐证材料是不是 JPG、PNG 照片或 PDF。按文件内容判断，不看扩展名。

## 为什么
指南二（二）2（4）：能上传的是 PDF。docgen 把照片和 PDF 合并成 PDF；其他格式（Word、Excel、HEIC 照片、压缩包、视频）要先转换。

## 例子
不通过：`A01/设备/设备清单.docx`。

通过：`A01/设备/设备清单.pdf`。
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
                why = file.fault.rstrip("。") or "既不是照片也不是 PDF"
                message = f"佐证材料文件“{item.path}”{why}。"
                yield Fail(message, source, file.remedy, application=application)


RULE = Rule(
    id="EVI007",
    title="佐证材料是照片或 PDF",
    level=Severity.ERROR,
    clause="二（二）2（4）",
    doc=__doc__,
    hint="用 Word、WPS 等打开后另存为 PDF，再放进来。",
    check_school=evidence_of_unsupported_kind,
)
