"""`python -m collavoce.desk.care CONFIG`: the care process; the path is all it is told."""

import sys
from pathlib import Path

from collavoce.desk.care.process import main
from collavoce.runtime.care.config import read_config

if __name__ == "__main__":
    main(read_config(Path(sys.argv[1])))
