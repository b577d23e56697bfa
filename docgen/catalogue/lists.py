"""The lists on disk: the package's starter and what the user imported, both as CSV."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from docgen.errors import InputError
from docgen.model.catalogue import Certificate, Demand, Major
from docgen.model.text import tidy_name

from .parsing import parse_batch, parse_count, parse_levels, parse_names

FOLDER = "目录"
CERTIFICATES = "证书.csv"
DEMANDS = "证书要求.csv"
MAJORS = "专业.csv"
STATE = "目录.toml"

_AGAIN = "请重新运行 docgen catalogue import，或删除这个文件。"


@dataclass(frozen=True, slots=True)
class Lists:
    """The rows of one set of lists. `complete`: the certificates are said to be all that there are."""

    certificates: tuple[Certificate, ...] = ()
    majors: tuple[Major, ...] = ()
    demands: tuple[Demand, ...] = ()
    complete: bool = False


@lru_cache(maxsize=1)
def starter_lists() -> Lists:
    """The package's own lists: a part of the certificates, and the majors of 职业教育专业目录."""
    data = files("docgen.catalogue") / "data"
    return Lists(
        _certificates((data / "certificates.csv").read_bytes(), "certificates.csv"),
        _majors((data / "majors.csv").read_bytes(), "majors.csv"),
    )


def user_files(workspace: Path) -> tuple[Path, ...]:
    """The catalogue files that a workspace has, in a fixed order."""
    names = (CERTIFICATES, DEMANDS, MAJORS, STATE)
    return tuple(path for name in names if (path := workspace / FOLDER / name).is_file())


def user_lists(contents: Mapping[str, bytes]) -> Lists:
    """The user's lists from the bytes of the files, by name. Raises InputError where one cannot be read."""
    certificates = _certificates(contents.get(CERTIFICATES, b""), CERTIFICATES)
    state = _state(contents.get(STATE, b""))
    return Lists(
        certificates,
        _majors(contents.get(MAJORS, b""), MAJORS),
        _demands(contents.get(DEMANDS, b"")),
        bool(certificates) and state.get("complete") is True,
    )


def certificates_csv(certificates: Iterable[Certificate]) -> bytes:
    """证书.csv: UTF-8 with a byte order mark, so that Excel shows it rightly."""
    rows = (
        ("" if entry.batch is None else entry.batch, entry.name, entry.organisation, "、".join(entry.levels))
        for entry in certificates
    )
    return _csv(("批次", "证书名称", "培训评价组织", "等级"), rows)


def demands_csv(demands: Iterable[Demand]) -> bytes:
    """证书要求.csv, in the same manner."""
    rows = (
        (
            entry.certificate,
            entry.level or "",
            "、".join(entry.majors),
            "" if entry.teachers is None else entry.teachers,
            "" if entry.seats is None else entry.seats,
            "、".join(entry.equipment),
        )
        for entry in demands
    )
    return _csv(("证书名称", "等级", "专业", "教师人数", "工位数", "设备"), rows)


def state_toml(complete: bool, count: int) -> bytes:
    """目录.toml: whether the imported certificates are all that there are."""
    return (
        "# 由 docgen catalogue import 写入。\n"
        "# complete = true：证书.csv 是完整名单，名单之外的证书名称按错误处理；false：名单不全，只作提醒。\n"
        f"complete = {'true' if complete else 'false'}\n"
        f"certificates = {count}\n"
    ).encode()


def _csv(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _certificates(data: bytes, name: str) -> tuple[Certificate, ...]:
    return tuple(
        Certificate(
            title,
            tidy_name(row.get("培训评价组织", "")),
            parse_batch(row.get("批次", "")),
            parse_levels(row.get("等级") or row.get("已知等级", "")) or (),
            row.get("来源", "") or f"{FOLDER}/{CERTIFICATES}",
        )
        for row in _rows(data, name, ("证书名称",))
        if (title := tidy_name(row["证书名称"]))
    )


def _majors(data: bytes, name: str) -> tuple[Major, ...]:
    return tuple(
        Major(tidy_name(row["层次"]), tidy_name(row["专业代码"]), title, tidy_name(row.get("专业类", "")), name)
        for row in _rows(data, name, ("层次", "专业代码", "专业名称"))
        if (title := tidy_name(row["专业名称"]))
    )


def _demands(data: bytes) -> tuple[Demand, ...]:
    return tuple(
        Demand(
            title,
            level,
            parse_names(row.get("专业", "")),
            parse_count(row.get("教师人数", "")),
            parse_count(row.get("工位数", "")),
            parse_names(row.get("设备", "")),
            f"{FOLDER}/{DEMANDS}",
        )
        for row in _rows(data, DEMANDS, ("证书名称",))
        if (title := tidy_name(row["证书名称"]))
        for level in (parse_levels(row.get("等级", "")) or (None,))
    )


def _rows(data: bytes, name: str, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    if not data:
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel on a Chinese Windows makes of a CSV that it saves.
        text = data.decode("gb18030", errors="replace")
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    missing = [header for header in needed if header not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"{FOLDER}/{name} 缺少“{'”“'.join(missing)}”一列，读不了。", _AGAIN)
    try:
        for row in reader:
            yield {header: value for header, value in row.items() if isinstance(header, str) and value is not None}
    except csv.Error as error:
        raise InputError(f"{FOLDER}/{name} 第 {reader.line_num} 行读不了。", _AGAIN) from error


def _state(data: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{FOLDER}/{STATE} 的写法不对，读不了。", _AGAIN) from error
