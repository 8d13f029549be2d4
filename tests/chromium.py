"""Where this machine's Chromium is; `python -m tests.chromium` succeeds if there is one."""

import os
import shutil
import sys
from pathlib import Path

# The first one has no windows to draw around its pages: it opens them three times as fast.
NAMES = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
]
MAC = "/Applications/{0}.app/Contents/MacOS/{0}"
MAC_NAMES = ["Chromium", "Google Chrome", "Microsoft Edge"]
HOW_TO_GET = "apt install chromium, brew install --cask chromium, or CHROMIUM=/path/to/chromium"


def find() -> str | None:
    if named := os.environ.get("CHROMIUM"):
        return named
    found = [shutil.which(name) for name in NAMES]
    found += [path for path in map(MAC.format, MAC_NAMES) if Path(path).exists()]
    return next(filter(None, found), None)


if __name__ == "__main__":
    sys.exit(0 if find() else 1)
