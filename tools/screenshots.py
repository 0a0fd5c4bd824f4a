"""Take the README's pictures of the explorer from the seed pages: `python tools/screenshots.py [FOLDER]`.

Builds seeds/ anew, opens the page in Chromium and photographs the landing panel, the person that most is told
of, a county, a sentence of evidence, and the whole on a telephone in the dark. FOLDER is docs/images unless named. Look at
the pictures before committing them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SETTLED = 300
"""Milliseconds until the canvas has been painted after its size changed."""


def opened(browser: Browser, path: Path, width: int, height: int, scheme: str) -> Page:
    """The page, ready, in a window of that size."""
    page = browser.new_page(
        locale="zh-CN",
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1.5 if width > 700 else 2,
    )
    page.goto(path.as_uri())
    page.wait_for_selector('body[data-ready="1"]')
    page.evaluate("document.activeElement.blur()")
    return page


def photograph(browser: Browser, path: Path, folder: Path) -> None:
    """Take every picture."""
    page = opened(browser, path, 1280, 800, "light")

    def take(name: str) -> None:
        page.wait_for_timeout(SETTLED)
        page.mouse.move(2, 300)
        page.screenshot(path=folder / f"{name}.png")

    def enter(column: int) -> None:
        page.locator(".columns section").nth(column).locator(".ways a").first.click()

    take("landing")
    enter(0)
    take("explorer")
    page.locator('[data-name="itinerary"] .cite').first.click()
    take("evidence")
    page.keyboard.press("Escape")
    # The county of the first newspaper: the place visited most may be a single market.
    page.goto(f"{path.as_uri()}#f=place-330802&lang=zh")
    page.wait_for_selector("#visit-summary")
    take("place")
    page.close()
    page = opened(browser, path, 390, 844, "dark")
    enter(0)
    take("telephone")


def main() -> None:
    """Build, open, photograph."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "kg", "build", ROOT / "seeds", "--out", out]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        with sync_playwright() as playwright:
            chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            photograph(browser, Path(out) / "graph.html", folder)
            browser.close()
    for path in sorted(folder.glob("*.png")):
        print(path)


if __name__ == "__main__":
    main()
