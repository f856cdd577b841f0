"""Every evening of presses ends with "exactly these were told, and nobody else anything"."""

from collections.abc import Iterator

import pytest
from tests.scenario.press_stage import Evening


@pytest.fixture(autouse=True)
def _nobody_was_told_anything_else() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]  pytest finds it
    Evening.opened = []
    yield
    opened, Evening.opened = Evening.opened, None
    for evening in opened:
        evening.closed()
