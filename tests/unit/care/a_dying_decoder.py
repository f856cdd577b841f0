"""A decoder that begins well and is killed by what it reads, or never ends, or never reads."""

import os
import signal
import struct
import sys
import time

if __name__ == "__main__":
    if sys.argv[1] != "deaf":
        sys.stdin.buffer.read()
        sys.stdout.buffer.write(struct.pack("<II", 8000, 1) + bytes(100_000))
        sys.stdout.buffer.flush()
    if sys.argv[1] == "killed":
        os.kill(os.getpid(), signal.SIGSEGV)
    time.sleep(600)
