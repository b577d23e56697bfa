"""What stops a run. Each exception has the exit code of DESIGN.md, one clear sentence, and advice."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

_WORDS = {
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "ENOENT": "找不到这个文件或文件夹",
    "ENOTDIR": "它的上级是一个文件，不是文件夹",
    "EISDIR": "它是一个文件夹，不是文件",
    "EEXIST": "已经有同名的文件",
    "ENOTEMPTY": "文件夹里还有别的文件",
    "ENAMETOOLONG": "名称或路径太长",
    "ENOSPC": "磁盘空间不足",
    "EDQUOT": "超出了磁盘配额",
    "EFBIG": "文件太大，这个磁盘放不下",
    "EROFS": "这个磁盘只能读，不能写",
    "ELOOP": "链接绕成了圈",
    "EBUSY": "正被别的程序使用",
    "ETXTBSY": "正被别的程序使用",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "EIO": "磁盘读写失败",
    "ESTALE": "网络盘断开了",
    "EINVAL": "系统不接受这个名称或操作",
}
_REASONS = {getattr(errno, name): words for name, words in _WORDS.items() if hasattr(errno, name)}  # Windows lacks some


def reason_of(error: OSError) -> str:
    """Why the system refused, in Chinese; in the system's own words where it gives a reason that is not known here."""
    known = _REASONS.get(error.errno) if error.errno is not None else None
    return known or error.strerror or str(error) or "原因不明"


class DocgenError(Exception):
    """Base: `message` says what and where, `hint` what to do; both are read by users, in Chinese."""

    exit_code: ClassVar[int] = 5

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}{self.hint and ' ' + self.hint}"

    def __reduce__(self) -> tuple[type[DocgenError], tuple[str, str]]:
        return type(self), (self.message, self.hint)


class UsageError(DocgenError):
    """The command was called wrongly (exit code 2)."""

    exit_code = 2


class InputError(DocgenError):
    """An input that cannot be used: not there, not readable, not what it should be (exit code 3)."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """One mistake in a template, in Chinese. `level` is error or warning.

    `part` names the file inside the template (word/document.xml, template.html), `place` says where a person finds it,
    `text` is the tag as written, `hint` what to do, `order` grows with the place in the part.
    """

    part: str
    place: str
    text: str
    message: str
    hint: str = ""
    level: str = "error"
    order: int = field(default=0, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.place}：{self.message}{self.hint}"


class TemplateError(InputError):
    """A template that cannot be used: `problems` holds every mistake found, `template` the name that users know."""

    _MOST = 10

    def __init__(self, template: str, problems: Sequence[TemplateProblem]) -> None:
        self.template = template
        self.problems = tuple(problems)
        lines = [f"\n  {number}. {problem}" for number, problem in enumerate(self.problems[: self._MOST], 1)]
        if len(self.problems) == 1:
            lines = [str(self.problems[0])]
        if (more := len(self.problems) - self._MOST) > 0:
            lines.append(f"\n  ……另有{more}处。")
        message = f"模板“{template}”有{len(self.problems)}处要改：{''.join(lines)}"
        super().__init__(message, "改正模板后再试；也可以移走学校文件夹 templates 里的这个模板，改用 docgen 自带的。")

    def __reduce__(self) -> tuple[type[TemplateError], tuple[str, tuple[TemplateProblem, ...]]]:  # type: ignore[override]
        return type(self), (self.template, self.problems)


class OutputError(DocgenError):
    """A place that cannot or must not be written to (exit code 3)."""

    exit_code = 3


class EnvironmentLacks(DocgenError):  # noqa: N818 - named for what it says
    """The machine lacks something that is needed (exit code 4)."""

    exit_code = 4
