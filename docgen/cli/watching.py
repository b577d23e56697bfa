"""Shows how far a build is: a bar for each stage on a terminal, a line for each file elsewhere, JSON lines for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.table import Column
from rich.text import Text

from docgen.engine.progress import Step, Watch


@contextmanager
def watched(as_json: bool) -> Iterator[Watch]:
    """What `build` is to tell its steps to; always shown on standard error."""
    console = Console(stderr=True)
    if as_json:
        yield _json_line
    elif not console.is_terminal:
        yield _plain_line
    else:
        whole = Column(no_wrap=True)
        columns = (
            TextColumn("{task.description}", table_column=whole),
            BarColumn(bar_width=20),
            MofNCompleteColumn(table_column=whole),
            RateColumn(table_column=whole),
            LeftColumn(table_column=whole),
            TextColumn(
                "{task.fields[what]}", style="dim", table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1)
            ),
        )
        with Progress(*columns, console=console, transient=True, expand=True) as bar:
            yield _Bars(bar).told


def _json_line(step: Step) -> None:
    said = {
        "event": "progress",
        "stage": step.stage,
        "done": step.done,
        "total": step.total,
        "file": step.what,
        "seconds": round(step.seconds, 3),
    }
    click.echo(json.dumps(said, ensure_ascii=False), err=True)


def _plain_line(step: Step) -> None:
    if step.what:
        took = f"（{step.seconds:.1f} 秒）" if step.seconds else ""
        click.echo(f"{step.stage} {step.done}/{step.total} {step.what}{took}", err=True)
    elif step.total:
        click.echo(f"{step.stage}：共 {step.total} 个", err=True)


class _Bars:
    """One bar for each stage."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}

    def told(self, step: Step) -> None:
        """Move the stage's bar; it begins anew where the stage does."""
        task = self._tasks.get(step.stage)
        if task is None:
            task = self._tasks[step.stage] = self._bar.add_task(step.stage, total=step.total, what="")
        self._bar.update(task, completed=step.done, total=step.total, what=step.what)


class RateColumn(ProgressColumn):
    """How many are done in a second, or in a minute where that is less than one."""

    def render(self, task: Task) -> Text:
        """The rate of late."""
        speed = task.finished_speed or task.speed
        if not speed:
            return Text("")
        return Text(f"{speed:.1f} 个/秒" if speed >= 1 else f"{speed * 60:.0f} 个/分", style="cyan")


class LeftColumn(ProgressColumn):
    """About how long the stage still takes."""

    max_refresh = 0.5

    def render(self, task: Task) -> Text:
        """The time left, in words."""
        left = task.time_remaining
        if left is None or task.finished:
            return Text("")
        return Text(f"约剩{duration(left)}", style="cyan")


def duration(seconds: float) -> str:
    """A length of time as people say it: 40 秒, 3 分 20 秒, 2 小时 5 分."""
    whole = round(seconds)
    if whole < 60:
        return f" {whole} 秒"
    if whole < 3600:
        return f" {whole // 60} 分 {whole % 60} 秒"
    return f" {whole // 3600} 小时 {whole % 3600 // 60} 分"
