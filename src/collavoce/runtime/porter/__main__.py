"""`python -m collavoce.runtime.porter FD [CHANNELS]`: the porter's process."""

import sys
from pathlib import Path

from collavoce.runtime.porter.carrying import main

if __name__ == "__main__":
    main(int(sys.argv[1]), *map(Path, sys.argv[2:]))
