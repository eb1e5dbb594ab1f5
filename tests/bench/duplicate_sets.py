"""Readers of public sets of labelled duplicates, each from the folder that its files were put in.

A new set is a function that takes the folder and gives a `LabelledSet`, or None where the folder
is of another set, and a place in `_READERS`. Nothing of a set is in this repository:

- DBLP-ACM and DBLP-Scholar: H. Köpcke, A. Thor, E. Rahm, "Evaluation of entity resolution
  approaches on real-world match problems", PVLDB 3(1), 2010; from the database group of the
  University of Leipzig (DBLP2.csv, ACM.csv, DBLP-ACM_perfectMapping.csv and so on), which
  asks to be cited; or as pyJedAI has them (github.com/AI-team-UoA/pyJedAI, Apache 2.0,
  data/ccer/D4 and D9: dblp.csv, acm.csv or scholar.csv, gt.csv).
- DBLP-Scholar as pairs: the pairs that Magellan and DeepMatcher (S. Mudgal et al., "Deep learning
  for entity matching", SIGMOD 2018) made of it (github.com/megagonlabs/ditto,
  data/er_magellan/Structured/DBLP-GoogleScholar: test.txt, valid.txt). Only the pairs are labelled,
  so only they count.
- Cora: A. McCallum, K. Nigam, L. Ungar, "Efficient clustering of high-dimensional data sets with
  application to reference matching", KDD 2000; citations as they stand in papers, typed by hand
  and cut up by machine (pyJedAI, data/der/cora: cora.csv, cora_gt.csv; data/der/coraLarge:
  cora.csv, gt.csv, a copy that has lost where most papers were published, so that a report and
  a journal's paper of one title say the same). Where the venue is empty the note is taken for it,
  since that is where this set has "STOC 1989" and "to appear, Annals of Statistics".
- Searches for systematic reviews: J. Rathbone et al., "Better duplicate detection for systematic
  reviewers", Systematic Reviews 4:6, 2015, and later ones of the same kind (github.com/IEBH/
  dedupe-sweep, MIT, test/data: EndNote XML). A record is marked as a duplicate or not; of which
  other it is one, nothing says.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from refman.model.creator import Creator, parse_name
from refman.model.entry import Entry

Pairs = set[tuple[int, int]]

_PERIODICAL = re.compile(
    r"\b(?:journal|j|trans|transactions|record|letters|magazine|review|annals|machine learning)\b"
    r"|\d\(\d|^(?!in )\D+ \d+$",
    re.IGNORECASE,
)
_PROCEEDINGS = re.compile(r"\b(?:proc|proceedings|conference|symposium|workshop)\b", re.IGNORECASE)


@dataclass
class LabelledSet:
    """Records, and which of them are the same."""

    name: str
    entries: list[Entry] = field(default_factory=list)
    same: Pairs = field(default_factory=set)  # the lesser number first
    sides: list[int] | None = None  # of two tables: only what is of different ones is a pair
    judged: Pairs | None = None  # where only some pairs are labelled: those
    marked: list[bool] | None = None  # where no pairs are: whether a record is a duplicate


def read(folder: Path) -> LabelledSet:
    """The set in a folder (or in a file). Raises SystemExit where there is none."""
    for reader in _READERS:
        if found := reader(folder):
            return found
    raise SystemExit(f"{folder}: no set that is known; see {__file__}")


def _entry(title: str, names: Sequence[str], year: str, venue: str, **fields: str) -> Entry:
    creators = [parse_name(name.strip(" .;&")) for name in names if name.strip(" .;&?")]
    found = re.search(r"\b(?:1[89]|20)\d\d\b", year)
    if venue:
        periodical = bool(_PERIODICAL.search(venue) or fields.get("volume"))
        is_journal = periodical and not _PROCEEDINGS.search(venue)
        fields["journaltitle" if is_journal else "booktitle"] = venue
    return Entry(
        "report" if fields.get("institution") and not venue else "misc",
        title=title,
        creators=tuple(one for one in creators if one != Creator()),
        date=found[0] if found else "",
        fields={name: value for name, value in fields.items() if value},
    )


# --- two tables and a mapping -------------------------------------------------------------

_TABLES = (
    ("DBLP-ACM", "DBLP2.csv", "ACM.csv", "DBLP-ACM_perfectMapping.csv", ","),
    ("DBLP-Scholar", "DBLP1.csv", "Scholar.csv", "DBLP-Scholar_perfectMapping.csv", ","),
    ("DBLP-ACM", "dblp.csv", "acm.csv", "gt.csv", "%"),
    ("DBLP-Scholar", "dblp.csv", "scholar.csv", "gt.csv", ">"),
)


def _two_tables(folder: Path) -> LabelledSet | None:
    for name, first, second, mapping, delimiter in _TABLES:
        if not all((folder / file).is_file() for file in (first, second, mapping)):
            continue
        found = LabelledSet(name, sides=[])
        places: list[dict[str, int]] = []
        for side, file in enumerate((first, second)):
            places.append({})
            for row in _rows(folder / file, delimiter):
                places[side][row["id"]] = len(found.entries)
                names = (row["authors"] or "").split(", ")
                found.entries.append(
                    _entry(row["title"] or "", names, row["year"] or "", row["venue"] or "")
                )
                assert found.sides is not None
                found.sides.append(side)
        for row in _rows(folder / mapping, delimiter):
            one, other = row.values()
            found.same.add((places[0][one], places[1][other]))
        return found
    return None


def _rows(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    yield from csv.DictReader(text.splitlines(), delimiter=delimiter)


# --- labelled pairs -----------------------------------------------------------------------

_VALUE = re.compile(r"COL (\w+) VAL(.*?)(?=COL \w+ VAL|$)")


def _labelled_pairs(folder: Path) -> LabelledSet | None:
    files = [folder / name for name in ("test.txt", "valid.txt") if (folder / name).is_file()]
    if not files:
        return None
    found = LabelledSet("DBLP-Scholar pairs", judged=set())
    known: dict[str, int] = {}
    for line in "".join(file.read_text("utf-8") for file in files).strip().split("\n"):
        *records, label = line.split("\t")
        pair = []
        for side, record in enumerate(records):
            key = f"{side} {record.strip()}"
            if key not in known:
                known[key] = len(found.entries)
                values = {name: value.strip() for name, value in _VALUE.findall(record.strip())}
                found.entries.append(
                    _entry(values["title"], values["authors"].split(" , "), values["year"],
                           values["venue"])
                )  # fmt: skip
            pair.append(known[key])
        assert found.judged is not None
        found.judged.add((min(pair), max(pair)))
        if label.strip() == "1":
            found.same.add((min(pair), max(pair)))
    return found


# --- one table ----------------------------------------------------------------------------


def _cora(folder: Path) -> LabelledSet | None:
    records, truth = folder / "cora.csv", folder / "cora_gt.csv"
    if not records.is_file() or not truth.is_file():
        return None
    found = LabelledSet("Cora")
    for row in _rows(records, "|"):
        found.entries.append(
            _entry(_bare(row["title"]), _cited(row["author"]),
                   row["year"] or row["venue"] or row["note"], _bare(row["venue"] or row["note"]),
                   volume=_bare(row["volume"]), pages=_pages(row["pages"]), note=row["note"],
                   institution=row["institution"], publisher=row["publisher"])
        )  # fmt: skip
    for line in truth.read_text("utf-8").split():
        one, other = sorted(map(int, line.split("|")))
        if one != other:
            found.same.add((one, other))
    return found


def _cora_large(folder: Path) -> LabelledSet | None:
    records, truth = folder / "cora.csv", folder / "gt.csv"
    if not records.is_file() or not truth.is_file():
        return None
    found = LabelledSet("Cora, the larger")
    for row in _rows(records, ","):
        found.entries.append(
            _entry(_bare(row["title"]), _cited(row["author"]), row["year"] or row["date"],
                   _bare(row["journal"]) or _bare(row["booktitle"]), volume=_bare(row["volume"]),
                   pages=_pages(row["pages"]), note=row["type"],
                   institution=row["institution"], publisher=row["publisher"])
        )  # fmt: skip
    for row in _rows(truth, ","):
        one, other = sorted(map(int, row.values()))
        if one != other:
            found.same.add((one, other))
    return found


def _bare(text: str | None) -> str:
    return (text or "").strip(" .,;:'\"()")


def _pages(text: str | None) -> str:
    return re.sub(r"^\W*(?:pages?|pp?)\b\W*", "", _bare(text), flags=re.IGNORECASE)


def _cited(text: str | None) -> list[str]:
    """The names of a list as it is cited: "P. Auer, N. Cesa-Bianchi, and R. E. Schapire" or
    "Brodley, C. E. & Utgoff, P. E."."""
    text = re.sub(r"\b(?:et al|editors?|eds?)\b\.?", "", _bare(text), flags=re.IGNORECASE)
    text = re.sub(r"\s*(?:,?\s+and\s+|,?\s*&\s*|;)\s*", ", ", text, flags=re.IGNORECASE)
    names: list[str] = []
    for part in (part.strip() for part in text.split(",")):
        initials = re.fullmatch(r"(?:[A-Za-z]\.?[\s-]*){1,4}", part) and len(part) < 10
        if names and initials and "," not in names[-1] and not re.search(r"\w\.", names[-1]):
            names[-1] += f", {part}"
        elif part:
            names.append(part)
    return names


# --- records that are marked --------------------------------------------------------------


def _endnote(path: Path) -> LabelledSet | None:
    if path.suffix != ".xml":
        return None
    from lxml import etree

    found = LabelledSet(f"reviews: {path.stem}", marked=[])
    for record in etree.parse(str(path)).iterfind(".//record"):

        def said(place: str, of: "etree._Element" = record) -> str:
            node = of.find(place)
            return "" if node is None else "".join(map(str, node.itertext())).strip()

        names = ["".join(map(str, n.itertext())) for n in record.iterfind(".//authors/author")]
        entry = _entry(
            said("titles/title"), names, said("dates/year"), "",
            journaltitle=said("titles/secondary-title"), volume=said("volume"),
            pages=said("pages"), doi=said("electronic-resource-num"),
        )  # fmt: skip
        found.entries.append(entry.with_values(abstract=said("abstract")))
        assert found.marked is not None
        found.marked.append("duplicate" in f"{said('caption')} {said('label')}".lower())
    return found


_READERS = (_two_tables, _labelled_pairs, _cora, _cora_large, _endnote)
