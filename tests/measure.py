"""How quick an index page is in a real browser; ``measure_page`` is for benches and people."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from browsers import chromium

TIMED = """async (script) => {
    const started = performance.now();
    new Function(script)();
    document.body.offsetHeight;
    const worked = performance.now() - started;
    await new Promise(requestAnimationFrame);
    return worked;
}"""
STEPS = {
    "search": "const s = document.querySelector('#search'); s.value = '{word}';"
    "s.dispatchEvent(new Event('input'))",
    "clear": "document.querySelector('#clear').click()",
    "list": "document.querySelector('[data-list=fell]').click()",
    "sort": "document.querySelector('[data-sort=overall]').click()",
    "next": "document.querySelector('#next').click()",
}


def measure_page(path: Path, word: str = "๑๒") -> dict[str, Any]:
    """Return milliseconds to the first paint and of each step, and the page's bytes."""
    with chromium() as browser:
        return measure_in(browser, path, word)


def measure_in(browser: Any, path: Path, word: str = "๑๒") -> dict[str, Any]:
    """Measure in a browser that runs already."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    started = time.perf_counter()
    page.goto(path.as_uri())
    loaded = time.perf_counter() - started
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
    steps = {
        f"{name}_ms": round(page.evaluate(TIMED, script.replace("{word}", word)), 1)
        for name, script in STEPS.items()
    }
    page.close()
    return {
        "bytes": path.stat().st_size,
        "first_paint_ms": paint and round(paint, 1),
        "loaded_ms": round(loaded * 1000, 1),
        **steps,
    }


if __name__ == "__main__":
    print(measure_page(Path(sys.argv[1])))
