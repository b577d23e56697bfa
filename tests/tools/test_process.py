"""Outside programs: their answers, and what a user reads when there is none."""

import os
import sys
import time
from pathlib import Path

import pytest

from docgen.errors import EnvironmentLacks
from docgen.tools import process

PYTHON = Path(sys.executable)


def test_the_output_of_a_program_is_text():
    assert process.run(PYTHON, ["-c", "import sys; sys.stdout.buffer.write('宋体\\n'.encode())"], hint="") == "宋体\n"


def test_a_program_that_is_not_there_is_none():
    assert process.find_program("docgen-no-such-program") is None
    assert process.find_program("docgen-no-such-program", PYTHON.name) is not None


@pytest.mark.parametrize(
    ("program", "code", "says"),
    [
        (PYTHON, "import sys; sys.exit('disk full')", "disk full"),
        (PYTHON, "import time; time.sleep(30)", "超过 0.5 秒"),
        (Path("/no/such/program"), "", "无法运行"),
    ],
)
def test_a_program_that_fails_is_told_with_advice(program, code, says):
    with pytest.raises(EnvironmentLacks) as lack:
        process.run(program, ["-c", code], hint="重新安装。", seconds=0.5 if "sleep" in code else 30)
    assert says in lack.value.message
    assert lack.value.hint == "重新安装。"
    assert lack.value.exit_code == 4


def test_nothing_that_a_stopped_program_started_is_left_running(tmp_path):
    note = tmp_path / "pid"
    shell = process.find_program("sh")
    with pytest.raises(process.TookTooLong):
        process.run(shell, ["-c", f"sleep 60 & echo $! > {note}; wait"], hint="", seconds=0.5)
    with pytest.raises(ProcessLookupError):
        for _ in range(100):
            os.kill(int(note.read_text()), 0)
            time.sleep(0.05)


def test_a_program_that_makes_progress_may_take_longer(tmp_path):
    code = "import sys, time, pathlib\nfor n in range(6):\n    time.sleep(0.3)\n    pathlib.Path(sys.argv[1], str(n)).touch()"
    process.run(PYTHON, ["-c", code, str(tmp_path)], hint="", seconds=1.2, moved=lambda: len(list(tmp_path.iterdir())))
    assert len(list(tmp_path.iterdir())) == 6


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of another process")
def test_memory_is_limited(tmp_path):
    with pytest.raises(EnvironmentLacks, match="MemoryError"):
        process.run(PYTHON, ["-c", "import time; time.sleep(0.5); bytes(1 << 30)"], hint="", memory=1 << 29)
