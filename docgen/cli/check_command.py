"""`docgen check`: what is wrong with a workspace, where, and what to do about it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from docgen import pipeline
from docgen.errors import OutputError, UsageError
from docgen.findings import Evaluation
from docgen.load.settings import kind_of_workspace
from docgen.model.settings import DOSSIERS_FOLDER, SETTINGS_NAME
from docgen.model.text import fold
from docgen.publish.atomic import write_bytes
from docgen.render.report_view import Checked

from .options import shown_progress
from .rules_command import FAMILIES

FORMATS = ("text", "json", "html", "xlsx", "sarif")
_SUFFIXES = {".txt": "text", ".json": "json", ".html": "html", ".htm": "html", ".xlsx": "xlsx", ".sarif": "sarif"}
_TEMPLATES = "templates"


@click.command("check")
@click.argument("directory", metavar="文件夹", type=click.Path(path_type=Path, readable=False))
@click.option("--format", "form", type=click.Choice(FORMATS), help="报告的格式；不写时看 -o 的扩展名，默认为 text。")
@click.option(
    "-o",
    "--output",
    metavar="文件",
    type=click.Path(path_type=Path, readable=False),
    help="把报告写进文件；xlsx 必须写进文件。",
)
@click.option(
    "--explain", metavar="编号", help="列出每条规则对这一项申报的回答：通过、不通过、不适用、未能核查及其原因。"
)
def command(directory: Path, form: str | None, output: Path | None, explain: str | None) -> int:
    """核对申报数据和佐证材料，说明错在哪里、怎样改。不改动任何文件。

    xlsx 格式交回一份标注过的申报数据：有问题的单元格涂了颜色、写了批注，另有一张工作表“核查结果”，点一下就到那一格。

    没有错误时返回 0，有错误（豁免的不算）时返回 1。
    """
    if explain is not None and (form not in (None, "text") or output is not None):
        raise UsageError("--explain 直接显示在屏幕上，不与 --format、-o 一起使用。", "只写 --explain A01。")
    form = form or (_SUFFIXES.get(output.suffix.lower(), "text") if output else "text")
    if form == "xlsx" and output is None:
        raise UsageError("xlsx 格式的报告要写进文件。", "加上 -o，例如 -o 核查结果.xlsx。")
    if kind_of_workspace(directory) == "secretariat":
        return _check_secretariat(directory, form, output, explain)
    if os.environ.get("DOCGEN_DEBUG"):
        logging.basicConfig(level=logging.INFO)
    with shown_progress("查看佐证材料") as progress:
        review = pipeline.check(directory, progress)
    if explain is not None:
        click.echo(_explained(review, explain), nl=False)
        return 1 if review.evaluation.blocks else 0
    return _report(review.case, review.evaluation, directory, form, output)


def _check_secretariat(directory: Path, form: str, output: Path | None, explain: str | None) -> int:
    """The check of a secretariat's workspace: the decisions held against one another."""
    from docgen.notices import check_review  # noqa: PLC0415 - it loads the machinery of documents

    if explain is not None:
        raise UsageError(
            "--explain 用于院校的一项申报，秘书处的工作区没有。", "去掉 --explain；规则的说明见 docgen rules。"
        )
    return _report(*check_review(directory), directory, form, output)


def _report(case: Checked, evaluation: Evaluation, directory: Path, form: str, output: Path | None) -> int:
    """Show the report, or write it into a file; the exit code."""
    if output is not None:
        _refuse_inputs(output, directory, case)
    data = _renderer(form, directory, to_terminal=output is None)(case, evaluation)
    if output is None:
        click.echo(data.decode(), nl=False)
    else:
        write_bytes(output, data)
        click.echo(f"核查报告已写入 {output}。", err=True)
    return 1 if evaluation.blocks else 0


def _explained(review: pipeline.Review, written: str) -> str:
    """The answers for one application, however its number is spelled. Raises UsageError where there is none such."""
    from docgen.render.report_explain import explain  # noqa: PLC0415

    numbers = [application.label for application in review.case.applications]
    number = next((number for number in numbers if fold(number) == fold(written)), None)
    if number is None:
        raise UsageError(f"没有申报编号“{written}”。", f"现有的申报编号：{'、'.join(numbers) or '（无）'}。")
    return explain(review.case, review.evaluation, number, FAMILIES, colour=_in_colour())


def _in_colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _renderer(form: str, directory: Path, *, to_terminal: bool) -> Callable[[Checked, Evaluation], bytes]:
    """What turns a check into the bytes of a format. Imports late: only HTML needs the machinery of templates."""
    if form == "html":
        from docgen.render.report_html import render_html_report  # noqa: PLC0415

        return lambda case, evaluation: render_html_report(case, evaluation, directory).encode()
    if form == "xlsx":
        return lambda case, evaluation: _workbook(case, evaluation, directory)
    if form == "text":
        from docgen.render.report_text import render_text_report  # noqa: PLC0415

        colour = to_terminal and _in_colour()
        return lambda case, evaluation: render_text_report(case, evaluation, colour=colour).encode()
    from docgen.render.report_json import render_json_report, render_sarif_report  # noqa: PLC0415

    render = render_json_report if form == "json" else render_sarif_report
    return lambda case, evaluation: render(case, evaluation).encode()


def _workbook(case: Checked, evaluation: Evaluation, directory: Path) -> bytes:
    """The user's own workbook with its faulty cells marked; the findings alone where it is of an older format."""
    name = case.settings.workbook
    if Path(name).suffix.lower() == ".xlsx":
        from docgen.render.marking import mark_workbook  # noqa: PLC0415

        marked = mark_workbook(directory / name, case, evaluation)
        click.echo(f"标出了 {marked.cells} 个单元格；与单元格无关的 {marked.unplaced} 处见工作表“核查结果”。", err=True)
        return marked.data
    from docgen.render.report_xlsx import render_xlsx_report  # noqa: PLC0415

    click.echo(f"“{name}”不是 .xlsx，不能在上面标注，只写出核查结果；另存为 .xlsx 后可以标注。", err=True)
    return render_xlsx_report(case, evaluation)


def _refuse_inputs(output: Path, directory: Path, case: Checked) -> None:
    """A report must not take the place of what it reports on. Raises OutputError."""
    target, home = output.resolve(), directory.resolve()
    for folder in (case.settings.evidence_folder, DOSSIERS_FOLDER, _TEMPLATES):
        if target.is_relative_to((home / folder).resolve()):
            raise OutputError(f"报告不能写进工作区的“{folder}”文件夹（{output}）。", "用 -o 换一个位置。")
    names = {case.settings.workbook, SETTINGS_NAME, *case.inputs}
    inputs = [path for name in names for path in (home / name, home / case.settings.evidence_folder / name)]
    for path in sorted(inputs):
        # Two names may lead to one file: by a link, or by case on Windows.
        if target == path.resolve() or (path.exists() and target.exists() and path.samefile(target)):
            raise OutputError(f"{output} 是您的材料，不能被报告覆盖。", "用 -o 换一个文件名，例如 -o 核查结果.xlsx。")
