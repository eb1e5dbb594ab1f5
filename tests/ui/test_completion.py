"""What the search line offers, and what it does not search for yet."""

import pytest

from refman.ui.completion import finished, offers

NAMES = {"tag": ["forget", "to cite", "rl"], "listing": ["Aaron Courville", "Aaron Courville"]}


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("ta", ["tag:"]),
        ("-ta", ["-tag:"]),
        ("tag:", ["tag:forget", 'tag:"to cite"', "tag:rl"]),
        ("tag:r", ["tag:rl", "tag:forget"]),
        ('-tag:"to', ['-tag:"to cite"']),
        ("status:rea", ["status:reading", "status:read", "status:to-read"]),
        ("listing:", ['listing:"Aaron Courville"']),
        ("has:abs", ["has:abstract"]),
        ("has:sco", ["has:score"]),
        ("se", ["seen:"]),
        ("category:cs.l", ["category:cs.LG", "category:cs.LO"]),
        ("type:thes", ["type:thesis"]),
        ("year:20", []),
        ("xyz", []),
    ],
    ids=str,
)
def test_offers(word: str, offered: list[str]) -> None:
    assert sorted(offers(lambda kind: NAMES.get(kind, []), word)) == sorted(offered)


@pytest.mark.parametrize(
    ("query", "searched"),
    [
        ("tag:", ""),
        ("deep tag:", "deep"),
        ("deep -author:", "deep"),
        ("tag:rl", "tag:rl"),
        ("title: colon", "title: colon"),
        ("Adam:", "Adam:"),
    ],
)
def test_a_query_word_without_a_value_is_not_searched(query: str, searched: str) -> None:
    assert finished(query) == searched
