"""Checks of what is in a text that does not belong there: HTML, TeX that shows, broken letters,
braces without a partner, signs that mean something else to TeX.
"""

import re
from collections.abc import Iterator
from html import unescape

from refman.formats import latex
from refman.i18n import _
from refman.library.doctor.findings import Fix, Remark, set_field
from refman.library.doctor.subject import Subject, creators_values, each_part, names_fix
from refman.model.creator import ROLES
from refman.model.fields import Kind, kind_of

_TAG = re.compile(
    r"</?(?:jats:|mml:|xhtml:)?(?P<name>i|em|italic|b|strong|bold|u|underline|sub|inf|sup|sc|scp|"
    r"tt|code|small|big|span|font|p|br|div|a|li|ul|ol|sec|title|math|mi|mn|mo|mrow|msub|msup|mtext|"
    r"tex-math|inline-formula|inline-graphic)(?:\s+[\w:-]+\s*=[^<>]{0,200})?\s*/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[A-Za-z][A-Za-z0-9]{1,30});", re.IGNORECASE)
_MACROS = {
    "i": "emph", "em": "emph", "italic": "emph", "b": "textbf", "strong": "textbf",
    "bold": "textbf", "sc": "textsc", "scp": "textsc", "tt": "texttt", "code": "texttt",
}  # fmt: skip
_DRESS = "|".join(_MACROS)
_DRESSED = re.compile(
    rf"<(?:jats:)?({_DRESS})(?:\s[^<>]*)?>([^<>{{}}]*)</(?:jats:)?\1\s*>", re.IGNORECASE
)
_SHIFTED = re.compile(
    r"<(?:jats:)?(sub|inf|sup)(?:\s[^<>]*)?>([^<>{}$\\]*)</(?:jats:)?\1\s*>", re.IGNORECASE
)
_BREAK = re.compile(
    r"\s*(?:<br\s*/?>|</?(?:jats:)?(?:p|div|sec)(?:\s[^<>]*)?/?>)\s*", re.IGNORECASE
)
_BARE = re.compile(r"</?(?:jats:)?(?:span|font|small|big)(?:\s[^<>]*)?>", re.IGNORECASE)

# UTF-8 that was read as Windows-1252: "Ã©" for é, "â€™" for ’.
_MISREAD = re.compile("[ÃÂÄÅÎÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]|â(?:€|\u0080)")
_BRACE = re.compile(r"[{}]")
# A field that a value holds: a brace before it is missing.
_SWALLOWED = re.compile(
    r"[,\s}](author|editor|title|journal|journaltitle|booktitle|publisher|year|date|month|volume|"
    r"number|pages|doi|url|isbn|issn|abstract|keywords|series|address|school|institution)"
    r"\s*=\s*\{",
    re.IGNORECASE,
)
_TWICE_ESCAPED = re.compile(
    r"\\textbackslash(?:\{\})?\s*\}?\s*(?:[\"'`^~=]\s*\\?\{?\\?[A-Za-z]|[&%#_])"
)
_WITHOUT_MATH = re.compile(
    r"\$[^$]*\$|\\\(.*?\\\)|\\(?:url|path|nolinkurl|verb|href|ce|doi)\s*\{[^{}]*\}|\\.",
    re.DOTALL,
)
_LONE = re.compile(r"[&%#_^]")
_DOLLAR = re.compile(r"(?<!\\)(?:\\\\)*\$")
# Nobody typesets these from the field as it is.
_NOT_PRINTED = frozenset(
    "abstract annotation comment review keywords file library groups options execute label langid "
    "indextitle indexsorttitle entrysubtype gender pagination bookpagination presort sortkey "
    "sorttitle sortyear sortname eprinttype eprintclass relatedtype editortype authortype "
    "month".split()
)


def html(subject: Subject) -> Iterator[Remark]:
    text = subject.all_text
    if "<" not in text and "&" not in text:
        return
    for name, value in subject.prose:
        yield from _html_in(name, value)
    for creator, said in subject.named:
        if _is_html(said):
            message = _("There is HTML in the name “{name}”.").format(name=said)
            better = each_part(creator, _without_entities)
            fix = None if _is_html(better.full_name) else names_fix(subject, creator, (better,))
            yield Remark(creator.role, message, fix)


def _is_html(text: str) -> bool:
    if "<" in text and _TAG.search(text):
        return True
    return "&" in text and any(unescape(one[0]) != one[0] for one in _ENTITY.finditer(text))


def _html_in(name: str, value: str) -> Iterator[Remark]:
    if not _is_html(value):
        return
    shown = next(one[0] for mark in (_TAG, _ENTITY) for one in [mark.search(value)] if one)
    better = in_tex(value)
    # A formula more may take up a dollar sign that is there.
    safe = "$" not in value
    fix = None if _is_html(better) or not better else set_field(name, value, better, safe=safe)
    yield Remark(name, _("There is HTML in it: {html}").format(html=shown), fix)


def in_tex(text: str) -> str:
    """`text` with the HTML that has a like in TeX said so, entities as their characters."""
    text = _without_entities(text)
    for _depth in range(4):  # tags within tags
        before = text
        text = _DRESSED.sub(lambda found: f"\\{_MACROS[found[1].lower()]}{{{found[2]}}}", text)
        text = _SHIFTED.sub(_shifted, text)
        if text == before:
            break
    parted = _BREAK.sub("\n\n" if "\n\n" in text else " ", text)
    return re.sub(r"(?<=\S)  +", " ", _BARE.sub("", parted)).strip()


def _without_entities(text: str) -> str:
    for _depth in range(3):  # `&amp;lt;` is `<`, escaped by one program and again by another
        before = text
        text = _ENTITY.sub(lambda found: unescape(found[0]), text)
        if text == before:
            break
    return text


def _shifted(found: "re.Match[str]") -> str:
    sign = "^" if found[1].lower() == "sup" else "_"
    inner = found[2].strip()
    if not inner:
        return ""
    # Words are upright in what is no formula: 1^{st}.
    body = inner if not inner.isalpha() or len(inner) == 1 else f"\\mathrm{{{inner}}}"
    return f"${sign}{{{body}}}$" if len(body) > 1 else f"${sign}{body}$"


def shown_tex(subject: Subject) -> Iterator[Remark]:
    """TeX for what Unicode has a letter: it shows, and is not found."""
    if "\\" not in subject.all_text:
        return
    for name, value in subject.prose:
        if "\\" in value and kind_of(name) is not Kind.TEXT:
            better = latex.to_unicode(value)
            if better != value and "\\" not in better:
                message = _("TeX stands where a letter should: {tex}")
                yield Remark(name, message.format(tex=value), set_field(name, value, better))
    for creator, said in subject.named:
        better_one = each_part(creator, lambda part: latex.to_unicode(part, groups=False))
        if better_one != creator and "\\" not in better_one.full_name:
            message = _("TeX stands where a letter should: {tex}").format(tex=said)
            yield Remark(creator.role, message, names_fix(subject, creator, (better_one,)))


def escaped_twice(subject: Subject) -> Iterator[Remark]:
    """TeX that a program took for text and escaped: it is printed as it stands."""
    for name, tex in subject.tex.items():
        if "\\" in tex and _TWICE_ESCAPED.search(tex) and kind_of(name) is not Kind.VERBATIM:
            message = _("TeX was escaped a second time here and is printed as it stands: {tex}")
            yield Remark(name, message.format(tex=tex[:200]))


def misread(subject: Subject) -> Iterator[Remark]:
    if subject.all_text.isascii():
        return
    for name, value in subject.values:
        yield from _misread_in(name, value)
    for creator, said in subject.named:
        better = each_part(creator, _read_again)
        if better != creator:
            fix = names_fix(subject, creator, (better,))
            yield Remark(creator.role, _misread_message(said), fix)
        elif "\N{REPLACEMENT CHARACTER}" in said:
            yield Remark(creator.role, _lost_message(said))


def _misread_in(name: str, value: str) -> Iterator[Remark]:
    better = _read_again(value)
    if better != value:
        yield Remark(name, _misread_message(value[:200]), set_field(name, value, better))
    elif "\N{REPLACEMENT CHARACTER}" in value:
        yield Remark(name, _lost_message(value[:200]))


def _misread_message(text: str) -> str:
    return _("Letters were read in the wrong encoding: {text}").format(text=text)


def _lost_message(text: str) -> str:
    return _("Letters were lost (\N{REPLACEMENT CHARACTER}): {text}").format(text=text)


def _read_again(text: str) -> str:
    """`text` from the bytes that it was read from, as UTF-8; itself where that cannot be."""
    for _depth in range(3):  # what was read wrongly once is so twice
        if text.isascii() or not _MISREAD.search(text):
            break
        again = _as_utf_8(text)
        if again == text:
            break
        text = again
    return text


def _as_utf_8(text: str) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def braces(subject: Subject) -> Iterator[Remark]:
    """Braces without a partner, in what is shown, or else in the TeX that is kept; and those
    whose partner is that of another field.
    """
    told: set[str] = set()
    for name, value in (*subject.values, *subject.tex.items()):
        swallowed = _SWALLOWED.search(value) if "=" in value and "@" not in value else None
        if swallowed and name not in told and kind_of(name) is not Kind.URI:
            told.add(name)
            message = _("The field “{field}” stands within this one: a brace is missing before it.")
            yield Remark(name, message.format(field=swallowed[1].lower()))
    for name, value in subject.values:
        if name in told:
            continue
        if ("{" in value or "}" in value) and not _balanced(value):
            told.add(name)
            fix = None
            if kind_of(name) not in {Kind.VERBATIM, Kind.URI, Kind.KEYS}:
                fix = set_field(name, value, _without_lone_braces(value), safe=False)
            message = _("A brace has no partner: {text}").format(text=value[:200])
            yield Remark(name, message, fix)
    for name, tex in subject.tex.items():
        if ("{" in tex or "}" in tex) and name not in told and not _balanced(tex):
            message = _("In the TeX of this field a brace has no partner: {text}")
            yield Remark(name, message.format(text=tex[:200]), written_anew(subject, name))


def _balanced(text: str) -> bool:
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace[0] == "{" else -1
        if depth < 0:
            return False
    return not depth


def _without_lone_braces(text: str) -> str:
    opened: list[int] = []
    lone: set[int] = set()
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            opened.pop()
        else:
            lone.add(brace.start())
    lone.update(opened)
    kept = "".join(char for place, char in enumerate(text) if place not in lone)
    return re.sub(r"(?<=\S)  +(?=\S)", " ", kept).strip()


def unescaped(subject: Subject) -> Iterator[Remark]:
    """Signs in the TeX of a printed field at which LaTeX stops, or passes over the rest."""
    for name, tex in subject.tex.items():
        if name in _NOT_PRINTED or not _is_tex(name):
            continue
        if len(_DOLLAR.findall(tex)) % 2:
            message = _("A $ has no partner: LaTeX takes what follows for a formula.")
            yield Remark(name, message, written_anew(subject, name))
            continue
        found = _LONE.search(_WITHOUT_MATH.sub(" ", tex)) if _LONE.search(tex) else None
        if found and not (found[0] == "&" and _is_html(tex)):
            message = _("{sign} means something to TeX: it is written \\{sign}.")
            fix = written_anew(subject, name)
            yield Remark(name, message.format(sign=found[0]), fix)


def _is_tex(name: str) -> bool:
    kind = kind_of(name)
    return kind in {Kind.TITLE, Kind.LITERAL, Kind.LIST, Kind.NAMES} or name in ROLES


def written_anew(subject: Subject, name: str) -> Fix | None:
    """The fix that forgets the TeX of a field, so that it is written from what it shows."""
    if subject.in_file:
        return None
    value = subject.entry.value(name)
    if name in ROLES:
        entry = subject.entry
        names = " and ".join(one.inverted for one in entry.by_role(name))
        return Fix(subject.tex[name], names, creators_values(entry, entry.creators))
    assert isinstance(value, str)
    return Fix(subject.tex[name], latex.escape(value), {name: value})
