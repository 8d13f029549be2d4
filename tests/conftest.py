"""Fixtures for every test; what a kind of test needs besides stands in its own folder."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import chromium

NO_CHROMIUM = "no Chromium here"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After a test that commits, what the migrations wrote is put back for the next one.

    All must do so: a plain emptying of the tables in between gets in the way of the others.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures: list[str] = getattr(item, "fixturenames", [])
        if {"live_server", "transactional_db"}.intersection(fixtures) or (
            marker and marker.kwargs.get("transaction")
        ):
            fixtures.append("django_db_serialized_rollback")
        if item.get_closest_marker("browser") or item.get_closest_marker("processes"):
            # One after the other: they mind the clock.
            item.add_marker(pytest.mark.xdist_group("machine"))


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    path = chromium.find()
    if path is None and os.environ.get("CI") == "true":
        pytest.fail(f"{NO_CHROMIUM}: {chromium.HOW_TO_GET}")
    if path is None:
        pytest.skip(NO_CHROMIUM)
    # Playwright's loop runs in this thread, so Django takes every query for one in async code,
    # which it refuses, and for which it keeps another connection.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    connection = connections["default"]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium has none for root
    with sync_playwright() as playwright:
        connections["default"] = connection
        browser = playwright.chromium.launch(executable_path=path, args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A fresh visitor of the running site."""
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(10_000)  # milliseconds
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab in which any script error, refused resource or failed request fails the test.

    A test that expects some empties `page.errors` of them.
    """
    page = context.new_page()
    errors: list[str] = []
    page.errors = errors  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    yield page
    assert errors == []


def pytest_sessionfinish() -> None:
    for folder in (settings.MEDIA_ROOT, settings.STORAGES["originals"]["OPTIONS"]["location"]):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last words, after pytest's own, where they can't be missed."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    skipped = reporter.stats.get("skipped", [])
    if left_out := sum(NO_CHROMIUM in str(report.longrepr) for report in skipped):
        reporter.section("LEFT OUT", red=True, bold=True)
        reporter.line(f"{left_out} browser tests did not run: {chromium.HOW_TO_GET}")
