"""`python -m collavoce.runtime.gateway RUN_DIR`: the gateway's process."""

import sys
from pathlib import Path

from collavoce.runtime.config import read_config
from collavoce.runtime.gateway.process import main

if __name__ == "__main__":
    main(read_config(Path(sys.argv[1])))
