"""docgen build: from a workspace to finished dossiers.

What a build with nothing to do does not need is imported later: most of its time would go into that.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from docgen.makers.standing import Standing, Telling

from .options import workspace_argument


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
    if dry_run:
        return _foresee(directory, out, wanted, as_json)
    standing = Standing(directory, out, wanted, "json" if as_json else "text")
    said, made = standing.told(), False
    if said is None:
        said, made = _build(standing, directory, out, as_json, Asked(tuple(wanted), force, jobs, scheduler))
    if said.trouble:
        click.echo(said.trouble, err=True)
    click.echo(said.output)
    if scheduler and not made and not as_json:
        click.echo(f"没有要生成的文件，没有连接集群 {scheduler}。", err=True)
    return said.exit_code


@dataclass(frozen=True, slots=True)
class Asked:
    """How a build was called."""

    only: tuple[str, ...]
    force: bool
    jobs: int | None
    scheduler: str


def _build(standing: Standing, directory: Path, out: Path | None, as_json: bool, asked: Asked) -> tuple[Telling, bool]:
    """Build; what is to be said of it, and whether anything was made."""
    standing.begin()
    from docgen.makers.crews import cores, expect  # noqa: PLC0415 - see above

    jobs = asked.jobs or cores()
    expect(jobs, asked.scheduler)
    from docgen.evidence.seen import Digests  # noqa: PLC0415
    from docgen.evidence.store import open_store  # noqa: PLC0415
    from docgen.pipeline import build  # noqa: PLC0415

    from .built import telling, untouched  # noqa: PLC0415
    from .watching import watched  # noqa: PLC0415

    with watched(as_json) as watch:
        built = build(
            directory,
            out,
            only=asked.only,
            force=asked.force,
            jobs=jobs,
            scheduler=asked.scheduler,
            watch=watch,
        )
    if built.lasting:
        with open_store(directory) as store:
            standing.keep(built.out, built.result.files, Digests(store).of, telling(untouched(built), as_json))
    return telling(built, as_json), bool(built.result.made)


def _foresee(directory: Path, out: Path | None, only: list[str], as_json: bool) -> int:
    """Say what a build would do."""
    from docgen.pipeline import foresee  # noqa: PLC0415 - see above

    from .built import dumped, say_foresight  # noqa: PLC0415
    from .watching import watched  # noqa: PLC0415

    with watched(as_json) as watch:
        foresight = foresee(directory, out, only=only, watch=watch)
    click.echo(dumped(foresight.as_dict())) if as_json else say_foresight(foresight)
    return 0
