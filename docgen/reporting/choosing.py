"""Which reports are wanted: the latest due one, one that is named, or all that are due."""

from __future__ import annotations

import datetime

from docgen.errors import InputError, UsageError
from docgen.load.dates import Span, Window, read_period
from docgen.load.trouble import Trouble
from docgen.season.periods import Period, day_text, latest_due, period_at


def chosen_periods(periods: tuple[Period, ...], wanted: str, every: bool, today: datetime.date) -> tuple[Period, ...]:
    """The periods to report, in order. `wanted` is a number (5, 第5期), a day, or 起/止; "" the latest due one.

    Raises InputError where the season has no periods or none is due yet, UsageError for a period that is not there.
    """
    if not periods:
        raise InputError(
            "排不出双周报的期次：“设置”工作表里的开始日期、结束日期或周期天数不对。",
            "在“双周报数据.xlsx”的“设置”里填写开始日期，例如 2021-07-05；结束日期不填就是当年12月31日。",
        )
    if wanted:
        return (_named(periods, wanted),)
    due = latest_due(periods, today)
    if due is None:
        raise InputError(
            f"第1期到 {day_text(periods[0].end)} 才结束，今天（{day_text(today)}）还没有到期的双周报。",
            "要先看看样子，用 --period 1；日期不对的，改“设置”里的开始日期。",
        )
    return periods[: due.number] if every else (due,)


def _named(periods: tuple[Period, ...], wanted: str) -> Period:
    text = wanted.strip().replace("/", "至") if wanted.count("/") == 1 else wanted.strip()
    read = read_period(text)
    known = f"共 {len(periods)} 期：第1期 {periods[0].days} …… 第{len(periods)}期 {periods[-1].days}。"
    if isinstance(read, Trouble):
        raise UsageError(
            f"看不出“{wanted}”是哪一期。", f"写期次或起止日期，例如 --period 5、--period 2021-08-30/2021-09-12。{known}"
        )
    if isinstance(read, int):
        if read > len(periods):
            raise UsageError(f"没有第{read}期。", known)
        return periods[read - 1]
    return _by_days(periods, read, wanted, known)


def _by_days(periods: tuple[Period, ...], span: Span, wanted: str, known: str) -> Period:
    window = Window(periods[0].start, periods[-1].end)
    start, end = window.complete(span.start), window.complete(span.end)
    first = period_at(periods, start) if start else None
    last = period_at(periods, end) if end else None
    if first is None or last is None:
        raise UsageError(f"“{wanted}”不在试点时段里。", known)
    if first != last:
        raise UsageError(
            f"“{wanted}”跨了第{first.number}期至第{last.number}期，一份双周报只报一期。",
            f"{known}要全部生成，用 --all。",
        )
    return first
