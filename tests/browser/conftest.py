"""A headless Chromium for the browser tests; they are skipped, with the reason, where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Kept:
    """A page that one test after another goes to another address in, what it asked for there, and what it complained about.

    A page of its own is a process of its own, which takes longer to start than most tests take.
    """

    page: Any
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))

    def go(self, path: Path, width: int) -> Kept:
        self.page.goto("about:blank")
        self.asked.clear()
        self.complaints.clear()
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(path.as_uri())
        return self


class Opened(Protocol):
    """Goes to a file at a width; the page, the addresses it asked for and what it complained about."""

    def __call__(
        self, path: Path, width: int, *, script: bool = True
    ) -> tuple[Any, list[str], list[str]]: ...


@pytest.fixture(scope="module")
def opened(chromium: Any) -> Opened:
    kept = {script: Kept(chromium.new_page(java_script_enabled=script)) for script in (True, False)}

    def go(path: Path, width: int, *, script: bool = True) -> tuple[Any, list[str], list[str]]:
        there = kept[script].go(path, width)
        return there.page, there.asked, there.complaints

    return go


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A running browser of playwright's, driving the machine's own Chromium; one a file, since its event loop runs in this
    process for as long as it is open, and would be in the way of other kinds of test."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("there is no Chromium on this machine (Debian: the package chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe_script() -> str:
    """The text of axe-core, the accessibility checker."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    (script,) = Path(package.__file__).parent.rglob("axe.min.js")
    return script.read_text(encoding="utf-8")
