"""docgen extract: what filled forms say, as JSON or as a workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from docgen.errors import OutputError, UsageError
from docgen.filling import Extraction, extract
from docgen.filling.table import extraction_workbook
from docgen.forms.results import ExtractResult
from docgen.publish.atomic import write_bytes

from .options import shown_progress


def _as_dict(result: ExtractResult) -> dict[str, Any]:
    return {
        "form": result.form,
        "data": result.as_data(),
        "values": [
            {
                "at": each.place.at,
                **({"where": each.place.where} if each.place.where else {}),
                "label": " ".join(each.place.label.split()),
                "field": each.field,
                "value": each.value,
                "score": each.score,
            }
            for each in result.values
        ],
        "tables": [
            {"at": each.place.at, "field": each.field, "rows": [dict(row) for row in each.rows]}
            for each in result.tables
        ],
        "findings": [each.as_dict() for each in result.findings],
    }


def _as_json(found: Extraction) -> str:
    """One form as an object, several as a list."""
    content = [_as_dict(result) for result in found.results]
    single = len(content) == 1 and not found.unread
    return json.dumps(content[0] if single else content, ensure_ascii=False, indent=1).encode(errors="replace").decode()


@click.command(short_help="读出填好的表格里的内容，汇成 JSON 或 Excel")
@click.argument(
    "forms", metavar="填好的表格…", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False)
)
@click.option(
    "--format", "form", type=click.Choice(["json", "xlsx"]), help="结果的格式；不写则看 -o 的扩展名，没有 -o 是 JSON。"
)
@click.option(
    "-o", "--output", "out", metavar="文件", type=click.Path(path_type=Path, readable=False), help="写到哪个文件。"
)
@click.option(
    "--map",
    "map_file",
    metavar="文件.toml",
    type=click.Path(path_type=Path, readable=False),
    help="填表时写下的对照表：认不出的标签照它取。",
)
@click.option("--force", is_flag=True, help="结果的文件已经有了时覆盖它。")
def command(forms: tuple[Path, ...], form: str | None, out: Path | None, map_file: Path | None, force: bool) -> int:
    """读出填好的 Word、Excel、PDF 表格：每项内容连同标签、数据名称和位置；可以写许多份或一个文件夹。

    \b
    例：
      docgen extract 申报表-已填.docx
      docgen extract 收到的表格 -o 汇总.xlsx

    Excel 里一份表格一行，教师、设备这样的多行内容各占一张工作表，“逐项”里是每项内容的位置。
    全部读出来了退出码为 0；有的读不了为 1；一份也读不了为 3。
    """
    kind = form or ("xlsx" if out is not None and out.suffix.lower() == ".xlsx" else "json")
    if kind == "xlsx" and out is None:
        raise UsageError("没有写汇总表放在哪里。", "用 -o 写文件名，例如 -o 汇总.xlsx。")
    if out is not None and out.exists() and (not force or any(each.exists() and each.samefile(out) for each in forms)):
        raise OutputError(f"{out} 已经有了。", "加 --force 覆盖它（不能是要读的表格），或用 -o 换一个名称。")
    with shown_progress("读表") as progress:
        found = extract(forms, map_file=map_file, progress=progress)
    for unread in found.unread:
        click.echo(f"{click.style('没有读', fg='red')}：{unread.form}：{unread.message}{unread.hint}", err=True)
    if out is None:
        click.echo(_as_json(found))
    else:
        write_bytes(out, extraction_workbook(found.results) if kind == "xlsx" else f"{_as_json(found)}\n".encode())
        values = sum(len(result.values) for result in found.results)
        click.echo(f"{click.style(str(out), bold=True)}：{len(found.results)}份表格，{values}项内容")
    return 1 if found.unread else 0
