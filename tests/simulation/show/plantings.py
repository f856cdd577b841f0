"""The table of all planted bugs: those of the machinery, and those of the rules."""

from tests.simulation.show import planted, planted_rules
from tests.simulation.show.planting import PLANTED, WITHIN

__all__ = ["PLANTED", "WITHIN", "planted", "planted_rules"]
