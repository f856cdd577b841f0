"""`python -m collavoce.runtime.care CONFIG`: the care process; the path is all it is told."""

import sys
from pathlib import Path

from collavoce.runtime.care.config import read_config
from collavoce.runtime.care.process import main

if __name__ == "__main__":
    main(read_config(Path(sys.argv[1])))
