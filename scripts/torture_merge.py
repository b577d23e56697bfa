"""Merges every file below the given folders, in batches, and holds the result against what went in.

    python scripts/torture_merge.py FOLDER… [--batch 100] [--bare]

Every file (PDF, picture, Office file, anything) must end in a volume that passed its proof, or be named with a reason;
whatever else happens is listed and makes the exit code 1. The reasons are counted, the slowest batches told.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from docgen.errors import InputError
from docgen.merging import Merged, merge

_NAME = re.compile("“[^”]*”")


def missing(batch: list[Path], merged: Merged) -> list[str]:
    """The files of a batch that are neither in the volume nor named."""
    told = Counter(item.file for item in merged.items) + Counter(each.file for each in merged.left_out)
    return [str(path) for path in batch if not told[str(path)]]


def main() -> int:
    """Read the command line, merge, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--bare", action="store_true", help="without cover, index and foot")
    asked = parser.parse_args()
    paths = sorted({path for folder in asked.folders for path in folder.rglob("*") if path.is_file()})
    reasons: Counter[str] = Counter()
    inside = bad = 0
    took: list[tuple[float, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "volume.pdf"
        for start in range(0, len(paths), asked.batch):
            batch = paths[start : start + asked.batch]
            began = time.perf_counter()
            try:
                merged = merge(batch, target, index=not asked.bare, number=not asked.bare, force=True)
            except InputError as error:  # not one of them can be used, which it says of each
                reasons[f"whole batch: {error.message[:60]}"] += len(batch)
                continue
            except Exception:  # noqa: BLE001 - what this script is there to find
                bad += 1
                print(f"CRASH in {batch[0]} … {batch[-1]}\n{traceback.format_exc()}")
                continue
            took.append((time.perf_counter() - began, f"{batch[0]} … {batch[-1]}"))
            inside += len(merged.items)
            reasons.update(_NAME.sub("“…”", each.reason) for each in merged.left_out)
            lost = missing(batch, merged)
            bad += len(lost) + (not merged.made)
            for line in (*(f"LOST {each}" for each in lost), *(() if merged.made else (f"NOT MADE {batch[0]} …",))):
                print(line)
    print(f"{len(paths)} files: {inside} in volumes, {sum(reasons.values())} named")
    for reason, count in reasons.most_common(40):
        print(f"{count:5} {reason}")
    for seconds, what in sorted(took, reverse=True)[:5]:
        print(f"{seconds:7.1f} s {what}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
