"""Holds a finished PDF against ISO 19005 (PDF/A) by pikepdf's validator, which approves only what it knows to conform."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import pdfa

from docgen.tools import qpdf

FLAVOUR = "2b"
_ERRORS: tuple[type[Exception], ...] = (*qpdf.ERRORS, pdfa.PdfaError, RecursionError, OverflowError)


def breach(path: Path) -> str:
    """Why the pages of a PDF may not stand in a PDF/A-2b, in Chinese; "" where nothing is in the way.

    What belongs to the file as a whole (metadata, output intent) is put right in memory first: a volume has its own.
    Raises nothing on account of what the file holds.
    """
    try:
        with pikepdf.open(path) as pdf:
            pdfa.prepare(pdf, FLAVOUR)
            report = pdfa.check(pdf, FLAVOUR)
    except _ERRORS as error:
        return f"无法核对是否符合 PDF/A（{type(error).__name__}）"
    if report.passed:
        return ""
    wrong = [finding.rule for finding in report.findings if finding.kind == "violation"]
    return f"不符合 PDF/A-2b 的要求（{wrong[0]}）" if wrong else "有的内容无法核对是否符合 PDF/A"


def breaches(path: Path, flavour: str = FLAVOUR) -> tuple[str, ...]:
    """What the validator says of a file that calls itself PDF/A, as it lies there; () where it conforms."""
    return tuple(str(finding) for finding in pdfa.validate_written(path, flavour).findings)
