"""Write samples/season: half a year of one invented school's biweekly reports, as its reporter keeps them."""

from __future__ import annotations

from pathlib import Path

from docgen.catalogue import load_catalogue
from docgen.model.settings import SEASON_WORKBOOK, SETTINGS_NAME
from docgen.render.workbook import season_workbook

from .data.season import PLAN, PROGRESS, REMARKS, SETTINGS

TOML = """# 样例工作区的设置。学校、人员、电话全部是虚构的，只用来演示；广西澄江职业技术学院并不存在。

kind = "school"

[report]
workbook = "双周报数据.xlsx"
output = "双周报"
"""


def workbook() -> bytes:
    """The sample's workbook: real rows only."""
    rows = {"设置": SETTINGS, "计划": PLAN, "进展": PROGRESS, "工作情况": REMARKS}
    names = [certificate.name for certificate in load_catalogue(Path()).certificates]
    return season_workbook(rows, certificates=names, examples=False)


def write(folder: Path) -> None:
    """Write the workspace."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS_NAME).write_text(TOML, encoding="utf-8", newline="\n")
    (folder / SEASON_WORKBOOK).write_bytes(workbook())
