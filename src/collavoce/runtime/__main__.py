"""`python -m collavoce.runtime NAME RUN_DIR [WHICH]`: one process of a performance.

WHICH : of followers, the stage.
"""

import sys
from importlib import import_module
from pathlib import Path

from collavoce.runtime.config import read_config

PROCESSES = ("writer", "follower", "errands", "sound", "engine", "spare")


def main() -> None:
    """Run the process named on the command line until it is ended."""
    name, run_dir, *which = sys.argv[1:]
    assert name in PROCESSES, name
    import_module(f"collavoce.runtime.{name}").main(read_config(Path(run_dir)), *which)


if __name__ == "__main__":
    main()
