#!/usr/bin/env python3
"""Sets Collavoce up on a machine with nothing but Python, then runs one thing.

    python3 run.py demo [options]     the bundled evening (options of `collavoce demo`)
    python3 run.py test [options]     format, lint, contracts, types, tests, documents, browser
                                      (options of pytest)
    python3 run.py setup              only the set-up
    python3 run.py collavoce ...      any command of the program
    python3 run.py pin                write constraints.txt anew (maintainers)

It makes `.tools` (uv) and `.venv` (the program) beside itself. Programs that do not come from
PyPI are installed when it runs as root on Debian; otherwise it says what is missing and how to
get it, and stops: nothing is skipped in silence.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
BIN = "Scripts" if os.name == "nt" else "bin"
PYTHON = VENV / BIN / "python"
UV = TOOLS / BIN / "uv"
CONSTRAINTS = ROOT / "constraints.txt"

SYSTEM_CERTIFICATES = {"UV_NATIVE_TLS": "1", "UV_SYSTEM_CERTS": "1"}
"""uv brings its own list of authorities; a venue's or a company's own is known to the system."""

OLDEST = (3, 11)
UV_VERSION = "uv>=0.8,<1"

SECOND_TRIES_MAX = 8
"""More failures than these are no accident of a busy machine."""

PROGRAMS = {
    "chromium": ("chromium", "the desk's pages are tested in a real browser"),
    "oscdump": ("liblo-tools", "a foreign program reads our OSC"),
    "faketime": ("faketime", "care is run with clocks that jump"),
    "node": ("nodejs", "a virtual screen reader and a second accessibility checker"),
    "npm": ("npm", "installs those two"),
}
"""Test programs from outside PyPI: command -> (Debian package, why)."""

READER = ROOT / "tests" / "browser" / "reader"
LOCK = "package-lock.json"

FONTS = ("fonts-noto-cjk", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def run(*command: str | Path, env: dict[str, str] | None = None, quiet: bool = False) -> None:
    """Run a step; its failure ends everything with its code."""
    shown = " ".join(str(part) for part in command)
    print(f"\033[2m$ {shown}\033[0m" if sys.stdout.isatty() else f"$ {shown}", flush=True)
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        check=False,
        stdout=subprocess.DEVNULL if quiet else None,
    )
    if done.returncode:
        sys.exit(done.returncode)


def debian_root() -> bool:
    """Whether system packages may be installed here without asking anybody."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def need(packages: list[str], why: str) -> None:
    """Install Debian packages, or say what is missing and stop."""
    if debian_root():
        env = {"DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", env=env, quiet=True)
        install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
        run(*install, *packages, env=env, quiet=True)
        return
    names = " ".join(packages)
    sys.exit(
        f"missing: {why}\n"
        f"  Debian, Ubuntu:  sudo apt-get install {names}\n"
        f"  macOS:           brew install --cask chromium; brew install liblo node libfaketime\n"
        "then run this command again."
    )


def set_up_programs() -> None:
    """The programs the tests need from the system."""
    missing = {p: v for p, v in PROGRAMS.items() if shutil.which(p) is None}
    packages = [package for package, _ in missing.values()]
    whys = [f"{p} ({why})" for p, (_, why) in missing.items()]
    if sys.platform.startswith("linux") and not Path(FONTS[1]).exists():
        packages.append(FONTS[0])
        whys.append("fonts for names in Hangul, kana and Han")
    if packages:
        need(packages, ", ".join(whys))


def set_up_reader() -> None:
    """The virtual screen reader and the second checker, pinned by hash in their lock file."""
    installed = READER / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= (READER / LOCK).stat().st_mtime:
        return
    run("npm", "ci", "--silent", "--no-audit", "--no-fund", "--prefix", READER, quiet=True)


def set_up_uv() -> None:
    """A uv in a folder of its own, so that the system's Python stays as it is."""
    if UV.exists():
        return
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(TOOLS)], cwd=ROOT, check=False, capture_output=True
    )
    if made.returncode:
        need(["python3-venv"], "python3-venv (this Python cannot make a virtual environment)")
        run(sys.executable, "-m", "venv", "--clear", TOOLS)
    run(TOOLS / BIN / "python", "-m", "pip", "install", "--quiet", UV_VERSION)


def set_up_python(*, develop: bool) -> None:
    """The program's own environment, pinned by hash."""
    stamp = VENV / f".ready-{'dev' if develop else 'run'}"
    newest = max(CONSTRAINTS.stat().st_mtime, (ROOT / "pyproject.toml").stat().st_mtime)
    if stamp.exists() and stamp.stat().st_mtime >= newest:
        return
    if not PYTHON.exists():
        run(UV, "venv", "--quiet", "--python", sys.executable, VENV)
    wanted = ROOT / ("constraints-dev.txt" if develop else "constraints.txt")
    install = (UV, "pip", "install", "--quiet", "--python", PYTHON)
    run(*install, "--require-hashes", "-r", wanted, env=SYSTEM_CERTIFICATES)
    run(*install, "--no-deps", "-e", ROOT, env=SYSTEM_CERTIFICATES)
    stamp.touch()


def set_up(*, develop: bool) -> None:
    """Everything that is needed, once."""
    if sys.version_info < OLDEST:
        found = sysconfig.get_python_version()
        sys.exit(f"Collavoce needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {found}")
    set_up_uv()
    set_up_python(develop=develop)
    if develop:
        set_up_programs()
        set_up_reader()


def pin() -> None:
    """Write the hashed constraints, without a registry's address in them."""
    set_up_uv()
    export = [str(UV), "export", "--quiet", "--no-emit-project", "--no-annotate", "--no-header"]
    for name, group in (("constraints.txt", "--no-dev"), ("constraints-dev.txt", "--dev")):
        out = subprocess.run(
            [*export, group], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
        assert not re.search(r"https?://", out), "an address in the constraints"
        (ROOT / name).write_text(out)


def test(arguments: list[str]) -> None:
    """Every check, in the order in which they fail fastest."""
    tool = VENV / BIN
    run(tool / "ruff", "format", "--check", "--quiet", ".")
    run(tool / "ruff", "check", "--quiet", ".")
    run(tool / "lint-imports", "--no-cache")
    run(tool / "pyright", "--threads", "2")
    # Tests of processes mostly wait, so more of them than cores share the machine. A browser's
    # driver keeps an event loop running in its process: those tests run by themselves.
    run_tests("-n", "2", "--dist", "loadfile", "-m", "not browser and not process", *arguments)
    run_tests("-n", "5", "--dist", "worksteal", "-m", "process and not browser", *arguments)
    run_tests("-n", "2", "--dist", "loadfile", "-m", "browser", *arguments)


def run_tests(*arguments: str) -> None:
    """Run pytest; what drives a browser or processes may be tried once more, alone and named.

    Two of those at a time share two cores with whatever else the machine does. A test of pure
    code that fails is never tried again, and a second failure is a failure.
    """
    pytest = [str(VENV / BIN / "pytest"), *arguments]
    print("$", *pytest, flush=True)
    first = subprocess.run(pytest, cwd=ROOT, check=False)
    if first.returncode == 0:
        return
    report = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
    failed = sorted(json.loads(report.read_text())) if report.exists() else []
    worldly = ("tests/browser/", "tests/process/", "tests/security/")
    again = first.returncode == 1 and 0 < len(failed) <= SECOND_TRIES_MAX
    if not again or not all(name.startswith(worldly) for name in failed):
        sys.exit(first.returncode)
    print("\nOnce more, alone:", *failed, sep="\n  ", flush=True)
    run(VENV / BIN / "pytest", *failed)
    print("These passed only alone:", *failed, sep="\n  ", flush=True)


def main() -> None:
    """One command."""
    command, *rest = sys.argv[1:] or ["help"]
    if command not in {"demo", "test", "setup", "collavoce", "pin"}:
        sys.exit(__doc__)
    if command == "pin":
        pin()
        return
    set_up(develop=command == "test")
    if command == "test":
        test(rest)
    elif command in {"demo", "collavoce"}:
        arguments = [command, *rest] if command == "demo" else rest
        program = VENV / BIN / "collavoce"
        if os.name == "nt":
            run(program, *arguments)
        else:
            os.execv(program, [str(program), *arguments])


if __name__ == "__main__":
    main()
