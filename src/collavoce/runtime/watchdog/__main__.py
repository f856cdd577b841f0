"""`python -m collavoce.runtime.watchdog CONFIG`: the watchdog; the path is all it is told."""

import sys
from pathlib import Path

from collavoce.runtime.watchdog.config import read_config
from collavoce.runtime.watchdog.process import main

if __name__ == "__main__":
    main(read_config(Path(sys.argv[1])))
