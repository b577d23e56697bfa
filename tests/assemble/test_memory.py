"""However large a volume is, it is not held in memory."""

import subprocess
import sys
from pathlib import Path

import pytest
from evidence_desk import jpeg

PROGRAM = """
import resource, sys
from pathlib import Path
from docgen.assemble.volume import FontFace, VolumeItem, VolumeOrder, assemble
from docgen.evidence.store import Store
from docgen.fonts.roles import Role, find_fonts
from docgen.model.records import EvidenceFile

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

choice = find_fonts()[Role.HEI]
files = sorted(Path(sys.argv[1]).glob("*.*"))
def order(some):
    return VolumeOrder("场地佐证材料", "A01", "某校", tuple(VolumeItem(f, EvidenceFile(f.name), f.stem) for f in some))
def make(some):
    volume = assemble(order(some), None, FontFace(choice.path, choice.index), Store(None), Path(sys.argv[2]))
    assert volume.made, volume.findings
    return volume.size
make(files[:3])
before = peak()
print(make(files) // 1_000_000, peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of ru_maxrss differs")
def test_a_volume_larger_than_the_memory_it_takes(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    photo = jpeg(width=1200, height=900)
    for number in range(120):
        filler = b"".join(b"\xff\xfe\xff\xff" + bytes([number, part % 251]) * 32_766 + b"-" for part in range(30))
        (tmp_path / "files" / f"{number:03}.jpg").write_bytes(photo[:2] + filler + photo[2:])
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "files"), str(tmp_path / "volume.pdf")]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    size, more = map(int, told.stdout.split())
    assert size > 200
    assert more < 60
