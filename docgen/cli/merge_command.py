"""docgen merge: any photos, scans, PDFs and Office files into one verified PDF."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import click

from docgen.findings import Severity
from docgen.merging import Merged, MergedItem, Remark, merge
from docgen.merging.words import one_line

from .options import shown_progress

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: None}
_DIGEST = 16


def _as_json(merged: Merged) -> str:
    """The result for programs. Pages count from 1."""
    content: dict[str, Any] = {
        "file": str(merged.target),
        "title": merged.title,
        "made": merged.made,
        "pages": merged.pages,
        "size": merged.size,
        "sha256": merged.sha256,
        "items": [
            {
                "number": item.number,
                "title": item.title,
                "file": item.file,
                "kind": item.kind,
                "firstPage": item.first_page,
                "lastPage": item.last_page,
                "pages": item.pages,
            }
            for item in merged.items
        ],
        "leftOut": [{"file": each.file, "reason": each.reason, "remedy": each.remedy} for each in merged.left_out],
        "remarks": [
            {"file": each.file, "level": each.level.value, "message": each.message, "hint": each.hint}
            for each in merged.remarks
        ],
    }
    # A file's name may hold bytes that are no text; they leave as what they are shown as.
    return json.dumps(content, ensure_ascii=False, indent=1).encode(errors="replace").decode()


def _say_troubles(merged: Merged) -> None:
    """What did not go in, and what is worth a look, on standard error: the gravest first."""
    for left in merged.left_out:
        named = "" if left.reason.startswith("“") else f"“{left.file}”"
        click.echo(f"{click.style('没有放进去', fg='red')}：{named}{left.reason}。{left.remedy}", err=True)
    for remark in sorted(merged.remarks, key=lambda each: each.level.rank):
        click.echo(_told(remark), err=True)


def _told(remark: Remark) -> str:
    colour = _COLOURS[remark.level]
    label = click.style(remark.level.label, fg=colour) if colour else remark.level.label
    return f"{label}：{remark.message}{remark.hint}"


def _say(merged: Merged) -> None:
    if not merged.made:
        click.secho(f"{merged.target} 没有通过核验，没有写入。", fg="red", err=True)
        return
    click.echo(
        f"{click.style(one_line(str(merged.target)), bold=True)}："
        f"{len(merged.items)}件，{merged.pages}页，{_readable(merged.size)}，摘要 {merged.sha256[:_DIGEST]}"
    )
    places = [_place(item) for item in merged.items]
    room = max(map(_width, places), default=0)
    digits = len(str(len(merged.items)))
    for item, place in zip(merged.items, places, strict=True):
        click.echo(f"  {item.number:>{digits}}  {place}{' ' * (room - _width(place))}  {item.title}")
    if merged.left_out:
        click.echo(f"有{len(merged.left_out)}个文件没有放进去，原因见上。", err=True)


def _place(item: MergedItem) -> str:
    if item.pages > 1:
        return f"第{item.first_page}–{item.last_page}页"
    return f"第{item.first_page}页"


def _readable(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size / 1000, 0.1):.1f} KB"


def _width(text: str) -> int:
    """How many columns of a terminal text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


@click.command(short_help="把照片、PDF、Office 文件合并成一个 PDF")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    metavar="文件.pdf",
    type=click.Path(path_type=Path, readable=False),
    help="合并成哪个文件。",
)
@click.option("--title", default="", metavar="标题", help="标题；不写则为结果的文件名。")
@click.option("--subtitle", default="", metavar="副标题", help="副标题，印在封面和页脚上，例如学校或证书。")
@click.option("--index", is_flag=True, help="在前面加封面和目录；点目录的一项就到那一页。")
@click.option("--number", is_flag=True, help="每页印上页脚：标题 · 第3页 共24页。")
@click.option(
    "--photos-per-page", type=click.IntRange(1, 12), default=2, show_default=True, help="一页放几张照片，1 至 12。"
)
@click.option(
    "--max-dpi",
    type=click.IntRange(72, 1200),
    default=300,
    show_default=True,
    help="照片超过这个分辨率（每英寸点数）才缩小；没有超过的原样放入。",
)
@click.option(
    "--max-mb",
    type=click.IntRange(0, 2000),
    default=0,
    show_default=True,
    help="结果最大多少 MB；超过时再缩小照片，还不行就提醒。0 表示不限。",
)
@click.option("--force", is_flag=True, help="结果的文件已经有了时覆盖它。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def command(files: tuple[Path, ...], target: Path, as_json: bool, **wishes: Any) -> int:
    """把照片、扫描件、PDF、Word、Excel、PowerPoint 文件按给出的先后合并成一个 PDF。

    可以写文件，也可以写文件夹；文件夹里的文件按名称排序（1、2、10）。原文件只读取，不改动。
    合并以后重新打开，逐页与原文件核对，没有通过的不写入。

    \b
    例：
      docgen merge 教师证书.pdf 培训照片.jpg -o 教师材料.pdf
      docgen merge 场地照片 设备清单.xlsx -o 补充材料.pdf --index --number
      docgen merge 扫描件 -o 佐证.pdf --title 教师佐证材料 --subtitle 示例职业技术学院 --index

    全部放进去了退出码为 0；有文件放不进去（其余照常合并）或有错误为 1；一个也放不进去、有文件不存在为 3。
    """
    with shown_progress("合并") as progress:
        merged = merge(files, target, progress=progress, **wishes)
    _say_troubles(merged)
    if as_json:
        click.echo(_as_json(merged))
    else:
        _say(merged)
    return 0 if merged.whole else 1
