"""The types and tags of RIS and EndNote, which are the same under two sets of names, and what
BibLaTeX calls them.

The tables follow the RIS specification of 2011 as EndNote, Zotero and Mendeley write it, and what
publishers make of it. A tag that BibLaTeX has no field for is a field under the name in `KEPT`.
"""

from collections.abc import Iterable, Mapping

# RIS type → BibLaTeX type, and a field with its value that keeps what the type loses.
TYPES: Mapping[str, tuple[str, str, str]] = {
    "JOUR": ("article", "", ""),
    "EJOUR": ("article", "", ""),
    "ABST": ("article", "", ""),
    "INPR": ("article", "pubstate", "inpress"),
    "MGZN": ("article", "entrysubtype", "magazine"),
    "NEWS": ("article", "entrysubtype", "newspaper"),
    "JFULL": ("periodical", "", ""),
    "BOOK": ("book", "", ""),
    "EBOOK": ("book", "", ""),
    "SER": ("book", "", ""),
    "CTLG": ("book", "entrysubtype", "catalogue"),
    "CLSWK": ("book", "entrysubtype", "classic"),
    "ANCIENT": ("book", "entrysubtype", "ancient"),
    "EDBOOK": ("collection", "", ""),
    "CHAP": ("incollection", "", ""),
    "ECHAP": ("incollection", "", ""),
    "CPAPER": ("inproceedings", "", ""),
    "CONF": ("inproceedings", "", ""),
    "DICT": ("inreference", "", ""),
    "ENCYC": ("inreference", "", ""),
    "THES": ("thesis", "", ""),
    "RPRT": ("report", "", ""),
    "GOVDOC": ("report", "", ""),
    "ELEC": ("online", "", ""),
    "WEB": ("online", "", ""),
    "BLOG": ("online", "entrysubtype", "blog"),
    "ICOMM": ("online", "", ""),
    "MULTI": ("online", "", ""),
    "UNPB": ("unpublished", "", ""),
    "UNPD": ("unpublished", "", ""),
    "MANSCPT": ("unpublished", "", ""),
    "SLIDE": ("unpublished", "type", "presentation"),
    "PAT": ("patent", "", ""),
    "COMP": ("software", "", ""),
    "DATA": ("dataset", "", ""),
    "DBASE": ("dataset", "", ""),
    "AGGR": ("dataset", "", ""),
    "STAND": ("standard", "", ""),
    "STAT": ("legislation", "", ""),
    "BILL": ("legislation", "", ""),
    "UNBILL": ("legislation", "", ""),
    "CASE": ("jurisdiction", "", ""),
    "HEAR": ("jurisdiction", "type", "hearing"),
    "LEGAL": ("legal", "", ""),
    "PAMP": ("booklet", "", ""),
    "PCOMM": ("letter", "", ""),
    "MPCT": ("movie", "", ""),
    "VIDEO": ("video", "", ""),
    "ADVS": ("video", "", ""),
    "SOUND": ("audio", "", ""),
    "MUSIC": ("music", "", ""),
    "ART": ("artwork", "", ""),
    "FIGURE": ("image", "", ""),
    "CHART": ("image", "", ""),
    "EQUA": ("image", "", ""),
    "MAP": ("misc", "type", "map"),
    "GRANT": ("misc", "type", "grant"),
    "GRNT": ("misc", "type", "grant"),
    "GEN": ("misc", "", ""),
}
WRITTEN = {
    **{kind: code for code, (kind, name, _v) in reversed(list(TYPES.items())) if not name},
    "inproceedings": "CONF", "proceedings": "CONF", "inbook": "CHAP", "bookinbook": "CHAP",
    "suppbook": "CHAP", "suppcollection": "CHAP", "mvbook": "BOOK", "mvcollection": "EDBOOK",
    "mvproceedings": "CONF", "mvreference": "BOOK", "reference": "BOOK", "manual": "BOOK",
    "suppperiodical": "JOUR", "review": "JOUR", "image": "FIGURE", "video": "VIDEO",
    "dataset": "DATA", "unpublished": "UNPB", "legislation": "STAT",
}  # fmt: skip

JOURNALS = frozenset(("article", "periodical", "review", "suppperiodical"))
IN_BOOKS = frozenset(
    ("incollection", "inproceedings", "inreference", "inbook", "bookinbook", "suppbook",
     "suppcollection")
)  # fmt: skip
BOOKS = frozenset(("book", "collection", "proceedings", "reference", "manual", "mvbook"))
COUNTED = frozenset(("book", "collection", "thesis", "report", "booklet", "manual"))
NUMBERED_BY_SN = frozenset(("report", "patent"))

# One tag, one field: read and written.
PLAIN: Mapping[str, str] = {
    "VL": "volume",
    "ET": "edition",
    "NV": "volumes",
    "CY": "location",
    "LA": "language",
    "ST": "shorttitle",
    "M3": "type",
    "DO": "doi",
    "UR": "url",
    "C7": "eid",
    "RN": "annotation",
    "LB": "label",
}
# Tags without a field in BibLaTeX: the name under which each is kept.
KEPT: Mapping[str, str] = {
    "AN": "accession",
    "AD": "affiliation",
    "CN": "callnumber",
    "CA": "caption",
    "DB": "database",
    "DP": "databaseprovider",
    "OP": "originalpublication",
    "RI": "revieweditem",
    "RP": "reprint",
    "SE": "section",
    "TT": "translatedtitle",
    "C1": "custom1",
    "C2": "custom2",
    "C3": "custom3",
    "C4": "custom4",
    "C5": "custom5",
    "C6": "custom6",
    "C8": "custom8",
    "M1": "misc1",
    "U1": "user1",
    "U2": "user2",
    "U3": "user3",
    "U4": "user4",
    "U5": "user5",
}
SAME = {
    "VO": "VL", "CP": "IS", "PP": "CY", "PI": "CY", "PU": "PB", "LK": "UR", "L3": "UR",
    "CT": "TI", "T1": "TI",
}  # fmt: skip
AGAIN = {"TI": "title-2", "T2": "booktitle-2", "PY": "date-2", "DA": "date-2", "Y1": "date-2"}

TagList = list[tuple[str, str]]


def grouped(tags: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The values of each tag, in their order."""
    found: dict[str, list[str]] = {}
    for tag, value in tags:
        found.setdefault(tag, []).append(value)
    return found
