"""How long a text is and how hard to read."""

import re

from newsroom.lib import html

VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?…]+[\"”’)\]]*(?:\s|$)")
BETWEEN = re.compile(r"<[^>]*>|&nbsp;")
SPACES = re.compile("[ \n\t\u00a0]")  # as `articles.models.word_count.WordCount` parts words
NO_WORDS = {"", "-", "–", "—"}
# Flesch (1948) and the words that he gives for his steps.
STEPS = [(70, "easy"), (60, "plain"), (50, "fairly difficult"), (30, "difficult")]


def n_words(body: str) -> int:
    """Words in clean HTML, counted as the database counts them."""
    return sum(part not in NO_WORDS for part in SPACES.split(BETWEEN.sub(" ", body)))


def n_syllables(word: str) -> int:
    """Groups of vowels, but for a silent e at the end; English, roughly."""
    groups = len(VOWELS.findall(word))
    return max(1, groups - (groups > 1 and word.lower().endswith("e")))


def reading_ease(body: str) -> float | None:
    """Flesch's reading ease, higher is easier; None for a text too short to judge.

    206.835 - 1.015 words a sentence - 84.6 syllables a word (Flesch, 1948).
    """
    text = html.plain(body)
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)
    if len(words) < 100:
        return None
    paragraphs = [line for line in text.split("\n") if line.strip()]
    n_sentences = sum(max(1, len(SENTENCE.findall(line))) for line in paragraphs)
    syllables = sum(map(n_syllables, words))
    return 206.835 - 1.015 * len(words) / n_sentences - 84.6 * syllables / len(words)


def in_words(ease: float) -> str:
    return next((word for least, word in STEPS if ease >= least), "very difficult")
