"""Every format that refman reads or writes, and which of them a text is in.

A new format is one module with one subclass of `Format` and one line in `FORMATS`
(`module:Class`, the module below this package), whose order decides between two that are
equally sure. The modules are imported when the first of them is used.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from refman.errors import ReadError
from refman.formats.format import Format
from refman.formats.registry import Registry
from refman.i18n import N_, _

FORMATS: Sequence[Format] = Registry(
    "listings.profile:Profile",
    "listings.abstract_list:AbstractList",
    "listings.arxiv_list:ArxivList",
    "listings.arxiv_search:ArxivSearch",
    "listings.arxiv_mailing:ArxivMailing",
    "listings.arxiv_feed:ArxivFeed",
    "listings.arxiv_oai:ArxivOai",
    "listings.medline:Medline",
    "listings.pubmed_summary:PubMedSummary",
    "listings.pubmed_abstract:PubMedAbstract",
    "listings.pubmed_search:PubMedSearch",
    "listings.nep_report:NepReport",
    "listings.dblp:Dblp",
    "listings.dblp_xml:DblpXml",
    "listings.acl_anthology:AclAnthology",
    "listings.cvf:Cvf",
    "listings.pmlr:Pmlr",
    "listings.google_scholar:GoogleScholar",
    "listings.conference_papers:ConferencePapers",
    "listings.openreview:OpenReview",
    "bibtex:BibTeX",
    "bibtex:BibLaTeX",
    "ris:Ris",
    "csl_file:CslJson",
    "endnote_xml:EndNoteXml",
    "zotero_rdf:ZoteroRdf",
    "better_bibtex_json:BetterBibTexJson",
    "csv:Csv",
    "listings.references:References",
)

_WINDOW = 64 * 1024  # characters that a format scores at a time
_CLOSE_WINDOWS = 16  # that follow each other from the start
_FAR_WINDOWS = 16  # spread over the rest
_LEAST = 30  # a score below this is no recognition

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"(?:charset|encoding)\s*[:=]\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)
_SINGLE_BYTE = re.compile(
    r"(?:iso-?8859|latin|windows|cp|koi8|mac|gb|big5|euc|shift|sjis|ms)", re.IGNORECASE
)
_CONTROLS = bytes(i for i in range(32) if i not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"
_MAGIC = (
    (b"%PDF-", N_("a PDF file; its text can be copied from a PDF viewer and pasted here")),
    (b"PK\x03\x04", N_("a ZIP archive or an office document")),
    (b"SQLite format 3\0", N_("a database; a refman library is opened with File, Open")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"\x1f\x8b", N_("a compressed file")),
)


def format_named(name: str, more: Sequence[Format] = ()) -> Format | None:
    """The format called `name`, or None; `more` are formats that come before FORMATS."""
    return next((found for found in (*more, *FORMATS) if found.name == name.casefold()), None)


def detect(
    text: str, name: str = "", markup: str = "", more: Sequence[Format] = ()
) -> Format | None:
    """The format that `text` is in by what it says, or None.

    `name`, a file's, only decides between formats that are equally sure. `markup` is that of
    the page which shows `text` (`markup.Page`), `more` are formats that come before FORMATS:
    the recipes. However long the text, at most 32 pieces of 64 KiB are looked at: rows may
    begin after much navigation.
    """
    readers = [found for found in (*more, *FORMATS) if found.reads]
    suffix = name[name.rfind(".") :].casefold() if "." in name else ""
    for shown, source in zip_longest(_pieces(text), _pieces(markup or text), fillvalue=""):
        scores = [
            (
                found.score(_plain(source if found.takes_markup else shown)),
                suffix in found.extensions,
            )
            for found in readers
        ]
        best = max(scores)
        if best[0] >= _LEAST:
            return readers[scores.index(best)]
    return None


def _plain(text: str) -> str:
    """`text` with one kind of line end and of blank, so that no format need look for more."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\N{NO-BREAK SPACE}", " ")


def _pieces(text: str) -> list[str]:
    starts = list(range(0, min(len(text), _WINDOW * _CLOSE_WINDOWS), _WINDOW))
    rest = len(text) - _WINDOW * _CLOSE_WINDOWS
    if rest > 0:
        step = max(rest // _FAR_WINDOWS, _WINDOW)
        starts += range(_WINDOW * _CLOSE_WINDOWS, len(text), step)
    pieces = []
    for start in starts:
        # From the start of a line, so that no line is seen without its head.
        begin = text.rfind("\n", max(start - 4096, 0), start) + 1 if start else 0
        pieces.append(text[begin or start : start + _WINDOW])
    return pieces


def decode(data: bytes) -> str:
    """The text of a file, without its byte-order mark.

    In the order of trust: a byte-order mark, UTF-16 by its pattern, UTF-8, the charset that
    the file declares, Windows-1252. Raises ReadError for what is empty or no text.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadError(_("This is {what}, not text.").format(what=_(what)))
    text = _decoded(data)
    if not text or not text.strip().strip("\ufeff\u200b"):
        raise ReadError(_("There is nothing in it: the file or text is empty."))
    return text


def encoding_of(data: bytes) -> tuple[bytes, str]:
    """The byte-order mark that a file's bytes begin with, if any, and the name of their codec.

    The codec may fail on some of them: `decode` reads those all the same. Raises ReadError for
    what is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return mark, encoding
    wide = _utf_16(data)
    if wide:
        return b"", wide
    if b"\0" in data or _control_count(data) > len(data) // 200 + 2:
        sentence = _("This is not text: choose a page saved or copied as text, or a .bib file.")
        raise ReadError(sentence)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return b"", "utf-8"
    declared = _declared(data)
    if declared:
        return b"", declared
    mended = data.decode("utf-8", "replace")
    wrong = mended.count("\N{REPLACEMENT CHARACTER}")
    right = sum(not char.isascii() for char in mended) - wrong
    # UTF-8 with a few broken bytes, or cut off within a character?
    return b"", "utf-8" if right > wrong else "cp1252"


def decode_pieces(pieces: Iterable[bytes]) -> Iterator[str]:
    """The text of a great file as `decode` has it, without holding all of it.

    Raises ValueError where it is not plainly UTF-8 and only `decode`, which sees all of it, can
    say what it is; what came out before is then not to be used.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    size = controls = 0
    is_blank = True
    for piece in pieces:
        if not size:
            piece = piece.removeprefix(codecs.BOM_UTF8)
            others = *(mark for mark, _encoding in _BOMS), *(magic for magic, _what in _MAGIC)
            if piece.startswith(others) or _utf_16(piece):
                raise ValueError("not plain")
        size += len(piece)
        controls += _control_count(piece)
        text = decoder.decode(piece)
        is_blank = is_blank and not text.strip().strip("\ufeff\u200b")
        if b"\0" in piece:
            raise ValueError("not plain")
        yield text
    yield decoder.decode(b"", final=True)
    if is_blank or controls > size // 200 + 2:
        raise ValueError("not plain")


def _decoded(data: bytes) -> str:
    mark, encoding = encoding_of(data)
    if encoding == "cp1252":
        return _cp1252(data)
    return data[len(mark) :].decode(encoding, "replace")


def _utf_16(data: bytes) -> str:
    """UTF-16 without its mark: nearly every other byte of Latin text is zero."""
    head = data[:4096]
    half = len(head) // 2
    if half < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.7 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.05 else ""


def _control_count(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:4096])
    if not match:
        return ""
    name = match[1].decode("ascii")
    try:
        return codecs.lookup(name).name if _SINGLE_BYTE.match(name) else ""
    except LookupError:
        return ""


def _cp1252(data: bytes) -> str:
    """Windows-1252, its five holes as Latin-1 has them."""
    return data.decode("cp1252", "surrogateescape").translate({0xDC00 + i: i for i in range(256)})
