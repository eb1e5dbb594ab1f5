"""What the columns of a table of papers are called by the programs that write one, and what they
are: a field of BibLaTeX, or a part of a row (with "=" before it) that is settled later."""

import re
from collections.abc import Mapping

from refman.model.fields import FIELDS

NOT_LETTER = re.compile(r"[^a-z0-9]+")
KIND, KEY, REST = "entrytype", "citationkey", "refman"
ATTACHED, LINKED, NOTES, EXTRA = "=files", "=links", "=notes", "=extra"
YEAR, START, END, ARXIV, NOTHING = "=year", "=start", "=end", "=arxiv", "="
CONTAINER, INSTITUTION, FULL = "=container", "=institution", "=fulljournal"

# Column names of other programs, letters and digits only, to a field or to a part of a row.
NAMES: Mapping[str, str] = {
    **{NOT_LETTER.sub("", name): name for name in FIELDS},
    # of a row
    "itemtype": KIND, "documenttype": KIND, "bibliographytype": KIND, "referencetype": KIND,
    "publicationtype": KIND, "bibtextype": KIND, "typeofreference": KIND,
    "identifier": KEY, "bibtexkey": KEY, "citekey": KEY, "bibkey": KEY,
    "authors": "author", "authorfullnames": "author", "firstauthor": NOTHING,
    "authornames": "author", "creators": "author", "editors": "editor",
    "translators": "translator", "documenttitle": "title", "articletitle": "title",
    "papertitle": "title", "abstractnote": "abstract", "summary": "abstract",
    "publicationyear": YEAR, "year": YEAR, "pubyear": YEAR, "publicationdate": "date",
    "datepublished": "date", "published": "date", "dateadded": NOTHING,
    "datemodified": NOTHING, "createdate": NOTHING, "key": NOTHING, "month": "month",
    "tags": "keywords", "manualtags": "keywords", "automatictags": "keywords",
    "authorkeywords": "keywords", "indexkeywords": "keywords", "labelsfiledin": "keywords",
    "keyword": "keywords", "mendeleytags": "keywords", "authorsid": NOTHING,
    "foldersfiledin": "=collections", "notes": NOTES, "extra": EXTRA, "refman": REST,
    "fileattachments": ATTACHED, "files": ATTACHED, "linkattachments": LINKED,
    "attachments": ATTACHED, "pdflink": LINKED,
    # where it stands
    "publicationtitle": CONTAINER, "sourcetitle": CONTAINER, "publication": CONTAINER,
    "journalbook": CONTAINER, "source": CONTAINER, "venue": CONTAINER,
    "fulljournal": FULL, "journal": "journaltitle", "journalname": "journaltitle",
    "publicationname": CONTAINER, "journalabbreviation": "shortjournal",
    "abbreviatedsourcetitle": "shortjournal",
    "bookname": "booktitle", "bookorjournaltitle": CONTAINER, "conferencename": "eventtitle",
    "conferencetitle": "eventtitle", "meetingname": "eventtitle", "conferencelocation": "venue",
    "conferencedate": "eventdate", "seriestitle": "series", "seriesnumber": "number",
    "issue": "number", "articlenumber": "eid", "artno": "eid", "pagestart": START,
    "pageend": END, "startpage": START, "endpage": END, "beginningpage": START,
    "endingpage": END, "pagecount": "pagetotal", "numpages": "pagetotal",
    "numberofpages": "pagetotal", "numberofvolumes": "volumes", "place": "location",
    "address": "location",
    "city": "location", "placepublished": "location", "school": INSTITUTION,
    "university": INSTITUTION, "organizations": "organization", "reporttype": "type",
    "annote": "annotation", "shorttitle": "shorttitle", "accessdate": "urldate",
    "accessed": "urldate", "urls": "url", "link": "url", "weblink": "url", "doilink": NOTHING,
    "isbns": "isbn", "eissn": "eissn", "arxivid": ARXIV, "arxiv": ARXIV, "eprintid": "eprint",
    "archiveprefix": "eprinttype", "primaryclass": "eprintclass", "pubmedid": "pmid",
    "pmcid": "pmcid", "librarycatalog": "library", "affiliations": "affiliation",
    "authoraffiliations": "affiliation", "languageoforiginaldocument": "language",
    "bookauthor": "bookauthor", "serieseditor": "serieseditor", "contributor": "contributor",
    "entrytype": KIND, "citationkey": KEY, "itemid": NOTHING,
}  # fmt: skip
# Columns that only a table of papers has.
TELLING = frozenset(
    ("title", "author", "editor", "abstract", "journaltitle", "booktitle", "doi", "isbn", "issn",
     "keywords", "date", "pages", "volume", "publisher", "pmid", YEAR, CONTAINER, KIND, KEY,
     START, ARXIV)
)  # fmt: skip
# Words for a type, letters only, beside BibLaTeX's own and Zotero's.
TYPES: Mapping[str, str] = {
    "article": "article", "journalarticle": "article", "journal": "article", "review": "article",
    "letter": "article", "editorial": "article", "researcharticle": "article",
    "conferencepaper": "inproceedings", "conferenceproceedings": "inproceedings",
    "conference": "inproceedings", "proceedingspaper": "inproceedings",
    "bookchapter": "incollection", "booksection": "incollection", "chapter": "incollection",
    "webpage": "online", "website": "online", "preprint": "misc", "dissertation": "thesis",
    "phdthesis": "thesis", "computerprogram": "software", "workingpaper": "report",
    "generic": "misc", "other": "misc", "conferencereview": "article", "dataset": "dataset",
}  # fmt: skip
# Types by number, as LibreOffice's bibliography has them and JabRef writes for it.
NUMBERED = (
    "article", "book", "booklet", "proceedings", "inbook", "incollection", "inproceedings",
    "article", "manual", "thesis", "misc", "thesis", "proceedings", "report", "unpublished",
    "letter", "online",
)  # fmt: skip


def place_of(column: str) -> str:
    """What the column called `column` is: a field, a part of a row, or its own name."""
    plain = NOT_LETTER.sub("", column.casefold())
    return NAMES.get(plain) or re.sub(r"[\s,={}\"#%]+", "-", column.strip().lower()).strip("-")
