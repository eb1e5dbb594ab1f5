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
from refman.formats.format import Format, Problem
from refman.formats.registry import Registry
from refman.i18n import N_, _, ngettext

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
_AS_CP1252 = "refman-cp1252"  # how bytes that are no UTF-8 are decoded
_MOST_TOLD = 20  # lines of a text of which each has its own problem
_EXCERPT = 200  # characters of a line
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
    """The text of a file, without its byte-order mark and NUL characters.

    In the order of trust: a byte-order mark, UTF-16 by its pattern, UTF-8, the charset that
    the file declares; else each line by itself, as UTF-8 or as Windows-1252. Raises ReadError
    for what is empty or no text.
    """
    return decode_telling(data)[0]


def decode_telling(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text as `decode` has it, and where it was guessed or had something left out."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadError(_("This is {what}, not text.").format(what=_(what)))
    mark, encoding, is_guess = _encoding_of(data)
    problems: list[Problem] = []
    if is_guess:
        text = _guessed(data[len(mark) :], problems)
    elif encoding == "cp1252":
        text = _cp1252(data)
    else:
        text = data[len(mark) :].decode(encoding, "replace")
    if "\0" in text:
        text = _without_nuls(text, problems)
    if not text or not text.strip().strip("\ufeff\u200b"):
        raise ReadError(_("There is nothing in it: the file or text is empty."))
    return text, tuple(problems)


def encoding_of(data: bytes) -> tuple[bytes, str]:
    """The byte-order mark that a file's bytes begin with, if any, and the name of their codec.

    The codec may fail on some of them: `decode` reads those all the same. Raises ReadError for
    what is no text.
    """
    mark, encoding, _is_guess = _encoding_of(data)
    return mark, encoding


def _encoding_of(data: bytes) -> tuple[bytes, str, bool]:
    """As `encoding_of`, and whether it is a guess: no UTF-8 throughout, and nothing says what."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return mark, encoding, encoding == "utf-8" and not _is_utf_8(data)
    wide = _utf_16(data)
    if wide:
        return b"", wide, False
    if data.count(0) > len(data) // 1000 + 2 or _control_count(data) > len(data) // 200 + 2:
        sentence = _("This is not text: choose a page saved or copied as text, or a .bib file.")
        raise ReadError(sentence)
    if _is_utf_8(data):
        return b"", "utf-8", False
    declared = _declared(data)
    if declared:
        return b"", declared, False
    return b"", "utf-8" if _is_rather_utf_8(data) else "cp1252", True


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_rather_utf_8(data: bytes) -> bool:
    """Whether it is UTF-8 with a few broken bytes, or cut off within a character."""
    mended = data.decode("utf-8", "replace")
    wrong = mended.count("\N{REPLACEMENT CHARACTER}")
    return sum(not char.isascii() for char in mended) - wrong > wrong


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


def _guessed(data: bytes, problems: list[Problem]) -> str:
    """Each line as the UTF-8 that it is, or else as Windows-1252, which is told.

    A file that was put together from others is in more than one encoding.
    """
    texts: list[str] = []
    guessed: list[int] = []
    is_mixed = False
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        if line.isascii():
            texts.append(line.decode("ascii"))
        elif _is_utf_8(line):
            is_mixed = True
            texts.append(line.decode("utf-8"))
        else:
            guessed.append(number)
            rather = _is_rather_utf_8(line)
            is_mixed |= rather
            texts.append(line.decode("utf-8", _AS_CP1252) if rather else _cp1252(line))
    if is_mixed:
        message = _("This line is not in UTF-8 as others are; it was read as Windows-1252.")
        problems += _told(guessed, texts, message)
    else:
        message = _(
            "This text is not in UTF-8. From this line on it was read as Windows-1252: look "
            "whether its accents are right."
        )
        problems += _told(guessed[:1], texts, message)
    return "".join(texts)


def _without_nuls(text: str, problems: list[Problem]) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = [number for number, line in enumerate(lines, 1) if "\0" in line]
    message = _("There is a NUL character in this line, which no text has; it is left out.")
    problems += _told(places, lines, message)
    return text.replace("\0", "")


def _told(numbers: Sequence[int], lines: Sequence[str], message: str) -> Iterator[Problem]:
    """A problem for each of some lines, the last of them for all that are left."""
    for place, number in enumerate(numbers[:_MOST_TOLD], 1):
        shown = lines[number - 1].replace("\0", "").strip()[:_EXCERPT]
        left = len(numbers) - place
        if place == _MOST_TOLD and left:
            more = ngettext(
                "The same goes for {n} line after it.",
                "The same goes for {n} lines after it.",
                left,
            )
            message = f"{message} {more.format(n=left)}"
        yield Problem(number, shown, message, failed=False)


def _cp1252_bytes(error: UnicodeError) -> tuple[str, int]:
    """What `codecs` is to make of bytes that are no UTF-8: Windows-1252, unless the data end
    within a character."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.end == len(error.object) and error.reason == "unexpected end of data":
        return "\N{REPLACEMENT CHARACTER}", error.end
    return _cp1252(error.object[error.start : error.end]), error.end


codecs.register_error(_AS_CP1252, _cp1252_bytes)
