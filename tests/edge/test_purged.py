"""Purges, which only Varnish knows."""

from pathlib import Path

import pytest

from newsroom.lib.edge import Unpurged
from newsroom.lib.edge import Varnish as Port
from tests.edge import programs
from tests.edge.programs import Edge
from tests.edge.upstream import Answer, Upstream

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("edge")]


def purge(edge: Edge, *keys: str, hard: bool) -> None:
    Port("127.0.0.1", edge.port).purge(keys, hard=hard)


def test_a_hard_purge_leaves_nothing(varnish: Edge, site: Upstream, path: str) -> None:
    site.answers[path] = Answer(delay=0.2)
    varnish.get(path)
    purge(varnish, path, hard=True)

    assert varnish.get(path).text == "answer 2"


def test_after_a_soft_purge_one_reader_may_get_the_old_page(
    varnish: Edge, site: Upstream, path: str
) -> None:
    varnish.get(path)
    purge(varnish, path, hard=False)
    texts = [varnish.get(path).text for _ in range(20)]

    assert texts[0] == "answer 1"
    assert texts[-1] == "answer 2"
    assert site.n_asked[path] == 2


def test_what_was_purged_softly_is_shown_while_the_site_is_gone(
    varnish: Edge, site: Upstream, path: str
) -> None:
    varnish.get(path)
    purge(varnish, "site", hard=False)
    site.stop()

    assert [varnish.get(path).text for _ in range(3)] == ["answer 1"] * 3


def test_what_was_purged_hard_is_not_shown_even_then(
    varnish: Edge, site: Upstream, path: str
) -> None:
    varnish.get(path)
    purge(varnish, "site", hard=True)
    site.stop()

    answer = varnish.get(path)
    assert (answer.status, answer.headers["retry-after"]) == (503, "10")


def test_what_names_no_key_goes_with_the_site(varnish: Edge, site: Upstream, path: str) -> None:
    site.answers[path] = Answer(
        headers={"Cache-Control": "public, max-age=600", "Surrogate-Key": ""}
    )
    varnish.get(path)
    purge(varnish, "site", hard=True)

    assert varnish.get(path).text == "answer 2"
    assert varnish.get(path).cache == "HIT"


def test_only_what_bears_the_key_goes(varnish: Edge, path: str) -> None:
    varnish.get(path)
    varnish.get(f"{path}other/")
    purge(varnish, f"{path}other/", "nothing-else", hard=True)

    assert varnish.get(path).cache == "HIT"
    assert varnish.get(f"{path}other/").cache == "MISS"


@pytest.mark.parametrize("header", ["X-Real-IP", "X-Forwarded-For"])
def test_a_purge_that_was_forwarded_is_refused(varnish: Edge, path: str, header: str) -> None:
    varnish.get(path)
    asked = varnish.ask("PURGE", "/", {"xkey-purge": "site", header: "127.0.0.1"})

    assert asked.status == 403
    assert varnish.get(path).cache == "HIT"


def test_readers_cannot_purge_through_nginx(varnish: Edge, tmp_path: Path, path: str) -> None:
    with programs.nginx(tmp_path, varnish.port) as front:
        varnish.get(path)
        asked = front.ask("PURGE", "/", {"xkey-purge": "site"})
        reader = front.get(path)

    assert asked.status == 405
    assert reader.text == "answer 1"
    assert varnish.get(path).cache == "HIT"


def test_a_purge_of_nothing_is_an_error(varnish: Edge) -> None:
    assert varnish.ask("PURGE", "/").status == 400
    with pytest.raises(Unpurged, match="400"):
        purge(varnish, hard=True)
