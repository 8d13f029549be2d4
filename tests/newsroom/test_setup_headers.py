"""The headers of every answer."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
EVERYWHERE = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/", "/latest/", "/no-such-page/", "/admin/login/", "/healthz"])
def test_every_answer_has_the_security_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers

    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "default-src 'none'; script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]


def test_refused_host_gets_the_headers_too(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers


def test_only_public_pages_may_frame_videos(client: Client) -> None:
    public = client.get("/").headers["Content-Security-Policy"]
    admin = client.get("/admin/login/").headers["Content-Security-Policy"]

    assert "frame-src https://www.youtube-nocookie.com https://player.vimeo.com;" in public
    assert "frame-src 'none';" in admin


@pytest.mark.parametrize("path", ["/", "/latest/", "/corrections/", "/no-such-page/"])
def test_public_pages_are_the_same_for_everybody(client: Client, path: str) -> None:
    response = client.get(path)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_admin_keeps_its_pages_to_itself(client: Client) -> None:
    response = client.get("/admin/login/")

    assert settings.CSRF_COOKIE_NAME in response.cookies
    assert "private" in response.headers["Cache-Control"]
