"""A walk through the desk that stops to take pictures."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from newsroom.management import preparation
from tests import chromium
from tests.bench.servers import serve
from tests.handbook import scenes
from tests.handbook.desk import Desk


def take(folder: Path, into: Path) -> None:
    """Every scene, into a file of its name."""
    preparation.prepare(print, demo=True)
    into.mkdir(parents=True, exist_ok=True)
    with serve("newsroom.wsgi") as site, sync_playwright() as playwright:
        sandbox = ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=sandbox)
        desk = Desk(browser, site.url, into)
        for scene in scenes.ALL:
            print(f"  {scene.__name__} …", flush=True)
            scene(desk)
        browser.close()
