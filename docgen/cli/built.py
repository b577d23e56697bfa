"""What a build came to, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import click

from docgen.findings import FindingKind, Severity
from docgen.makers.foresight import KEEP, MAKE, Foresight
from docgen.makers.standing import Telling
from docgen.pipeline import Built
from docgen.publish.publisher import Result

from .watching import duration

_FEW = 10


def telling(built: Built, as_json: bool) -> Telling:
    """All that is said of a build, to people or to programs."""
    code = 1 if any(finding.blocks for finding in built.evaluation.findings) else 0
    if as_json:
        return Telling(_as_json(built), "", code)
    notes = [
        f"模板提醒（这一处没有生效）：{note}" if note.startswith("模板") else f"注意：{note}" for note in built.notes
    ]
    return Telling("\n".join(_lines(built)), "\n".join(notes), code)


def untouched(built: Built) -> Built:
    """What the same build comes to where nothing was changed since: every file is kept."""
    return replace(built, slowest=(), result=built.result.untouched())


def _count(built: Built, level: Severity) -> int:
    return sum(
        finding.level is level and finding.kind is FindingKind.FAIL and not finding.waived
        for finding in built.evaluation.findings
    )


def _as_json(built: Built) -> str:
    """The result for programs."""
    result = built.result
    content = {
        "out": str(built.out),
        "made": list(result.made),
        "kept": list(result.kept),
        "removed": list(result.removed),
        "foreign": list(result.foreign),
        "applications": [
            {
                "number": dossier.application,
                "folder": dossier.folder,
                "draft": dossier.draft,
                "errors": dossier.errors,
                "warnings": dossier.warnings,
            }
            for dossier in built.plan.dossiers
        ],
        "slowest": [{"file": path, "seconds": round(seconds, 3)} for seconds, path in built.slowest],
        "notes": list(built.notes),
        "findings": [finding.as_dict() for finding in built.evaluation.findings],
        "summary": {level.value: _count(built, level) for level in Severity},
    }
    return dumped(content)


def _lines(built: Built) -> Iterator[str]:
    """The result for people: the state of each dossier, what was written, where to look next."""
    drafts = [dossier for dossier in built.plan.dossiers if dossier.draft]
    for dossier in built.plan.dossiers:
        state = click.style("草稿    ", fg="red") if dossier.draft else click.style("可以送审", fg="green")
        notes = [f"{dossier.errors}处错误"] if dossier.errors else []
        notes += [f"{dossier.warnings}处提醒"] if dossier.warnings else []
        yield f"  {state}  {dossier.folder}{'（' + '，'.join(notes) + '）' if notes else ''}"
    ready = len(built.plan.dossiers) - len(drafts)
    yield f"共{len(built.plan.dossiers)}项申报，{ready}项可以送审，{len(drafts)}项是草稿。"
    yield from _of_files(built.result)
    if len(built.result.made) > _FEW:
        slowest = "，".join(f"{path}（{seconds:.1f} 秒）" for seconds, path in built.slowest[:3])
        yield f"用时最长的：{slowest}"
    yield f"请打开 {built.out / 'index.html'} 查看全部材料。"
    if any(finding.blocks and not finding.application for finding in built.evaluation.findings):
        yield "学校信息有错误，会影响每一份材料，所以全部材料都是草稿。"
    if drafts:
        yield f"错误在哪里、怎样改，见 {built.out / '核查报告.html'}；改正后再运行一次即可。"


def _of_files(result: Result) -> Iterator[str]:
    parts = [f"新写{len(result.made)}个文件"]
    parts += [f"{len(result.kept)}个没有变化"] if result.kept else []
    parts += [f"删除{len(result.removed)}个过时的"] if result.removed else []
    yield "，".join(parts) + "。"
    if result.foreign:
        yield f"文件夹里另有{len(result.foreign)}个不是 docgen 生成的文件，没有动：{'、'.join(result.foreign[:3])}"


def say_foresight(foresight: Foresight) -> None:
    """What a build would do, for people."""
    for file in foresight.of(MAKE):
        took = "" if file.seconds is None else f"（约 {file.seconds:.1f} 秒）"
        click.echo(f"  要生成  {file.artefact.path}{took}")
    for path in foresight.removed:
        click.echo(f"  要删除  {path}")
    keep = len(foresight.of(KEEP))
    click.echo(f"要生成{len(foresight.of(MAKE))}个文件，{keep}个没有变化，要删除{len(foresight.removed)}个。")
    if foresight.of(MAKE):
        told = "还没有实测过" if foresight.seconds is None else f"一个进程约需{duration(foresight.seconds)}"
        click.echo(f"{told}。这是预演，成品文件夹没有动。")


def dumped(content: Mapping[str, Any]) -> str:
    """JSON as docgen prints it."""
    return json.dumps(content, ensure_ascii=False, indent=1)
