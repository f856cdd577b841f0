"""`python -m collavoce.desk RUN_DIR`: the desk's process of a performance."""

import sys
from pathlib import Path

from collavoce.desk.process import main
from collavoce.runtime.config import read_config

if __name__ == "__main__":
    main(read_config(Path(sys.argv[1])))
