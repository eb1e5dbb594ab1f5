"""refman keys: old and new keys, the pattern, and the manuscripts that cite them."""

from pathlib import Path

import pytest

from tests.cli.conftest import KEYS, Refman

pytestmark = pytest.mark.usefixtures("library")
ALL = "[auth][shortyear]"
ROWS = [
    "lindqvist2020cold\tLindqvist20\t",
    "lindqvist2022quiet\tLindqvist22\t",
    "moreau2021counting\tMoreau21\t",
]


def keys_now(refman: Refman) -> list[str]:
    return sorted(line.split("\t")[0] for line in refman("list").out.splitlines())


def test_a_preview_changes_nothing(refman: Refman) -> None:
    refman("cite", "--as", "keys", "moreau2021counting")
    outcome = refman("keys", "--pattern", ALL)
    assert outcome.status == 0
    assert sorted(outcome.out.splitlines()) == [*ROWS[:2], ROWS[2] + "given"]
    assert outcome.err.splitlines() == [
        "3 of 3 papers would have another key, 1 of them known outside.",
        "Nothing was changed: add --apply to do it.",
    ]
    assert keys_now(refman) == sorted(KEYS)


def test_keys_are_changed_and_go_on_to_find_their_papers(refman: Refman) -> None:
    outcome = refman("keys", "--query", "author:moreau", "--pattern", "[auth:lower]", "--apply")
    assert (outcome.status, outcome.out) == (0, "moreau2021counting\tmoreau\t\n")
    assert outcome.err.splitlines() == [
        "1 of 1 paper would have another key, 0 of them known outside.",
        "1 paper: the citation key was changed. The old keys go on to find them.",
    ]
    for query in ("key:moreau2021counting", "key:MOREAU", "moreau2021counting"):
        assert refman("list", "--query", query).out.startswith("moreau\t2021"), query
    assert refman("show", "moreau2021counting").status == 0
    assert refman("undo").status == 0
    assert keys_now(refman) == sorted(KEYS)


def test_nothing_to_change(refman: Refman) -> None:
    outcome = refman("keys", "--apply")
    assert (outcome.status, outcome.out) == (0, "")
    assert outcome.err == "0 of 3 papers would have another key, 0 of them known outside.\n"
    assert refman("keys", "--query", "zebra").status == 0


def test_letters_tell_equal_keys_apart(refman: Refman) -> None:
    outcome = refman("keys", "--pattern", "x[auth:(y):truncate0]x;k[year:truncate2]", "--apply")
    assert [line.split("\t")[1] for line in sorted(outcome.out.splitlines())] == [
        "k20",
        "k20a",
        "k20b",
    ]
    assert "“k20” is another paper's: a letter was added." in outcome.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("keys", "--pattern", "[aut]"), "wrong at character 2: There is no marker [aut]"),
        (("keys", "--pattern", "x"), "Every paper would have the same key"),
        (("keys", "pattern", "[auth"), "This [ is not closed"),
        (("keys", "rewrite"), "PATH"),
        (("keys", "nonsense"), "nonsense"),
    ],
)
def test_wrong_usage(refman: Refman, arguments: tuple[str, ...], said: str) -> None:
    outcome = refman(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err
    assert keys_now(refman) == sorted(KEYS)


def test_the_pattern(refman: Refman) -> None:
    assert refman("keys", "pattern").out == "[default]\n"
    said = "New citation keys are made by [auth][year]. Those that there are stay.\n"
    assert refman("keys", "pattern", "[auth][year]").err == said
    assert refman("keys", "pattern", "[auth][year]").err == "That is the pattern already.\n"
    refman("keys", "pattern", "--type", "book", "[title]")
    assert refman("keys", "pattern").out == "[auth][year]\nbook\t[title]\n"
    assert refman("keys", "pattern", "--type", "book").out == "[title]\n"
    assert refman("add", "title=Sheep", "author=Ada King", "year=2020").out == "King2020\n"
    assert refman("add", "--type", "book", "title=On Sheep").out == "OnSheep\n"
    assert keys_now(refman) == sorted([*KEYS, "King2020", "OnSheep"])
    refman("keys", "pattern", "")
    assert refman("keys", "pattern").out == "[default]\nbook\t[title]\n"


def test_what_can_stand_in_a_pattern(refman: Refman) -> None:
    out = refman("keys", "pattern", "--markers").out
    for words in ("[auth.etal]", "[keywordsN]", ":truncateN", ':regex("a","b")'):
        assert words in out


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    folder = tmp_path / "paper"
    folder.mkdir()
    (folder / "main.tex").write_text("\\cite{moreau2021counting}\n% moreau2021counting\n")
    (folder / "notes.md").write_bytes("Grüße [@moreau2021counting]\r\n".encode("latin-1"))
    return folder


def test_manuscripts_are_shown_and_rewritten(refman: Refman, paper: Path) -> None:
    arguments = ("keys", "--query", "author:moreau", "--pattern", "[auth]", "--rewrite", paper)
    outcome = refman(*arguments)
    assert outcome.status == 0
    assert outcome.out.splitlines() == [
        "moreau2021counting\tMoreau\t",
        f"{paper / 'main.tex'}:1",
        "- \\cite{moreau2021counting}",
        "+ \\cite{Moreau}",
        f"{paper / 'notes.md'}:1",
        "- Grüße [@moreau2021counting]",
        "+ Grüße [@Moreau]",
    ]
    assert "moreau2021counting" in (paper / "main.tex").read_text()
    outcome = refman(*arguments, "--apply")
    assert outcome.status == 0
    assert outcome.err.splitlines()[-2:] == [
        f"Wrote {paper / 'main.tex'}.",
        f"Wrote {paper / 'notes.md'}.",
    ]
    assert (paper / "main.tex").read_text() == "\\cite{Moreau}\n% moreau2021counting\n"
    assert (paper / "notes.md").read_bytes() == "Grüße [@Moreau]\r\n".encode("latin-1")


def test_keys_of_long_before_are_rewritten_too(refman: Refman, paper: Path) -> None:
    refman("edit", "moreau2021counting", "key=second")
    refman("keys", "--query", "author:moreau", "--pattern", "[auth]", "--rewrite", paper, "--apply")
    assert (paper / "main.tex").read_text() == "\\cite{Moreau}\n% moreau2021counting\n"


def test_todays_keys_in_place_of_earlier_ones(refman: Refman, paper: Path) -> None:
    refman("edit", "moreau2021counting", "key=count")
    outcome = refman("keys", "rewrite", paper / "main.tex")
    assert (outcome.status, outcome.err) == (0, "Nothing was changed: add --apply to do it.\n")
    assert outcome.out.splitlines()[1:] == ["- \\cite{moreau2021counting}", "+ \\cite{count}"]
    assert refman("keys", "rewrite", paper, "--apply").status == 0
    assert (paper / "main.tex").read_text() == "\\cite{count}\n% moreau2021counting\n"
    outcome = refman("keys", "rewrite", paper, "--apply")
    assert (outcome.status, outcome.out) == (0, "")
    assert outcome.err == "No manuscript cites one of these keys.\n"


def test_no_key_is_changed_where_a_manuscript_cannot_be_read(refman: Refman, paper: Path) -> None:
    arguments = ("keys", "--pattern", ALL, "--rewrite", paper, "--rewrite", paper / "missing.tex")
    outcome = refman(*arguments)
    assert (outcome.status, "cannot be read" in outcome.err) == (3, True)
    outcome = refman(*arguments, "--apply")
    assert (outcome.status, "No key was changed" in outcome.err) == (3, True)
    assert keys_now(refman) == sorted(KEYS)
    assert refman("keys", "rewrite", paper / "missing.tex", "--apply").status == 3


def test_a_missing_library(refman: Refman, tmp_path: Path) -> None:
    missing = tmp_path / "missing.refman"
    assert refman("keys", "--library", missing).status == 3
    assert refman("keys", "pattern", "--library", missing).status == 3
    assert not missing.exists()
