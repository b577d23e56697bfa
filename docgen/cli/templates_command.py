"""docgen templates: which document kinds there are, what each may use, how to change one, what is wrong with one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from docgen.catalogue import load_catalogue
from docgen.errors import InputError, TemplateProblem, UsageError
from docgen.load import load
from docgen.publish.workspace import create_workspace
from docgen.render.known_fields import ROWS, Field, KnownFields, extra_columns, known_fields
from docgen.render.lint import lint_file, lint_folder
from docgen.render.templates import (
    WORKSPACE_TEMPLATES,
    TemplateFolder,
    find_template,
    template_folders,
    unused_templates,
)

_data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, readable=False),
    metavar="学校文件夹",
    help="连同这个工作区自己的模板和工作簿里自己加的列。",
)
_json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取。")
_LOOP_NAMES = ("行", "项", "条", "格")
"""Names of loop variables, by how many loops there are around."""


@click.group(name="templates", short_help="列出、取出、检查文书模板")
def command() -> None:
    """列出文书模板，取出一种来修改，说明可用的变量，检查改好的模板。"""


_MAKERS = {
    **dict.fromkeys(("official", "notice", "notice-school", "notice-return", "notice-account"), "notice {}"),
    "return-request": "notice {} --return 编号：原因",
    "biweekly": "report {}",
}
"""The command that uses a kind of template, where it is not `docgen build`."""


@command.command(name="list", short_help="列出文书模板")
@_data_option
def list_templates(data: Path | None) -> None:
    """列出每种文书的模板；学校文件夹 templates/ 里的同名模板优先使用。"""
    for folder in template_folders(data):
        own = click.style("（学校自己的）", fg="yellow") if folder.own else ""
        files = "、".join(sorted(path.name for path in folder.path.iterdir() if path.is_file()))
        click.echo(
            f"{click.style(folder.title, bold=True)} [{folder.kind}]{own}\n    {folder.description}\n    {files}"
        )
    for note in unused_templates(data) if data else ():
        click.secho(f"注意：{note}", fg="yellow", err=True)


@command.command(short_help="取出一种模板来修改")
@click.argument("kind", metavar="模板名")
@click.argument("directory", metavar="学校文件夹", type=click.Path(path_type=Path, readable=False))
def eject(kind: str, directory: Path) -> None:
    """把一种模板复制到学校文件夹的 templates/ 里，供学校修改。已有的模板不会覆盖。"""
    folder = find_template(kind)
    if not directory.is_dir():
        raise UsageError(f"没有文件夹“{directory}”。", "先用 docgen init 新建工作区，或核对路径。")
    for name in (folder.kind, folder.title):
        if (directory / WORKSPACE_TEMPLATES / name).exists():
            raise UsageError(
                f"“{directory / WORKSPACE_TEMPLATES / name}”已经有了，没有覆盖。",
                "要重新取出，请先把它改名或移走。",
            )
    place = f"{WORKSPACE_TEMPLATES}/{folder.title}"
    files = {
        f"{place}/{path.relative_to(folder.path).as_posix()}": path.read_bytes()
        for path in sorted(folder.path.rglob("*"))
        if path.is_file()
    }
    folders = dict.fromkeys(name.rpartition("/")[0] for name in files)
    created = create_workspace(directory, [WORKSPACE_TEMPLATES, *folders], files)
    click.secho(f"已取出“{folder.title}”的模板：", bold=True)
    for name in created.made:
        if not name.endswith("/"):
            click.echo(f"  {name}")
    _say_what_comes_next(folder, directory)


def _say_what_comes_next(folder: TemplateFolder, directory: Path) -> None:
    shown = f'"{directory}"' if " " in str(directory) else str(directory)
    changes = ["用 Word 或 WPS 打开 template.docx 修改" if folder.has("template.docx") else ""]
    changes.append("用记事本打开 template.html（PDF 和网页用它）修改" if folder.has("template.html") else "")
    changes.append("文字在 narrative.toml 里，Word 和 PDF 共用" if folder.has("narrative.toml") else "")
    click.echo("\n接下来：")
    click.echo(
        f"  1. {'；'.join(filter(None, changes)) or '按需要修改'}。花括号 {{{{ … }}}}、{{% … %}} 处由 docgen 填写。"
    )
    click.echo(f"  2. 查看可用的变量：docgen templates fields {folder.title} --data {shown}")
    click.echo(f"  3. 检查改好的模板：docgen templates lint {folder.title} --data {shown}")
    click.echo(f"  4. 重新生成：docgen {_MAKERS.get(folder.kind, 'build {}').format(shown)}")
    click.echo(f"不想改了，移走“{WORKSPACE_TEMPLATES}/{folder.title}”就恢复 docgen 自带的模板。")


@command.command(short_help="列出一种模板可用的变量")
@click.argument("kind", metavar="模板名")
@_data_option
@_json_option
def fields(kind: str, data: Path | None, as_json: bool) -> None:
    """列出一种模板可用的变量：怎样写、什么意思、例子。模板名用中文名（申报书）或文件夹名（application）。"""
    folder = find_template(kind, data)
    known = known_fields(folder, _extra(data))
    if as_json:
        rows = [
            {"path": each.path, "meaning": each.meaning, "example": each.example, "rows": each.rows}
            for each in known.fields
        ]
        _say_json({"kind": known.kind, "title": known.title, "required": known.required, "fields": rows})
        return
    click.secho(f"{known.title} [{known.kind}]", bold=True)
    click.echo("写在 {{ }} 里就填入它的值；“循环”后面的一组要写在循环里，行（或别的名字）代表其中的一行。\n")
    for each in known.fields:
        _say_field(each)
    if known.required:
        click.echo(f"\n一般都要写的：{'、'.join(known.required)}")


def _say_field(each: Field) -> None:
    indent = "  " * (each.depth + 1)
    loops = each.path.count(ROWS)
    # Within loops a field is written with the name of the innermost one: 行.姓名, and 项.名称 for a loop in a loop.
    written = f"{_LOOP_NAMES[loops - 1]}{each.path.rpartition(ROWS)[2]}" if loops else each.path
    example = f"，例如 {each.example}" if each.example else ""
    click.echo(f"{indent}{click.style(written, fg='cyan')}：{each.meaning}{example}")
    if each.rows:
        click.echo(f"{indent}  循环：{{% for {_LOOP_NAMES[loops]} in {written} %}} … {{% endfor %}}")


@command.command(short_help="检查改好的模板")
@click.argument("target", metavar="文件或模板名")
@_data_option
@click.option("--kind", metavar="模板名", help="单独检查一个文件时，说明它是哪种文书的模板。")
@_json_option
def lint(target: str, data: Path | None, kind: str | None, as_json: bool) -> int:
    """一次查出模板里的全部问题，说明在文档的什么地方、怎样改：标签写法、不存在的变量、没有结束的循环。

    没有错误时返回 0，有错误时返回 1；提醒不算错误。
    """
    path = Path(target)
    if path.suffix and not path.exists():
        raise InputError(f"找不到模板文件“{target}”。", "请核对文件名和所在文件夹。")
    known: KnownFields | None = None
    if path.is_file():
        folder = _kind_of(path, kind, data)
        known = known_fields(folder, _extra(data)) if folder else None
        problems: Sequence[TemplateProblem] = lint_file(path, known)
        checked_names = known is not None
    else:
        folder = find_template(target, data) if not path.is_dir() else _folder_at(path, kind, data)
        problems, checked_names = lint_folder(folder, _extra(data)), True
    if as_json:
        _say_json([{name: value for name, value in asdict(each).items() if name != "order"} for each in problems])
    else:
        _say_problems(target, problems, checked_names)
    return 1 if any(problem.level == "error" for problem in problems) else 0


def _say_problems(target: str, problems: Sequence[TemplateProblem], checked_names: bool) -> None:
    for number, problem in enumerate(problems, 1):
        label = click.style("错误", fg="red") if problem.level == "error" else click.style("提醒", fg="yellow")
        click.echo(f"{number}. {label}　{problem.place}\n   {problem.message}{problem.hint}")
    errors = sum(problem.level == "error" for problem in problems)
    if problems:
        click.echo(f"\n“{target}”：{errors}处错误，{len(problems) - errors}处提醒。")
    else:
        click.echo(f"“{target}”没有发现问题。")
    if not checked_names:
        click.echo("没有核对变量名：看不出它是哪种文书的模板。加上 --kind 模板名（例如 --kind 申报书）再检查一次。")


def _kind_of(path: Path, kind: str | None, data: Path | None) -> TemplateFolder | None:
    """The kind that a file is a template of: as told, or by its folder's name."""
    if kind:
        return find_template(kind, data)
    here = path.resolve().parent
    found = next((each for each in template_folders() if here.name in (each.kind, each.title)), None)
    workspace = here.parent.parent if here.parent.name == WORKSPACE_TEMPLATES else None
    return find_template(found.kind, workspace) if found else None


def _folder_at(path: Path, kind: str | None, data: Path | None) -> TemplateFolder:
    """The template folder at a path. Raises UsageError where its kind cannot be told."""
    found = _kind_of(path / "template.docx", kind, data)
    if found is None:
        raise UsageError(f"看不出“{path}”是哪种文书的模板。", "加上 --kind 模板名，例如 --kind 申报书。")
    return TemplateFolder(found.kind, found.title, found.description, path, True, found.fields)


def _extra(data: Path | None) -> Mapping[str, Iterable[str]]:
    """The columns that a school added to its workbook."""
    return extra_columns(load(data, load_catalogue(data)).case) if data is not None else {}


def _say_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
