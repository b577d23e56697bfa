"""A worker that does what it is asked to: hang, crash, eat memory, chatter. For tests of the guard."""

import os
import signal
import sys
import time
from pathlib import Path

from docgen.evidence.guard import read_frame, write_frame


def main() -> None:
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    write_frame(answers, {"ready": True})
    while (request := read_frame(requests)) is not None:
        what = request["do"]
        if what == "hang":
            time.sleep(600)
        elif what == "compute":  # as the worker of the package does when its time is up
            signal.setitimer(signal.ITIMER_PROF, 0.05)
            while True:
                pass
        elif what == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif what == "crash once":
            marker = Path(request["marker"])
            if not marker.exists():
                marker.touch()
                os.abort()
        elif what == "garbage":
            answers.write(b"\xff\xff\xff\xff no frame")
            answers.flush()
        elif what == "raise":
            write_frame(answers, {"failure": "crash", "detail": "TypeError"})
            continue
        elif what == "memory":
            write_frame(answers, {"failure": "memory"})
            continue
        write_frame(answers, {"done": what, "pid": os.getpid()})


main()
