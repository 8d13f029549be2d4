"""The Nu HTML checker (validator.nu), all pages in one run, as starting it takes long."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.npm import found


def complaints(pages: Mapping[str, str], folder: Path) -> list[str]:
    """The errors in the pages, each with the page's name; [] for none. Its advice is left out."""
    jar = found("vnu-jar", "build", "dist", "vnu.jar", needs="java")
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page)
    # A processor of its own would be too many where tests run on all of them.
    command = ["java", "-XX:+UseSerialGC", "-Xss8m", "-jar", str(jar), "--format", "json"]
    done = subprocess.run(
        [*command, "--stdout", "--exit-zero-always", str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    messages = json.loads(done.stdout)["messages"]
    return [told(message) for message in messages if message["type"] != "info"]


def told(message: dict[str, str]) -> str:
    name = message.get("url", "").rsplit("/", 1)[-1].removesuffix(".html")
    return f"{name}: {message['message']} | {message.get('extract', '')}"
