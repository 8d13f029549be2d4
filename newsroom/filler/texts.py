"""Bodies for test data, put together from the demo magazine's pieces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from articles.content import blocks
from newsroom.demo import FIGURE, SEEDS, read_page
from newsroom.lib import html

N_TEXTS = 20
N_WORDS = 900
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Text:
    headline: str
    deck: str
    blocks: list[str]

    def body(self, photos: Sequence[int]) -> str:
        """The clean body with `photos` (ids) at equal distances; needs no cleaning after."""
        n_parts = len(photos) + 1
        cuts = [len(self.blocks) * part // n_parts for part in range(n_parts + 1)]
        parts = ["".join(self.blocks[a:b]) for a, b in pairwise(cuts)]
        figures = [f'<figure data-photo="{pk}"></figure>' for pk in photos]
        return "".join(part + figure for part, figure in zip(parts, [*figures, ""], strict=True))


@cache
def texts() -> list[Text]:
    """N_TEXTS texts of about N_WORDS words with sub-heads, always the same."""
    files = sorted(SEEDS.glob("articles/*.md"))
    with_sub_heads = [path for path in files if path.read_text().count("\n## ") >= 2]
    stories = [read(path) for path in with_sub_heads[:N_TEXTS]]
    return [lengthen(stories[n:] + stories[:n]) for n in range(len(stories))]


def read(path: Path) -> Text:
    """A piece of the demo magazine without its photos."""
    front, markdown = read_page(path)
    body = MarkdownIt("commonmark", {"html": True}).render(markdown)
    return Text(front["headline"], front["deck"], blocks(html.clean(FIGURE.sub("", body))))


def lengthen(stories: Sequence[Text]) -> Text:
    """The first story, with blocks of those that follow it until it is long enough."""
    n_words, chosen = 0, []
    for block in flow(stories):
        chosen.append(block)
        n_words += len(TAG.sub(" ", block).split())
        if n_words >= N_WORDS and block.startswith("<p>"):
            break
    return Text(stories[0].headline, stories[0].deck, chosen)


def flow(stories: Sequence[Text]) -> Iterator[str]:
    for story in stories:
        if story is not stories[0]:
            yield f"<h2>{html.clean_inline(story.headline)}</h2>"
        yield from story.blocks
