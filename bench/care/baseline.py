"""The obvious way to build a press: HTTP, one SQLite table, a message to every open WebSocket.

    python bench/care/baseline.py DATABASE default|full      prints its port, serves until ended

`default` is SQLite as Python opens it (rollback journal, synchronous=FULL); `full` the write-ahead
log that everybody recommends, with synchronous=FULL. It keeps no names apart, seals nothing, has
no ladder, and tells every client of every press: it is here to show what keeping a press costs
anybody on this machine.
"""

import asyncio
import json
import socket
import sqlite3
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

SCHEMA = """CREATE TABLE IF NOT EXISTS press (
    id TEXT PRIMARY KEY, person TEXT NOT NULL, at REAL NOT NULL, state TEXT NOT NULL
)"""
SETTINGS = {"default": (), "full": ("PRAGMA journal_mode = wal", "PRAGMA synchronous = full")}


class Desk:
    """One table and the clients that are told."""

    def __init__(self, path: Path, settings: str) -> None:
        self.clients: set[WebSocket] = set()
        self.database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in SETTINGS[settings]:
            self.database.execute(pragma)
        self.database.execute(SCHEMA)

    def keep(self, press: str, person: str) -> None:
        """A row, committed when this returns."""
        sql = "INSERT OR IGNORE INTO press VALUES (?, ?, julianday('now'), 'open')"
        self.database.execute(sql, (press, person))

    async def press(self, request: Request) -> JSONResponse:
        """Keep, tell everybody, answer."""
        said = await request.json()
        self.keep(said["press"], said["person"])
        news = json.dumps(said)
        for client in list(self.clients):
            await client.send_text(news)
        return JSONResponse({"kept": True})

    async def listen(self, client: WebSocket) -> None:
        """Told of what is open, then of everything."""
        await client.accept()
        rows = self.database.execute("SELECT id, person FROM press WHERE state = 'open'")
        for press, person in rows.fetchall():
            await client.send_text(json.dumps({"press": press, "person": person}))
        self.clients.add(client)
        try:
            while True:
                await client.receive_text()
        except WebSocketDisconnect:
            self.clients.discard(client)


async def serve(path: Path, settings: str) -> None:
    desk = Desk(path, settings)
    app = Starlette(
        routes=[
            Route("/press", desk.press, methods=["POST"]),
            WebSocketRoute("/listen", desk.listen),
        ]
    )
    # asyncio sends without delay only what it knows to be TCP.
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.bind(("127.0.0.1", 0))
    door.listen(1024)
    print(door.getsockname()[1], flush=True)
    await uvicorn.Server(uvicorn.Config(app, log_level="critical")).serve(sockets=[door])


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), sys.argv[2]))
