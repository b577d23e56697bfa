"""docgen notice: everything that the secretariat sends after a review; for a school, its request for return."""

from __future__ import annotations

import json
from pathlib import Path

import click

from docgen.findings import FindingKind
from docgen.notices import Noticed, notice, request_return

from .options import shown_progress
from .telling import say_findings


def _as_json(done: Noticed) -> str:
    """The result for programs."""
    content = {
        "out": str(done.out),
        "made": list(done.result.made),
        "kept": list(done.result.kept),
        "removed": list(done.result.removed),
        "foreign": list(done.result.foreign),
        "schools": done.schools,
        "returns": done.returns,
        "accounts": done.accounts,
        "unsent": list(done.unsent),
        "findings": [finding.as_dict() for finding in done.evaluation.findings],
        "rules": {rule: outcome.value for rule, outcome in done.evaluation.rules.items()},
        "summary": done.evaluation.summary,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _say(done: Noticed) -> None:
    """The result for people: what was found, what was made, what comes next."""
    told = [finding for finding in done.evaluation.findings if finding.kind is not FindingKind.NOT_APPLICABLE]
    if told:
        click.echo("核查发现：")
        say_findings(told, "见 核查结果.xlsx")
    parts = [f"结果通知{done.schools}所院校"]
    parts += [f"退回修改通知{done.returns}所"] if done.returns else []
    parts += [f"账号答复{done.accounts}所"] if done.accounts else []
    click.echo(f"{'，'.join(parts)}；新写{len(done.result.made)}个文件，{len(done.result.kept)}个没有变化。")
    if done.unsent:
        names = "、".join(done.unsent[:5]) + ("等" if len(done.unsent) > 5 else "")
        click.echo(f"没有能用的邮箱、没有写邮件草稿的院校{len(done.unsent)}所：{names}。")
    if any(finding.blocks for finding in told):
        click.echo("有错误：有关的通知印有“草稿”字样，没有备好压缩包和邮件。改正后再运行一次即可。")
    click.echo(f"请打开 {done.out}：通知在最上层，发给各校的在“发送”，核查的全部结果在“核查结果.xlsx”。")


@click.command("notice")
@click.argument("directory", metavar="文件夹", type=click.Path(path_type=Path, readable=False))
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path, readable=False),
    metavar="文件夹",
    help="成品写到哪里；不写则为工作区里的“成品”。",
)
@click.option(
    "--return",
    "wishes",
    multiple=True,
    metavar="编号：原因",
    help="院校用：申请退回修改这项申报，可以写几次，例如 --return A01：培训人数：应为120人。",
)
@click.option("--force", is_flag=True, help="覆盖生成以后被手工改动过的成品。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def command(directory: Path, out: Path | None, wishes: tuple[str, ...], force: bool, as_json: bool) -> int:
    """秘书处：由评审结果工作簿生成通知、各校结果、退回修改、账号答复和汇总表。

    Word 和 PDF 各一份，格式按 GB/T 9704-2012。有错误的印“草稿”；没有错误时退出码为 0，有错误为 1。
    院校：加 --return 生成请求退回修改的函。
    """
    if wishes:
        done = request_return(directory, wishes, out, force)
        if as_json:
            content = {"files": [str(path) for path in done.files], "applications": done.applications}
            click.echo(json.dumps(content, ensure_ascii=False, indent=1))
        else:
            click.echo(f"退回修改申请（{done.applications}项）：")
            for path in done.files:
                click.echo(f"  {path}")
            click.echo("请学校盖章后，在申报截止日期前发给秘书处。")
        return 0
    with shown_progress("生成") as progress:
        made = notice(directory, out, force=force, progress=progress)
    click.echo(_as_json(made)) if as_json else _say(made)
    return 1 if any(finding.blocks for finding in made.evaluation.findings) else 0
