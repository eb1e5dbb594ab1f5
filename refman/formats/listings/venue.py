"""What follows the title in a reference: where the work appeared, when, and on which pages.

    tail = ["In " [editors]] venue {volume | number | pages | year | place | publisher}

in the orders and with the punctuation of the common styles. The venue is what stands before
the first of the numbers; what it is (a journal, proceedings, a publisher) is told by its words
and by which numbers it has.
"""

import re
from dataclasses import dataclass, field

from refman.formats.listings import name_list
from refman.model import dates
from refman.model.creator import EDITOR, Creator, parse_name

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_PAGES = r"[A-Za-z]{0,2}\d{1,7}\s?[-–—‐‒]{1,2}\s?[A-Za-z]{0,2}\d{1,7}"
_YEAR = r"(?:1[5-9]|20)\d{2}"
_NUMBER = (
    rf"(?:(?:{_MONTHS})\.? )?{_YEAR}[a-z]?|\d{{1,5}}[A-Za-z]?(?:\s?[-–/]\s?\d{{1,5}})?"
    r"|Suppl[^()]{0,12}|Pt\.? ?\d+|[A-Z]\d{0,3}"
)
# In the order in which they are tried; what one has found is not looked for by the next. The
# first are for "2, e124 (2005)", "21, 7 (July 1978), 558–565", "27, no. 3 (1948): 379–423" and
# "9(8):1735–1780", "521 (2015) 436–444".
_NUMBERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w])(?P<volume>\d{{1,4}}), (?P<pages>e?\d{{1,7}})(?= \({_YEAR}\)\W*$)",
        r"(?<![\w.])(?P<volume>\d{1,4}), (?P<number>\d{1,4})(?= \()",
        (
            r"(?<!\w)(?:vol(?:ume|\.)?\s*)?(?P<volume>\d{1,5}),? (?:no|nr|iss)\.?\s?"
            r"(?P<number>\d+(?:[–-]\d+)?)"
            rf"(?: \([^()]{{4,20}}\):? ?(?P<pages>{_PAGES}|(?!{_YEAR}\b)e?\d+(?!\w))?)?"
        ),
        (
            rf"(?<![\w(.–—-])(?P<volume>(?:[A-Z]{{1,3}}-?)?\d{{1,5}})\s?\((?P<number>{_NUMBER})\)"
            r"(?:\s?[:,;.]?\s?(?:pp?\.|pages?|p\.|Article)?\s?"
            rf"(?P<pages>{_PAGES}|(?!{_YEAR}\b)e?\d+(?!\w)))?"
        ),
        r"(?<!\w)vol(?:ume|\.)?\s*(?P<volume>[A-Z]?-?\d+(?:[–-]\d+)?|[IVXLC]+)\b",
        r"(?<!\w)(?:no|number|issue|nr|iss)\.?\s*(?P<number>\d+(?:[–/-]\d+)?)\b",
        rf"\(?\b(?:pp?\.|pages?)\s*(?P<pages>{_PAGES}|\d+)\)?",
        r"(?<![\w])(?P<volume>\d{1,4})\.(?P<number>\d{1,5}(?:-\d+)?)(?= \()",
        rf"(?<![\w])(?P<volume>(?:[A-Z]{{2,4}}-)?\d{{1,4}}):\s?(?P<pages>{_PAGES}|\d+)(?!\w)",
        rf",? (?P<volume>\d{{1,4}}),? (?P<pages>{_PAGES})(?!\w)",
        rf"(?<=[:,).])\s?(?P<pages>{_PAGES})(?!\w)",
        rf"(?<=\w) (?P<pages>{_PAGES})(?= \({_YEAR}\))",
        rf"(?<=\d\)),? (?P<pages>{_PAGES}|(?!{_YEAR}\b)\d{{1,6}})(?!\w)",
        rf"(?<=[a-z.]),? (?P<volume>\d{{1,4}})(?= ?\((?:{_MONTHS}|{_YEAR})|, (?:{_MONTHS})\b)",
        rf",? (?P<volume>(?!{_YEAR}\b)\d{{1,4}})(?=[.,]? ?$|[.,] {_YEAR}\b)",
    )
)
_DATE = re.compile(
    rf"\(?(?:(?P<day>\d{{1,2}})(?:[–-]\d{{1,2}})? )?"
    rf"(?:(?P<month>{_MONTHS})\.?,? (?:(?P<after>\d{{1,2}})(?:[–-]\d{{1,2}})?,? )?)?"
    rf"(?<![\d./:–-])(?P<year>{_YEAR})[a-z]?(?![\w–-]|[.:/]\d)\)?"
)
_IN = re.compile(r"\W*(?:in|in:|presented at|to appear in|appeared in)[:,]? (?=\S)", re.IGNORECASE)
_EDITORS_AFTER = re.compile(r",? (?:ed\.|eds\.|edited by) ", re.IGNORECASE)
_THESIS = re.compile(
    r"\b(?:ph\.? ?d\.?|doctoral|dissertation|master(?:’s|'s|s)?|m\.? ?sc\.?|m\.s\."
    r"|bachelor(?:’s|'s)?"
    r"|diploma|habilitation|licentiate|graduate)\.?[ -](?:thesis|dissertation)\b|\bdissertation\b"
    r"|\bdiss\.(?=,? )|\bthèse\b|\bthesis, ",
    re.IGNORECASE,
)
_MASTER = re.compile(r"\b(?:master|m\.? ?sc|m\.s\.|diplom|bachelor|licentiate)", re.IGNORECASE)
_REPORT = re.compile(
    r"\b(?:technical report|tech\. ?rep(?:ort)?\.?|working paper|discussion paper|research report"
    r"|white paper|memo)\b\.?",
    re.IGNORECASE,
)
_CONFERENCE = re.compile(
    r"\b(?i:proceedings|proc\.|conference|conf\.|symposium|symp\.|workshop|congress|colloquium"
    r"|advances in neural|annual meeting|meeting of)(?!\w)"
    r"|\b(?:AAAI|ACL|AISTATS|ALT|ASPLOS|CAV|CCS|CHI|CIKM|COLING|COLM|COLT|CoNLL|CoRL|CRYPTO"
    r"|CVPRW?|DAC|DISC"
    r"|EACL|ECAI|ECCV|ECIR|ECML|EMNLP|EUROCRYPT|FAccT|FOCS|FSE|HPCA|ICALP|ICASSP|ICCVW?|ICDE"
    r"|ICDM|ICIP"
    r"|ICLR|ICML|ICRA|ICSE|ICSLP|IJCAI|IJCNN|INFOCOM|INTERSPEECH|Interspeech|IROS|ISCA|KDD|LICS"
    r"|LREC"
    r"|MICCAI|MICRO|MLSys|MM|NAACL(?:-HLT)?|NDSS|NeurIPS|NIPS|NSDI|OOPSLA|OSDI|PLDI|PODC|PODS|POPL"
    r"|RECOMB|RecSys|RSS|SC|SIGCOMM|SIGGRAPH|SIGIR|SIGMOD|SODA|SOSP|SPAA|STACS|STOC|UAI|UIST|USENIX"
    r"|VLDB|WACV|WMT|WSDM|WWW)(?:[’' ]?\d{2,4})?\b"
)
_JOURNAL = re.compile(
    r"\b(?:journal|j\.|transactions|trans\.|letters|lett\.|review|rev\.|annals|ann\.|bulletin"
    r"|bull\."
    r"|magazine|mag\.|quarterly|communications|comm\.|nature|science|plos|neural computation|acta"
    r"|archiv|zeitschrift|physica|cell|lancet|elife|jmlr|jair|tmlr|pnas|foundations and trends"
    r"|biometrika|econometrica|mathematische|mind|machine learning$)(?!\w)",
    re.IGNORECASE,
)
_SOCIETY = re.compile(  # whose proceedings are a journal
    r"\W*(?:the )?proc(?:\.|eedings)(?: of)?(?: the)? (?:ieee$|nat(?:iona|’|'|\.)?l\.? acad"
    r"|royal|r\. soc"
    r"|london math|american? (?:math|phil)|amer\. math|edinburgh|cambridge|vldb endow|acm on)",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"\b(?:press|springer(?:[ -]verlag)?|wiley(?: (?:&|and) sons)?|elsevier|addison[ -]wesley"
    r"|prentice[ -]hall|mcgraw[ -]hill|morgan[ -]kaufmann|academic press|chapman|pearson|sage"
    r"|o’reilly|o'reilly|birkhäuser|birkhauser|kluwer|north[ -]holland|dover|freeman|penguin"
    r"|routledge|methuen|plenum|publish(?:ers|ing|er)|publications|books|verlag|curran associates"
    r"|world scientific|houghton mifflin|basic books|benjamin|siam|crc|norton|blackwell|macmillan"
    r"|harper|random house|allen lane|lawrence erlbaum|erlbaum|athena scientific|associates)\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"universi|institut|college|school|laborator|labs?\b|department|dept|center|centre|academy"
    r"|bureau|bank|corporation|research|polytech|\b(?:MIT|ETH|NBER|OpenAI|Google|Microsoft|IBM)\b",
    re.IGNORECASE,
)
_SERIES = re.compile(r"(?:Lecture Notes|LNCS|LNAI|Advances in (?!Neural)|ACM International)\b")
_PREPRINT = re.compile(
    r"\b(?:arxiv(?:\.org)?(?: e-?prints?| preprints?)?|CoRR|e-?prints?|preprint(?: at)?)\b"
    r"(?:,? ?abs\b)?[\s,:;()/]*",
    re.IGNORECASE,
)
_PLACE = re.compile(  # "Wadsworth, Belmont, CA"
    r"([^\W\d_][^,.;]{2,40}), (?:[^\W\d_][^,;]{2,30}, (?:[A-Z]{2}|USA|U\.?K\.?|[A-Z]{2}, USA)"
    r"|New York"
    r"|London|Berlin|Oxford|Cambridge|Paris|Amsterdam|Boston|Heidelberg|San Francisco|Chicago"
    r"|Philadelphia|Princeton|Reading|Dordrecht|Basel|Leipzig|Moscow|Tokyo)(?:, [A-Z]{2})?"
)
_LEAD = " \t.,;:–—-/|\u2022·"
_TAIL = " \t,;:–—-(/|\u2022·"
_KEEPS_ON = re.compile(r"\b(?:of|on|for|the|in|and|und|for)\b|^(?:and|&)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-zß-ÿ0-9)]{8})\. (?=[^\W\d_a-z])")


@dataclass(slots=True)
class Tail:
    """What was understood."""

    entry_type: str = "misc"
    date: str = ""
    venue: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    editors: tuple[Creator, ...] = ()
    is_evidence: bool = False  # it looks like the tail of a reference, not like any text


def find_date(text: str) -> tuple[str, int, int]:
    """The date that `text` gives, the last where it has several, and its span; "" if none."""
    matches = list(_DATE.finditer(text))
    if not matches:
        return "", -1, -1
    match = matches[-1]
    month = dates.month_number(match["month"]) if match["month"] else None
    day = (match["day"] or match["after"]) if month else None
    start = match.start() if month or not match["day"] else match.start("year")
    value = dates.iso(int(match["year"]), month, int(day) if day else None)
    return value or match["year"], start, match.end()


def read(text: str) -> Tail:
    """What `text`, all that follows a title, says."""
    tail = Tail()
    inside = _IN.match(text)
    text = text[inside.end() :] if inside else text.lstrip(_LEAD)
    if inside:
        text = _take_editors(tail, text)
    thesis, report = _THESIS.search(text), _REPORT.search(text)
    tail.date, *year_span = find_date(text)
    spans = [year_span] if tail.date and _ends_venue(text, *year_span) else []
    if not thesis:
        spans += _take_numbers(tail, text)
    without = _PREPRINT.search(text)
    if without and without.end() > without.start():
        spans.append([without.start(), without.end()])
        tail.is_evidence = True
    cut = min((start for start, _end in spans), default=len(text))
    tail.venue = _trimmed(text[:cut])
    after = _without(text, spans, cut)
    if thesis:
        _take_thesis(tail, text, thesis)
    elif report:
        _take_report(tail, text, report)
    else:
        _judge(tail, after, is_part=inside is not None)
    tail.is_evidence |= bool(tail.fields or inside or thesis or report)
    return tail


def _ends_venue(text: str, start: int, end: int) -> bool:
    """Whether a year stands apart, not in a name: `the 2019 Conference of the …`."""
    before, after = text[:start].rstrip(), text[end:].strip()
    if before[-1:] in tuple(",.;:([)") or text[start] == "(":
        return True
    return not after or after[0] in ".,;:)]/"


def _take_editors(tail: Tail, text: str) -> str:
    """Note the editors that `text` begins with, and return what follows them."""
    names = name_list.read(text)
    if names and names.editors:
        tail.editors = tuple(parse_name(name, EDITOR) for name in names.names)
        return text[names.end :].lstrip(_LEAD)
    return text


def _take_numbers(tail: Tail, text: str) -> list[list[int]]:
    """Note volume, number and pages, and return where they stand."""
    spans: list[list[int]] = []
    for pattern in _NUMBERS:
        match = pattern.search(text)
        if not match or any(start < match.end() and match.start() < end for start, end in spans):
            continue
        groups = {name: value for name, value in match.groupdict().items() if value}
        if any(name in tail.fields for name in groups if name != "pages"):
            continue
        number = groups.get("number", "").strip()
        if re.fullmatch(rf"(?:(?:{_MONTHS})\.? )?{_YEAR}[a-z]?", number):
            del groups["number"]  # "521 (2015)": it is the year
        if "pages" in tail.fields:
            groups.pop("pages", None)
        if not groups:
            continue
        if "pages" in groups:
            groups["pages"] = re.sub(r"\s?[-–—‐‒]{1,2}\s?", "–", groups["pages"])
        tail.fields |= {name: value.strip() for name, value in groups.items()}
        spans.append([match.start(), match.end()])
    return spans


def _without(text: str, spans: list[list[int]], start: int) -> str:
    """`text` from `start` on without what stands in `spans`."""
    pieces = []
    for begin, end in sorted(spans):
        pieces.append(text[start:begin])
        start = max(start, end)
    return " ".join([*pieces, text[start:]]).strip(_LEAD + ")")


def _trimmed(venue: str) -> str:
    venue = venue.strip(_TAIL)
    for opening, closing in ("()", "[]"):
        if venue.count(opening) > venue.count(closing) and opening in venue:
            venue = venue[: venue.rindex(opening)].strip(_TAIL)
    venue = venue.strip('"“”').removesuffix(" In").strip(_TAIL)
    return venue if "." in venue[:-1] else venue.removesuffix(".")


def _take_thesis(tail: Tail, text: str, thesis: "re.Match[str]") -> None:
    tail.entry_type = "thesis"
    tail.fields = {"type": "mathesis" if _MASTER.search(thesis[0]) else "phdthesis"}
    after, before = text[thesis.end() :].lstrip(_LEAD + ")]"), text[: thesis.start()]
    tail.venue = _institution(after) or _institution(before)
    if tail.venue:
        tail.fields["institution"] = tail.venue


def _take_report(tail: Tail, text: str, report: "re.Match[str]") -> None:
    tail.entry_type = "report"
    number = re.match(r"[\s,:]*(?:no\.? ?)?([A-Za-z0-9][\w./-]*\d[\w./-]*)", text[report.end() :])
    after = text[report.end() + (number.end() if number else 0) :]
    tail.fields = {"number": number[1].rstrip(".,")} if number else {}
    tail.venue = _institution(text[: report.start()]) or _institution(after)
    if tail.venue:
        tail.fields["institution"] = tail.venue


def _institution(text: str) -> str:
    """The part of `text` that names one: `MIT`, `University of California, Irvine`."""
    text = re.sub(rf"\(?\b{_YEAR}\b\)?", " ", text)
    pieces = [piece.strip(" .()[]") for piece in re.split(r"[,;:]\s|\. (?=[A-Z])", text)]
    pieces = [p for p in pieces if p and not re.search(r"\d", p) and not dates.month_number(p)]
    for i, piece in enumerate(pieces):
        if _INSTITUTION.search(piece):
            more = piece.startswith("University of") and i + 1 < len(pieces)
            return f"{piece}, {pieces[i + 1]}" if more else piece
    return pieces[0] if pieces and len(pieces[0]) > 1 else ""


def _judge(tail: Tail, after: str, *, is_part: bool) -> None:
    """What kind of venue it is, and the field that it goes into."""
    sentence = _SENTENCE.search(tail.venue)
    abbreviated = sentence and "." in tail.venue[: sentence.start()]
    if sentence and not abbreviated and not _JOURNAL.search(tail.venue[sentence.end() :]):
        after = f"{tail.venue[sentence.end() :]} {after}"
        tail.venue = tail.venue[: sentence.start()]
    is_conference = _CONFERENCE.search(tail.venue) is not None
    is_society = _SOCIETY.match(tail.venue) is not None
    is_conference = is_conference and not is_society
    is_journal = is_society or _JOURNAL.search(tail.venue) is not None
    numbered = "volume" in tail.fields or "number" in tail.fields
    publisher = _PUBLISHER.search(tail.venue)
    if not tail.venue or not (is_part or is_conference or is_journal or numbered or publisher):
        _take_publisher(tail, f"{tail.venue}. {after}")
        if "publisher" in tail.fields:
            tail.entry_type = "book"
            tail.venue = tail.fields["publisher"]
            return
    if not tail.venue:
        return
    if (is_part and not is_journal) or (is_conference and not (is_journal and numbered)):
        tail.entry_type = "incollection" if tail.editors and not is_conference else "inproceedings"
        tail.venue = _without_place(tail.venue)
        tail.fields["booktitle"] = tail.venue
        _take_publisher(tail, after)
    elif publisher and not is_journal and not numbered:
        tail.entry_type = "book"
        tail.venue = _publisher_name(tail.venue)
        tail.fields["publisher"] = tail.venue
    elif is_journal or numbered or "pages" in tail.fields:
        tail.entry_type = "article"
        tail.venue = re.sub(r" \(\d\)$", "", tail.venue)  # "Ann. of Math. (2)"
        tail.fields["journaltitle"] = tail.venue
    elif place := _PLACE.fullmatch(tail.venue):
        tail.entry_type = "book"
        tail.venue = tail.fields["publisher"] = place[1]
    elif _INSTITUTION.search(tail.venue):
        tail.fields["organization"] = tail.venue
    elif tail.date and re.fullmatch(r"[^\W\d_][^.;!?]{2,60}\.?", tail.venue):
        tail.entry_type = "article"
        tail.fields["journaltitle"] = tail.venue.rstrip(".")
        tail.venue = tail.fields["journaltitle"]
    else:
        tail.venue = ""


def _without_place(venue: str) -> str:
    """Proceedings without the town, the series and the publisher that follow a comma."""
    pieces = venue.split(", ")
    kept = [pieces[0]]
    for piece in pieces[1:]:
        if _SERIES.match(piece) or not (_KEEPS_ON.search(piece) or _CONFERENCE.search(piece)):
            break
        kept.append(piece)
    return ", ".join(kept).strip(_TAIL)


def _take_publisher(tail: Tail, after: str) -> None:
    for piece in re.split(r"[.,;:] ", after):
        if _PUBLISHER.search(piece) and len(piece) < 60:
            tail.fields["publisher"] = piece.strip(" .,;:()")
            return


def _publisher_name(text: str) -> str:
    """`MIT Press` of `Cambridge, MA: MIT Press` and of `MIT Press, Cambridge, MA`."""
    pieces = [piece.strip() for piece in re.split(r"[:;,] |(?<!Univ)\. (?!Ltd|Inc)", text)]
    return next(piece for piece in pieces if _PUBLISHER.search(piece)).strip(" .")
