"""Fixtures for every test; what a kind of test needs besides stands in its own folder."""

import gc
import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests import chromium, pristine, template

NO_CHROMIUM = "no Chromium here"
SLOW = ["browser", "processes"]
PATIENCE = 10_000  # milliseconds, for a machine that has much else to do

gc.disable()  # until all is loaded


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests often wait for programs and browsers."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="tests of faults at their full length")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """What is quick comes first, and what has a browser last.

    Whatever runs after it in the same process would find itself in async code: Playwright's loop
    stays in this thread.
    """
    yield
    items.sort(key=lambda item: [bool(item.get_closest_marker(kind)) for kind in SLOW])


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not look at it again and again."""
    gc.freeze()
    gc.set_threshold(50_000)  # a page makes more than the usual 700 objects
    gc.enable()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        template.prepare()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """With a quicker way back after a test that commits than to flush the database."""
    with django_db_blocker.unblock():
        if not template.is_used():
            pristine.keep()
            template.keep()
    gc.freeze()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda case: pristine.put_back())
        yield


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
    default = connections["default"]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium has none for root
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        connections["default"] = default
        browser = playwright.chromium.launch(executable_path=path, args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A fresh visitor of the running site."""
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(PATIENCE)
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
    kept = [settings.STORAGES[name]["OPTIONS"]["location"] for name in ("originals", "private")]
    for folder in (settings.MEDIA_ROOT, *kept):
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
