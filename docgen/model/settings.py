"""What a workspace's docgen.toml says, with defaults for what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass

from .source import Source

WORKBOOK_NAME = "申报数据.xlsx"
REVIEW_WORKBOOK = "评审结果.xlsx"
"""The workbook of a secretariat's workspace."""
SEASON_WORKBOOK = "双周报数据.xlsx"
REPORTS_FOLDER = "双周报"
EVIDENCE_FOLDER = "佐证材料"
SETTINGS_NAME = "docgen.toml"
DOSSIERS_FOLDER = "院校申报材料"
"""Where a secretariat puts the dossiers that schools hand in."""
OUTPUT_FOLDER = "成品"

EVIDENCE_README = "说明.txt"
"""The file that `init` puts into the evidence folder to explain it; it is no evidence and no stray file."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding of `rule` that the school answers for. `application` "" means the whole school."""

    rule: str
    application: str
    reason: str
    source: Source


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """How evidence is put into volumes. Sizes in MB (10⁶ bytes), resolution in dots per inch, 0: no limit.

    `max_dpi` is what pictures are reduced to at once; `min_dpi` what they are never reduced below to keep the size
    limits. `max_volume_mb` and `max_volume_pages` are for one file, `max_total_mb` for all volumes of one application.
    """

    photos_per_page: int = 2
    max_dpi: int = 300
    min_dpi: int = 150
    max_volume_mb: int = 50
    max_total_mb: int = 0
    max_volume_pages: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """docgen.toml as a value. `date` is printed on documents, "" leaves a blank to fill in by hand.

    `season_workbook` and `reports` are the biweekly reports' workbook and the folder that they are made in.
    `glossary` holds the school's own terms, which the proofreader lets pass.
    """

    workbook: str = WORKBOOK_NAME
    evidence_folder: str = EVIDENCE_FOLDER
    output: str = OUTPUT_FOLDER
    date: str = ""
    evidence: EvidenceSettings = EvidenceSettings()
    waivers: tuple[Waiver, ...] = ()
    glossary: tuple[str, ...] = ()
    season_workbook: str = SEASON_WORKBOOK
    reports: str = REPORTS_FOLDER
