"""Merging evidence: docgen beside qpdf on the same 244 pages, and the memory that a large volume takes.

`--memory` measures the volume of 1,000 photos of 3 MB each as well (3 GB in a temporary folder; `--photos` says how many).
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from common import in_turn, machine, table, versions
from evidence_photos import photo
from evidence_set import evidence_set

from docgen.assemble.volume import FontFace, FrontMatter, VolumeItem, VolumeOrder, assemble
from docgen.evidence.store import Store
from docgen.fonts.roles import Role, find_fonts
from docgen.merging.work import cover_fields
from docgen.model.records import EvidenceFile
from docgen.render.pdf import render_pdf
from docgen.render.templates import find_template

ROUNDS = 5
_PEAK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from bench_merge import items_of, volume
items = items_of(sorted(Path(sys.argv[1]).glob("*.jpg")))
volume(items, Path(sys.argv[2]), bare=False, max_dpi=int(sys.argv[4]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def items_of(files: Sequence[Path]) -> tuple[VolumeItem, ...]:
    """The files as inspection hands them on: with their digests."""
    kinds = {".pdf": "application/pdf", ".jpg": "image/jpeg"}
    items = []
    for file in files:
        with file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        facts = EvidenceFile(file.name, file.stat().st_size, sha256, kinds[file.suffix])
        items.append(VolumeItem(file, facts, file.stem, "证明材料"))
    return tuple(items)


def volume(items: tuple[VolumeItem, ...], target: Path, *, bare: bool, max_dpi: int = 300) -> None:
    """Assemble and prove; without cover, index and foot if `bare`."""
    choice = find_fonts()[Role.HEI]
    order = VolumeOrder(
        "教师佐证材料",
        "A01 建筑信息模型（BIM） 中级",
        "某校",
        items,
        max_dpi=max_dpi,
        numbered=not bare,
        document_id="b",
    )
    folder = find_template("merged")

    def front(matter: FrontMatter) -> bytes:
        return render_pdf(folder, cover_fields(matter), "benchmark").data

    with Store(None) as store:
        made = assemble(order, None if bare else front, FontFace(choice.path, choice.index), store, target)
    if not made.made:
        sys.exit(f"not made: {made.findings}")


def speed(folder: Path) -> None:
    """The three in turn on the same files."""
    files = list(evidence_set(folder))
    size = sum(file.stat().st_size for file in files) / 1_000_000
    print(f"{len(files)} files, 244 pages, {size:.0f} MB")
    items = items_of(files)
    out = folder / "out"
    out.mkdir()

    def by_qpdf() -> None:
        command = ["qpdf", "--empty", "--pages", *map(str, files), "--", str(out / "qpdf.pdf")]
        subprocess.run(command, check=True)

    def by_command() -> None:
        docgen = Path(sys.executable).with_name("docgen")
        command = [
            str(docgen),
            "merge",
            *map(str, files),
            "-o",
            str(out / "command.pdf"),
            "--index",
            "--number",
            "--force",
        ]
        subprocess.run(command, check=False, capture_output=True)

    contestants = [
        ("qpdf", by_qpdf),
        ("docgen, bare: no cover, index or foot (but proved)", lambda: volume(items, out / "bare.pdf", bare=True)),
        ("docgen, everything, proved", lambda: volume(items, out / "all.pdf", bare=False)),
        ("`docgen merge`, the whole command with inspection", by_command),
    ]
    table("Merging", in_turn(contestants, ROUNDS))


def memory(folder: Path, count: int) -> None:
    """The most memory that a volume of many photos takes, in a process of its own."""
    for number in range(count):
        (folder / f"{number:04}.jpg").write_bytes(photo(number))
    size = sum(file.stat().st_size for file in folder.glob("*.jpg")) / 1_000_000
    target = folder / "volume.pdf"
    for kind, dpi in (("as they are", 1200), ("reduced", 300)):
        command = [sys.executable, "-c", _PEAK, str(folder), str(target), str(Path(__file__).parent), str(dpi)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        made = target.stat().st_size / 1_000_000
        print(f"{count} photos, {size:.0f} MB ({kind}): volume {made:.0f} MB, peak {told.stdout.strip()} MB of memory")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--photos", type=int, default=1000)
    asked = parser.parse_args()
    print(machine(), versions("pikepdf", "pypdf", "weasyprint"), sep="; ")
    with tempfile.TemporaryDirectory() as folder:
        if asked.memory:
            memory(Path(folder), asked.photos)
        elif shutil.which("qpdf"):
            speed(Path(folder))
        else:
            print("qpdf is not installed: nothing to compare with")


if __name__ == "__main__":
    main()
