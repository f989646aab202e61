"""Draw the flowchart that the README shows: python benchmarks/flowchart_picture.py [docs/pictures/flowchart.png]."""

from __future__ import annotations

import shutil
import sys
from importlib.resources import files

from playwright.sync_api import sync_playwright

from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.show import layout
from anagen.show.flow import flow_chart

OUT = "docs/pictures/flowchart.png"
WIDTH, MARGIN = 1240, 8
PLACE = f"body {{ margin: {MARGIN}px; }} main {{ max-width: none; padding: 0; }} .flow {{ width: {WIDTH}px; }}"


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    style = files("anagen.show").joinpath("style.css").read_text(encoding="utf-8")
    drawing = flow_chart(HYPOTHESES["hybrid"], (), "", whole=True)
    size = {"width": WIDTH + 2 * MARGIN, "height": round(WIDTH * layout.HEIGHT / layout.WIDTH) + 2 * MARGIN}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        page = browser.new_page(viewport=size, color_scheme="light", reduced_motion="reduce")
        page.set_content(f"<!doctype html><style>{style}{PLACE}</style><main>{drawing}</main>")
        page.screenshot(path=sys.argv[1] if len(sys.argv) > 1 else OUT)
        browser.close()


if __name__ == "__main__":
    main()
