"""docgen verify: proves whether finished documents changed since they were made, and what a signature still covers."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.errors import UsageError
from docgen.pipeline import verify, verify_file
from docgen.publish.approval import Approval
from docgen.publish.verify import Verification

_SHOWN_DIGITS = 32


@click.command(short_help="核对成品有没有改动，审核是否仍然有效")
@click.argument("path", metavar="成品文件夹或文件", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--signed", metavar="摘要", help="签字页上的资料夹总摘要（至少前 8 位）或二维码的内容：查它对应哪份资料夹。"
)
@click.option(
    "--in",
    "out",
    metavar="成品文件夹",
    type=click.Path(path_type=Path, readable=False),
    help="核对单个文件时，它是从哪个成品文件夹拿出来的；文件还在成品文件夹里时不必写。",
)
def command(path: Path, signed: str | None, out: Path | None) -> int:
    """核对成品文件夹里的每个文件自生成以来有没有改动、缺少或多出，每份资料夹的审核签字是否仍然有效。

    给出单个文件时，说明它是哪项申报的哪个文件、属于哪一次审核，有没有被改动。

    \b
    例：
      docgen verify 成品
      docgen verify 成品 --signed "3f9a 0c12 77de 51b8"
      docgen verify 收到的文件.pdf --in 成品

    全部未变、审核有效时退出码为 0；有改动、缺少或对不上时为 1。
    """
    if path.is_dir():
        if out is not None:
            raise UsageError("--in 只在核对单个文件时使用。", "核对整个文件夹：docgen verify 成品文件夹。")
        found = verify(path)
        return _tell_signed(found, signed) if signed is not None else _tell_folder(found)
    if signed is not None:
        raise UsageError("--signed 要与成品文件夹一起使用。", "例如：docgen verify 成品 --signed 摘要。")
    return _tell_file(path, out)


def _tell_folder(result: Verification) -> int:
    for title, paths, color in (
        ("已改动", result.changed, "red"),
        ("缺少", result.missing, "red"),
        ("后来放入的（没有审核过，不影响核对）", result.added, "yellow"),
    ):
        for path in paths:
            click.echo(f"{click.style(title, fg=color)}：{path}")
    if result.unfinished:
        click.echo("上一次生成没有做完，请再运行一次 docgen build。")
    entries = result.manifest.entries
    lost = [approval.folder for approval in result.approvals if approval.touched and approval.pages]
    drafts = [approval.folder for approval in result.approvals if not approval.pages]
    if lost:
        click.echo(f"这些资料夹的审核签字不再有效，须重新生成、重新审核：{'、'.join(lost)}")
    if drafts:
        click.echo(f"这些资料夹还是草稿，没有审核页：{'、'.join(drafts)}")
    if result.intact:
        click.secho(f"{len(entries)}个文件都与生成时一致。", fg="green")
        return 0
    click.secho(f"{len(entries)}个文件中，{len(result.changed)}个已改动，{len(result.missing)}个缺少。", fg="red")
    return 1


def _tell_signed(result: Verification, signed: str) -> int:
    approval = result.signed(signed)
    if approval is None:
        click.secho("没有哪份资料夹是这个总摘要。", fg="red")
        click.echo("签字以后重新生成过，或签的不是这一批：请重新打印审核页，重新审核签字。")
        return 1
    click.echo(f"这个总摘要是 {approval.folder} 的，审核的是{len(approval.files)}个文件。")
    return _tell_standing(approval)


def _tell_standing(approval: Approval) -> int:
    if not approval.pages:
        click.secho("这份资料夹还是草稿，没有审核页。", fg="yellow")
        return 1
    if approval.stands:
        click.secho("这些文件自生成以来都没有改动，审核有效。", fg="green")
        return 0
    click.secho(f"审核不再有效：{'、'.join(approval.touched)} 已改动或缺少。", fg="red")
    return 1


def _tell_file(path: Path, out: Path | None) -> int:
    found = verify_file(path, out)
    if found.entry is None:
        click.secho(f"{path.name} 不是 {found.out} 里的成品，或生成以后被改动过。", fg="red")
        return 1
    where = found.entry.path
    if found.altered:
        click.secho(f"{where} 与生成时不一致，已被改动。", fg="red")
    else:
        click.secho(f"{path.name} 就是成品 {where}，与生成时一致。", fg="green")
    if found.approval is None:
        click.echo("它是全校的文件，不属于某一项申报的审核。")
        return 1 if found.altered else 0
    if found.approval.pages:
        digits = found.approval.total[:_SHOWN_DIGITS]
        click.echo(f"它属于 {found.approval.application} 的审核，资料夹总摘要 {digits}。")
    return max(_tell_standing(found.approval), 1 if found.altered else 0)
