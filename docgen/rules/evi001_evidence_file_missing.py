"""## 查什么
“佐证材料”工作表里写的每个文件，在佐证材料文件夹里有没有。

## 为什么
指南二（二）2（5）第一条：检查佐证材料是否完整，避免漏交。

## 例子
不通过：表里写 `A01/教师/张某某.jpg`，文件夹里只有 `A01/教师/张某.jpg`。

通过：表里写的文件都在；或者文件直接放进 `佐证材料/A01/教师/` 这样的文件夹，表里不写。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .evidence import likely_files
from .words import concerned, meant


def evidence_file_missing(case: Case) -> Iterator[Answer]:
    """Fails rows whose file is not there."""
    if not case.evidence:
        yield NotApplicable("没有登记佐证材料。")
    for item in case.evidence:
        if item.file is not None:
            continue
        source = item.origin.at("path")
        if "path" in item.origin.unreadable:
            yield NotEvaluated("“文件”这一格用不了，没有核查。", source)
            continue
        if not item.path:  # reported on loading
            yield NotEvaluated("“文件”这一格没有填写，没有核查。", source)
            continue
        near = meant(likely_files(case, item)[:2])
        for application in concerned(case, item.scope):
            yield Fail(f"佐证材料文件“{item.path}”不在文件夹里。{near}", source, application=application)


RULE = Rule(
    id="EVI001",
    title="佐证材料文件都在",
    level=Severity.ERROR,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="把文件放进佐证材料文件夹，或改正表里的文件名（含扩展名）；不再需要的请删除这一行。",
    check_school=evidence_file_missing,
)
