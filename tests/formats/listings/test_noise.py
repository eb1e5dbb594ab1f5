"""Noise around the rows, and the same page dressed in every kind of it."""

from collections.abc import Callable

import pytest

from refman.formats.format import Found
from refman.formats.listings.noise import is_noise
from tests.formats import engine


@pytest.mark.parametrize(
    "line",
    ["Home", "Sign in", "Skip to main content", "Show more", "Load more papers", "1 2 3 … 14", "•",
     "© 2026 Paperfinder", "All rights reserved", "Home | Papers | About", "Privacy Terms Contact",
     "Page 2 of 9", "Sort by: Newest", "This site uses cookies to be nice", "View on arXiv →",
     "Showing 1–50 of 210 papers", "----------"],
)  # fmt: skip
def test_is_noise(line: str) -> None:
    assert is_noise(line)


@pytest.mark.parametrize(
    "line",
    ["Attention Is All You Need", "Aaron Courville", "LG", "LGJun 2", "h-index67", "World Models",
     "Search and Rescue with Drones", "Code Search", "PRIMES is in P", "Memory Networks",
     "Abstract:We search.", "x" * 100_000],
)  # fmt: skip
def test_is_no_noise(line: str) -> None:
    assert not is_noise(line)


def _between_lines(noise: str) -> Callable[[str], str]:
    return lambda text: text.replace("\n", f"\n{noise}\n")


DRESSES: dict[str, Callable[[str], str]] = {
    "byte-order mark": lambda text: f"\ufeff{text}",
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "zero-width spaces": lambda text: text.replace("e", "e\u200b"),
    "direction marks": lambda text: text.replace("\n", "\u200e\n\u200f"),
    "blank lines": _between_lines(""),
    "blank lines of spaces": _between_lines(" \t\u00a0 "),
    "no blank lines": lambda text: "\n".join(filter(str.strip, text.split("\n"))),
    "spaces around": lambda text: text.replace("\n", "  \n\t "),
    "buttons": _between_lines("Save"),
    "navigation": lambda text: f"Skip to content\nHome | Papers | Sign in\n{text}",
    "footers": lambda text: (
        f"{text}\nLoad more\n1 2 3 Next\n© 2026 Paperfinder\nPrivacy Terms Help"
    ),
    "much navigation": lambda text: "Home | Papers | Sign in\n" * 20_000 + text,
}
PAGES = ("profile/blank_lines.txt", "profile/run_together.txt", "abstract_list/plain.txt")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("dress", DRESSES)
def test_the_rows_stay_the_same(page: str, dress: str) -> None:
    text = engine.text_of(engine.SAMPLES / page)
    plain, dressed = engine.read(text), engine.read(DRESSES[dress](text))

    def rows(found: Found) -> list[dict[str, object]]:
        return [{**engine.row_as_json(row), "line": 0} for row in found.rows]

    assert rows(dressed) == rows(plain)
    assert dressed.header == plain.header
    assert dressed.problems == plain.problems == []


def test_what_was_passed_over_is_reported_with_its_line() -> None:
    text = engine.text_of(engine.SAMPLES / "profile/run_together.txt")
    lines = text.rstrip("\n").split("\n")
    found = engine.read("\n".join(["Home", *lines[:3], "Save", *lines[3:], "© 2026 Paperfinder"]))
    assert [(passage.line, passage.text) for passage in found.passed_over] == [
        (1, "Home"),
        (5, "Save"),
        (len(lines) + 3, "© 2026 Paperfinder"),
    ]
