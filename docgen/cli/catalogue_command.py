"""`docgen catalogue`: look certificates and majors up, take the secretariat's full list in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from docgen.catalogue import Catalogue, load_catalogue
from docgen.catalogue.search import Found, find
from docgen.errors import UsageError
from docgen.model.catalogue import Certificate, Demand, Major
from docgen.model.records import CertificateLevel
from docgen.model.settings import SETTINGS_NAME, WORKBOOK_NAME
from docgen.workspace import ImportResult, import_catalogue

_MOST_SHOWN = 40
_MOST_NAMED = 20

_data_option = click.option(
    "--data",
    "data",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="学校的工作区；不写时用当前文件夹。",
)


@click.group("catalogue")
def command() -> None:
    """查找证书和专业；导入秘书处的完整目录。"""


@command.command("import")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@_data_option
@click.option("--complete", is_flag=True, help="名单是完整的：不在名单上的证书名称按错误处理。")
def import_command(file: Path, data: Path | None, complete: bool) -> None:
    """把证书名单、证书要求导入工作区的“目录”文件夹（.xlsx、.xls、.ods）。

    名单的表头要有“证书名称”，还可有批次、培训评价组织、等级；
    证书要求的表头要有“证书名称”，还可有等级、专业、教师人数、工位数、设备。
    再次导入时，新的名单代替原来的名单。
    """
    directory = data or _here()
    if directory is None:
        raise UsageError(
            "当前文件夹不是 docgen 的工作区，不知道导入到哪里。",
            f"在命令后面加 --data 学校文件夹，例如：docgen catalogue import {file.name} --data 我的学校",
        )
    _say_import(import_catalogue(file, directory, complete=complete))


@command.command("find")
@click.argument("text", metavar="文字")
@_data_option
def find_command(text: str, data: Path | None) -> None:
    """查找名称里有这些文字的证书和专业；也可以查培训评价组织、专业代码。"""
    if not text.strip():
        raise UsageError("没有写要查找的文字。", "例如：docgen catalogue find 网店运营")
    if data is not None and not data.is_dir():
        raise UsageError(f"没有文件夹“{data}”。", "请核对 --data 后面的路径。")
    catalogue = load_catalogue(data or _here())
    found = find(catalogue, text)
    if found.near:
        click.secho(f"没有名称里有“{text}”的证书或专业。", fg="yellow")
        if found.certificates or found.majors:
            click.echo("名称相近的有：")
    _say_found(catalogue, found)
    if not found.certificates and not catalogue.complete:
        click.echo(_advice(len(catalogue.certificates)))


def _here() -> Path | None:
    """The current folder if it is a workspace."""
    here = Path()
    return here if any((here / name).is_file() for name in (SETTINGS_NAME, WORKBOOK_NAME)) else None


def _advice(count: int) -> str:
    return (
        f"现有目录只有 {count} 个证书，不是全部。可以换几个字再查；"
        "或向秘书处索取完整名单，用 docgen catalogue import 导入。"
    )


def _say_import(result: ImportResult) -> None:
    click.echo(f"读取的工作表：{'、'.join(result.sheets)}")
    if result.passed_over:
        click.echo(f"没有“证书名称”一列、未读取的工作表：{'、'.join(result.passed_over)}")
    click.secho(
        f"证书 {result.certificates} 个，等级 {result.levels} 个，证书要求 {result.demands} 条。", fg="green", bold=True
    )
    if result.certificates:
        _say_changes(result)
        if result.complete:
            click.echo("按完整名单使用：不在名单上的证书名称按错误处理。")
        else:
            click.echo(
                "按不完整的名单使用：不在名单上的证书名称只作提醒。如果名单是完整的，请加 --complete 再导入一次。"
            )
    if result.unread:
        click.secho(f"有 {len(result.unread)} 处没有读取：", fg="yellow")
        for place in result.unread:
            click.echo(f"  工作表“{place.sheet}”第 {place.row} 行：{place.reason}")
    click.echo(f"写入“{result.directory}”：{'、'.join(result.written)}")


def _say_changes(result: ImportResult) -> None:
    if result.before is None:
        click.echo("这是第一次导入证书名单。")
        return
    click.echo(f"与上次导入的 {result.before} 个证书相比：新增 {len(result.added)} 个，减少 {len(result.removed)} 个。")
    for title, names in (("新增", result.added), ("减少", result.removed)):
        if names:
            rest = f"……等 {len(names)} 个" if len(names) > _MOST_NAMED else ""
            click.echo(f"  {title}：{'、'.join(names[:_MOST_NAMED])}{rest}")


def _say_found(catalogue: Catalogue, found: Found) -> None:
    if found.certificates:
        click.secho(f"证书（{len(found.certificates)} 个）", bold=True)
        for entry in found.certificates[:_MOST_SHOWN]:
            _say_certificate(catalogue, entry)
        _say_rest(found.certificates)
    if found.majors:
        click.secho(f"专业（{len(found.majors)} 个）", bold=True)
        for major in found.majors[:_MOST_SHOWN]:
            click.echo(f"  {_major_line(major)}")
        _say_rest(found.majors)


def _major_line(major: Major) -> str:
    group = f"　{major.group.lstrip('0123456789')}" if major.group else ""
    return f"{major.code}　{major.name}　{major.stage}{group}"


def _say_rest(entries: Sequence[object]) -> None:
    if len(entries) > _MOST_SHOWN:
        click.echo(f"  ……还有 {len(entries) - _MOST_SHOWN} 个没有列出；多写几个字可以缩小范围。")


def _say_certificate(catalogue: Catalogue, entry: Certificate) -> None:
    levels = "、".join(entry.levels) or "等级未知"
    batch = f"第{entry.batch}批" if entry.batch is not None else "批次未知"
    click.echo(f"  {entry.name}　{levels}　{batch}　{entry.organisation or '培训评价组织未知'}")
    for level in (None, *CertificateLevel):
        demand = catalogue.demand(entry.name, level)
        if demand is not None and demand.level is level:
            click.echo(f"    要求（{level or '各等级'}）：{_demand_line(demand)}")


def _demand_line(demand: Demand) -> str:
    parts = (
        f"专业 {'、'.join(demand.majors)}" if demand.majors else "",
        f"教师 {demand.teachers} 人" if demand.teachers is not None else "",
        f"工位 {demand.seats} 个" if demand.seats is not None else "",
        f"设备 {'、'.join(demand.equipment)}" if demand.equipment else "",
    )
    return "；".join(part for part in parts if part)
