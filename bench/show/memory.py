"""What a process holds in memory and has used of the processor, as Linux tells it."""

import os
from pathlib import Path

PROC = Path("/proc")
MB = 1024.0
"""Kilobytes, as /proc counts."""


def memory_mb(pid: int) -> float:
    """Proportional set size: what is shared with others counts in parts, so that a sum is right."""
    for line in (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / MB
    raise ValueError(f"process {pid} has no proportional set size")


def cpu_s(pid: int) -> float:
    """Seconds of processor time so far: utime and stime of proc_pid_stat(5)."""
    fields = (PROC / str(pid) / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def on_processor_ns(pid: int) -> int:
    """Nanoseconds its main thread has run, finer than `cpu_s`."""
    return int((PROC / str(pid) / "schedstat").read_text(encoding="ascii").split()[0])
