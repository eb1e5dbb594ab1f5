"""From sightings to a paper: every rule, in any order, and what a person typed above all."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.library.merging import Paper, resolve
from refman.library.records import Seen, creators_to_json
from refman.model.creator import Creator
from refman.model.entry import Entry
from tests.library.making import entry, people

DOUBT = ("Where the title ends and the authors begin is not clear.",)
RIVAL = ("It may be the same as “Sheep”: the same title.",)
NO_TITLE = ("It has no title yet.",)


def seen(*args: Any, **values: Any) -> Seen:
    """A sighting; what `Seen` does not have belongs to its entry."""
    own = {
        name: values.pop(name)
        for name in (
            "category",
            "category_label",
            "year_given",
            "score",
            "code",
            "review",
            "reviewed",
            "rivals",
            "as_of",
        )
        if name in values
    }
    return Seen(entry=entry(*args, **values), **own)


def value(paper: Paper, field: str) -> Any:
    if hasattr(paper, field):
        return getattr(paper, field)
    return (
        getattr(paper.entry, field)
        if hasattr(paper.entry, field)
        else paper.entry.fields.get(field)
    )


LITERAL = (Creator(literal="Ada Lovelace"),)


@pytest.mark.parametrize(
    ("field", "sightings", "expected"),
    [
        # --- title
        pytest.param("title", [seen(""), seen("Sheep")], "Sheep", id="title-over-none"),
        pytest.param(
            "title",
            [seen("Sheep"), seen("Goats", review=DOUBT), seen("Goats", review=DOUBT)],
            "Sheep",
            id="title-undoubted",
        ),
        pytest.param(
            "title",
            [seen("Goats and More"), seen("Sheep"), seen("SHEEP")],
            "Sheep",
            id="title-of-most-then-the-greater-text",
        ),
        pytest.param(
            "title", [seen("Sheep"), seen("Sheep and Goats")], "Sheep and Goats", id="title-longer"
        ),
        pytest.param(
            "title",
            [seen("Sheep", review=DOUBT, reviewed=True), seen("Go")],
            "Sheep",
            id="title-looked-at-is-undoubted",
        ),
        # --- creators
        pytest.param(
            "creators",
            [
                seen("A", "Ada Lovelace, Alan Turing", creators_truncated=True),
                seen("A", "Ada Lovelace"),
            ],
            people("Ada Lovelace"),
            id="creators-full-over-truncated",
        ),
        pytest.param(
            "creators_truncated",
            [
                seen("A", "Ada Lovelace", creators_truncated=True),
                seen("A", "Ada Lovelace, Alan Turing", creators_truncated=True),
            ],
            True,
            id="creators-truncated-stays",
        ),
        pytest.param(
            "creators",
            [seen("A", "Ada Lovelace"), seen("A", "Ada Lovelace, Alan Turing")],
            people("Ada Lovelace, Alan Turing"),
            id="creators-longer",
        ),
        pytest.param(
            "creators",
            [seen("A", "A. Lovelace"), seen("A", "Ada Lovelace")],
            people("Ada Lovelace"),
            id="creators-spelt-out",
        ),
        pytest.param(
            "creators",
            [seen("A"), seen("A", "Ada Lovelace", creators_truncated=True)],
            people("Ada Lovelace"),
            id="creators-over-none",
        ),
        pytest.param(
            "creators",
            [
                seen("A", "Ada Lovelace", review=DOUBT),
                seen("A", "Al Gore", creators_truncated=True),
            ],
            people("Al Gore"),
            id="creators-undoubted",
        ),
        pytest.param(
            "creators",
            [Seen(Entry(creators=LITERAL)), seen("", "Ada Lovelace")],
            people("Ada Lovelace"),
            id="creators-in-parts-over-literal",
        ),
        pytest.param(
            "creators",
            [
                seen("A", "Ada Lovelace", review=RIVAL, rivals=RIVAL),
                seen("A", "Al Gore", creators_truncated=True),
            ],
            people("Ada Lovelace"),
            id="creators-of-a-row-that-says-clearly-what-it-says",
        ),
        # --- date
        pytest.param(
            "date",
            [seen(date="2021-01-01", year_given=False), seen(date="2022")],
            "2022",
            id="date-given-over-inferred",
        ),
        pytest.param(
            "date",
            [seen(date="2022-06-02", year_given=False), seen(date="2021-06-02", year_given=False)],
            "2021-06-02",
            id="date-earlier-of-two-inferred",
        ),
        pytest.param(
            "date",
            [seen(date="2022", year_given=True), seen(date="2022-05-16", year_given=True)],
            "2022-05-16",
            id="date-full-over-year",
        ),
        pytest.param(
            "date",
            [seen(date="2022", year_given=True), seen(date="2022-05-16", year_given=False)],
            "2022-05-16",
            id="date-filled-up-from-an-inferred-one-of-that-year",
        ),
        pytest.param(
            "date",
            [seen(date="2022-05-16", year_given=True), seen(date="2023", journaltitle="J")],
            "2023",
            id="date-of-the-published-version",
        ),
        pytest.param(
            "date",
            [seen(date="2022-05-16", year_given=True), seen(date="2021-05-16", year_given=True)],
            "2021-05-16",
            id="date-earlier-of-two-given",
        ),
        pytest.param("date", [seen(), seen()], "", id="date-none"),
        # --- the rest
        pytest.param(
            "abstract",
            [seen(abstract="Short."), seen(abstract="Longer one.")],
            "Longer one.",
            id="abstract-longer",
        ),
        pytest.param(
            "entry_type",
            [seen(), seen(entry_type="article"), seen()],
            "article",
            id="type-over-misc",
        ),
        pytest.param(
            "entry_type",
            [seen(entry_type="book"), seen(entry_type="article"), seen(entry_type="article")],
            "article",
            id="type-of-most",
        ),
        pytest.param(
            "category",
            [
                seen(category_label="CV"),
                seen(category_label="CV"),
                seen(category="cs.CV", category_label="CV"),
            ],
            "cs.CV",
            id="category-with-archive",
        ),
        pytest.param(
            "category",
            [seen(category="cs.LG"), seen(category="cs.LG"), seen(category="stat.ML")],
            "cs.LG",
            id="category-of-most",
        ),
        pytest.param(
            "category",
            [seen(category="cs.LG", eprintclass="stat.ML")],
            "stat.ML",
            id="category-of-the-arxiv-record",
        ),
        pytest.param(
            "score",
            [seen(score=80.0, as_of="2026-01-02"), seen(score=90.0, as_of="2026-01-01")],
            80.0,
            id="score-of-the-newest-page",
        ),
        pytest.param(
            "score",
            [seen(score=80.0, as_of="2026"), seen(score=90.0, as_of="2026")],
            90.0,
            id="score-higher-of-one-day",
        ),
        pytest.param(
            "score", [seen(as_of="2027"), seen(score=1.0, as_of="2026")], 1.0, id="score-over-none"
        ),
        pytest.param(
            "best_score",
            [seen(score=80.0, as_of="2026-01-02"), seen(score=90.0, as_of="2026-01-01"), seen()],
            90.0,
            id="best-score-of-any-page",
        ),
        pytest.param("best_score", [seen(), seen()], None, id="best-score-of-none"),
        pytest.param(
            "categories",
            [seen(category="stat.ML"), seen(category="cs.LG"), seen(category="stat.ML"), seen()],
            ("cs.LG", "stat.ML"),
            id="categories-of-all-pages",
        ),
        pytest.param(
            "categories",
            [seen(category_label="CV"), seen(category="math.CV"), seen(category_label="CO")],
            ("CO", "math.CV"),
            id="categories-a-label-where-no-page-has-more",
        ),
        pytest.param(
            "categories",
            [seen(category="cs.LG", eprintclass="stat.ML"), seen(eprintclass="cs.AI, cs.LG")],
            ("cs.AI", "cs.LG", "stat.ML"),
            id="categories-of-records-too",
        ),
        pytest.param("seen", [seen(), seen("Sheep"), seen()], 3, id="seen-thrice"),
        pytest.param("code", [seen(code=False), seen(code=True), seen()], True, id="code-any"),
        pytest.param(
            "volume",
            [seen(volume="1"), seen(volume="12"), seen(volume="1")],
            "1",
            id="field-of-most",
        ),
        pytest.param(
            "note", [seen(note="short"), seen(note="longer")], "longer", id="field-longer"
        ),
        # --- attention
        pytest.param("attention", [seen()], NO_TITLE, id="attention-no-title"),
        pytest.param("attention", [seen("Sheep", review=DOUBT)], DOUBT, id="attention-doubt"),
        pytest.param(
            "attention", [seen("Sheep", review=DOUBT, reviewed=True)], (), id="attention-looked-at"
        ),
        pytest.param(
            "attention",
            [seen("Sheep", review=DOUBT), seen("sheep")],
            (),
            id="attention-settled-by-another-page",
        ),
        pytest.param(
            "attention",
            [seen("Sheep", review=DOUBT), seen("Goats")],
            DOUBT,
            id="attention-not-settled-by-another-title",
        ),
        pytest.param(
            "attention",
            [seen("Sheep", review=RIVAL, rivals=RIVAL), seen("Sheep")],
            RIVAL,
            id="attention-a-rival-is-not-settled-by-another-page",
        ),
        pytest.param(
            "attention",
            [seen("Sheep", review=DOUBT + RIVAL, rivals=RIVAL), seen("Sheep")],
            RIVAL,
            id="attention-only-the-rival-is-left",
        ),
        pytest.param(
            "attention",
            [seen("Sheep", review=RIVAL, rivals=RIVAL, reviewed=True)],
            (),
            id="attention-a-rival-was-looked-at",
        ),
    ],
)
def test_the_rules_whatever_the_order(field: str, sightings: list[Seen], expected: Any) -> None:
    assert value(resolve(sightings), field) == expected
    assert value(resolve(sightings[::-1]), field) == expected


@pytest.mark.parametrize(
    ("edits", "field", "expected"),
    [
        pytest.param({"title": "Mine"}, "title", "Mine", id="title"),
        pytest.param({"title": ""}, "title", "", id="title-cleared"),
        pytest.param({"title": ""}, "attention", NO_TITLE + DOUBT, id="title-cleared-is-told"),
        pytest.param({"abstract": "M."}, "abstract", "M.", id="abstract"),
        pytest.param({"date": "1999"}, "date", "1999", id="date"),
        pytest.param({"entry_type": "book"}, "entry_type", "book", id="type"),
        pytest.param({"volume": "9"}, "volume", "9", id="field"),
        pytest.param({"volume": ""}, "volume", None, id="field-cleared"),
        pytest.param(
            {"creators": creators_to_json(people("Al Gore"))},
            "creators",
            people("Al Gore"),
            id="creators",
        ),
        pytest.param({"creators": []}, "creators", (), id="creators-cleared"),
        pytest.param(
            {"creators": creators_to_json(people("Al Gore"))},
            "creators_truncated",
            False,
            id="creators-typed-are-whole",
        ),
        pytest.param(
            {"creators_truncated": True, "creators": creators_to_json(people("Al Gore"))},
            "creators_truncated",
            True,
            id="creators-typed-and-others",
        ),
        pytest.param({"creators_truncated": False}, "creators_truncated", False, id="no-others"),
        pytest.param({"eprintclass": "math.CO"}, "category", "math.CO", id="category"),
        pytest.param(
            {"eprintclass": "math.CO"}, "categories", ("cs.LG", "math.CO"), id="categories"
        ),
        pytest.param({"title": "Mine", "creators": []}, "attention", (), id="doubts-are-settled"),
    ],
)
def test_what_a_person_typed_stands_above(edits: dict[str, Any], field: str, expected: Any) -> None:
    sightings = [
        seen(
            "Sheep",
            "Ada Lovelace",
            "2022",
            "Told.",
            entry_type="article",
            volume="1",
            creators_truncated=True,
            category="cs.LG",
            review=DOUBT,
        )
    ] * 3
    assert value(resolve(sightings, edits), field) == expected
    turned = dict(reversed(edits.items()))
    assert value(resolve(sightings, turned), field) == expected


_NAMES = st.lists(
    st.one_of(
        st.sampled_from(people("Ada Lovelace, A. Lovelace, Hado van Hasselt")),
        st.builds(
            Creator,
            family=st.sampled_from(["Lovelace", "van Hasselt", "Hasselt"]),
            given=st.sampled_from(["", "Ada", "Hado"]),
            non_dropping_particle=st.sampled_from(["", "van"]),
            role=st.sampled_from(["author", "editor"]),
        ),
        st.builds(Creator, literal=st.sampled_from(["Ada Lovelace", "OPAL"])),
    ),
    max_size=3,
).map(tuple)
_SEEN = st.builds(
    Seen,
    entry=st.builds(
        Entry,
        entry_type=st.sampled_from(["misc", "article", "book"]),
        title=st.sampled_from(["", "Sheep", "SHEEP", "Goats", "sheep!"]),
        creators=_NAMES,
        creators_truncated=st.booleans(),
        date=st.sampled_from(
            ["", "2021", "2022", "2022-05", "2022-06", "2022-05-16", "2020/2021", "1999~"]
        ),
        abstract=st.sampled_from(["", "One.", "Two."]),
        fields=st.dictionaries(
            st.sampled_from(["volume", "journaltitle", "eprintclass"]),
            st.sampled_from(["", "1", "J", "cs.LG", "cs.LG, math.CV"]),
            max_size=2,
        ),
    ),
    category=st.sampled_from([None, "cs.LG", "stat.ML"]),
    category_label=st.sampled_from([None, "LG", "CV"]),
    year_given=st.sampled_from([None, True, False]),
    score=st.sampled_from([None, 1.0, 2.0]),
    code=st.sampled_from([None, True, False]),
    review=st.sampled_from([(), DOUBT, RIVAL, DOUBT + RIVAL]),
    rivals=st.just(RIVAL),
    reviewed=st.booleans(),
    as_of=st.sampled_from(["2026-01-01", "2026-01-02"]),
)


@given(
    st.lists(_SEEN, min_size=1, max_size=6).flatmap(
        lambda found: st.tuples(st.just(found), st.permutations(found))
    )
)
def test_the_order_of_sightings_plays_no_part(pair: tuple[list[Seen], list[Seen]]) -> None:
    one, other = pair
    assert resolve(one) == resolve(other)


_TEXTS = st.sampled_from(["", "a", "b"])


@given(
    entry=st.builds(
        Entry,
        entry_type=st.sampled_from(["misc", "article"]),
        citation_key=_TEXTS,
        title=_TEXTS,
        creators=st.sampled_from([(), (Creator(family="A"),), (Creator(literal="others"),)]),
        creators_truncated=st.booleans(),
        date=st.sampled_from(["", "2020", "2020/2021", "2020-05-06"]),
        abstract=_TEXTS,
        fields=st.dictionaries(st.sampled_from(["doi", "eprintclass", "note"]), _TEXTS),
        keywords=st.sampled_from([(), ("x",)]),
        tex=st.dictionaries(st.sampled_from(["title", "author", "note", "publisher"]), _TEXTS),
    ),
    category=st.sampled_from([None, "cs.LG"]),
    label=st.sampled_from([None, "LG"]),
    score=st.sampled_from([None, 0.0, 1.5]),
    code=st.sampled_from([None, False, True]),
    doubts=st.sampled_from([(), ("It is in doubt.",)]),
    rivals=st.sampled_from([(), ("It may be another.",)]),
    reviewed=st.booleans(),
)
def test_one_sighting_alone_goes_a_quicker_way_to_the_same(
    entry: Entry,
    category: str | None,
    label: str | None,
    score: float | None,
    code: bool | None,
    doubts: tuple[str, ...],
    rivals: tuple[str, ...],
    reviewed: bool,
) -> None:
    seen = Seen(
        entry,
        category=category,
        category_label=label,
        score=score,
        code=code,
        doubts=doubts,
        rivals=rivals,
        review=(*doubts, *rivals),
        reviewed=reviewed,
    )
    assert replace(resolve([seen]), seen=2) == resolve([seen, seen])
