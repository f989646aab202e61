"""The page in a real browser: how soon it answers, how it follows a hand, what it loads, what it takes.

Run: python benchmarks/page.py [report.json]. It needs anagen[web], playwright and a Chromium; each number stands beside
what it is to keep to. Numbers taken on a busy computer are those of a busy computer: the load is printed with them.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

MOVES, SESSIONS, EACH, STARTS = 40, 20, 8, 3
DRAG = """async () => {
  const range = document.getElementById('t1.from_age-range'), chart = document.getElementById('out-chart');
  const waits = [];
  range.focus();
  for (let i = 0; i < MOVES; i++) {
    const begun = performance.now();
    const painted = new Promise((done) => {
      const seen = new MutationObserver(() => {
        seen.disconnect();
        requestAnimationFrame(() => { const line = new MessageChannel();
          line.port1.onmessage = () => done(performance.now() - begun); line.port2.postMessage(0); });
      });
      seen.observe(chart, { childList: true });
    });
    range.value = String(Number(range.min) + 1 + (i % 30));
    range.dispatchEvent(new InputEvent('input', { bubbles: true }));
    waits.push(await painted);
  }
  return waits;
}""".replace("MOVES", str(MOVES))
SIZES = """() => [...performance.getEntriesByType('resource'), performance.getEntriesByType('navigation')[0]]
  .map((one) => one.transferSize)"""


def at(share: float, numbers: list[float]) -> float:
    return sorted(numbers)[min(int(share * len(numbers)), len(numbers) - 1)]


def resident(process: subprocess.Popen[str]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1000


def started() -> tuple[subprocess.Popen[str], str, float]:
    """A server, its address, and how long it took to its first answer."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "anagen", "serve", "--no-open"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    address = process.stdout.readline().split()[0]
    urllib.request.urlopen(address).read()
    return process, address, time.perf_counter() - begun


def whole(page: Page) -> None:
    expect(page.locator("#out-answer")).not_to_contain_text("so far", timeout=60_000)
    expect(page.locator("#out-scalp svg").first).to_be_visible(timeout=60_000)


def in_browser(address: str) -> dict[str, float]:
    """First paint, loads, and a dragged slider."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        paints: list[float] = []
        for _ in range(5):
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.goto(address)
            whole(page)
            paints.append(page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        sizes: list[float] = page.evaluate(SIZES)
        waits: list[float] = page.evaluate(DRAG)
        browser.close()
    return {
        "first paint, ms (median of 5; 400)": statistics.median(paints),
        "first load, kB (120)": sum(sizes) / 1000,
        "first load, requests (4)": len(sizes),
        "slider to repaint, ms, median": statistics.median(waits),
        "slider to repaint, ms, 95 in 100 (120)": at(0.95, waits),
        "updates a second while dragging (15)": 1000 / statistics.mean(waits),
    }


def sessions(address: str) -> dict[str, float]:
    """Twenty readers who move a slider at once."""
    waits: list[float] = []

    def reader(number: int) -> None:
        for move in range(EACH):
            drug = f"kind:finasteride;dose:1 mg;from_age:{33 + move + number / 100}"
            query = urllib.parse.urlencode({"few": 1, "tab": number, "p": "age:32;sex:male", "t1": drug})
            begun = time.perf_counter()
            urllib.request.urlopen(f"{address}answer?{query}").read()
            waits.append(1000 * (time.perf_counter() - begun))

    threads = [threading.Thread(target=reader, args=(number,)) for number in range(SESSIONS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return {"20 sessions at once, ms, 95 in 100 (500)": at(0.95, waits)}


def main() -> None:
    found: dict[str, float] = {"load of the computer before": os.getloadavg()[0]}
    waits: list[float] = []
    for _ in range(STARTS):
        server, _, answered = started()
        waits.append(answered)
        server.terminate()
        server.wait()
    found["start to first answer, s, best of 3 (1.5)"] = min(waits)
    server, address, _ = started()
    try:
        found |= in_browser(address) | sessions(address)
        found["memory after 20 sessions, MB (200)"] = resident(server)
    finally:
        server.terminate()
        server.wait()
    for name, number in found.items():
        print(f"{name:45} {number:8.1f}")
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
