"""What a cache is asked, to the letter, and what EDGE_URL may say."""

import json
import logging

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.lib.configuration import edges_from
from newsroom.lib.edge import Cloudflare, Edge, Fastly, Unpurged, Varnish
from tests.caches import Asked, Cache, cache
from tests.site import free_port

ALWAYS = {"accept-encoding": "identity"}  # of Python's client


def only(found: Cache) -> Asked:
    """Without where it was sent, which differs each time."""
    (asked,) = found.asked
    assert asked.headers.pop("host") == f"127.0.0.1:{found.port}"
    return asked


@pytest.mark.parametrize(("hard", "header"), [(True, "xkey-purge"), (False, "xkey-softpurge")])
def test_varnish_is_told_the_keys(hard: bool, header: str) -> None:  # noqa: FBT001
    with cache() as found:
        (edge,) = edges_from(f"varnish://127.0.0.1:{found.port}")
        edge.purge(["site", "article-12"], hard=hard)

    headers = {header: "site article-12", "content-length": "0"}
    assert only(found) == Asked("PURGE", "/", ALWAYS | headers, "")


@pytest.mark.parametrize(("hard", "soft"), [(True, {}), (False, {"fastly-soft-purge": "1"})])
def test_fastly_is_told_the_keys(hard: bool, soft: dict[str, str]) -> None:  # noqa: FBT001
    with cache() as found:
        (edge,) = edges_from(f"fastly://SU1Z0isxPaozGVKXdv0eY?key=s%2Ct&api={found.url}")
        edge.purge(["site", "article-12"], hard=hard)

    headers = {"fastly-key": "s,t", "surrogate-key": "site article-12", "content-length": "0"}
    headers |= {"accept": "application/json"} | soft
    path = "/service/SU1Z0isxPaozGVKXdv0eY/purge"
    assert only(found) == Asked("POST", path, ALWAYS | headers, "")


def test_cloudflare_is_told_the_tags() -> None:
    with cache() as found:
        (edge,) = edges_from(f"cloudflare://023e105f4ecef8ad?token=secret&api={found.url}")
        edge.purge(["site", "article-12"], hard=False)

    body = '{"tags": ["site", "article-12"]}'
    headers = {"authorization": "Bearer secret", "content-type": "application/json"}
    headers |= {"content-length": str(len(body))}
    asked = only(found)
    assert asked == Asked("POST", "/zones/023e105f4ecef8ad/purge_cache", ALWAYS | headers, body)
    assert json.loads(asked.body)


def test_the_usual_interfaces_are_asked_over_https() -> None:
    fastly, cloudflare = edges_from("fastly://S?key=k, cloudflare://z?token=t")

    assert isinstance(fastly, Fastly)
    assert isinstance(cloudflare, Cloudflare)
    assert fastly.api == "https://api.fastly.com"
    assert cloudflare.api == "https://api.cloudflare.com/client/v4"


@pytest.mark.parametrize("status", [301, 403, 500])
def test_a_refusal_is_told_without_the_secret(status: int) -> None:
    said = f"fastly://S does not purge: it answers {status}"
    with cache(status, location="/elsewhere") as found, pytest.raises(Unpurged, match=said) as e:
        Fastly("S", "secret", found.url).purge(["site"], hard=True)

    assert len(found.asked) == 1
    assert "secret" not in str(e.value)


def test_a_cache_that_is_not_there_is_told() -> None:
    port = free_port()

    with pytest.raises(Unpurged, match=f"varnish://127.0.0.1:{port} does not answer: Connection"):
        Varnish("127.0.0.1", port).purge(["site"], hard=True)


def test_several_caches_are_told_in_the_order_of_the_variable() -> None:
    text = "varnish://one:80,varnish://two:6081, fastly://S?key=k"

    assert [edge.name for edge in edges_from(text)] == [
        "varnish://one:80",
        "varnish://two:6081",
        "fastly://S",
    ]
    assert edges_from("") == []


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "http://secret@127.0.0.1:80",
        "varnish://host",
        "varnish://host:port",
        "varnish://host:80/path",
        "varnish://user:secret@host:80",
        "fastly://?key=secret",
        "fastly://service",
        "fastly://service?token=secret",
        "fastly://secret@service?key=secret",
        "fastly://service?key=secret&api=ftp://host",
        "cloudflare://zone?token=",
        "varnish://host:80,cloudflare://zone/more?token=secret",
    ],
)
def test_what_names_no_cache_is_refused_without_the_secret(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^EDGE_URL names no cache: write ") as error:
        edges_from(text)

    assert "secret" not in str(error.value)


@pytest.mark.parametrize("edge", [Fastly("S", "secret"), Cloudflare("z", "secret")])
def test_secrets_do_not_stand_in_what_is_logged(
    edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("newsroom").warning("%r %s", edge, edge.name)

    assert "secret" not in caplog.text
