"""Reads every PDF below the given folders as evidence, each in a process of its own, and says what became of it.

    python scripts/torture_evidence.py FOLDER… [--seconds 30] [--batch 40] [--looks]

Every file must end as "ok" (it stood the trial that assembling would put it to) or with a named fault; a traceback, a
process that dies, or one that is not done in time is listed and makes the exit code 1. Then the good files are put
together in batches, written, and proven page by page. With --looks, each page's picture in PDFium before is compared
with that after, and the worst are listed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

MEMORY = 3_000_000_000


@dataclass
class Outcome:
    """What became of one file."""

    path: str
    kind: str
    detail: str = ""
    seconds: float = 0.0
    pages: int = 0
    notes: tuple[str, ...] = ()
    difference: float = 0.0
    worst: int = 0
    unarchival: str = ""


def one(path: Path, looks: bool) -> Outcome:
    """Inspect one file, in this process."""
    from docgen.evidence.documents import read_document  # noqa: PLC0415 - children only
    from docgen.evidence.trial import inspect_document  # noqa: PLC0415
    from docgen.model.records import EvidenceFile  # noqa: PLC0415

    began = time.perf_counter()
    file = inspect_document(path, EvidenceFile(path.name))
    seconds = time.perf_counter() - began
    if file.fault:
        if not file.remedy:
            return Outcome(str(path), "no remedy", file.fault, seconds)
        return Outcome(str(path), "named", file.fault, seconds, file.pages)
    notes = tuple(f"{note.kind}:{note.detail}" for note in file.notes)
    outcome = Outcome(str(path), "ok", "", seconds, file.pages, notes)
    document = read_document(path)
    outcome.unarchival = document.unarchival
    document.pdf.close()
    if looks:
        outcome.difference, outcome.worst = difference(path)
    return outcome


def difference(path: Path, most: int = 12) -> tuple[float, int]:
    """The largest mean difference of grey (0 to 255) between a page before and after, and the page's number."""
    from PIL import Image, ImageChops, ImageStat  # noqa: PLC0415

    from docgen.evidence.documents import read_document  # noqa: PLC0415
    from docgen.evidence.trial import write_alone  # noqa: PLC0415
    from docgen.tools import pdfium  # noqa: PLC0415

    worst, page_number = 0.0, 0
    document = read_document(path)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.pdf"
        write_alone(document, made)
        try:
            with pdfium.opened(path) as before, pdfium.opened(made) as after:
                for index, leaf in list(enumerate(document.leaves))[:most]:
                    old = pdfium.grey(before[leaf.number - 1], 400 / max(*before[leaf.number - 1].get_size(), 1))
                    drawing = document.pdf.pages[index].obj.Resources.XObject["/DocgenPage"]
                    from docgen.acroform.geometry import Box  # noqa: PLC0415

                    place = leaf.matrix.box(Box(*(float(side) for side in drawing.BBox)))
                    scale = max(old.size) / max(place.width, place.height)
                    whole = pdfium.grey(after[index], scale)
                    box = (place.left, leaf.height - place.top, place.right, leaf.height - place.bottom)
                    new = whole.crop(tuple(round(side * scale) for side in box)).resize(old.size, Image.BILINEAR)
                    small = tuple(max(side // 6, 1) for side in old.size)  # what dithers finely is one grey
                    shown = ImageChops.difference(
                        old.resize(small, Image.Resampling.BOX), new.resize(small, Image.Resampling.BOX)
                    )
                    mean = ImageStat.Stat(shown).mean[0]
                    if mean > worst:
                        worst, page_number = mean, leaf.number
        except pdfium.ERRORS:
            return -1.0, 0
    document.pdf.close()
    return worst, page_number


def guarded(path: Path, seconds: float, looks: bool) -> Outcome:
    """One file in a process of its own."""
    command = [sys.executable, __file__, "--one", str(path), *(["--looks"] if looks else [])]
    began = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds * (3 if looks else 1), check=False)
    except subprocess.TimeoutExpired:
        return Outcome(str(path), "hang", seconds=time.perf_counter() - began)
    try:
        return Outcome(**json.loads(done.stdout.splitlines()[-1]))
    except (ValueError, IndexError):
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return Outcome(
            str(path), "crash", f"{done.returncode}: {said[-1] if said else ''}", time.perf_counter() - began
        )


def together(paths: list[Path]) -> list[str]:
    """Put documents into one volume as assembling does, and prove every page; gives what is wrong."""
    import pikepdf  # noqa: PLC0415
    from pypdf import PdfReader  # noqa: PLC0415

    from docgen.evidence.documents import DRAWING, read_document  # noqa: PLC0415
    from docgen.evidence.fingerprints import VolumePrints  # noqa: PLC0415

    wanted, owners, open_ = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "volume.pdf"
        with pikepdf.Pdf.new() as out:
            for path in paths:
                document = read_document(path)
                open_.append(document)
                first = len(out.pages)
                document.add_to(out)
                for offset, leaf in enumerate(document.leaves):
                    content = b"q %s cm %s Do Q" % (leaf.matrix.operands, DRAWING.encode())
                    out.pages[first + offset].obj["/Contents"] = out.make_stream(content)
                    wanted.append(leaf.prints)
                    owners.append(f"{path.name} p{leaf.number}")
            out.save(
                target,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                compress_streams=True,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
            )
        for document in open_:
            document.pdf.close()
        reader = PdfReader(target)
        if len(reader.pages) != len(wanted):
            return [f"{len(reader.pages)} pages instead of {len(wanted)}"]
        prints = VolumePrints(frozenset().union(*wanted))
        return [
            owner for owner, want, page in zip(owners, wanted, reader.pages, strict=True) if not want <= prints.of(page)
        ]


def main() -> int:
    """Read the command line, run, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--batch", type=int, default=40)
    parser.add_argument("--looks", action="store_true")
    parser.add_argument("--save", type=Path, help="write every outcome into this file, as JSON lines")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        if sys.platform != "win32":
            import resource  # noqa: PLC0415 - not on Windows

            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        print(json.dumps(asdict(one(asked.one, asked.looks))))
        return 0
    paths = sorted({path for folder in asked.folders for path in folder.rglob("*") if path.suffix.lower() == ".pdf"})
    paths = [path for path in paths if path.is_file()]
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda path: guarded(path, asked.seconds, asked.looks), paths))
    if asked.save:
        asked.save.write_text("".join(json.dumps(asdict(outcome), ensure_ascii=False) + "\n" for outcome in outcomes))
    bad = report(outcomes, asked.looks)
    good = [Path(outcome.path) for outcome in outcomes if outcome.kind == "ok" and outcome.pages <= 300]
    for start in range(0, len(good), asked.batch):
        wrong = together(good[start : start + asked.batch])
        bad += len(wrong)
        for owner in wrong:
            print(f"not proven in a volume: {owner}")
    print(f"{len(good)} files put together in volumes of {asked.batch}")
    return 1 if bad else 0


def report(outcomes: list[Outcome], looks: bool) -> int:
    """Print the counts and what stands out; gives how many ended as they must not."""
    print(dict(Counter(outcome.kind for outcome in outcomes)), "pages:", sum(outcome.pages for outcome in outcomes))
    for fault, count in Counter(outcome.detail for outcome in outcomes if outcome.kind == "named").most_common(40):
        print(f"{count:5} {fault}")
    for note, count in Counter(note.split(":")[0] for outcome in outcomes for note in outcome.notes).most_common():
        print(f"{count:5} note {note}")
    bad = [outcome for outcome in outcomes if outcome.kind not in ("ok", "named")]
    for outcome in bad:
        print(f"{outcome.kind.upper()} {outcome.path}: {outcome.detail}")
    for outcome in sorted(outcomes, key=lambda outcome: -outcome.seconds)[:8]:
        print(f"{outcome.seconds:7.2f} s {outcome.pages:5} pages {outcome.path}")
    if looks:
        for outcome in sorted(outcomes, key=lambda outcome: -outcome.difference)[:40]:
            print(f"{outcome.difference:7.2f} grey, page {outcome.worst} of {outcome.path}")
    return len(bad)


if __name__ == "__main__":
    sys.exit(main())
