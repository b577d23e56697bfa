"""Write samples/school: workbook, settings, and (on demand) every photograph and PDF of its evidence."""

from __future__ import annotations

from pathlib import Path

from docgen.catalogue import load_catalogue
from docgen.render.workbook import school_workbook

from .data.applications import APPLICATIONS, SCHOOL
from .data.evidence import EVIDENCE
from .data.people import ENROLMENTS, PAST_PILOTS, TEACHERS
from .data.places import EQUIPMENT, VENUES
from .data.tables import Row
from .papers import DOCUMENTS
from .photos import PHOTOS, taken
from .pictures.camera import photograph

ROWS: dict[str, list[Row]] = {
    "院校信息": SCHOOL,
    "申报证书": APPLICATIONS,
    "教师": TEACHERS,
    "场地": VENUES,
    "设备": EQUIPMENT,
    "招生": ENROLMENTS,
    "往年试点": PAST_PILOTS,
    "佐证材料": EVIDENCE,
}

SETTINGS = """# 样例工作区的设置。
# 学校、人员、电话、合同和照片全部是虚构的，只用来演示；广西澄江职业技术学院并不存在。

kind = "school"

[workspace]
workbook = "申报数据.xlsx"
evidence = "佐证材料"
output = "成品"

[documents]
# 印在申报书和审核页上的日期；不填则留空，由人手写。
date = "2021年5月20日"

[evidence]
photos_per_page = 2
max_dpi = 300
max_volume_mb = 50

# 豁免：学校对这一条提醒负责，理由会印在主管领导审核页上。
[[waive]]
rule = "EVI008"
application = "A01"
reason = "工作小组文件需单独成册，已与培训评价组织确认可以上传4个文件。"
"""


def workbook() -> bytes:
    """The sample's workbook: real rows only, no example rows."""
    return school_workbook(ROWS, certificates=certificate_names(), examples=False)


def certificate_names() -> list[str]:
    """What the drop-downs offer: every certificate of the package's catalogue."""
    return [certificate.name for certificate in load_catalogue().certificates]


def write(folder: Path, pictures: bool) -> None:
    """Write the sample into `folder`; `pictures` also renders the evidence, which takes a quarter of an hour."""
    evidence = folder / "佐证材料"
    evidence.mkdir(parents=True, exist_ok=True)
    (folder / "docgen.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "申报数据.xlsx").write_bytes(workbook())
    if not pictures:
        return
    for path, document in DOCUMENTS.items():
        _write(evidence / path, document())
    for number, photo in enumerate(PHOTOS):
        picture = photo.scene().render(*photo.size)
        _write(evidence / photo.path, photograph(picture, photo.orientation, photo.quality, taken(number), number))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
