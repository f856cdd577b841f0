"""A process that becomes ready after its supervisor is gone lives on."""

import subprocess
import sys

SAYS = "from collavoce.runtime.readiness import ready; ready('spare'); print('on', flush=True)"
ALONE = (
    "import os, sys; "
    "from collavoce.runtime.readiness import ready; "
    "read, write = os.pipe(); os.dup2(write, 1); os.close(write); os.close(read); "
    "ready('spare'); sys.exit(7)"
)


def test_readiness_is_one_line_and_then_a_sign_of_life() -> None:
    said = subprocess.run(
        [sys.executable, "-c", SAYS], capture_output=True, text=True, timeout=60, check=True
    )
    assert said.stdout.startswith("ready spare\n")


def test_who_becomes_ready_when_nobody_listens_goes_on() -> None:
    alone = subprocess.run(
        [sys.executable, "-c", ALONE], capture_output=True, text=True, timeout=60, check=False
    )
    assert alone.returncode == 7
    assert alone.stderr == ""
