"""The web process: the desk's server, fed from the ring, the follower and the lights' network.

It may be killed at any moment: it holds nothing that the ring does not hold, and its door was
bound by the supervisor, so its successor answers the same address.
"""

import asyncio
import socket
from pathlib import Path

from collavoce.desk.app import create_app
from collavoce.desk.denials import Denials
from collavoce.desk.guard import guarded
from collavoce.desk.house import House
from collavoce.desk.listener import SEND_BUFFER
from collavoce.desk.server import http_server, tls_of
from collavoce.desk.stage_hand import WebStagehand
from collavoce.runtime.clock import utc_now
from collavoce.runtime.config import RunConfig
from collavoce.runtime.ending import Ending
from collavoce.runtime.gateway.book_file import BookFile
from collavoce.runtime.line_writer import line_writer
from collavoce.runtime.prepared import prepared_show
from collavoce.runtime.readiness import ready
from collavoce.runtime.tls.cookies import BADGE, DESK, cookie_name

REFUSED = "refused.log"
"""In the show's state folder: lines of what was refused."""


async def serve(config: RunConfig) -> None:
    """Serve the desk until the process is ended."""
    house = House(config, prepared_show(Path(config.run_dir)))
    stages = {stage: WebStagehand(house, stage) for stage in house.show.stage_ids}
    first = next(iter(stages.values()))
    denials = Denials("desk", utc_now, line_writer(config.state_dir / REFUSED))
    serving = tls_of(config.tls_cert, config.tls_key, config.public_host)
    cookies = frozenset(cookie_name(name, secure=config.secure) for name in (DESK, BADGE))
    book = BookFile(config.state_dir).read
    app = guarded(create_app(first, book, stages), config.names, cookies, denials, hsts=config.hsts)
    server = http_server(app, serving, config.web_origin)
    feeding = asyncio.create_task(house.feed())
    left_alone = asyncio.create_task(Ending(Path(config.run_dir)).left_alone())
    beside = [asyncio.create_task(denials.follow())]
    if serving is not None:
        beside.append(asyncio.create_task(serving.follow()))
    for task in (feeding, left_alone):
        # A feeder that died would leave a desk that looks alive and shows the past.
        task.add_done_callback(lambda _: setattr(server, "should_exit", True))
    door = socket.socket(fileno=config.web_fd)
    # Inherited by every connection; left to itself the kernel would keep megabytes for a page
    # that does not read before anybody here noticed.
    door.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    ready("web")
    await server.serve(sockets=[door])
    for task in (feeding, left_alone, *beside):
        task.cancel()


def main(config: RunConfig) -> None:
    """The web process."""
    asyncio.run(serve(config))
