"""Any text at all through any format: no exception, every row accounted for, an end in sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats import FORMATS, detect
from refman.formats.format import Context, Format
from refman.progress import Cancelled, Progress
from tests.formats import engine

READERS = [found for found in FORMATS if found.reads]
each_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)

PIECES = st.sampled_from(
    ["LGJun 2\n", "89.4CVFeb 29, 2023Code\n", "LG\n", "h-index67\n", "210papers\n",
     "9,704citations\n", "Aaron Courville\n", "A Title of Words", "Yann LeCun", "OpenAI\n",
     "Ada King, Bo Lee et al. · mila\n", "Abstract:", "Abstract: We show.\n", "Save\n", "© 2026\n",
     "We show that it works. It does, in every case that we tried, and we tried many of them.\n",
     "Universite de Montreal\n", "\n", " ", "\r\n", "@article{key,\n", "title = {A {B} C},\n",
     'author = "A and B",\n', "}\n", '@string{a = "b"}\n', "@comment{", "\\'{e}", "$x^2$", "{", "}",
     '"', "\\", "#", "%", "·", ",", " et al.", " and ", "\ufeff", "\u200b", "\u00a0", "\ud800",
     "\\\\\n", "arXiv:2101.00001\n", "Paper: hep-th/9901001\n", "Title: ", "Authors: ",
     "Categories: cs.LG\n", "Subjects: A (cs.LG)\n", "[1] arXiv:2101.00001 [pdf]\n",
     "-" * 78 + "\n", "%%--%%--" * 9 + "\n",
     "Submitted 3 May, 2024; originally announced May 2024.\n", "<entry>", "</entry>", "<record>",
     "</record>", "<title>", "<id>http://arxiv.org/abs/2101.00001</id>", "oai:arXiv.org:2101.00001",
     "\0", "\x1b", "\u2028", "\x85", "Łukasz", "王小明", "١٢", "²"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=10), max_size=40).map("".join)


@each_reader
@given(text=TEXTS)
def test_any_text_at_all(reader: Format, text: str) -> None:
    assert 0 <= reader.score(text) <= 100
    found = reader.read(text, Context(engine.AS_OF))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert found.count == len(found.rows) + sum(problem.failed for problem in found.problems)
    for row in found.rows:
        assert 1 <= row.line <= lines
    for problem in found.problems:
        assert 1 <= problem.line <= lines
        assert problem.message


@given(text=TEXTS)
def test_listings_give_only_what_a_database_can_hold(text: str) -> None:
    for name in ("profile", "abstract-list"):
        for row in engine.read(text, name).rows:
            for value in (row.raw_text, row.entry.title, row.entry.abstract, *row.affiliations):
                value.encode()
            for creator in row.entry.creators:
                assert creator.full_name.strip()


@given(text=TEXTS)
def test_detection_never_raises(text: str) -> None:
    detect(text)


LONG = 300_000
ADVERSARIAL = {
    "one line": "a" * LONG,
    "capitals": "A" * LONG,
    "joints": "aA" * LONG,
    "digits": "9" * LONG,
    "commas": "A b, " * (LONG // 5),
    "dots": ". " * LONG,
    "blanks": " " * LONG + "x",
    "middle dots": "a · " * (LONG // 4),
    "meta lines": "LGJun 2\n" * (LONG // 10),
    "weak meta lines": "LGJun 2\nA B\n" + "LG\nCode\nJun 2\n" * (LONG // 100),
    "figures": "h-index67\n" * (LONG // 10),
    "names": "Ada King\n" * (LONG // 10),
    "abstracts": "Abstract:\n" * (LONG // 10),
    "braces": "{" * 50_000,
    "a row with a long title": f"LGJun 2\n{'A Title ' * (LONG // 8)}Ada King\nWe show it.\n",
    "a row with many names": f"LGJun 2\nA Title\n{'Ada King, ' * (LONG // 10)}Bo Lee\nWe show.\n",
    "a row of many lines": "LGJun 2\n" + "and so on\n" * (LONG // 10),
    "marks of arXiv": "\\\\\n" * (LONG // 5),
    "blocks of arXiv": "\\\\\narXiv:2101.00001\nTitle: A\n" * (LONG // 50),
    "one block of arXiv": "\\\\\narXiv:2101.00001\nTitle: A\n" + "  (a " * (LONG // 5),
    "rules": ("-" * 78 + "\n") * (LONG // 100),
    "rows of arXiv": "[1] arXiv:2101.00001 [pdf]\nTitle: A\n" * (LONG // 50),
    "results of arXiv": "arXiv:2101.00001 cs.LG\n" + "cs.LG " * (LONG // 6),
    "authors in brackets": "\\\\\narXiv:2101.00001\nTitle: A\nAuthors: " + "(" * LONG,
    "many commas": "\\\\\narXiv:2101.00001\nTitle: A\nAuthors: A" + " ," * LONG,
    "entries": "<entry>arxiv.org/abs/" * (LONG // 50),
}


@pytest.mark.parametrize("text", ADVERSARIAL.values(), ids=ADVERSARIAL)
@pytest.mark.parametrize(
    "name",
    ["profile", "abstract-list", "arxiv-list", "arxiv-search", "arxiv-mailing", "arxiv-feed",
     "arxiv-oai"],
)  # fmt: skip
def test_long_texts_come_to_an_end(name: str, text: str) -> None:
    detect(text)
    engine.read(text, name)


@pytest.mark.parametrize(
    "sample",
    ["profile/run_together.txt", "abstract_list/plain.txt", "arxiv_list/new_copied.txt",
     "arxiv_search/results_copied.txt", "arxiv_mailing/daily_2023.txt", "arxiv_feed/api.xml",
     "arxiv_oai/records.xml"],
)  # fmt: skip
def test_a_reading_can_be_cancelled(sample: str) -> None:
    text = engine.text_of(engine.SAMPLES / sample)
    reader = detect(text)
    assert reader is not None
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        reader.read(text, Context(engine.AS_OF, progress=progress))
