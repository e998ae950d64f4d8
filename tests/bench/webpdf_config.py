"""Read by ``jupyter nbconvert --config``: let ``--to webpdf`` use the system's Chromium.

Playwright's own browser is not to be had on every network.
"""

from functools import partialmethod

from playwright.async_api import BrowserType

ARGUMENTS = ["--no-sandbox", "--headless"]
BrowserType.launch = partialmethod(
    BrowserType.launch, executable_path="/usr/bin/chromium", args=ARGUMENTS
)
