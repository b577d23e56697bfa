"""Outside programs: their answers, and what a user reads when there is none."""

import sys
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
