"""docgen.toml → Settings and findings. A missing file means the defaults; a broken one stops the run."""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docgen.errors import InputError, reason_of
from docgen.findings import Finding
from docgen.model.settings import SETTINGS_NAME, EvidenceSettings, Settings, Waiver
from docgen.model.source import Source
from docgen.model.text import half_width, tidy_name

from .choices import nearest
from .faults import finding
from .paths import leaves_workspace

KINDS = ("school", "secretariat")
_SOURCE = Source(SETTINGS_NAME)
_TEXTS = {"workbook": "workbook", "evidence": "evidence_folder", "output": "output"}
_REPORT_TEXTS = {"workbook": "season_workbook", "output": "reports"}
_RANGES = {
    "photos_per_page": (1, 12),
    "max_dpi": (72, 1200),
    "min_dpi": (72, 1200),
    "max_volume_mb": (0, 2000),
    "max_total_mb": (0, 6000),
    "max_volume_pages": (0, 5000),
}
_LONGEST_NAME = 255
"""Bytes of UTF-8: what Linux takes for one name."""
_TABLES = ("kind", "workspace", "documents", "evidence", "text", "report", "waive")
_WAIVER_KEYS = ("rule", "application", "reason")
_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """docgen.toml as read: the settings, the kind of workspace, findings, and the file's sha256 ("" without a file)."""

    settings: Settings
    kind: str
    findings: tuple[Finding, ...]
    sha256: str


@dataclass(slots=True)
class _Reader:
    found: list[Finding] = field(default_factory=list)

    def wrong(self, name: str, value: object, expected: str) -> None:
        shown = "（一个表）" if isinstance(value, dict) else f"“{value}”"
        message = f"{SETTINGS_NAME} 的 {name} 是{shown}，应为{expected}；已按默认值处理。"
        self.found.append(finding("DAT031", message, f"请改成{expected}，或删除这一项。", _SOURCE))

    def unknown(self, where: str, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                near = nearest(key, list(known))
                message = f"{SETTINGS_NAME} 里有不认识的项“{where}{key}”，它不起作用。"
                hint = f"是不是“{where}{near}”？请改正。" if near else f"这里可用的项：{'、'.join(known)}。"
                self.found.append(finding("DAT030", message, hint, _SOURCE))

    def table(self, document: Mapping[str, Any], name: str, known: tuple[str, ...]) -> Mapping[str, Any]:
        value = document.get(name, {})
        if not isinstance(value, dict):
            self.wrong(name, value, f"一个表，写作 [{name}]")
            return {}
        self.unknown(f"{name}.", value, known)
        return value


def kind_of_workspace(directory: Path) -> str:
    """The kind that docgen.toml names, "school" where there is none. Raises InputError as `read_settings` does."""
    return read_settings_file(directory).kind if directory.is_dir() else KINDS[0]


def read_settings(directory: Path) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings of a workspace. Raises InputError where docgen.toml is there but cannot be read as TOML."""
    read = read_settings_file(directory)
    return read.settings, read.findings


def refuse_secretariat(directory: Path, file: SettingsFile, hint: str) -> None:
    """Raises InputError, with this advice, where a school's workspace is wanted and this is the secretariat's."""
    if file.kind == "secretariat":
        raise InputError(f"“{directory}”是秘书处的工作区，不是院校的工作区。", hint)


def read_settings_file(directory: Path) -> SettingsFile:
    """docgen.toml of a workspace in full. Raises InputError where it is there but cannot be read as TOML."""
    data = _read(directory / SETTINGS_NAME)
    if data is None:
        return SettingsFile(Settings(), "school", (), "")
    document = _parse(data)
    reader = _Reader()
    reader.unknown("", document, _TABLES)
    kind = document.get("kind", "school")
    if kind not in KINDS:
        reader.wrong("kind", kind, "“school”（院校）或“secretariat”（秘书处）")
        kind = "school"
    names = _names(reader, document, "workspace", _TEXTS) | _names(reader, document, "report", _REPORT_TEXTS)
    settings = replace(Settings(), **names)  # type: ignore[arg-type]
    documents = reader.table(document, "documents", ("date",))
    settings = replace(
        settings,
        date=_date(reader, documents.get("date", "")),
        evidence=_evidence(reader, document),
        waivers=_waivers(reader, document.get("waive", [])),
        glossary=_glossary(reader, document),
    )
    return SettingsFile(settings, kind, tuple(reader.found), hashlib.sha256(data).hexdigest())


def _read(path: Path) -> bytes | None:
    try:
        if path.exists() and not path.is_file():
            kind = "一个文件夹" if path.is_dir() else "管道或设备"
            raise InputError(f"“{path.name}”是{kind}，不是设置文件。", "请把它移走，用 docgen init 可以补上设置文件。")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"读取不了设置文件“{path.name}”：{reason_of(error)}。", "请检查文件的权限。") from error


def _parse(data: bytes) -> dict[str, Any]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            f"{SETTINGS_NAME} 第 {line} 行不是 UTF-8 编码。", "请用记事本打开，另存为时把“编码”选为 UTF-8。"
        ) from error
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line = int(place.group(1)) if place else text.count("\n") + 1
        shown = (text.splitlines() or [""])[min(line, len(text.splitlines())) - 1].strip()
        raise InputError(
            f"{SETTINGS_NAME} 第 {line} 行写法不对：{shown[:60]}",
            "每一项写作“名称 = 值”，文字要放在英文双引号里，同一项不能写两次；在行首加 # 可以暂时停用这一行。",
        ) from error
    except ValueError as error:  # a number of thousands of digits
        raise InputError(f"{SETTINGS_NAME} 里有一个大得读不了的数。", "请改成合适的数，或删除这一项。") from error
    except RecursionError as error:
        raise InputError(
            f"{SETTINGS_NAME} 的内容嵌套太深，无法读取。", "请用 docgen init 生成的设置文件重新填写。"
        ) from error


def _names(reader: _Reader, document: Mapping[str, Any], table_name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Names of files and folders in one table, by attribute of Settings; what is wrong or left out is not there."""
    table = reader.table(document, table_name, tuple(texts))
    names: dict[str, str] = {}
    for key, attribute in texts.items():
        if key not in table:
            continue
        value, name = table[key], f"{table_name}.{key}"
        if not isinstance(value, str) or not value.strip():
            reader.wrong(name, value, "文字，写在英文双引号里")
        elif leaves_workspace(value.strip()):
            reader.wrong(name, value, "工作区里的文件或文件夹的名称（不含 .. 和盘符）")
        elif any(len(part.encode()) > _LONGEST_NAME for part in value.replace("\\", "/").split("/")):
            reader.wrong(name, f"{value[:20]}…", "短一些的名称（80 个汉字以内）")
        else:
            names[attribute] = value.strip().replace("\\", "/").rstrip("/")
    return names


def _date(reader: _Reader, value: object) -> str:
    """The date as it is printed: 2021年7月5日, 2021年7月, or "" to leave a blank."""
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, str):
        text = re.sub(r"\s", "", half_width(value))
        whole, month = _DATE.fullmatch(text), _MONTH.fullmatch(text)
        if not text:
            return ""
        if whole:
            try:
                return _date(reader, datetime.date(*map(int, whole.groups())))
            except ValueError:
                pass  # no such day: said below
        elif month and 1 <= int(month.group(2)) <= 12:
            return f"{month.group(1)}年{int(month.group(2))}月"
    reader.wrong("documents.date", value, "日期，例如 2021-07-05")
    return ""


def _evidence(reader: _Reader, document: Mapping[str, Any]) -> EvidenceSettings:
    table = reader.table(document, "evidence", tuple(_RANGES))
    settings = EvidenceSettings()
    for key, (least, most) in _RANGES.items():
        value = table.get(key)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            reader.wrong(f"evidence.{key}", value, f"{least} 到 {most} 之间的整数，不加引号")
        else:
            settings = replace(settings, **{key: value})
    return _in_order(reader, settings, table)


def _in_order(reader: _Reader, settings: EvidenceSettings, table: Mapping[str, Any]) -> EvidenceSettings:
    """The settings with min_dpi no higher than max_dpi; that is told only where the file itself sets min_dpi."""
    if settings.min_dpi <= settings.max_dpi:
        return settings
    if "min_dpi" in table:
        message = (
            f"{SETTINGS_NAME} 的 evidence.min_dpi（{settings.min_dpi}）比 evidence.max_dpi（{settings.max_dpi}）还大；"
            f"已按 {settings.max_dpi} 处理。"
        )
        hint = "min_dpi 是缩小图片的下限，max_dpi 是上限：请把 min_dpi 改成不大于 max_dpi 的数。"
        reader.found.append(finding("DAT031", message, hint, _SOURCE))
    return replace(settings, min_dpi=settings.max_dpi)


def _glossary(reader: _Reader, document: Mapping[str, Any]) -> tuple[str, ...]:
    terms = reader.table(document, "text", ("glossary",)).get("glossary", [])
    if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
        reader.wrong("text.glossary", "glossary", '几个词语，写作 ["词语一", "词语二"]')
        return ()
    return tuple(dict.fromkeys(term.strip() for term in terms if term.strip()))


def _waivers(reader: _Reader, entries: object) -> tuple[Waiver, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        reader.wrong("waive", "waive", "一个或几个 [[waive]] 段（两对方括号）")
        return ()
    waivers = []
    for number, entry in enumerate(entries, 1):
        reader.unknown(f"第 {number} 个 [[waive]] 的 ", entry, _WAIVER_KEYS)
        for key in _WAIVER_KEYS:
            if not isinstance(entry.get(key, ""), str):
                reader.wrong(f"第 {number} 个 [[waive]] 的 {key}", entry[key], "文字，写在英文双引号里")
        rule, application, reason = (
            tidy_name(entry[key]) if isinstance(entry.get(key), str) else "" for key in _WAIVER_KEYS
        )
        if not rule:
            reader.wrong(f"第 {number} 个 [[waive]] 的 rule", entry.get("rule", ""), "规则编号，例如 “APP001”")
        elif not re.search(r"\w", reason):
            message = f"{SETTINGS_NAME} 第 {number} 个豁免（规则 {rule}）没有写理由，不起作用。"
            hint = '请加上 reason = "……"，写明学校为什么可以对这一条负责；它会印在审核页上。'
            reader.found.append(finding("WVR001", message, hint, _SOURCE, application=application))
        else:
            everywhere = application in ("全部", "全校", "学校")
            waivers.append(Waiver(rule.upper(), "" if everywhere else application, reason, _SOURCE))
    return tuple(waivers)
