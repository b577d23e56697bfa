"""`docgen init`: a new workspace."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.workspace import KINDS, InitResult, init


@click.command("init")
@click.argument("directory", metavar="文件夹", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="school",
    show_default=True,
    help="工作区的种类：school 院校；secretariat 秘书处。",
)
def command(directory: Path, kind: str) -> None:
    """新建工作区：院校的申报数据工作簿和佐证材料文件夹，或秘书处的评审结果工作簿；都带设置文件。

    文件夹不存在就建立；已有的文件一概保留，不会覆盖。
    """
    result = init(directory, kind)
    _say_what_was_done(result)
    _say_what_comes_next(result, kind)


def _say_what_was_done(result: InitResult) -> None:
    click.secho(f"工作区：{result.directory}", bold=True)
    if result.made:
        click.echo("新建：")
        for path in result.made:
            click.echo(f"  {path}")
    kept = [path for path in result.kept if not path.endswith("/")]
    if kept:
        click.secho("已有，原样保留：", fg="yellow")
        for path in kept:
            click.echo(f"  {path}")
    if not result.made:
        click.echo("该有的都有了，没有新建任何东西。")


def _say_what_comes_next(result: InitResult, kind: str) -> None:
    place = str(result.directory)
    if " " in place:
        place = f'"{place}"'
    click.echo("\n接下来：")
    if kind == "secretariat":
        click.echo("  1. 用 Excel 或 WPS 打开“评审结果.xlsx”，按“填写说明”填写，保存后关闭。")
        click.echo("     有院校交来的申报书 PDF 的，先放进“院校申报材料”，见其中的“说明.txt”。")
        click.echo(f"  2. 生成通知和汇总表：docgen notice {place}")
        return
    click.echo("  1. 用 Excel 或 WPS 打开“申报数据.xlsx”，按“填写说明”填写，保存后关闭。")
    click.echo("  2. 把照片和 PDF 放进“佐证材料”文件夹，放法见其中的“说明.txt”。")
    click.echo(f"  3. 核对：docgen check {place}")
    click.echo(f"  4. 生成全部申报材料：docgen build {place}")
