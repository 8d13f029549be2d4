"""What readers get while the site fails."""

import time

import pytest

from tests.edge.programs import Edge
from tests.edge.test_caching import A_SECOND, OLD
from tests.edge.upstream import Answer, Upstream

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("edge")]


def test_a_site_that_errs_or_is_gone_is_stood_in_for(edge: Edge, site: Upstream, path: str) -> None:
    site.answers[path] = Answer(headers={"Cache-Control": A_SECOND})
    edge.get(path)
    time.sleep(OLD)
    answers = []
    for status in (500, 502, 503):
        site.answers[path].status = status
        answers += [edge.get(path), edge.get(path)]
    n_asked = site.n_asked[path]
    site.stop()
    site.answers[path].status = 200
    answers += [edge.get(path), edge.get(path)]
    other = edge.get(f"{path}other/")
    site.start()

    assert [(answer.status, answer.text) for answer in answers] == [(200, "answer 1")] * 8
    assert 502 <= other.status <= 503
    assert n_asked == 7  # a site that has trouble is not asked more often than readers ask
    assert until_new(edge, path) != "answer 1"


def test_an_error_is_told_but_not_kept(edge: Edge, site: Upstream, path: str) -> None:
    site.answers[path] = Answer(status=500)
    first = edge.get(path)
    site.answers[path].status = 200
    second = edge.get(path)

    assert (first.status, first.text) == (500, "answer 1")
    assert (second.status, second.text) == (200, "answer 2")


def test_what_is_missing_is_kept_like_a_page(edge: Edge, site: Upstream, path: str) -> None:
    site.answers[path] = Answer(status=404)

    assert [edge.get(path).status for _ in range(2)] == [404, 404]
    assert site.n_asked[path] == 1


def until_new(edge: Edge, path: str) -> str:
    """What is answered as soon as it is something else than the first."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if (answer := edge.get(path)).text != "answer 1":
            return answer.text
        time.sleep(0.1)
    return "answer 1"
