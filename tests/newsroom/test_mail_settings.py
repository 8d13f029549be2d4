"""Where mail goes, by EMAIL_URL."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from newsroom.checks import mail_leaves
from newsroom.lib import outbox
from newsroom.lib.configuration import Env, mail_from

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def settings_for(url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.setenv("EMAIL_URL", url)
    return mail_from(Env())


def test_unset_keeps_letters_here(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_for("", monkeypatch) == {"EMAIL_BACKEND": outbox.BACKEND}


@pytest.mark.parametrize(
    ("url", "port", "encryption"),
    [
        ("smtp://mail.example.org", 25, ""),
        ("smtp+tls://mail.example.org", 587, "TLS"),
        ("smtps://mail.example.org", 465, "SSL"),
        ("smtp+tls://mail.example.org:2525", 2525, "TLS"),
    ],
)
def test_port_and_encryption_go_by_the_scheme(
    url: str, port: int, encryption: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = settings_for(url, monkeypatch)

    assert (found["EMAIL_BACKEND"], found["EMAIL_HOST"]) == (SMTP, "mail.example.org")
    assert found["EMAIL_PORT"] == port
    assert found["EMAIL_USE_TLS"] == (encryption == "TLS")
    assert found["EMAIL_USE_SSL"] == (encryption == "SSL")


def test_user_and_password_may_hold_any_character(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings_for("smtp://a%40b.org:p%2F%3A%40@mail.example.org", monkeypatch)

    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("a@b.org", "p/:@")


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://h:port"])
def test_an_unreadable_address_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        settings_for(url, monkeypatch)


def test_a_provider_needs_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.lib.configuration.find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match="django-anymail"):
        settings_for("provider://mailgun?api_key=k", monkeypatch)


def test_a_provider_is_set_up_by_its_own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.lib.configuration.find_spec", lambda name: name)

    assert settings_for("provider://mailgun?api_key=k&sender_domain=m", monkeypatch) == {
        "EMAIL_BACKEND": "anymail.backends.mailgun.EmailBackend",
        "ANYMAIL": {"MAILGUN_API_KEY": "k", "MAILGUN_SENDER_DOMAIN": "m"},
    }


def test_a_public_site_without_a_mail_server_is_warned(settings: Settings) -> None:
    settings.SITE_IS_LOCAL, settings.EMAIL_BACKEND = False, outbox.BACKEND
    assert [warning.id for warning in mail_leaves(None)] == ["newsroom.W001"]

    settings.SITE_IS_LOCAL = True
    assert mail_leaves(None) == []
