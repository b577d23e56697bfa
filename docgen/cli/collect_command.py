"""`docgen collect`: all schools' returned files into one workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.errors import UsageError

from .options import shown_progress
from .report_command import a_day

if TYPE_CHECKING:
    from docgen.collecting import Collected
    from docgen.season.periods import Period


@click.command("collect", short_help="把各校交来的双周报汇总成一张表，或由申报书填好评审结果")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("-o", "--output", "target", required=True, metavar="文件", type=click.Path(path_type=Path, readable=False),
              help="汇总结果写到哪里，例如 汇总.xlsx。")  # fmt: skip
@click.option("--schools", metavar="名单", type=click.Path(path_type=Path, readable=False),
              help="院校名单（有“院校名称”“院校类型”的 Excel，例如评审结果.xlsx）；有了它才看得出谁从未报送。汇总申报书时，是要接着填的评审结果.xlsx。")  # fmt: skip
@click.option("--start", metavar="日期", help="第 1 期从哪天开始；不写则按各校报告里的期次和日期。")
@click.option(
    "--cycle",
    metavar="天数",
    type=click.IntRange(1, 92),
    default=14,
    show_default=True,
    help="多少天一期，与 --start 同用。",
)
@click.option("--end", metavar="日期", help="最后一期到哪天；不写则为当年12月31日，与 --start 同用。")
@click.option("--grace", metavar="天数", type=click.IntRange(0, 365), default=5, show_default=True,
              help="期末以后多少天内填报不算迟。")  # fmt: skip
@click.option(
    "--received",
    metavar="日期",
    help="给出的文件都是这一天收到的；没有写填报日期的报告按它看迟没迟。按收到日期分文件夹放的（文件夹名写日期），不必写。",
)
@click.option("--on", "today", metavar="日期", help="只看到这一天为止已到期的各期；不写则到有人报过的最后一期。")
@click.option(
    "--kind",
    metavar="种类",
    default="",
    help="汇总什么：biweekly 双周报，application 申报书（填好评审结果.xlsx）；不写则看 PDF 里带的数据。",
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def command(
    files: tuple[Path, ...],
    target: Path,
    schools: Path | None,
    start: str | None,
    cycle: int,
    end: str | None,
    grace: int,
    received: str | None,
    today: str | None,
    kind: str,
    as_json: bool,
) -> int:
    """把各校交来的双周报汇总成一张表：Excel、Word、docgen 生成的 PDF，以及装着它们的文件夹和 .zip。

    表头和标签的位置不必一样。每个数来自哪个文件哪一格，谁没有报、谁迟报、什么没有读出、什么相互矛盾，都写在结果里。

    全部读出、没有矛盾时退出码为 0，否则为 1。
    """
    from docgen.collecting import collect  # noqa: PLC0415 - it loads much

    with shown_progress("读取") as progress:
        collected = collect(
            files,
            target,
            kind=kind,
            schools=schools,
            periods=_calendar(start, end, cycle),
            grace=grace,
            today=a_day(today, "--on") if today else None,
            received=a_day(received, "--received") if received else None,
            progress=progress,
        )
    click.echo(_as_json(collected)) if as_json else _say(collected)
    return 1 if collected.unread or collected.conflicts else 0


def _calendar(start: str | None, end: str | None, cycle: int) -> tuple[Period, ...]:
    from docgen.model.season import SeasonInfo  # noqa: PLC0415
    from docgen.model.source import Origin  # noqa: PLC0415
    from docgen.season.periods import periods_of  # noqa: PLC0415

    if start is None:
        if end is not None:
            raise UsageError("--end 要和 --start 一起写。", "例如 --start 2021-07-05 --end 2022-01-02。")
        return ()
    first, last = a_day(start, "--start"), a_day(end, "--end") if end else None
    found = periods_of(SeasonInfo(Origin(), start=first, end=last, cycle=cycle))
    if not found:
        raise UsageError(f"--end {end} 早于 --start {start}。", "请核对两个日期。")
    return found


def _say(collected: Collected) -> None:
    for line in collected.said:
        click.echo(line)
    click.echo(f"汇总结果：{collected.target}")


def _as_json(collected: Collected) -> str:
    content: dict[str, object] = {
        "target": str(collected.target),
        "kind": collected.kind,
        "unread": collected.unread,
        "conflicts": collected.conflicts,
        **collected.more,
    }
    found = collected.collection
    if found is not None:
        content |= {
            "files": found.files,
            "schools": len({school for school, _ in found.deliveries}),
            "entries": len(found.entries),
            "notReadable": [
                {
                    "file": each.source.file,
                    "place": f"{each.source.sheet} {each.source.cell}".strip(),
                    "why": each.why,
                    "remedy": each.remedy,
                }
                for each in found.unread
            ],
            "contradictions": [
                {"school": each.school, "period": each.number, "what": each.what, "file": each.source.file}
                for each in found.conflicts
            ],
        }
    return json.dumps(content, ensure_ascii=False, indent=1)
