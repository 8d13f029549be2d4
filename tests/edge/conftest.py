"""Each edge in front of a site in small; started once, as that takes a second."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.edge import programs
from tests.edge.programs import Edge
from tests.edge.upstream import Upstream


def need(name: str) -> None:
    if programs.PROGRAMS[name]:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"no {name} here: {programs.HOW_TO_GET}")
    pytest.skip(f"no {name} here: {programs.HOW_TO_GET}")


@pytest.fixture(scope="package")
def started() -> Iterator[Upstream]:
    site = Upstream()
    site.start()
    yield site
    site.stop()


@pytest.fixture
def site(started: Upstream) -> Iterator[Upstream]:
    """It runs again after each test."""
    yield started
    started.start()


@pytest.fixture(scope="package")
def running_varnish(started: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    need("varnish")
    with programs.varnish(tmp_path_factory.mktemp("varnish"), started.port) as edge:
        yield edge


@pytest.fixture(scope="package")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The VAR_DIR whose files nginx serves."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="package")
def running_nginx(
    started: Upstream, var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Edge]:
    need("nginx")
    with programs.nginx(tmp_path_factory.mktemp("nginx"), started.port, var) as edge:
        yield edge


@pytest.fixture
def varnish(running_varnish: Edge, site: Upstream) -> Edge:
    programs.wait_for(running_varnish)
    return running_varnish


@pytest.fixture
def nginx(running_nginx: Edge, site: Upstream) -> Edge:
    programs.wait_for(running_nginx)
    return running_nginx


@pytest.fixture(params=["varnish", "nginx"])
def edge(request: pytest.FixtureRequest) -> Edge:
    """Once each of them."""
    found: Edge = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def path() -> str:
    """An address that nobody has asked for."""
    return f"/{uuid4().hex}/"
