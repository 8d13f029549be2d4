"""The barest sender there can be, to compare with: `python -m tests.bench.bare_sender PORT FILE N`.

No database, no round-up: FILE holds letters as they travel. For each line of its standard input,
the number of letters, it sends so many over N connections of smtplib's, a thread each, and answers
with a line.
"""

import pickle
import smtplib
import sys
from itertools import cycle, islice
from pathlib import Path
from threading import Thread

Letter = tuple[str, str, bytes]  # from, to, and the rest


def send(port: int, letters: list[Letter]) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        for envelope_from, to, letter in letters:
            server.sendmail(envelope_from, [to], letter)


def send_all(port: int, letters: list[Letter], n_connections: int) -> None:
    lines = [
        Thread(target=send, args=[port, letters[number::n_connections]])
        for number in range(n_connections)
    ]
    for line in lines:
        line.start()
    for line in lines:
        line.join()


def main(port: str, path: str, n_connections: str) -> None:
    letters: list[Letter] = pickle.loads(Path(path).read_bytes())  # noqa: S301  # our own
    for line in sys.stdin:
        send_all(int(port), list(islice(cycle(letters), int(line))), int(n_connections))
        print("sent", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
