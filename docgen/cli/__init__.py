"""The command `docgen`: one file a command, errors told in one place."""

from .main import main

__all__ = ["main"]
