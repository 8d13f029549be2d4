"""What nginx serves without asking the site."""

import gzip
from pathlib import Path

import pytest

from tests.edge import programs
from tests.edge.conftest import need
from tests.edge.programs import Edge
from tests.edge.upstream import Answer, Upstream

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("edge")]
STYLE = b"p { color: red }" * 100


@pytest.fixture
def style(var: Path) -> str:
    folder = var / "static/css"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "base.0123456789ab.css").write_bytes(STYLE)
    (folder / "base.0123456789ab.css.gz").write_bytes(gzip.compress(STYLE))
    (folder / "base.0123456789ab.css.br").write_bytes(b"brotli")
    return "/static/css/base.0123456789ab.css"


def test_static_files_come_compressed_and_for_good(nginx: Edge, site: Upstream, style: str) -> None:
    plain, zipped = nginx.get(style), nginx.get(style, Accept_Encoding="gzip")

    assert plain.body == gzip.decompress(zipped.body) == STYLE
    assert zipped.headers["content-encoding"] == "gzip"
    assert plain.headers["content-type"] == "text/css; charset=utf-8"
    assert plain.headers["cache-control"] == "public, max-age=315360000, immutable"
    assert plain.headers["x-content-type-options"] == "nosniff"
    assert plain.headers["vary"] == "Accept-Encoding"
    assert site.n_asked[style] == 0


@pytest.mark.skipif(not programs.BROTLI.exists(), reason="no brotli module for nginx here")
def test_brotli_comes_first_where_its_module_is(nginx: Edge, style: str) -> None:
    answer = nginx.get(style, Accept_Encoding="gzip, br")

    assert (answer.headers["content-encoding"], answer.body) == ("br", b"brotli")


@pytest.mark.parametrize(
    ("extension", "kind"), [("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg")]
)
def test_pictures_are_inert_and_for_good(nginx: Edge, var: Path, extension: str, kind: str) -> None:
    folder = var / "media/photos/abcdefgh1234"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"wide.{extension}").write_bytes(b"picture")

    answer = nginx.get(f"/media/photos/abcdefgh1234/wide.{extension}")

    assert (answer.status, answer.body) == (200, b"picture")
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable, s-maxage=600"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


def test_pictures_may_come_from_the_site(site: Upstream, tmp_path: Path) -> None:
    need("nginx")
    path = "/media/photos/abcdefgh1234/wide.webp"
    site.answers[path] = Answer(
        headers={
            "Cache-Control": "public, max-age=31536000, immutable, s-maxage=600",
            "Content-Type": "image/webp",
        }
    )
    with programs.nginx(tmp_path, site.port, more={"# try_files": "try_files"}) as nginx:
        first, second = nginx.get(path), nginx.get(path)

    assert (first.status, first.headers["content-type"]) == (200, "image/webp")
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable, s-maxage=600"
    assert first.body == second.body
    assert site.n_asked[path] == 1


@pytest.mark.parametrize(
    "path",
    [
        "/secret-key",
        "/originals/a.jpg",
        "/media/photos/abcdefgh1234/page.html",
        "/static/../secret-key",
        "/static/%2e%2e/secret-key",
        "/media/photos/../../secret-key",
    ],
)
def test_nothing_else_of_the_folder_is_served(nginx: Edge, var: Path, path: str) -> None:
    for name in ("secret-key", "originals/a.jpg", "media/photos/abcdefgh1234/page.html"):
        (var / name).parent.mkdir(parents=True, exist_ok=True)
        (var / name).write_text("secret")

    assert "secret" not in nginx.get(path).text
