"""docgen build: from a workspace to finished dossiers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from docgen.findings import FindingKind, Severity
from docgen.makers.crews import cores
from docgen.makers.foresight import KEEP, MAKE, Foresight
from docgen.pipeline import Built, build, foresee
from docgen.publish.publisher import Result

from .options import workspace_argument
from .watching import duration, told_in_json, watched

_FEW = 10


def _count(built: Built, level: Severity) -> int:
    return sum(
        finding.level is level and finding.kind is FindingKind.FAIL and not finding.waived
        for finding in built.evaluation.findings
    )


def _as_json(built: Built) -> str:
    """The result for programs."""
    result = built.result
    content = {
        "out": str(built.out),
        "made": list(result.made),
        "kept": list(result.kept),
        "removed": list(result.removed),
        "foreign": list(result.foreign),
        "applications": [
            {
                "number": dossier.application,
                "folder": dossier.folder,
                "draft": dossier.draft,
                "errors": dossier.errors,
                "warnings": dossier.warnings,
            }
            for dossier in built.plan.dossiers
        ],
        "slowest": [{"file": path, "seconds": round(seconds, 3)} for seconds, path in built.slowest],
        "notes": list(built.notes),
        "findings": [finding.as_dict() for finding in built.evaluation.findings],
        "summary": {level.value: _count(built, level) for level in Severity},
    }
    return _dumped(content)


def _say(built: Built) -> None:
    """The result for people: the state of each dossier, what was written, where to look next."""
    drafts = [dossier for dossier in built.plan.dossiers if dossier.draft]
    for dossier in built.plan.dossiers:
        state = click.style("草稿    ", fg="red") if dossier.draft else click.style("可以送审", fg="green")
        notes = [f"{dossier.errors}处错误"] if dossier.errors else []
        notes += [f"{dossier.warnings}处提醒"] if dossier.warnings else []
        click.echo(f"  {state}  {dossier.folder}{'（' + '，'.join(notes) + '）' if notes else ''}")
    click.echo(
        f"共{len(built.plan.dossiers)}项申报，{len(built.plan.dossiers) - len(drafts)}项可以送审，{len(drafts)}项是草稿。"
    )
    _say_files(built.result)
    if len(built.result.made) > _FEW:
        slowest = "，".join(f"{path}（{seconds:.1f} 秒）" for seconds, path in built.slowest[:3])
        click.echo(f"用时最长的：{slowest}")
    for note in built.notes:
        click.echo(f"模板提醒（这一处没有生效）：{note}", err=True)
    click.echo(f"请打开 {built.out / 'index.html'} 查看全部材料。")
    if any(finding.blocks and not finding.application for finding in built.evaluation.findings):
        click.echo("学校信息有错误，会影响每一份材料，所以全部材料都是草稿。")
    if drafts:
        click.echo(f"错误在哪里、怎样改，见 {built.out / '核查报告.html'}；改正后再运行一次即可。")


def _say_files(result: Result) -> None:
    parts = [f"新写{len(result.made)}个文件"]
    parts += [f"{len(result.kept)}个没有变化"] if result.kept else []
    parts += [f"删除{len(result.removed)}个过时的"] if result.removed else []
    click.echo("，".join(parts) + "。")
    if result.foreign:
        click.echo(
            f"文件夹里另有{len(result.foreign)}个不是 docgen 生成的文件，没有动：{'、'.join(result.foreign[:3])}"
        )


def _say_foresight(foresight: Foresight) -> None:
    """What a build would do, for people."""
    for file in foresight.of(MAKE):
        took = "" if file.seconds is None else f"（约 {file.seconds:.1f} 秒）"
        click.echo(f"  要生成  {file.artefact.path}{took}")
    for path in foresight.removed:
        click.echo(f"  要删除  {path}")
    keep = len(foresight.of(KEEP))
    click.echo(f"要生成{len(foresight.of(MAKE))}个文件，{keep}个没有变化，要删除{len(foresight.removed)}个。")
    if foresight.of(MAKE):
        told = "还没有实测过" if foresight.seconds is None else f"一个进程约需{duration(foresight.seconds)}"
        click.echo(f"{told}。这是预演，成品文件夹没有动。")


@click.command(short_help="生成全部申报材料")
@workspace_argument
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path, readable=False),
    metavar="文件夹",
    help="成品写到哪里；不写则为学校文件夹里的“成品”。",
)
@click.option("--only", multiple=True, metavar="编号", help="只生成这几项申报，可以写几次，也可以用逗号隔开。")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=None,
    metavar="N",
    help="用几个进程同时生成；不写则与本机处理器核数相同。",
)
@click.option(
    "--scheduler",
    default="",
    metavar="地址",
    help="由这个 Dask 集群生成，例如 tcp://192.168.1.10:8786；怎样架设见 docs/多台机器.md。",
)
@click.option("--force", is_flag=True, help="覆盖生成以后被手工改动过的成品。")
@click.option("--dry-run", is_flag=True, help="只说会生成、保留、删除哪些文件和估计用时，不动成品文件夹。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取；进度在标准错误上，每步一行 JSON。")
def command(
    directory: Path,
    out: Path | None,
    only: tuple[str, ...],
    jobs: int | None,
    scheduler: str,
    force: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """从学校文件夹里的工作簿和佐证材料生成全部申报材料。

    有错误的申报生成带“草稿”字样的材料，没有审核页；改正后再运行一次。没有错误时退出码为 0，有错误为 1。
    """
    wanted = [
        number for text in only for number in text.replace("，", ",").replace("、", ",").split(",") if number.strip()
    ]
    with told_in_json(as_json), watched(as_json) as watch:
        if dry_run:
            foresight = foresee(directory, out, only=wanted, watch=watch)
        else:
            built = build(
                directory, out, only=wanted, force=force, jobs=jobs or cores(), scheduler=scheduler, watch=watch
            )
    if dry_run:
        click.echo(_dumped(foresight.as_dict())) if as_json else _say_foresight(foresight)
        return 0
    click.echo(_as_json(built)) if as_json else _say(built)
    return 1 if any(finding.blocks for finding in built.evaluation.findings) else 0


def _dumped(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)
