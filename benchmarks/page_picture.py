"""Take the picture of the page that the README shows: python benchmarks/page_picture.py [docs/pictures/page.png]."""

from __future__ import annotations

import shutil
import subprocess
import sys

from playwright.sync_api import expect, sync_playwright

WIDTH, HEIGHT = 1280, 900
OUT = "docs/pictures/page.png"


def main() -> None:
    command = [sys.executable, "-m", "anagen", "serve", "--no-open"]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as play:
        try:
            assert server.stdout is not None
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
            page.goto(server.stdout.readline().split()[0])
            expect(page.locator("#out-answer")).not_to_contain_text("so far", timeout=60_000)
            expect(page.locator("#out-scalp svg").first).to_be_visible(timeout=60_000)
            box = page.locator("#hair").bounding_box()
            assert box is not None
            whole = {"x": 0, "y": 0, "width": WIDTH, "height": box["y"] + box["height"]}
            page.screenshot(path=sys.argv[1] if len(sys.argv) > 1 else OUT, clip=whole, full_page=True)
            browser.close()
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
