"""The pages of sites, saved and copied: each sample against the JSON beside it, compared whole,
and the forms of one page against each other."""

import json
from pathlib import Path
from typing import Any

import pytest

from refman.formats import detect
from refman.formats.format import Found
from refman.formats.markup import page_of
from tests.formats import engine

FOLDERS = (
    "acl_anthology", "conference_accepted", "conference_papers", "conference_schedule", "cvf",
    "dblp", "dblp_xml", "google_scholar", "google_scholar_alert", "google_scholar_profile",
    "google_scholar_search", "neurips", "openreview", "pmlr",
    "semantic_scholar",
)  # fmt: skip
SAMPLES = sorted(
    path
    for folder in FOLDERS
    for path in (engine.SAMPLES / folder).iterdir()
    if path.suffix not in (".json", ".md")
)
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")

# The forms of one page; what the first says of a row is all that the others may say of it.
FORMS = [
    ("acl_anthology/event_saved.html", "acl_anthology/event_copied.txt"),
    ("acl_anthology/volume_saved.html", "acl_anthology/volume_copied.txt"),
    ("acl_anthology/author_saved.html", "acl_anthology/author_copied.txt"),
    ("conference_accepted/saved.html", "conference_papers/accepted_copied.txt"),
    ("conference_schedule/saved.html", "conference_papers/schedule_copied.txt"),
    ("google_scholar_alert/alert.eml", "google_scholar/alert_copied.txt"),
    ("google_scholar_alert/alert.eml", "google_scholar_alert/saved.html"),
    ("google_scholar_profile/saved.html", "google_scholar/profile_lines.txt"),
    ("google_scholar_profile/saved.html", "google_scholar/profile_tabs.txt"),
    ("google_scholar_search/saved.html", "google_scholar/search_copied.txt"),
    ("openreview/submissions_saved.html", "openreview/submissions_copied.txt"),
    ("openreview/submissions_saved.html", "openreview/submissions_one_line.txt"),
    ("openreview/iclr_2020_saved.html", "openreview/iclr_2020_copied.txt"),
    ("pmlr/saved.html", "pmlr/copied.txt"),
    ("semantic_scholar/search_saved.html", "semantic_scholar/author_2020_saved.html"),
    ("dblp/person_saved.html", "dblp/person_copied.txt"),
    ("dblp/person_saved.html", "dblp/person_hidden_lines.txt"),
    ("dblp/person_saved.html", "dblp_xml/person.xml"),
    ("dblp/search_saved.html", "dblp/search_copied.txt"),
    ("dblp/contents_saved.html", "dblp/contents_copied.txt"),
    ("dblp/issue_saved.html", "dblp/issue_copied.txt"),
]
# Where plain text says less than the page: who wrote what is the same.
PARTIAL = [("cvf/saved.html", "cvf/copied.txt")]
# What plain text cannot show: where a link goes.
_HIDDEN = frozenset(("doi", "url"))


def read(sample: Path) -> Found:
    return engine.read_page(engine.page(sample))


@each_sample
def test_sample_is_detected_by_content(sample: Path) -> None:
    found = engine.format_of(engine.page(sample))
    assert found is not None
    assert found.name == sample.parent.name.replace("_", "-")


@each_sample
def test_sample_is_read_as_expected(sample: Path) -> None:
    expected = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    assert engine.as_json(read(sample)) == expected


@each_sample
def test_every_line_is_accounted_for(sample: Path) -> None:
    """Each line that shows something is the header's, a row's, a problem's or passed over."""
    lines = engine.text_of(sample).split("\n")
    found = read(sample)
    seen = {passage.line for passage in found.passed_over}
    spans = [(row.line, row.raw_text) for row in found.rows]
    spans += [(problem.line, problem.text) for problem in found.problems]
    for line, raw in spans:
        count = raw.count("\n") + 1
        assert raw.strip() in "\n".join(lines[line - 1 : line - 1 + count])
        seen |= set(range(line, line + count))
    first = min(line for line, _raw in spans)
    missing = [n for n, line in enumerate(lines, 1) if line.strip() and n not in seen]
    said = [value for value in engine.as_json(found)["header"].values() if value is not None]
    assert all(n < first for n in missing)
    assert len(missing) <= len(said)


def _records(found: Found) -> list[dict[str, Any]]:
    records = []
    for row in found.rows:
        record = engine.row_as_json(row)
        del record["line"]
        fields = record.get("fields", {})
        record["fields"] = {name: v for name, v in fields.items() if name not in _HIDDEN}
        records.append(record)
    return records


@pytest.mark.parametrize(("one", "other"), FORMS)
def test_forms_of_a_page_give_the_same_records(one: str, other: str) -> None:
    assert _records(read(engine.SAMPLES / one)) == _records(read(engine.SAMPLES / other))


@pytest.mark.parametrize(("one", "other"), PARTIAL)
def test_a_lesser_form_gives_the_same_papers(one: str, other: str) -> None:
    whole, part = _records(read(engine.SAMPLES / one)), _records(read(engine.SAMPLES / other))
    for name in ("title", "creators", "creators_truncated", "review"):
        assert [record[name] for record in part] == [record[name] for record in whole]
    for lesser, record in zip(part, whole, strict=True):
        assert lesser["fields"].items() <= record["fields"].items()


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.stem.startswith("bad_rows")],
                         ids=lambda p: f"{p.parent.name}/{p.name}")  # fmt: skip
def test_a_bad_row_harms_no_other(sample: Path) -> None:
    """Without the lines of the rows that failed, the others read the same."""
    found = read(sample)
    failed = [problem for problem in found.problems if problem.failed]
    assert failed
    page = engine.page(sample)
    lines = page.text.split("\n")
    if page.markup:
        return  # its rows are elements
    for problem in failed:
        assert problem.message
        for line in range(problem.line - 1, problem.line + problem.text.count("\n")):
            lines[line] = ""
    again = engine.read_page(page_of("\n".join(lines)))
    assert [row.entry for row in again.rows] == [row.entry for row in found.rows]
    assert not [problem for problem in again.problems if problem.failed]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Song\nThe Band\n3 1999\nOther\nA Band\n4 2001\n" * 3, id="songs"),
        pytest.param("Song\nA Band - Album 1999\nOther\nThe Band - More 2001\n" * 3, id="albums"),
        pytest.param("A Smith\nB Jones, C Brown\nroom 2\n12 2019\nA Mill\nSales\n2020", id="staff"),
        pytest.param("A Smith, B Jones\nPresent on 12 May 2020\nAgenda\n2021\n", id="minutes"),
        pytest.param(
            "Monday\nSoup (v) · Bread (v)\n\nTuesday\nStew (m) · Rice (v)\n" * 3, id="menu"
        ),
        pytest.param("[pdf] [supp]\nManual\nSee the files.\n" * 4, id="downloads"),
        pytest.param(
            "Editors: the staff\nProceedings of the day\nClub, pages 1-9\n" * 3, id="club"
        ),
    ],
)
def test_what_is_none_of_these_pages(text: str) -> None:
    assert detect(text) is None


SAVED = [sample for sample in SAMPLES if sample.suffix == ".html"]


@pytest.mark.parametrize("sample", SAVED, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_two_saved_pages_in_one_file_are_both_read(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    once, twice = (engine.read_page(page_of(text * count)) for count in (1, 2))
    expected = [row.entry for row in once.rows]
    assert [row.entry for row in twice.rows] == expected + expected


def test_links_without_a_row_between_them() -> None:
    row = "Deep Sets\nManzil Zaheer, Satwik Kottur\n[pdf] [supp]\n"
    found = engine.read(f"{row}[pdf] [supp]\n[pdf]\n{row}", "cvf")
    assert [row.entry.title for row in found.rows] == ["Deep Sets", "Deep Sets"]
    assert [problem.text for problem in found.problems] == ["[pdf] [supp]", "[pdf]"]


@pytest.mark.parametrize(
    ("name", "strange"),
    [
        ("Sign in", True),
        ("Privacy policy", True),
        ("Follow us on twitter", True),
        ("Yann LeCun", False),
        ("Leonardo de Moura", False),
        ("ATLAS Collaboration", False),
        ("Plato", False),
        ("bell hooks", True),
        ("王小明", False),
    ],
)
def test_a_name_that_is_hardly_one_is_marked(name: str, strange: bool) -> None:
    row = engine.read(f"Deep Sets\n{name}\n[pdf] [supp]\n", "cvf").rows[0]
    expected = (f"“{name}” does not look like the name of an author.",) if strange else ()
    assert row.review == expected


def test_a_copy_of_a_page_on_another_site_keeps_its_identifiers() -> None:
    """As archives of the web serve it: its links lead to themselves."""
    sample = (engine.SAMPLES / "arxiv_list/recent.html").read_text(encoding="utf-8")
    address = "https://web.archive.org/web/2024/https://arxiv.org/list/cs.LG/recent"
    saved = f"<!-- saved from url=({len(address):04}){address} -->\n{sample}"
    saved = saved.replace('href="/abs/', 'href="/web/2024/https://arxiv.org/abs/')
    found, plain = (engine.read_page(page_of(text)) for text in (saved, sample))
    assert [row.entry.fields["eprint"] for row in found.rows] == [
        row.entry.fields["eprint"] for row in plain.rows
    ]
    assert [row.entry.date for row in found.rows] == [row.entry.date for row in plain.rows]


def test_a_table_of_a_saved_page_is_read_by_its_heads() -> None:
    rows = [
        ("Title", "Authors", "Year", "Venue"),
        ("Deep Sets", "Manzil Zaheer, Satwik Kottur", "2017", "NeurIPS"),
        ("Random Forests", "Leo Breiman", "2001", "Machine Learning"),
        ("Is justified true belief knowledge?", "Edmund Gettier", "1963", "Analysis"),
    ]
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    page = page_of(f"<html><body><table><tr>{'</tr><tr>'.join(cells)}</tr></table></body></html>")
    found = engine.read_page(page)
    said = [
        (row.entry.title, tuple(c.full_name for c in row.entry.creators), row.entry.date)
        for row in found.rows
    ]
    assert said == [
        ("Deep Sets", ("Manzil Zaheer", "Satwik Kottur"), "2017"),
        ("Random Forests", ("Leo Breiman",), "2001"),
        ("Is justified true belief knowledge?", ("Edmund Gettier",), "1963"),
    ]
    assert all(row.review for row in found.rows)
