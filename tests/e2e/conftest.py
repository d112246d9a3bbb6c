"""A real browser against the real site, with the demo world in it."""

import atexit
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright

from dijkwacht.commands import demo
from tests.world import PASSWORD

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs an event loop in the thread of the tests


@pytest.fixture(scope="module")  # while it is open a loop runs in this thread, and no other test could run one
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def site(live_server: Any, settings: Any, tmp_path: Path) -> str:
    """The demo world with the example workbook, served; its address."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    settings.DATA_DIR = tmp_path
    at = datetime.now(ZoneInfo("Europe/Amsterdam"))
    if connection.vendor != "sqlite":
        demo.demo(on=at.date(), at=at, today=at.date())
    elif at.date() in _made:
        kept, files = _made[at.date()]
        shutil.copytree(files, tmp_path, dirs_exist_ok=True)
        connection.ensure_connection()
        kept.backup(connection.connection)
    else:
        demo.demo(on=at.date(), at=at, today=at.date())
        _made[at.date()] = _kept(tmp_path)
    return str(live_server.url)


_made: dict[date, tuple[sqlite3.Connection, Path]] = {}
"""The demo world of a day, made once: it takes most of a minute."""


def _kept(folder: Path) -> tuple[sqlite3.Connection, Path]:
    """What the database and the data folder hold now, the first in memory."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(kept)
    files = Path(tempfile.mkdtemp(prefix="dijkwacht-e2e-"))
    atexit.register(shutil.rmtree, files, ignore_errors=True)
    shutil.copytree(folder, files, dirs_exist_ok=True)
    return kept, files


@pytest.fixture
def today() -> date:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


@pytest.fixture
def sign_in(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Signs somebody of the cast in, in a browser of his own.

    Messages of the console and failed requests are errors, but for the statuses that the test means to get (`refused`).
    """
    opened = []
    trouble: list[str] = []

    def sign_in(
        email: str, *, width: int = 1280, height: int = 900, scripts: bool = True, refused: tuple[int, ...] = ()
    ) -> Page:
        meant = tuple(f"status of {each} " for each in refused)
        context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=scripts)
        opened.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda said: (
                trouble.append(said.text)
                if said.type == "error" and not any(each in said.text for each in meant)
                else None
            ),
        )
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(f"{site}/account/login/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_load_state()
        return page

    yield sign_in
    for context in opened:
        context.close()
    assert trouble == []


def axe(page: Page) -> list[str]:
    """What axe finds wrong with a page, by WCAG 2.2 AA."""
    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run({runOnly: tags})", tags)
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found["violations"]]
