"""The site's styles are many files to whoever writes them, and one to whoever reads the site."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

CSS = Path(settings.BASE_DIR, "static/css")
NOT_FOR_READERS = {"site.css", "admin.css", "mail.css", "mail-kept.css"}


@pytest.fixture
def collected(tmp_path: Path) -> Iterator[Path]:
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "newsroom.lib.static_storage.StaticStorage"}
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages, DEBUG=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield tmp_path / "css"


def test_each_file_for_readers_is_part_of_it_once() -> None:
    named = re.findall(r'url\("(.*)"\)', (CSS / "site.css").read_text())
    files = [*CSS.glob("*.css"), *CSS.glob("components/*.css")]
    theirs = [str(file.relative_to(CSS)) for file in files if file.name not in NOT_FOR_READERS]

    assert sorted(named) == sorted(theirs)


def test_components_lead_to_no_files_as_they_move_when_they_are_joined() -> None:
    assert not [file for file in CSS.glob("components/*.css") if "url(" in file.read_text()]


def test_it_is_served_as_one_file_that_loads_no_other(collected: Path) -> None:
    [site] = collected.glob("site.*.css")
    text = site.read_text()

    assert "@import" not in text
    for part in ("tokens.css", "components/teaser.css", "utilities.css"):
        rule = (CSS / part).read_text().strip().splitlines()[-2]
        assert rule in text
    assert re.search(r"@media print \{\n@layer utilities", text)
    for file in re.findall(r'url\("\.\./(.*?)"\)', text):
        assert (collected.parent / file).exists()
    assert site.with_name(f"{site.name}.br").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/latest/", "/nope/"])
def test_a_page_loads_one_stylesheet(client: Client, path: str) -> None:
    html: Any = client.get(path).content.decode()

    assert html.count('rel="stylesheet"') == 1
