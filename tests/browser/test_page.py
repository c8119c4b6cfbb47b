"""The page in a real headless Chromium, against the real backend: asked, answered, and looked at."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect, sync_playwright

from tests.live import free_port, live

PAGE = Path(__file__).parents[2] / "frontend" / "app.py"
SCREENSHOTS = Path(__file__).parent / "screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

# CI installs Chromium, so there a missing one is a failure and not a skip.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and "CI" not in os.environ, reason="no Chromium here (apt-get install chromium)"
    ),
]


@pytest.fixture
def chat(quoting_app: FastAPI) -> Iterator[Page]:
    """The page of a running tutor, open in Chromium; nothing may leave this machine."""
    with live(quoting_app) as api, sync_playwright() as playwright:
        port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", str(PAGE), "--server.port", str(port)]
        command += [
            "--server.headless",
            "true",
            "--browser.gatherUsageStats",
            "false",
            "--server.fileWatcherType",
            "none",
        ]
        process = subprocess.Popen(command, env={**os.environ, "STEPWISE_URL": api}, stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health")
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            left: list[str] = []
            page.on("request", lambda request: left.append(request.url))
            page.goto(address)
            yield page
            outside = [url for url in left if not url.startswith((address, api, "data:", "blob:"))]
            assert outside == []
            browser.close()
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait_for(url: str) -> None:
    for _ in range(150):
        try:
            if httpx2.get(url).status_code == httpx2.codes.OK:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.2)
    pytest.fail(f"{url} does not answer")


def test_a_learner_asks_and_sees_the_answer_with_its_sources(chat: Page) -> None:
    expect(chat.get_by_text("What would you like to understand?")).to_be_visible(timeout=30_000)
    chat.get_by_role("button", name="How do I filter a list in one line?").click()
    expect(chat.get_by_text("Step 1: Python basics").first).to_be_visible(timeout=30_000)
    sources = chat.get_by_text("Sources (")
    expect(sources).to_be_visible(timeout=30_000)
    sources.click()
    quoted = chat.get_by_test_id("stAlert").get_by_text("To filter a list in one line")
    expect(quoted).to_be_visible()
    SCREENSHOTS.mkdir(exist_ok=True)
    chat.screenshot(path=SCREENSHOTS / "answer.png")

    mark = chat.get_by_role("link", name="[1]").first
    with chat.context.expect_page() as opened:
        mark.click()
    note = opened.value
    expect(note.locator("mark")).to_contain_text("To filter a list in one line")
    note.screenshot(path=SCREENSHOTS / "note.png")

    chat.get_by_role("button", name="New chat").click()
    expect(chat.get_by_text("What would you like to understand?")).to_be_visible(timeout=30_000)
