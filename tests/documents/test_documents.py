"""What the documents say is what is there."""

import ast
import re
import shlex
from pathlib import Path

import pytest

from collavoce.cli import COMMANDS, parser

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "collavoce"
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")], key=lambda path: path.as_posix()
)
PACKAGES = sorted(
    path.parent
    for path in SOURCE.glob("*/__init__.py")
    if path.parent.name not in {"en", "__pycache__"}
)


def rows(document: Path) -> list[list[str]]:
    """The cells of every table row of a document, heads and rules left out."""
    found: list[list[str]] = []
    lines = document.read_text(encoding="utf-8").splitlines()
    for i, line in enumerate(lines):
        is_rule = re.fullmatch(r"\|[\s:|-]+\|", line) is not None
        is_head = i + 1 < len(lines) and re.fullmatch(r"\|[\s:|-]+\|", lines[i + 1]) is not None
        if line.startswith("|") and not is_rule and not is_head:
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_a_room_says_what_it_is_takes_gives_and_never_does(package: Path) -> None:
    tree = ast.parse((package / "__init__.py").read_text(encoding="utf-8"))
    words = ast.get_docstring(tree) or ""
    for part in ("In:", "Out:", "Never:"):
        assert part in words, f"{package.name}/__init__.py does not say {part}"


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_the_map_shows_every_room(package: Path) -> None:
    assert f"{package.name}/" in (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"collavoce {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document.name} points to {target}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_in_code_blocks_are_understood(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for block in re.findall(r"```(?:console|sh)\n(.*?)```", text, flags=re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words[:1] == ["collavoce"]:
                parser().parse_args(words[1:])


@pytest.mark.parametrize("name", ["promises.md", "stories.md"])
def test_no_row_is_empty(name: str) -> None:
    found = rows(ROOT / "docs" / name)
    assert len(found) > 20
    for row in found:
        assert all(row), f"{name}: an empty cell in {row}"


def test_every_promise_names_a_test_that_exists_or_says_why_not() -> None:
    for promise, test, shown in rows(ROOT / "docs" / "promises.md"):
        if test == "none":
            assert shown.startswith("not shown here because"), promise
            continue
        for name in re.findall(r"`([^`]+)`", test):
            path, _, function = name.partition("::")
            assert (ROOT / path).exists(), f"{promise}: {path} is not there"
            if function:
                assert f"def {function}(" in (ROOT / path).read_text(encoding="utf-8"), name


def test_decisions_are_listed() -> None:
    listed = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs" / "adr").glob("0*.md"):
        assert page.name in listed
