"""What several commands share: the workspace argument, the progress bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

workspace_argument: Callable[[Any], Any] = click.argument(
    "directory", metavar="学校文件夹", type=click.Path(path_type=Path, readable=False)
)
"""The folder that `docgen init` made."""


@contextmanager
def shown_progress(label: str) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on a terminal, a plain line for each file elsewhere; always on standard error.

    What it yields is told (done, of how many, what comes next); `of` is 0 where nobody knows yet how many there are.
    """
    # Imported here, since every command shares this module and few show a bar.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:

        def plain(done: int, of: int, what: str) -> None:
            if what:
                click.echo(f"{label} {done + 1}{f'/{of}' if of else ''} {what}", err=True)

        yield plain
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[what]}", style="dim"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=None, what="")

        def told(done: int, of: int, what: str) -> None:
            bar.update(task, completed=done, total=of or None, what=what)

        yield told
