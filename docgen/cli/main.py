"""The click group, and the one place where exceptions become a message and an exit code."""

from __future__ import annotations

import gettext
import importlib
import json
import os
import re
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import click

from docgen import __version__
from docgen.errors import DocgenError, EnvironmentLacks, reason_of

COMMANDS = {
    "init": "新建工作区：工作簿、佐证材料文件夹、设置文件",
    "check": "核对申报数据和佐证材料，说明错在哪里、怎样改",
    "build": "生成全部申报材料",
    "verify": "核对成品自生成以来有没有改动",
    "notice": "秘书处：生成评审结果通知、退回修改通知、账号答复和汇总表",
    "report": "由进展工作簿生成双周报",
    "collect": "把各校交来的双周报汇总成一张表",
    "merge": "把照片、PDF、Office 文件合并成一个 PDF",
    "fill": "把别处发来的空白表格（Word、Excel、PDF）用本校数据填好",
    "extract": "读出填好的表格里的内容，汇成 JSON 或 Excel",
    "rules": "列出核查规则，或说明其中一条",
    "catalogue": "查找证书和专业；导入秘书处的完整目录",
    "templates": "列出、取出、检查文书模板",
    "doctor": "检查本机缺什么、怎样装",
}
"""The commands and what they do, in the order of `docgen --help`. Each lives in docgen.cli.<name>_command."""


_FOR_PROGRAMS = "--json"
"""The option of commands that programs read."""


def _nowhere() -> TextIO:
    """Takes what nobody can read any more; open until the process ends."""
    return Path(os.devnull).open("w", encoding="utf-8")


class ReaderGone(Exception):  # noqa: N818 - named for what happened
    """Whoever read the output went away (docgen check … | head): click would leave with 1, which means findings."""


class LazyGroup(click.Group):
    """Imports a command when it is called, so that `docgen --help` does not wait for WeasyPrint."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"docgen.cli.{cmd_name}_command")
        command: click.Command = module.command
        command.options_metavar = "[选项]"
        if isinstance(command, click.Group):
            command.subcommand_metavar = "命令 [参数]…"
            for part in command.commands.values():
                part.options_metavar = "[选项]"
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib  # noqa: PLC0415 - rarely needed, and not quick to load

            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            ctx.fail(f"没有命令“{args[0]}”。{f'您是不是要写 {near[0]}？' if near else ''}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            # What is still in the buffers would fail again when Python ends.
            sys.stdout = sys.stderr = _nowhere()
            raise ReaderGone from error
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="docgen %(version)s", help="显示版本。")
def group() -> None:
    """1+X 证书试点申报文书生成与核对工具。

    常用的三步：docgen init 学校文件夹 → 填写工作簿、放好佐证材料 → docgen build 学校文件夹
    """


def _see_help(error: click.ClickException, given: Sequence[str]) -> str:
    """Where a wrong call is explained: in the help of the command that was called. `given` are its words."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    # An option without its value is found before click knows whose it is.
    called = (
        context.command_path if context else " ".join(["docgen", *(word for word in given[:1] if word in COMMANDS)])
    )
    return f"用 {called} --help 查看用法。"


def _punctuated(message: str) -> str:
    """What click says, with the punctuation of Chinese: it puts quotes, commas and the last dot in by itself."""
    message = re.sub(r" ?'([^']*)' ?", r"“\1”", message).replace("”,“", "”、“").replace("。 ", "。")
    message = re.sub(r" ?(?:integer|float)(?: range)?(?=。)", "整数", message)
    message = re.sub(r"(\d+)<=x<=(\d+)", r"应为 \1 到 \2", re.sub(r"x>=(\d+)", r"应为 \1 以上", message))
    return f"{message.removesuffix('.')}。" if message.endswith((".", "”")) else message


def say_error(message: str, hint: str = "", code: int = 1, *, as_json: bool = False) -> None:
    """Print an error and its advice to standard error; for programs, as one more JSON line."""
    if as_json:
        said = {"event": "error", "message": message, "hint": hint, "exit_code": code}
        click.echo(json.dumps(said, ensure_ascii=False), err=True)
        return
    click.secho(f"错误：{message}", fg="red", bold=True, err=True)
    if hint:
        click.echo(f"怎么办：{hint}", err=True)


def speak_chinese() -> None:
    """Let click say its own words (Usage, Options, No such option …) in Chinese, whatever the machine's language."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("docgen", str(Path(__file__).parent / "locale"))
    gettext.textdomain("docgen")


def _prepare_streams() -> None:
    """UTF-8 for all that is printed, whatever the machine's language; nowhere for a stream that was closed."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _show_traceback() -> None:
    if os.environ.get("DOCGEN_DEBUG"):
        import traceback  # noqa: PLC0415 - rarely needed, and not quick to load

        traceback.print_exc()


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the exit code of DESIGN.md; never shows a traceback unless DOCGEN_DEBUG=1."""
    _prepare_streams()
    speak_chinese()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # of libraries, in English; what matters in them is told as a finding
    given = sys.argv[1:] if arguments is None else arguments
    as_json = _FOR_PROGRAMS in given
    try:
        code = group.main(args=arguments, prog_name="docgen", standalone_mode=False)
    except ReaderGone:
        sys.exit(141)  # as a shell says of a program whose reader went away
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message(), err=True)  # nothing was called: what could be is no error
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 - the one place where exceptions become messages, and defects too
        code, message, hint = _explained(error, given)
        say_error(message, hint, code, as_json=as_json)
        if not isinstance(error, click.exceptions.Abort | click.ClickException | DocgenError):
            _show_traceback()
    sys.exit(code if isinstance(code, int) else 0)


def _explained(error: Exception, given: Sequence[str]) -> tuple[int, str, str]:
    """What an exception means to a user: exit code, message, advice."""
    if isinstance(error, click.exceptions.Abort):
        return 130, "已中断。", ""
    if isinstance(error, click.ClickException):
        return 2, _punctuated(error.format_message()), _see_help(error, given)
    if isinstance(error, DocgenError):
        return error.exit_code, error.message, error.hint
    if isinstance(error, UnicodeEncodeError):
        message = f"本机的系统语言不支持中文文件名（编码是 {error.encoding}）。"
        return EnvironmentLacks.exit_code, message, "先运行 export LANG=C.UTF-8，再运行 docgen。"
    if isinstance(error, OSError):
        # Not one of the places where a fault of disk or rights is expected; still no defect of docgen's.
        message = f"读写{f'“{error.filename}”' if error.filename else '文件'}时出错：{reason_of(error)}。"
        return 3, message, "请检查这个文件或文件夹的权限、磁盘空间，以及网络盘是否正常，再试一次。"
    message = f"docgen 自身出了错（{type(error).__name__}: {error}），不是您的数据的问题。"
    return 5, message, "设置环境变量 DOCGEN_DEBUG=1 再运行一次，把显示的内容发给维护者。"
