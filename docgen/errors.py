"""What stops a run. Each exception has the exit code of DESIGN.md, one clear sentence, and advice."""

from __future__ import annotations

from typing import ClassVar


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


class OutputError(DocgenError):
    """A place that cannot or must not be written to (exit code 3)."""

    exit_code = 3


class EnvironmentLacks(DocgenError):  # noqa: N818 - named for what it says
    """The machine lacks something that is needed (exit code 4)."""

    exit_code = 4
