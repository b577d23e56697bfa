"""Writes docs/rules/: one page a finding id, made from the rule itself, and the list of all.

Run it after a rule's docstring, title, level or clause was changed; a test says when that was forgotten.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docgen.cli.rules_command import FAMILIES
from docgen.findings import FindingType
from docgen.pipeline import finding_types

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"
INDEX = "README.md"


def pages() -> dict[str, str]:
    """File name → its text, for every page that there should be."""
    result = {f"{kind.id}.md": page_of(kind) for kind in finding_types()}
    result[INDEX] = index_of(finding_types())
    return result


def page_of(kind: FindingType) -> str:
    """The page of one id."""
    clause = f"　指南条款：{kind.clause}" if kind.clause else ""
    return f"# {kind.id} {kind.title}\n\n级别：{kind.level.label}{clause}\n\n{kind.doc.strip()}\n"


def index_of(types: tuple[FindingType, ...]) -> str:
    """The list of all ids, by family."""
    lines = [
        "# 核查规则",
        "",
        "`docgen check` 核查的每一条规则。级别是通常的轻重：错误使申报材料只能是草稿，提醒请再看一眼，说明只是告知。",
        "确有理由不改的，在 `docgen.toml` 里写一条 `[[waive]]`（rule、application、reason），理由会印在主管领导审核页上。",
    ]
    known = [*FAMILIES, *sorted({kind.id[:3] for kind in types} - set(FAMILIES))]
    for family in known:
        members = [kind for kind in types if kind.id.startswith(family)]
        if members:
            lines += [
                "",
                f"## {FAMILIES.get(family, family)}",
                "",
                "| 编号 | 规则 | 级别 | 指南条款 |",
                "|---|---|---|---|",
            ]
            lines += [f"| [{m.id}]({m.id}.md) | {m.title} | {m.level.label} | {m.clause} |" for m in members]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write what differs, remove pages of ids that are gone, and say so."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in sorted(FOLDER.glob("*.md")):
        if path.name not in wanted:
            path.unlink()
            print(f"removed {path.name}")
    for name, text in wanted.items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
