"""A mail server and a webhook on this machine, for tests of what is sent."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class Mailbox(socketserver.ThreadingTCPServer):
    """As much of an SMTP server as one letter needs; `refuse`: no recipient is taken."""

    allow_reuse_address = True
    letters: list[str]
    refuse = False

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: Mailbox

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self.say("354 go on")
                letter = []
                while (text := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    letter.append(text)
                self.server.letters.append("\n".join(letter))
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("550 no" if word == "RCPT" and self.server.refuse else "250 fine")


class Hook(HTTPServer):
    """A webhook that answers `answer` and keeps the bodies it was sent."""

    bodies: list[Any]
    answer = 200

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Receive(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        self.server.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        return


@contextmanager
def mailbox(port: int = 0) -> Iterator[Mailbox]:
    """A mail server that runs inside the block, on any free port unless one is named."""
    with Mailbox(("127.0.0.1", port), _Talk) as server:
        server.letters = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@contextmanager
def hook() -> Iterator[Hook]:
    """A webhook that runs inside the block."""
    with Hook(("127.0.0.1", 0), _Receive) as server:
        server.bodies = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
