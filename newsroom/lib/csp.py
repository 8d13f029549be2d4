from collections.abc import Mapping


def header(policy: Mapping[str, list[str]]) -> str:
    """The value of Content-Security-Policy for `policy`, a list of sources by directive."""
    return "; ".join(" ".join([directive, *sources]) for directive, sources in policy.items())
