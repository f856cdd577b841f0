"""The desk's own machine in the rail: what feeds it, whether it is on a network."""

from collavoce.desk.machine import Machine
from collavoce.desk.views.signs import View, sign
from collavoce.words import say


def machine_view(machine: Machine) -> View:
    """Both as signs; the battery's with its percent."""
    power = sign(machine.power)
    if machine.battery is not None:
        power["word"] = say("desk.machine.percent", word=power["word"], percent=machine.battery)
    network = sign("machine.network" if machine.network else "machine.alone")
    return {"power": power, "network": network, "ports": list(machine.network)}
