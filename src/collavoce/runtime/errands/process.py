"""The errands' process: mail of the engine in, requests out, answers back."""

import asyncio
from collections import OrderedDict
from pathlib import Path

from collavoce.rig.http import HttpAnswer, HttpServer
from collavoce.runtime.clock import monotonic_ns
from collavoce.runtime.config import RunConfig
from collavoce.runtime.ending import Ending
from collavoce.runtime.errands.lane import Lane
from collavoce.runtime.errands.probing import probe
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Asked, pack
from collavoce.runtime.prepared import prepared_show
from collavoce.runtime.reach import CONNECTED, NO_SERVER, reach
from collavoce.runtime.readiness import ready
from collavoce.runtime.wires.posts import ERRANDS, Errand, PostError, unpack_post
from collavoce.show.commands import HearAnswer

LOOK_S = 0.5
"""How often it looks whether it is to end."""

KNOWN_MOST = 4096
"""Ids remembered: an errand that is asked for again was done."""


class Errands:
    """Hands each errand to its server's lane."""

    def __init__(self, box: Mailbox, engine: Path, boot: str) -> None:
        self._box = box
        self._engine = engine
        self._boot = boot
        self._lanes: dict[str, Lane] = {}
        self._known: OrderedDict[str, None] = OrderedDict()

    def read(self) -> None:
        """Take what the engine has sent."""
        while (received := self._box.receive()) is not None:
            try:
                post = unpack_post(received[0])
            except PostError:
                # An answer of the engine's to what it was told, or torn: worth no stop.
                continue
            if isinstance(post, Errand) and self._is_new(post.id):
                self._lane(post.origin).put(post)

    async def close(self) -> None:
        """Let go of every server."""
        await asyncio.gather(*(lane.close() for lane in self._lanes.values()))

    def _is_new(self, identity: str) -> bool:
        if identity in self._known:
            return False
        self._known[identity] = None
        if len(self._known) > KNOWN_MOST:
            self._known.popitem(last=False)
        return True

    def _lane(self, origin: str) -> Lane:
        if origin not in self._lanes:
            server = HttpServer(origin, lambda: monotonic_ns() * 1e-9)
            self._lanes[origin] = Lane(server, self._answered)
        return self._lanes[origin]

    def _answered(self, errand: Errand, answer: HttpAnswer) -> None:
        told = HearAnswer(errand.cue, errand.to, answer.words, answer.ok, answer.ms)
        self._box.send(self._engine, pack(Asked(told, errand.to, f"{self._boot} {errand.id}")))


async def serve(config: RunConfig) -> None:
    """Do errands until asked to end."""
    ending = Ending.listen(config.run_dir)
    with Mailbox(config.box(ERRANDS)) as box:
        errands = Errands(box, config.box("engine"), config.boot)
        asyncio.get_running_loop().add_reader(box.fileno(), errands.read)
        show = prepared_show(Path(config.run_dir))
        desk = config.box("web")

        def tell(to: str, there: bool) -> None:  # noqa: FBT001  the answer to one question
            box.send(desk, pack(reach(to, CONNECTED if there else NO_SERVER)))

        probing = asyncio.create_task(probe(show.patch.http, tell))
        ready(ERRANDS)
        while not ending.due:  # noqa: ASYNC110  a signal sets a flag and wakes nobody
            await asyncio.sleep(LOOK_S)
        probing.cancel()
        await errands.close()


def main(config: RunConfig) -> None:
    """The errands' process."""
    asyncio.run(serve(config))
