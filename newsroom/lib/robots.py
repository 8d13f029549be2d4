"""Programs that read the web."""

import re

# What calls itself a program; browsers of people do not.
PROGRAM = re.compile(
    r"bot\b|crawl|spider|scan|preview|fetch|monitor|headless|python|curl|wget|java/|okhttp|go-http"
    r"|libwww|axios|node|proofpoint|mimecast|barracuda|safelinks|google-?(image|read)|facebookext",
    re.IGNORECASE,
)


def is_program(agent: str) -> bool:
    """Whether a User-Agent is likely none of a person's browser; "" is none."""
    return not agent or bool(PROGRAM.search(agent))
