"""The tables that are printed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from statistics import median

from tests.bench.pages import Page
from tests.bench.wrk import Round

SPEED = f"""\
{"":13}{"connec-":>8}{"requests a second":>22}{"bare, ms":>17}{"page, ms":>17}
{"page":13}{"tions":>8}{"bare":>8}{"page":>7}{"ratio":>7}{"p50":>10}{"p99":>7}{"p50":>10}{"p99":>7}
"""
WEIGHT = f"""\
{"":13}{"":8}{"":8}{"bytes":>9}{"processor, ms":>22}
{"page":13}{"queries":>8}{"bytes":>8}{"by gzip":>9}{"bare":>8}{"page":>7}{"ratio":>7}
"""


@dataclass(frozen=True)
class Result:
    """A page at a number of connections: rounds of the bare view and of the page, by turns."""

    page: Page
    connections: int
    bare: list[Round] = field(default_factory=list)
    real: list[Round] = field(default_factory=list)

    def __str__(self) -> str:
        bare, real = middle(self.bare), middle(self.real)
        pairs = zip(self.bare, self.real, strict=True)
        ratio = median(one.per_second / other.per_second for one, other in pairs)
        return (
            f"{self.page.name:13}{self.connections:8}"
            f"{bare.per_second:8,.0f}{real.per_second:7,.0f}{f'1/{ratio:.0f}':>7}"
            f"{bare.p50:10.1f}{bare.p99:7.1f}{real.p50:10.1f}{real.p99:7.1f}"
        )


@dataclass(frozen=True)
class Cost:
    """Milliseconds that a request takes of all processors together."""

    page: Page
    bare: float
    real: float

    def __str__(self) -> str:
        page = self.page
        return (
            f"{page.name:13}{page.n_queries:8}{page.n_bytes:8,}{page.n_gzipped:9,}"
            f"{self.bare:8.2f}{self.real:7.1f}{f'1/{self.real / self.bare:.0f}':>7}"
        )


def middle(rounds: Sequence[Round]) -> Round:
    """A round of medians."""
    return Round(*(median(getattr(one, name.name) for one in rounds) for name in fields(Round)))


def report(results: Sequence[Result], costs: Sequence[Cost]) -> str:
    load = max(one.load for result in results for one in (*result.bare, *result.real))
    return "\n".join(
        [
            SPEED + "\n".join(map(str, results)),
            "",
            WEIGHT + "\n".join(map(str, costs)),
            "",
            "A ratio of 1/50: the page is 50 times slower than the bare view. Pages are made anew,",
            "of parts that may have been drawn before; of the new articles none has. Processor",
            "time includes an embedded database's; what else this machine does moves it less.",
            f"The load generator took at most {load:.0%} of one processor.",
        ]
    )
