"""The doctor in a library: what it finds there, mends, and is told to ignore."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refman.errors import UsageError
from refman.library import Doctor, Finding, Library, Severity
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.progress import Cancelled, Progress
from tests.library.doctor.looking import DAY, article
from tests.library.making import add, only, pasted, state

ILL = {
    "title": "H<sub>2</sub>O &amp; MORE.",
    "doi": "https://doi.org/10.1000/Abc.",
    "pages": "pp. 12-34",
    "publisher": "Ã‰ditions",
}


def ill(library: Library, **values: str) -> int:
    return only(library.entries.add(article(**{**ILL, **values})))


def rules(found: list[Finding]) -> list[str]:
    return [finding.rule for finding in found]


def test_all_papers_outside_the_trash_by_key(library: Library) -> None:
    second = ill(library, citation_key="b")
    first = ill(library, citation_key="a")
    library.entries.trash([ill(library, citation_key="c")])
    assert [each.entry_id for each in library.doctor.findings(rules=["encoding"], today=DAY)] == [
        first,
        second,
    ]
    assert library.doctor.findings([second, first], rules=["doi"])[0].key == "b"
    assert library.doctor.findings([]) == []


def test_fixes_of_one_paper_go_together(library: Library) -> None:
    paper = ill(library)
    before = state(library)
    found = library.doctor.findings([paper], today=DAY)
    changes = library.doctor.fix(found)
    assert (changes.entries, changes.message) == (frozenset([paper]), "1 paper mended.")
    entry = library.entries.get(paper).entry
    assert (entry.title, dict(entry.fields)) == (
        "H$_2$O & MORE",
        {
            "doi": "10.1000/Abc",
            "journaltitle": "Journal of Sheep",
            "pages": "12-34",
            "publisher": "Éditions",
        },
    )
    assert "doi" in library.entries.get(paper).edited
    assert rules(library.doctor.findings([paper], today=DAY)) == ["page-dash"]
    library.history.undo()
    assert state(library) == before


def test_a_fix_that_no_longer_fits_is_left_out(library: Library) -> None:
    paper = ill(library)
    found = library.doctor.findings([paper], rules=["doi", "encoding"])
    library.entries.edit(paper, {"doi": "doi:10.1000/other"})
    changes = library.doctor.fix(found)
    assert changes.message.endswith("1 of the fixes no longer fit and were left out.")
    fields = library.entries.get(paper).entry.fields
    assert (fields["doi"], fields["publisher"]) == ("doi:10.1000/other", "Éditions")


def test_a_paper_that_is_gone_is_left_out(library: Library) -> None:
    paper = ill(library)
    found = library.doctor.findings([paper])
    library.entries.trash([paper])
    library.entries.empty_trash()
    assert library.doctor.fix(found).count == 0
    assert library.doctor.fix([]).count == 0


def test_names_are_mended_one_by_one(library: Library) -> None:
    names = "Knuth, D.E. and Foo Team and Lam, H.Y. and Jane Doe et al."
    source = pasted(f"@misc{{a, title={{T}}, author={{{names}}}}}", "a.bib")
    library.importing.run(source)
    (paper,) = library.search.ids()
    found = library.doctor.findings()
    library.doctor.fix([each for each in found if each.fix and each.fix.safe])
    entry = library.entries.get(paper).entry
    assert [one.inverted for one in entry.creators] == [
        "Knuth, D. E.",
        "Foo Team",
        "Lam, H. Y.",
        "Doe, Jane",
    ]
    assert entry.creators_truncated
    assert library.doctor.findings() == []


def test_the_address_of_a_doi_goes(library: Library) -> None:
    text = "@misc{a, title={T}, doi={https://doi.org/10.1000/182}, year=2000}"
    library.importing.run(pasted(text, "a.bib"))
    found = library.doctor.findings(rules=["doi"])
    assert [each.fix and (each.fix.before, each.fix.after, each.fix.safe) for each in found] == [
        ("https://doi.org/10.1000/182", "10.1000/182", True)
    ]
    library.doctor.fix(found)
    assert library.doctor.findings(rules=["doi"]) == []


def test_many_papers_are_mended_in_one_step(library: Library) -> None:
    ids = [ill(library, citation_key=f"k{n}") for n in range(5)]
    before = state(library)
    progress = Progress()
    changes = library.doctor.fix(library.doctor.findings(ids, today=DAY), progress)
    assert (changes.entries, progress.done, progress.total) == (frozenset(ids), 5, 5)
    assert {*rules(library.doctor.findings(ids, today=DAY))} == {
        "page-dash",
        "shared-identifier",
    }
    library.history.undo()
    assert state(library) == before


class _Impatient(Progress):
    """The user cancels after one paper."""

    def advance(self, steps: int = 1) -> None:
        super().advance(steps)
        self.cancel()


def test_mending_that_is_stopped_changes_nothing(library: Library) -> None:
    ids = [ill(library, citation_key=f"k{n}") for n in range(3)]
    before = state(library)
    found = library.doctor.findings(ids)
    with pytest.raises(Cancelled):
        library.doctor.fix(found, _Impatient())
    assert state(library) == before


def test_tex_that_stops_latex_is_written_anew(library: Library) -> None:
    library.importing.run(pasted("@misc{a, title={\\emph{A}_b \\foo & c}, year=2000}", "a.bib"))
    found = library.doctor.findings(rules=["tex-signs"])
    library.doctor.fix(found)
    assert library.doctor.findings(rules=["tex-signs"]) == []


def test_parents_twins_and_keys(library: Library) -> None:
    bib = """
    @inproceedings{c, author = {A B}, title = {Lambs}, crossref = {P}}
    @inproceedings{d, author = {A B}, title = {Goats}, crossref = {none}, booktitle={G}, year=2000}
    @proceedings{p, title = {Proceedings}, year = 2002}
    @misc{e, title = {Cows of the north}, doi = {10.1000/1}, year = 2000}
    """
    library.importing.run(pasted(bib, "a.bib"))
    twin = add(library, "Quite another thing", "C D", "1999", doi="10.1000/1", citation_key="t")
    found = [
        (each.key, each.rule, each.field) for each in library.doctor.findings() if each.key != "p"
    ]
    assert found == [
        ("c", "dangling", "crossref"),
        ("d", "dangling", "crossref"),
        ("e", "shared-identifier", "doi"),
        ("t", "shared-identifier", "doi"),
    ]
    other = library.entries.find("e")
    assert other is not None
    library.entries.keep_apart(twin, other)
    assert library.doctor.findings(rules=["shared-identifier"]) == []


def test_what_is_ignored(library: Library) -> None:
    paper, other = ill(library), ill(library, title="Another", citation_key="b")
    found = library.doctor.findings([paper], rules=["doi"])
    assert library.doctor.ignore(found[0]).entries == frozenset([paper])
    assert library.doctor.ignore(found[0]).count == 0
    assert library.doctor.ignored() == 1
    assert [each.entry_id for each in library.doctor.findings(rules=["doi"])] == [other]
    library.history.undo()
    assert library.doctor.findings([paper], rules=["doi"]) == found
    library.history.redo()
    library.doctor.ignore(library.doctor.findings(rules=["doi"])[0])
    assert library.doctor.findings(rules=["doi"]) == []
    assert library.doctor.forget_ignored().count == 2
    assert len(library.doctor.findings(rules=["doi"])) == 2
    with pytest.raises(UsageError):
        library.doctor.ignore(Finding("doi", Severity.ERROR, "", "", file="a.bib"))


def test_it_can_be_stopped(library: Library) -> None:
    ill(library)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        library.doctor.findings(progress=progress)


def test_rules_have_names() -> None:
    assert "missing-field" in [rule.name for rule in Doctor.rules()]


PIECES = (
    "SHEEP", "THE ", "of ", " the the ", "<i>a</i>", "<sub>2</sub>", "&amp;", "&#233;", "&lt;",
    "{", "}", "$x$", "\\'e", "\\emph{x}", ".", " BERT", "Ã©", "pp. ", "vol. ", "12", "-", "–",
    "10.1000/", "https://doi.org/", "doi:", "www.", "http:/", "a.org", "2nd", " edition", "n/a",
    "0378-5955", "May 2020", ";", " and ", "J.K.", "SMITH", "Team", "III", " et al.", ",", "PhD",
)  # fmt: skip
odd = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
entries = st.builds(
    Entry,
    entry_type=st.sampled_from(("article", "book", "atricle")),
    title=odd,
    creators=st.lists(
        st.builds(Creator, family=odd, given=odd, suffix=st.sampled_from(("", "Jr.", "Jane")))
        | st.builds(Creator, literal=odd),
        max_size=2,
    ).map(tuple),
    fields=st.dictionaries(
        st.sampled_from(
            "doi url pages edition volume isbn urldate publisher booktitle pubisher".split()
        ),
        odd,
    ),
)


def alike(finding: Finding, found: list[Finding]) -> int:
    """How many say the same: two names may be."""
    shown = (finding.rule, finding.field, finding.fix and finding.fix.before)
    return sum((each.rule, each.field, each.fix and each.fix.before) == shown for each in found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(entries)
def test_a_fix_mends(library: Library, entry: Entry) -> None:
    """What was found is gone, nothing graver has come, and undo brings all of it back."""
    paper = only(library.entries.add(entry))
    found = library.doctor.findings([paper], today=DAY)
    errors = {each.rule for each in found if each.severity is Severity.ERROR}
    before = state(library)
    for finding in found:
        if finding.fix:
            library.doctor.fix([finding])
            after = library.doctor.findings([paper], today=DAY)
            assert alike(finding, after) < alike(finding, found)
            assert {each.rule for each in after if each.severity is Severity.ERROR} <= errors
            library.history.undo()
            assert state(library) == before
    library.history.undo()
