"""The spare of the engine: the same program in another chair. See `lead.py`."""

from collavoce.runtime.config import RunConfig
from collavoce.runtime.engine import sit_down


def main(config: RunConfig) -> None:
    """The spare's process."""
    sit_down(config, "spare")
