"""`python -m collavoce.runtime NAME RUN_DIR`: one process of a performance."""

import sys
from importlib import import_module
from pathlib import Path

from collavoce.runtime.config import read_config

PROCESSES = ("writer", "follower", "engine")


def main() -> None:
    """Run the process named on the command line until it is ended."""
    name, run_dir = sys.argv[1:3]
    assert name in PROCESSES, name
    import_module(f"collavoce.runtime.{name}").main(read_config(Path(run_dir)))


if __name__ == "__main__":
    main()
