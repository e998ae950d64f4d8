"""A real Chromium and a real JupyterLab for the tests that drive them."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from ita_helpers.files.workspace import Workspace
from ita_helpers.lab.opening import lab_environment

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox --headless --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
IN_BROWSER = [
    pytest.mark.chromium,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}


def with_browser(test):
    """Mark a test that needs Chromium."""
    for mark in IN_BROWSER:
        test = mark(test)
    return test


@contextmanager
def chromium() -> Iterator[Any]:
    """Run Chromium as Debian has it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield started
        started.close()


def watch(page):
    """Note what a page asks for and what goes wrong on it."""
    page.requests, page.complaints = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def blank(page, width, height):
    """Return a page that is watched as it was when it was new."""
    page.goto("about:blank")
    page.emulate_media(media="null")
    page.set_viewport_size({"width": width, "height": height})
    page.mouse.move(0, 0)
    page.requests.clear()
    page.complaints.clear()
    return page


def in_each_setting(narrow):
    """Run a test on a wide page in light and a narrow one in dark, in ``make stress`` on all four.

    Colours have no width, and what is no colour is the same in both: each is looked at once.
    ``contrast``, four fifths of the work of looking at a page, is for one width of each scheme.
    """
    from conftest import spanning

    enough = (1280, "light", True), (narrow, "dark", True)
    settings = [*enough, (narrow, "light", False), (1280, "dark", False)]
    return pytest.mark.parametrize(("width", "scheme", "contrast"), spanning(settings, *enough))


KINDS = """within => {
  const seen = new Map(), chosen = [];
  const look = (at) => {
    const {color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight} =
      getComputedStyle(at);
    return [color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight];
  };
  const behind = new Map();
  const ground = (at) => {
    if (!at) return "";
    if (!behind.has(at)) behind.set(at, ground(at.parentElement) + look(at).slice(1, 4));
    return behind.get(at);
  };
  const isLong = (text) => text.trim().length > 1;  // axe does not judge a single letter
  const hasText = (at) => at.matches("input, select, textarea")
    || isLong(at.textContent)
      && [...at.childNodes].some((each) => each.nodeType == 3 && each.data.trim());
  for (const each of document.querySelectorAll(`:is(${within}) *`)) {
    if (!each.getClientRects().length || !hasText(each)) continue;
    const names = [each, each.parentElement].map((at) => at.tagName + at.getAttribute("class"));
    const kind = [...names, look(each), ground(each)].join();
    seen.set(kind, 1 + (seen.get(kind) ?? 0));
    if (seen.get(kind) < 3) chosen.push(each);
  }
  return chosen;
}"""
"""Two elements of each kind of text: what looks alike before the same ground has one contrast."""


def violations(page, within="html", *, contrast=True):
    """Return the rules of accessibility that a page or part breaks, each with the first place.

    Contrast, four fifths of the work, is looked at in two texts of each kind, and in ``make
    stress`` everywhere.
    """
    from conftest import is_wide

    everywhere = contrast and is_wide()
    rules = {**RULES, "rules": {"color-contrast": {"enabled": everywhere}}}
    call = "([within, rules]) => axe.run(within, rules)"
    found = page.evaluate(call, [within, rules])["violations"]
    if contrast and not everywhere:
        only = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
        call = f"([within, only]) => axe.run({{include: ({KINDS})(within)}}, only)"
        found += page.evaluate(call, [within, only])["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


def menu(page, name, item):
    """Choose from JupyterLab's menu bar, as a person does."""
    page.locator(".lm-MenuBar-itemLabel", has_text=name).first.click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$")).first.click()
    page.wait_for_timeout(500)


THAI_KEYS = {"ฟ": "A", "ห": "S", "ก": "D", "ด": "F", "ผ": "Z", "ป": "X", "แ": "C", "อ": "V"}
THAI_KEYS |= {"ิ": "B", "ื": "N", "ท": "M", "ร": "I", "พ": "R", "ะ": "T", "ั": "Y", "า": "K"}
"""Some letters of the Thai keyboard (Kedmanee) by their key."""


def type_thai(page, text):
    """Type on a Thai keyboard: Chromium gets the Thai letter and the code of its Latin key."""
    session = page.context.new_cdp_session(page)
    for letter in text:
        latin = THAI_KEYS[letter]
        key = {"key": letter, "code": f"Key{latin}", "windowsVirtualKeyCode": ord(latin)}
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": letter, **key})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
        page.wait_for_timeout(50)
    session.detach()


class jupyter_lab:  # noqa: N801
    """A real JupyterLab on a free port of this machine, with the settings we open it with."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root = folder, root

    def __enter__(self) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-P", "-m", "ita_helpers.lab.server"]
        command += ["--no-browser", "--allow-root"]
        options = {"port": port, "IdentityProvider.token": "t", "ServerApp.root_dir": self.folder}
        options["LabApp.check_for_updates_class"] = "jupyterlab.NeverCheckForUpdate"
        self.process = subprocess.Popen(
            [*command, *(f"--{name}={value}" for name, value in options.items())],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=lab_environment(Workspace(self.root)),
        )
        address = f"http://127.0.0.1:{port}"
        for _ in range(120):
            try:
                read(f"{address}/api/status?token=t")
                return address
            except OSError:
                time.sleep(0.5)
        raise TimeoutError("JupyterLab did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def read(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        return json.load(answer)


def assert_readable_for_everyone(*pages):
    """Check that pages break no rule of accessibility, fit every width and ask for nothing."""
    with chromium() as browser:
        page = watch(browser.new_page())
        for width, file in product((360, 1280), pages):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(file.as_uri())
            page.evaluate(AXE)
            assert violations(page) == [], file
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), file
        assert [each for each in page.requests if not each.startswith(("file:", "data:"))] == []
