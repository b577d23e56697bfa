"""Findings on a terminal, as several commands tell them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from docgen.findings import Finding, FindingKind, Severity

_MOST_SHOWN = 30
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def say_findings(findings: Sequence[Finding], rest: str = "") -> None:
    """The first findings, each with its place; equal advice for several in a row is given once. `rest` says where all are."""
    for place, finding in enumerate(findings[:_MOST_SHOWN]):
        unknown = finding.kind is FindingKind.NOT_EVALUATED
        label = "未能核查" if unknown else "豁免" if finding.waived else finding.level.label
        click.secho(f"  {label} {finding.rule}", fg=None if unknown else _COLOURS[finding.level], nl=False)
        click.echo(f"　{finding.message}{f'（{finding.source}）' if str(finding.source) else ''}")
        after = findings[place + 1] if place + 1 < len(findings) else None
        if finding.hint and not finding.waived and (after is None or after.hint != finding.hint):
            click.echo(f"         怎么办：{finding.hint}")
    if len(findings) > _MOST_SHOWN:
        click.echo(f"  ……另有{len(findings) - _MOST_SHOWN}处{f'，{rest}' if rest else ''}。")
