"""How much of care's deciding core would be missed: mutants of it, hunted by the pure tests.

    python3 bench/care/mutation.py [--sample N] [--seed S] [--only decide.py] [--workers 2]

Each mutant is one small change to one module of `collavoce.care`. A fresh process takes it in
place of the module and runs the tests that touch no process and no browser; it is killed when one
fails or when they take too long. What survives is printed with its line: a missing test, or a
change that changes nothing. Written here in some 200 lines, because the two common tools start an
interpreter with every library for each mutant: here the libraries are loaded once and forked.
"""

import argparse
import ast
import copy
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
CARE = ROOT / "src" / "collavoce" / "care"
TESTS = (
    "tests/scenario/test_press.py",
    "tests/scenario",
    "tests/unit/care",
    "tests/property/test_care_laws.py",
    "tests/property/test_pairing_laws.py",
)
NOT_CARE = (
    "scenario/test_show_evening.py",
    "scenario/test_show_folder_commands.py",
    "scenario/test_line_many.py",
    "unit/care/test_words.py",
    "unit/care/test_keys_planes.py",
)
EXAMPLES = 8
"""Of each law, the same ones every time."""

TIME_MAX_S = 60.0
LIBRARIES = ("pytest", "hypothesis", "msgspec", "apsw", "cryptography", "starlette", "httpx")

COMPARES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to one module. source: the whole module, changed."""

    module: str
    line: int
    what: str
    source: str

    @property
    def name(self) -> str:
        """How it is listed."""
        return f"{self.module}:{self.line}: {self.what}"


Change = tuple[str, ast.AST]
"""Words for it, and what stands there instead."""


def changes(node: ast.AST) -> Iterator[Change]:
    """What may stand in the place of `node`."""
    yield from _of_values(node)
    yield from _of_statements(node)


def _of_values(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARES:
            turned = copy.deepcopy(node)
            turned.ops = [COMPARES[type(op)]()]
            yield f"{type(op).__name__} -> {type(turned.ops[0]).__name__}", turned
        case ast.BoolOp():
            turned = copy.deepcopy(node)
            turned.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield f"{type(node.op).__name__} -> {type(turned.op).__name__}", turned
            for gone in range(len(node.values)):
                left = [value for at, value in enumerate(node.values) if at != gone]
                less = ast.BoolOp(node.op, left) if len(left) > 1 else left[0]
                yield f"without {ast.unparse(node.values[gone])}", copy.deepcopy(less)
        case ast.UnaryOp(op=ast.Not()):
            yield "without not", copy.deepcopy(node.operand)
        case ast.Constant(value=bool()):
            yield f"{node.value} -> {not node.value}", ast.Constant(not node.value)
        case ast.Constant(value=int() | float() as number):
            yield f"{number} -> {number + 1}", ast.Constant(number + 1)
        case ast.BinOp(op=op) if type(op) in SUMS:
            turned = copy.deepcopy(node)
            turned.op = SUMS[type(op)]()
            yield f"{type(op).__name__} -> {type(turned.op).__name__}", turned
        case ast.Call(keywords=keywords) if _is_replace(node):
            for gone in range(len(keywords)):
                turned = copy.deepcopy(node)
                del turned.keywords[gone]
                yield f"keeps {keywords[gone].arg}", turned
        case ast.comprehension(ifs=[_, *_]):
            turned = copy.deepcopy(node)
            turned.ifs = []
            yield f"without if {ast.unparse(node.ifs[0])[:60]}", turned
        case _:
            pass


def _of_statements(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            yield "returns None", ast.Return(ast.Constant(None))
            if isinstance(value, ast.Tuple) and value.elts:
                less = ast.Tuple(copy.deepcopy(value.elts[:-1]), ast.Load())
                yield f"without {ast.unparse(value.elts[-1])[:40]}", ast.Return(less)
        case ast.If(orelse=[]) | ast.IfExp():
            turned = copy.deepcopy(node)
            turned.test = ast.Constant(False)
            yield f"never {ast.unparse(node.test)[:60]}", turned
            turned = copy.deepcopy(node)
            turned.test = ast.Constant(True)
            yield f"always {ast.unparse(node.test)[:60]}", turned
        case ast.Continue() | ast.AugAssign():
            yield "without the statement", ast.Pass()
        case ast.Expr(value=ast.Call()):
            yield "without the statement", ast.Pass()
        case _:
            pass


def _is_replace(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "replace"


class _At(ast.NodeTransformer):
    """Puts `instead` in the place of the `index`th node."""

    def __init__(self, index: int, instead: ast.AST) -> None:
        self.index, self.instead, self.count = index, instead, -1

    def visit(self, node: ast.AST) -> ast.AST:
        self.count += 1
        return self.instead if self.count == self.index else self.generic_visit(node)


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of one module, in the order of its lines."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped = set(_unmeant(tree))
    for index, node in enumerate(_walked(tree)):
        if id(node) in skipped:
            continue
        for what, instead in changes(node):
            changed = _At(index, instead).visit(copy.deepcopy(tree))
            source = ast.unparse(ast.fix_missing_locations(changed))
            yield Mutant(path.name, getattr(node, "lineno", 0), what, source)


def _walked(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes in the order in which a NodeTransformer meets them."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        yield from _walked(child)


def _unmeant(tree: ast.AST) -> Iterator[int]:
    """Nodes that say nothing at run time: annotations, and decorators of dataclasses."""
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.AnnAssign):
            parts = [node.annotation]
        elif isinstance(node, ast.FunctionDef):
            parts = [node.returns, *node.decorator_list]
        elif isinstance(node, ast.ClassDef):
            parts = [*node.decorator_list, *node.keywords, *node.bases]
        elif isinstance(node, ast.arg):
            parts = [node.annotation]
        for part in parts:
            if part is not None:
                yield from (id(inner) for inner in ast.walk(part))


class _Instead(MetaPathFinder, Loader):
    """Finds the mutant where the module is asked for."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self._module = f"collavoce.care.{mutant.module.removesuffix('.py')}"

    def find_spec(
        self, fullname: str, _path: object, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self) if fullname == self._module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._mutant.source, self._mutant.module, "exec"), module.__dict__)


def hunt(mutant: Mutant | None) -> int:
    """Run the tests in this process over `mutant`; pytest's exit code."""
    import hypothesis
    import pytest

    if mutant is not None:
        sys.meta_path.insert(0, _Instead(mutant))
    silent = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silent, stream)
    whole = hypothesis.settings.__init__

    def few(self: hypothesis.settings, parent: object = None, **given: object) -> None:
        given |= {"max_examples": EXAMPLES, "derandomize": True, "database": None}
        whole(self, parent, **given)  # type: ignore[arg-type]

    hypothesis.settings.__init__ = few
    ignored = [f"--ignore=tests/{name}" for name in NOT_CARE]
    marks = ("-m", "not process and not browser")
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *marks, *ignored, *TESTS]))


def forked(mutant: Mutant | None) -> int:
    """The process that hunts `mutant`."""
    child = os.fork()
    if child == 0:
        try:
            code = hunt(mutant)
        except BaseException:  # noqa: BLE001  a mutant that cannot even be imported is killed
            code = 99
        os._exit(code)
    return child


def verdicts(chosen: list[Mutant], workers: int) -> Iterator[tuple[Mutant, str]]:
    """What became of each: "killed", "too slow" or "survived", in the order of their ends."""
    waiting, running = list(chosen), dict[int, tuple[Mutant, float]]()
    while waiting or running:
        while waiting and len(running) < workers:
            mutant = waiting.pop(0)
            running[forked(mutant)] = mutant, time.monotonic()
        for child, (mutant, began) in list(running.items()):
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                del running[child]
                yield mutant, "survived" if os.waitstatus_to_exitcode(status) == 0 else "killed"
            elif time.monotonic() - began > TIME_MAX_S:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                del running[child]
                yield mutant, "too slow"
        time.sleep(0.02)


def main() -> int:
    """Hunt, and print what survived."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--sample", type=int, help="so many mutants, drawn by the seed")
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--only", help="one module, for example decide.py")
    reading.add_argument("--workers", type=int, default=2)
    reading.add_argument("--least", type=float, default=0.0, help="fail below this percentage")
    given = reading.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    for library in LIBRARIES:
        __import__(library)
    began = time.monotonic()
    _, status = os.waitpid(forked(None), 0)
    if os.waitstatus_to_exitcode(status):
        print("the tests fail without any mutant")
        return 2
    print(f"the tests take {time.monotonic() - began:.1f} s without a mutant", flush=True)
    chosen = [m for path in sorted(CARE.glob("*.py")) for m in mutants(path)]
    whole = len(chosen)
    if given.only:
        chosen = [mutant for mutant in chosen if mutant.module == given.only]
    random.Random(given.seed).shuffle(chosen)
    chosen = chosen[: given.sample]
    count: Counter[str] = Counter()
    for mutant, verdict in verdicts(chosen, given.workers):
        count[verdict] += 1
        if verdict == "survived":
            print(f"survived  {mutant.name}", flush=True)
    killed = 100.0 * (len(chosen) - count["survived"]) / max(1, len(chosen))
    spent = time.monotonic() - began
    print(f"{len(chosen)} of {whole} mutants, {dict(count)}: {killed:.1f} % killed, {spent:.0f} s")
    return killed < given.least


if __name__ == "__main__":
    raise SystemExit(main())
