"""## 查什么
佐证材料文件夹里有没有既不在“佐证材料”工作表里、也不在认得的文件夹（如 `A01/教师/`、`公共/场地/`）里的文件。

## 为什么
这些文件不会进入任何一册；本来要交的，就漏交了（指南二（二）2（5）第一条）。

## 例子

提醒：`佐证材料/新建/1.jpg`、`佐证材料/2.jpg`。

通过：移到 `佐证材料/A01/场地/IMG_2031.jpg`，或在工作表里登记。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.source import Source

from .base import Answer, Fail, Rule
from .evidence import likely_files
from .words import quoted


def stray_file(case: Case) -> Iterator[Answer]:
    """Fails files that nothing names; all of them are one finding."""
    # A file that a row means and misspells is EVI001's to tell.
    meant = {path for item in case.evidence if item.path and item.file is None for path in likely_files(case, item)}
    paths = [file.path for file in case.stray_files if file.path not in meant]
    if paths:
        yield Fail(
            f"{len(paths)} 个文件不属于任何申报，不会进入佐证材料：{quoted(paths)}。",
            Source(f"{case.settings.evidence_folder}/{paths[0]}"),
        )


RULE = Rule(
    id="EVI009",
    title="佐证材料文件都有归属",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="移到“申报编号/类别”文件夹里，或在“佐证材料”工作表登记；不用的请移走。",
    check_school=stray_file,
)
