"""Kept pages on disk are found by those who would make the same ones, and by nobody else."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsroom.pages import front
from newsroom.pages.page import Page
from newsroom.pages.release import release
from newsroom.pages.request import Key
from newsroom.pages.shared import FORMER_FOR, Folder

KEY = Key("127.0.0.1", "/", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "https://other.example"),
        ("MEDIA_URL", "https://pictures.example/"),
        ("SECURE_HSTS_SECONDS", 7),
        ("PERMISSIONS_POLICY", []),
    ],
)
def test_pages_of_other_settings_are_not_ours(settings: Any, name: str, value: object) -> None:
    before = release()
    assert release() == before

    setattr(settings, name, value)

    assert release() != before


def test_pages_of_other_packages_are_not_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = release()
    folder = tmp_path / "upgraded-2.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: upgraded\nVersion: 2.0\n")

    monkeypatch.syspath_prepend(tmp_path)

    assert release() != before


@pytest.fixture
def folders(settings: Any, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "pages"


def test_folder_is_for_us_alone(folders: Path) -> None:
    front.shared_pages(1 << 20)

    [folder] = folders.iterdir()
    assert folder.stat().st_mode & 0o077 == 0


def test_pages_of_former_releases_go_after_a_day(folders: Path) -> None:
    for name, age in (("former", FORMER_FOR + 60), ("last", 60)):
        (folders / name).mkdir(parents=True)
        (folders / name / "page").write_text("a page")
        os.utime(folders / name, (time.time() - age,) * 2)

    front.shared_pages(1 << 20)

    assert {folder.name for folder in folders.iterdir()} == {"last", release()}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: b"",
        lambda whole: whole[:-1],
        lambda whole: whole + b" ",
        lambda whole: b"{}\n",
        lambda whole: b"[]\n",
        lambda whole: b"\xff\n",
        lambda whole: bytes(len(whole)),
    ],
)
def test_page_that_is_not_whole_is_not_served(
    tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    folder = Folder(tmp_path / "pages", 1 << 20)
    folder.put(KEY, Page("200 OK", [], b"A page.", "tag", "max-age=0", is_shared=True))
    found = folder.get(KEY)
    assert found
    assert found.body == b"A page."
    [file] = [file for file in folder.folder.iterdir() if file.name != "locks"]

    file.write_bytes(spoil(file.read_bytes()))

    assert folder.get(KEY) is None
