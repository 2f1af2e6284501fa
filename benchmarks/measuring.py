"""Measuring: one run of a command: wall time, processor time, peak memory of its processes.

Secret: how Linux tells these. Processor time is user and system time of the process and of all the
children that it waited for. Memory is the sum of proportional set sizes (PSS) of the process and
all its descendants; sampling it slows the command down, so such a run is not timed.
Not here: what is run, and how often (speed).
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.02  # seconds between two samples of memory


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took and said."""

    wall: float  # seconds
    processor: float  # seconds
    memory: int  # bytes; 0 where it was not sampled
    said: str


def run_command(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str], *, sample: bool
) -> Run:
    """Run a command to its end; a failure ends the benchmark with what the command said."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as faults:
        begun = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the benchmark's own commands
            [*map(str, command)], cwd=folder, env=dict(environment), stdout=said, stderr=faults
        )
        memory = 0
        while sample and not _has_ended(process.pid):
            memory = max(memory, sum_memory(process.pid))
            time.sleep(PAUSE)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        faults.seek(0)
        text = said.read().decode(errors="replace")
        if process.returncode:
            words = " ".join(map(str, command))
            raise SystemExit(f"{words} failed:\n{text}{faults.read().decode(errors='replace')}")
    return Run(wall, used.ru_utime + used.ru_stime, memory, text)


def _has_ended(pid: int) -> bool:
    """Return whether the process is over; its parent still has to wait for it."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def sum_memory(root: int) -> int:
    """Return the bytes of a process and all its descendants; shared pages count once in all."""
    waiting, total = [root], 0
    while waiting:
        pid = waiting.pop()
        total += _own_memory(pid)
        waiting += _children(pid)
    return total


def _own_memory(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:  # it has ended
        return 0
    for line in text.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _children(pid: int) -> list[int]:
    """Return the children of all threads of a process."""
    children: list[int] = []
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            children += map(int, (thread / "children").read_text("ascii").split())
    except OSError:  # it has ended
        pass
    return children
