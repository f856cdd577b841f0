"""How a process tells its supervisor that it is ready: one line on standard output."""

import sys


def ready(name: str) -> None:
    """Say it once; standard output carries nothing else."""
    print(f"ready {name}", flush=True)  # noqa: T201  the supervisor reads this very line
    sys.stdout.flush()
