"""`docgen doctor`: what this machine has, what it lacks, and how to get it."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from docgen.doctor import Need, State, all_met, examine
from docgen.errors import EnvironmentLacks

_COLOURS = {State.OK: "green", State.STAND_IN: "yellow", State.MISSING: "red"}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="用 JSON 输出，供其他程序读取。")
def command(as_json: bool) -> int:
    """检查本机的 Python、排版库、中文字体等是否齐备；缺少什么、怎样安装。

    必需的都齐备时返回 0，缺少必需的返回 4。
    """
    needs = examine()
    ready = all_met(needs)
    if as_json:
        document = {"ok": ready, "needs": [need.as_dict() for need in needs]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _show(needs)
        if ready:
            click.secho("本机可以使用 docgen。", fg="green", bold=True)
        else:
            lacking = "、".join(need.name for need in needs if not need.met)
            click.secho(f"本机还不能使用 docgen，缺少：{lacking}。请按上面的办法安装。", fg="red", bold=True)
    return 0 if ready else EnvironmentLacks.exit_code


def _show(needs: tuple[Need, ...]) -> None:
    """The table, and below it what to do for each need that is not met by the thing itself."""
    console = Console(soft_wrap=False)
    if not console.is_terminal:
        console.width = 120
    table = Table("项目", "状态", "本机情况", box=None, pad_edge=False, header_style="bold")
    for need in needs:
        # Text, not markup: a path may hold square brackets.
        table.add_row(Text(need.name), Text(need.state.label, style=_COLOURS[need.state]), Text(need.found))
    console.print(table)
    todo = [need for need in needs if need.advice]
    if todo:
        click.secho("\n怎么办", bold=True)
        for need in todo:
            click.echo(f"  {need.name}：{need.advice}")
    click.echo()
