"""`docgen report`: a school's biweekly reports from its progress workbook."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.errors import UsageError
from docgen.findings import Finding, FindingKind, Severity

from .options import shown_progress

if TYPE_CHECKING:
    from docgen.reporting import Made, Reported

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def a_day(written: str, option: str) -> datetime.date:
    """A day out of an option. Raises UsageError for what is none."""
    from docgen.load.dates import read_day  # noqa: PLC0415 - not needed for --help

    read = read_day(written)
    if not isinstance(read, datetime.date):
        raise UsageError(f"{option} 后面的“{written}”不是完整的日期。", f"写成 {option} 2021-09-12 这样。")
    return read


@click.command("report", short_help="由进展工作簿生成双周报")
@click.argument("directory", metavar="学校文件夹", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--period", metavar="期次或起/止", help="生成哪一期：期次（5），其中一天，或起止日期（2021-08-30/2021-09-12）。"
)
@click.option("--all", "every", is_flag=True, help="生成到今天为止的全部各期。")
@click.option("-o", "--output", "out", type=click.Path(path_type=Path, readable=False), metavar="文件夹",
              help="报告写到哪里；不写则为学校文件夹里的“双周报”。")  # fmt: skip
@click.option(
    "--date",
    metavar="日期",
    help="印在报告上的填报日期，可以写“今天”；不写则取“工作情况”里这一期的填报日期，再没有的取 docgen.toml 的 documents.date，都没有的留空手填。",
)
@click.option("--on", "today", metavar="日期", help="按这一天判断哪几期已经到期；不写则为今天。")
@click.option("--force", is_flag=True, help="重做后面已有报告的各期，并覆盖生成以后被手工改动过的文件。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def command(
    directory: Path,
    period: str | None,
    every: bool,
    out: Path | None,
    date: str | None,
    today: str | None,
    force: bool,
    as_json: bool,
) -> int:
    """由“双周报数据.xlsx”生成双周报：每期一份 Word、PDF 和 Excel，PDF 里带着数据。

    不写 --period 和 --all 时，生成最近到期的一期。已经报过、现在数据有变的，不改旧报告，列在新一期的“更正”里。

    有错误的报告带“草稿”字样；没有错误时退出码为 0，有错误为 1。
    """
    from docgen.reporting import report  # noqa: PLC0415 - it loads everything

    if period and every:
        raise UsageError("--period 和 --all 只能写一个。", "要一期写 --period 5，要全部写 --all。")
    day = a_day(today, "--on") if today else datetime.date.today()
    with shown_progress("生成") as progress:
        reported = report(
            directory,
            out,
            period=period or "",
            every=every,
            today=day,
            date=_printed(day if date == "今天" else a_day(date, "--date")) if date else None,
            force=force,
            progress=progress,
        )
    click.echo(_as_json(reported)) if as_json else _say(reported)
    return 1 if reported.evaluation.blocks or any(made.draft for made in reported.reports) else 0


def _printed(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _state(made: Made) -> str:
    if made.settled:
        return click.style("未改动", fg="yellow")
    return click.style("草稿  ", fg="red") if made.draft else click.style("可报送", fg="green")


def _say(reported: Reported) -> None:
    for made in reported.reports:
        notes = [f"列出更正 {made.corrections} 处"] if made.corrections else []
        notes += ["已报过，现在的数据与它不同，差别列在最后一期的“更正”里"] if made.settled else []
        said = f"（{'；'.join(notes)}）" if notes else ""
        click.echo(f"  {_state(made)}  {made.period.label}　{made.period.days}{said}")
    told = [f for f in reported.evaluation.findings if f.kind is not FindingKind.NOT_APPLICABLE and not f.waived]
    for finding in sorted(told, key=lambda each: (each.level.rank, each.order)):
        _say_finding(finding)
    if reported.missing:
        names = "、".join(period.label for period in reported.missing)
        click.echo(f"已到期但还没有生成的：{names}。加 --all 可以一次补上。")
    if reported.undated:
        names = "、".join(period.label for period in reported.undated[:6]) + ("等" if len(reported.undated) > 6 else "")
        click.echo(f"{names}没有填报日期，秘书处看不出是否按时：在“工作情况”里写“填报日期”，或加 --date 今天。")
    for note in reported.notes:
        click.echo(f"模板提醒：{note}", err=True)
    result = reported.result
    click.echo(f"新写{len(result.made)}个文件，{len(result.kept)}个没有变化。报告在 {reported.out}。")
    if any(made.draft for made in reported.reports):
        click.echo("带“草稿”的，改正上面的错误后再运行一次即可。")


def _say_finding(finding: Finding) -> None:
    place = str(finding.source)
    label = "未能核查" if finding.kind is FindingKind.NOT_EVALUATED else finding.level.label
    subject = f"{finding.application}：" if finding.application else ""
    click.echo(f"  {click.style(label, fg=_COLOURS[finding.level])} {finding.rule} {subject}{finding.message}")
    advice = "　".join(part for part in (place, finding.hint) if part)
    if advice:
        click.echo(click.style(f"        {advice}", dim=True))


def _as_json(reported: Reported) -> str:
    result = reported.result
    content = {
        "out": str(reported.out),
        "made": list(result.made),
        "kept": list(result.kept),
        "removed": list(result.removed),
        "reports": [
            {
                "number": made.period.number,
                "start": made.period.start.isoformat(),
                "end": made.period.end.isoformat(),
                "folder": made.folder,
                "draft": made.draft,
                "corrections": made.corrections,
                "settled": made.settled,
            }
            for made in reported.reports
        ],
        "missing": [period.number for period in reported.missing],
        "undated": [period.number for period in reported.undated],
        "findings": [finding.as_dict() for finding in reported.evaluation.findings],
        "notes": list(reported.notes),
    }
    return json.dumps(content, ensure_ascii=False, indent=1)
