"""docgen templates: which document kinds there are, and what each may use."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.render.templates import find_template, template_folders


@click.group(name="templates", short_help="列出文书模板")
def command() -> None:
    """列出文书模板，说明每种模板可用的变量。"""


@command.command(name="list", short_help="列出文书模板")
@click.option(
    "--data",
    type=click.Path(path_type=Path, readable=False),
    metavar="学校文件夹",
    help="连同这个工作区自己的模板一起列出。",
)
def list_templates(data: Path | None) -> None:
    """列出每种文书的模板；学校文件夹 templates/ 里的同名模板优先使用。"""
    for folder in template_folders(data):
        own = click.style("（学校自己的）", fg="yellow") if folder.own else ""
        files = "、".join(sorted(path.name for path in folder.path.iterdir() if path.is_file()))
        click.echo(
            f"{click.style(folder.title, bold=True)} [{folder.kind}]{own}\n    {folder.description}\n    {files}"
        )


@command.command(short_help="列出一种模板可用的变量")
@click.argument("kind", metavar="模板名")
@click.option(
    "--data", type=click.Path(path_type=Path, readable=False), metavar="学校文件夹", help="查看这个工作区自己的模板。"
)
def fields(kind: str, data: Path | None) -> None:
    """列出一种模板可用的变量和它们的意思。模板名用中文名（申报书）或文件夹名（application）。"""
    folder = find_template(kind, data)
    click.secho(f"{folder.title} [{folder.kind}]", bold=True)
    for name, meaning in folder.fields.items():
        click.echo(f"  {name}：{meaning}")
