"""Every command of docs/tour.md run in an empty folder, with a clock, and its pictures made of what came out.

    python -m evidence.tour [--no-pictures]

Writes docs/pictures/ and docs/evidence/tour.md. Ends with status 1 where a command failed (status 2 or 3), or a page to be pictured was
not made.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE, REPORT = ROOT / "docs" / "tour.md", ROOT / "docs" / "evidence" / "tour.md"
_FENCE = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
_PICTURE = re.compile(r"<!-- picture: (\S+) -->\n!\[[^\]]+\]\(pictures/([\w-]+\.png)\)")
WIDTH, HEIGHT = 1100, 1300
"""Pixels of a picture: the width of a page beside a text, and what is seen of it first. [ours]"""


def commands(text: str) -> list[str]:
    """Every command of the page, in its order."""
    return [line for block in _FENCE.findall(text) for line in block.splitlines() if line.strip()]


def pictures(text: str) -> list[tuple[str, str]]:
    """(page that a run makes, picture of it) of every picture of the page."""
    return _PICTURE.findall(text)


def run(command: str, folder: Path) -> tuple[int, float, str]:
    """(exit status, seconds by the wall, what it said) of a command in a folder."""
    program, *rest = shlex.split(command)
    assert program == "wres", command
    env = {name: value for name, value in os.environ.items() if not name.startswith(("WRES_", "DAGSTER_"))}
    env["PYTHONPATH"] = str(ROOT)
    began = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-m", "wres_pipeline.cli", *rest], cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    return ended.returncode, time.monotonic() - began, ended.stdout + ended.stderr


def draw(found: list[tuple[str, str]], folder: Path) -> list[str]:
    """Make the pictures; gives the pages that are not there."""
    from playwright.sync_api import sync_playwright

    missing = [page for page, _ in found if not (folder / page).is_file()]
    browser_at = shutil.which("chromium") or shutil.which("google-chrome")
    (ROOT / "docs" / "pictures").mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_at, args=["--no-sandbox", "--disable-gpu"])
        for page, picture in found:
            if page not in missing:
                shown = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
                shown.goto((folder / page).as_uri())
                shown.screenshot(path=str(ROOT / "docs" / "pictures" / picture))
                shown.close()
        browser.close()
    return missing


def main() -> int:
    """Run the tour and write what it took."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--no-pictures", action="store_true")
    given = options.parse_args()
    text = PAGE.read_text(encoding="utf-8")
    rows, failed, last = [], 0, ""
    with tempfile.TemporaryDirectory(prefix="wres-tour-") as place:
        for command in commands(text):
            status, seconds, last = run(command, Path(place))
            failed += status > 1
            rows.append(f"| `{command}` | {status} | {seconds:.1f} |")
            print(f"{status} {seconds:6.1f} s  {command}", flush=True)
            print("\n".join(f"    {line}" for line in last.strip().splitlines()[-4:]), flush=True)
        missing = [] if given.no_pictures else draw(pictures(text), Path(place))
    total = sum(float(row.split("|")[-2]) for row in rows)
    if not given.no_pictures:
        words = [
            "# The tour by the clock", "",
            f"`python -m evidence.tour`, {time.strftime('%Y-%m-%d')}, 2 cores, 24 GB, other work beside it. Every command of "
            "[the tour](../tour.md), in its order; exit status 1 is a return that was made with something to look at.", "",
            "| command | status | seconds |", "|---|---|---|", *rows, "",
            f"{total:.0f} seconds of waiting in all; {failed} commands failed; {len(missing)} pages to be pictured were not made.", "",
        ]  # fmt: skip
        REPORT.write_text("\n".join(words), encoding="utf-8")
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
