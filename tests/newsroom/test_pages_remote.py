"""Pages that machines share through Redis: made once for all, and without it whenever it fails."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from articles.models import Article
from newsroom.pages import remote
from newsroom.pages.remote import Remote
from newsroom.pages.request import Key
from newsroom.pages.shared import Nobody
from tests.factories import make_published
from tests.pages import Site, Slow
from tests.redis_server import Server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
KEY = Key("127.0.0.1", "/", "")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path) as server:
        yield server


def place(server: Server, prefix: str = "release") -> Remote:
    return Remote(server.url, prefix, Nobody())


def machine(server: Server) -> Site:
    return Site(shared=place(server))


@pytest.fixture
def path() -> str:
    return make_published("Shared piece").get_absolute_url()


def test_page_is_made_once_for_all_machines(server: Server, path: str) -> None:
    here, there = machine(server), machine(server)

    assert here.get(path).body == there.get(path).body
    assert (here.n_made, there.n_made) == (1, 0)


def test_machine_takes_no_page_of_another_generation(server: Server, path: str) -> None:
    here, there = machine(server), machine(server)
    here.get(path)
    Article.objects.update(headline="Changed piece")
    there.watcher.look()

    assert "Changed piece" in there.get(path).text
    assert (here.n_made, there.n_made) == (1, 1)


def test_page_of_another_release_is_not_ours(server: Server, path: str) -> None:
    Site(shared=place(server, "before")).get(path)

    other = Site(shared=place(server, "after"))
    other.get(path)
    assert other.n_made == 1


def test_one_machine_waits_for_what_another_makes(server: Server, path: str) -> None:
    here, there = machine(server), machine(server)
    slow = Slow(here)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(here.get, path)
        assert slow.is_under_way.wait(5)
        second = pool.submit(there.get, path)
        time.sleep(0.1)
        assert not second.done()
        slow.may_go_on.set()
        assert first.result().body == second.result().body

    assert (here.n_made, there.n_made) == (1, 0)


def test_claim_is_one_machine_s_until_it_gives_it_up(server: Server) -> None:
    here, there = place(server), place(server)

    with here.claim(KEY) as is_ours:
        assert is_ours
        with there.claim(KEY) as is_theirs:
            assert not is_theirs
        with there.claim(KEY) as is_theirs:  # who had none gave up none
            assert not is_theirs
    with there.claim(KEY) as is_theirs:
        assert is_theirs


def test_claim_of_a_machine_that_is_gone_ends_by_itself(server: Server) -> None:
    name = f"{place(server).named(KEY)}:claim"
    with place(server).claim(KEY) as is_ours:
        assert is_ours
        assert 0 < server.client.pttl(name) <= remote.CLAIM


def test_late_one_does_not_end_the_claim_of_the_next(server: Server) -> None:
    here, there = place(server), place(server)
    name = f"{here.named(KEY)}:claim"

    with here.claim(KEY):
        server.client.delete(name)  # as after CLAIM milliseconds
        with there.claim(KEY) as is_theirs:
            assert is_theirs
            token = server.client.get(name)
            with here.claim(KEY):
                pass
            assert server.client.get(name) == token
    assert server.client.get(name) is None


def test_late_one_gives_up_nothing_of_others(server: Server) -> None:
    here = place(server)
    name = f"{here.named(KEY)}:claim"

    with here.claim(KEY):
        server.client.set(name, "somebody else's")

    assert server.client.get(name) == b"somebody else's"


def test_pages_go_on_while_the_server_is_gone_and_use_it_again(
    server: Server, path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(remote, "REST", 0.3)
    here = machine(server)
    for n in range(3):
        if n == 1:
            server.kill()
        Article.objects.update(headline=f"Piece {n}")
        here.watcher.look()
        assert f"Piece {n}" in here.get(path).text
    [line] = capsys.readouterr().err.splitlines()
    assert "WARNING newsroom.pages.remote: Pages are made without PAGES_URL" in line

    server.start()
    time.sleep(0.3)
    here.front.memory.clear()
    here.get(path)
    assert machine(server).get(path).body == here.get(path).body
    assert here.n_made == 4
    assert b"Piece 2" in server.all_of_it()


def test_server_killed_while_a_page_is_made_costs_nobody_an_answer(
    server: Server, path: str
) -> None:
    here = machine(server)
    slow = Slow(here)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(here.get, path)
        assert slow.is_under_way.wait(5)
        server.kill()
        slow.may_go_on.set()

        assert first.result().status == 200


def test_frozen_server_is_waited_for_once(server: Server, path: str) -> None:
    here = machine(server)
    here.get(path)
    here.front.memory.clear()
    server.freeze()

    began = time.monotonic()
    assert here.get(path).status == 200
    waited = time.monotonic() - began
    here.front.memory.clear()
    began = time.monotonic()
    assert here.get(path).status == 200
    assert remote.TIMEOUT <= waited < remote.TIMEOUT * 2
    assert time.monotonic() - began < remote.TIMEOUT


def test_full_server_costs_nobody_an_answer(tmp_path: Path, path: str) -> None:
    with Server(tmp_path, "--maxmemory", "1") as full:
        here = machine(full)

        assert here.get(path).status == here.get(path).status == 200
        assert here.n_made == 1


def test_everything_may_be_flushed_at_any_time(server: Server, path: str) -> None:
    here, there = machine(server), machine(server)
    slow = Slow(here)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(here.get, path)
        assert slow.is_under_way.wait(5)
        server.client.flushall()  # the claim is gone: the other makes the page as well
        second = there.get(path)
        slow.may_go_on.set()
        assert first.result().body == second.body

    server.client.flushall()
    third = machine(server)
    assert third.get(path).body == second.body
    assert third.n_made == 1


def test_nothing_of_a_person_is_there(server: Server, path: str) -> None:
    machine(server).get(
        path,
        cookie="theme=dark; seen=secret-of-ann",
        user_agent="Agent of Ann",
        x_forwarded_for="192.0.2.77",
        referer="https://secret.example/",
        accept_language="rm",
    )

    found = server.all_of_it()
    assert b"Shared piece" in found
    for text in (b"secret", b"Agent of Ann", b"192.0.2.77", b"theme=dark"):
        assert text not in found


def test_page_that_somebody_else_put_there_is_not_served(server: Server, path: str) -> None:
    here = machine(server)
    before = here.get(path)
    [name] = server.client.keys()
    server.client.set(name, server.client.get(name).replace(b"Shared piece", b"Forged piece"))

    there = machine(server)
    assert there.get(path).body == before.body
    assert there.n_made == 1


def test_pages_do_not_stay_for_good(server: Server, path: str) -> None:
    machine(server).get(path)

    [name] = server.client.keys()
    assert remote.LIFE - 60 < server.client.ttl(name) <= remote.LIFE
