"""Make the sample workspaces again: python scripts/make_samples.py [--pictures].

Workbooks, settings and the list of expected findings are written each time. With --pictures the evidence of
samples/school is rendered too: that needs POV-Ray (Debian package povray), the Noto CJK fonts and a quarter of an hour.
The same machine gives the same bytes; other fonts or another tracer may not, and the committed pictures are the truth.
"""

from __future__ import annotations

import sys
from pathlib import Path

from samples import faulty, school, season, secretariat

SAMPLES = Path(__file__).parents[1] / "samples"


def main() -> None:
    """Write all samples below samples/."""
    school.write(SAMPLES / "school", "--pictures" in sys.argv[1:])
    faulty.write(SAMPLES / "school-faulty")
    secretariat.write(SAMPLES / "secretariat")
    season.write(SAMPLES / "season")


if __name__ == "__main__":
    main()
