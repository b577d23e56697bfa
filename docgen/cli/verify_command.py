"""docgen verify: proves whether finished documents changed since they were made."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.pipeline import verify


@click.command(short_help="核对成品有没有改动")
@click.argument("out", metavar="成品文件夹", type=click.Path(path_type=Path, readable=False))
def command(out: Path) -> int:
    """核对成品文件夹里的每个文件自生成以来有没有改动、缺少或多出。

    全部未变时退出码为 0；有改动或缺少时为 1。
    """
    result = verify(out)
    for title, paths, color in (
        ("已改动", result.changed, "red"),
        ("缺少", result.missing, "red"),
        ("后来放入的（不影响核对）", result.added, "yellow"),
    ):
        for path in paths:
            click.echo(f"{click.style(title, fg=color)}：{path}")
    if result.unfinished:
        click.echo("上一次生成没有做完，请再运行一次 docgen build。")
    entries = result.manifest.entries
    touched = {path.split("/")[0] for path in (*result.changed, *result.missing) if "/" in path}
    if result.intact:
        click.secho(f"{len(entries)}个文件都与生成时一致。", fg="green")
        return 0
    if touched:
        click.echo(f"这些资料夹的审核签字不再有效，须重新生成、重新审核：{'、'.join(sorted(touched))}")
    click.secho(f"{len(entries)}个文件中，{len(result.changed)}个已改动，{len(result.missing)}个缺少。", fg="red")
    return 1
