"""A small IMAP server on this machine: what a client needs that empties a mailbox."""

import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

USER, PASSWORD = "bounces", 'p@ss"word/%'
CAPABILITY = "* CAPABILITY IMAP4rev1"


@dataclass
class Stored:
    raw: bytes
    is_deleted: bool = False


@dataclass
class Store:
    """folders: messages by uid. cut_at: the command at which the connection breaks."""

    folders: dict[str, dict[int, Stored]] = field(default_factory=lambda: {"INBOX": {}})
    commands: list[str] = field(default_factory=list)
    cut_at: str = ""
    url: str = ""

    def put(self, *messages: bytes) -> None:
        for raw in messages:
            self.folders["INBOX"][len(self.commands) + len(self.folders["INBOX"]) + 1] = Stored(raw)

    def raw(self, folder: str = "INBOX") -> list[bytes]:
        return [message.raw for message in self.folders.get(folder, {}).values()]


class Handler(socketserver.StreamRequestHandler):
    """One connection; a method for each command answers with the lines before the last."""

    store: Store

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, command = line.decode(errors="replace").strip().partition(" ")
            self.store.commands.append(command)
            verb, _, rest = command.removeprefix("UID ").partition(" ")
            if verb == self.store.cut_at:
                return
            answer = getattr(self, f"do_{verb.lower()}", None)
            status = answer(rest) if answer else "BAD"
            self.wfile.write(f"{tag} {status} done\r\n".encode())
            if verb == "LOGOUT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def do_capability(self, rest: str) -> str:
        self.say(CAPABILITY)
        return "OK"

    def do_login(self, rest: str) -> str:
        quoted = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
        return "OK" if rest == f'{USER} "{quoted}"' else "NO wrong"

    def do_select(self, rest: str) -> str:
        self.inbox = self.store.folders.get(rest.strip('"'), {})
        self.say(f"* {len(self.inbox)} EXISTS")
        return "OK" if rest.strip('"') in self.store.folders else "NO there is none"

    def do_search(self, rest: str) -> str:
        waiting = [str(uid) for uid, found in self.inbox.items() if not found.is_deleted]
        self.say(f"* SEARCH {' '.join(waiting)}".rstrip())
        return "OK"

    def do_fetch(self, rest: str) -> str:
        wanted = re.fullmatch(r"(\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", rest)
        assert wanted
        raw = self.inbox[int(wanted[1])].raw[: int(wanted[2])]
        self.say(f"* 1 FETCH (UID {wanted[1]} BODY[]<0> {{{len(raw)}}}")
        self.wfile.write(raw + b")\r\n")
        return "OK"

    def do_copy(self, rest: str) -> str:
        uid, folder = rest.split()
        if folder not in self.store.folders:
            return "NO [TRYCREATE] there is none"
        there = self.store.folders[folder]
        there[len(there) + 1] = Stored(self.inbox[int(uid)].raw)
        return "OK"

    def do_create(self, rest: str) -> str:
        self.store.folders[rest] = {}
        return "OK"

    def do_store(self, rest: str) -> str:
        uid, flags = rest.split(maxsplit=1)
        assert flags == r"+FLAGS.SILENT (\Deleted)"
        self.inbox[int(uid)].is_deleted = True
        return "OK"

    def do_expunge(self, rest: str) -> str:
        for uid in [uid for uid, message in self.inbox.items() if message.is_deleted]:
            del self.inbox[uid]
        return "OK"

    def do_logout(self, rest: str) -> str:
        self.say("* BYE")
        return "OK"


@pytest.fixture
def imap() -> Iterator[Store]:
    store = Store()
    handler = type("Bound", (Handler,), {"store": store})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        store.url = f"imap://{USER}:p%40ss%22word%2F%25@127.0.0.1:{server.server_address[1]}/INBOX"
        yield store
        server.shutdown()
