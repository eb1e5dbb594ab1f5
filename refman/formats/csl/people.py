"""Names of people as a style writes them: order, initials, particles, "and", "et al."."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from refman.formats.csl.cite import Cite, Name
from refman.formats.csl.marks import bare, held

# What cs:name may say; under these names cs:citation, cs:bibliography and cs:style may, too.
NAME_OPTIONS = (
    "and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min", "et-al-use-first",
    "et-al-use-last", "initialize", "initialize-with", "name-as-sort-order", "sort-separator",
    "name-form", "name-delimiter", "names-delimiter", "initialize-with-hyphen",
    "demote-non-dropping-particle",
)  # fmt: skip
# Scripts in which the family name stands first and nothing between.
_TOGETHER = re.compile(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u30ff\u3100-\u312f\u3130-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff·・]+"
)
_NICKNAME = re.compile(r"[(\[“\"][^()\[\]“”\"]*[)\]”\"]")


@dataclass(frozen=True, slots=True)
class NameForm:
    """The options in force, resolved."""

    form: str
    and_: str
    delimiter: str
    precedes_last: str
    precedes_et_al: str
    et_al: str
    et_al_min: int
    use_first: int
    use_last: bool
    initialize: bool
    initialize_with: str | None
    with_hyphen: bool
    sort_order: str
    sort_separator: str
    demote: str
    names_delimiter: str
    sorting: bool
    parts: Mapping[str, Any]
    dress: Callable[[str], str]

    @classmethod
    def of(
        cls,
        options: Mapping[str, str],
        sorting: Mapping[str, str] | None,
        parts: Mapping[str, Any],
        et_al: str,
        and_: str,
        dress: Callable[[str], str],
    ) -> "NameForm":
        keyed = {**options, **sorting} if sorting is not None else options
        form = keyed.get("name-form", "long")
        return cls(
            form if sorting is None or form == "count" else "long",
            and_ if sorting is None else "",
            keyed.get("name-delimiter", ", "),
            keyed.get("delimiter-precedes-last", "contextual"),
            keyed.get("delimiter-precedes-et-al", "contextual"),
            et_al if sorting is None else "",
            _number(keyed.get("et-al-min"), 0),
            _number(keyed.get("et-al-use-first"), 1),
            keyed.get("et-al-use-last") == "true",
            keyed.get("initialize", "true") == "true",
            keyed.get("initialize-with"),
            keyed.get("initialize-with-hyphen", "true") == "true",
            keyed.get("name-as-sort-order", "") if sorting is None else "all",
            keyed.get("sort-separator", ", "),
            keyed.get("demote-non-dropping-particle", "display-and-sort"),
            keyed.get("names-delimiter", ""),
            sorting is not None,
            parts,
            dress,
        )


def _number(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.isdecimal() else default


def whole(name: Name) -> str:
    """All of a name, to tell people apart."""
    return "\n".join(name.get(part, "") for part in (
        "literal", "family", "given", "non-dropping-particle", "dropping-particle", "suffix"
    ))  # fmt: skip


def joined_names(people: Sequence[Name], form: NameForm, cite: Cite, *, truncated: bool) -> str:
    """The list of names. `truncated`: the source itself said "et al."."""
    shortened = bool(form.et_al_min and len(people) + truncated >= form.et_al_min)
    count = len(people)
    if shortened:
        count = min(max(form.use_first, cite.shown.names), len(people))
        if form.sorting:
            count = min(form.use_first, len(people))
    if form.form == "count":
        return str(count)
    written = [_written(name, form, cite, index) for index, name in enumerate(people[:count])]
    if form.sorting:
        return " ".join(written)
    more = truncated or count < len(people)
    if not written:
        return form.et_al if more else ""
    if more and form.use_last and not truncated and count < len(people) - 1:
        last = _written(people[-1], form, cite, len(people) - 1)
        return form.dress(f"{form.delimiter.join(written)}{form.delimiter}… {last}")
    if more and not (count == len(people) - 1 and form.use_last and not truncated):
        return form.dress(_with_et_al(written, form))
    if more:
        written.append(_written(people[-1], form, cite, len(people) - 1))
    return form.dress(_with_last(written, form))


def _with_et_al(written: list[str], form: NameForm) -> str:
    text = form.delimiter.join(written)
    if not form.et_al:
        return text
    inverted = _inverted(form, len(written) - 1)
    before = _precedes(form.precedes_et_al, many=len(written) > 1, inverted=inverted)
    return f"{text}{form.delimiter if before else ' '}{form.et_al}"


def _with_last(written: list[str], form: NameForm) -> str:
    if len(written) == 1 or not form.and_:
        return form.delimiter.join(written)
    inverted = _inverted(form, len(written) - 2)
    before = _precedes(form.precedes_last, many=len(written) > 2, inverted=inverted)
    joint = form.delimiter if before else " "
    return f"{form.delimiter.join(written[:-1])}{joint}{form.and_} {written[-1]}"


def _precedes(rule: str, *, many: bool, inverted: bool) -> bool:
    if rule == "after-inverted-name":
        return inverted
    return rule == "always" or (rule == "contextual" and many)


def _inverted(form: NameForm, index: int) -> bool:
    return form.sort_order == "all" or (form.sort_order == "first" and index == 0)


def _written(name: Name, form: NameForm, cite: Cite, index: int) -> str:
    if form.sorting:
        return sort_name(name, form.demote)
    if "literal" in name:
        return _dressed(form, "family", name["literal"])
    family, given = name.get("family", ""), name.get("given", "")
    particle, dropping = name.get("non-dropping-particle", ""), name.get("dropping-particle", "")
    suffix = name.get("suffix", "")
    if not given and not suffix and not particle and not dropping:
        return _dressed(form, "family", family)
    level = cite.shown.levels.get(whole(name), 0)
    if cite.shown.expanded is None or index < cite.shown.expanded:
        level = max(level, cite.shown.level)
    short = form.form == "short" and not level
    together = _TOGETHER.fullmatch(family + given) is not None
    if short:
        return _dressed(form, "family", _joined(particle, family))
    if together:
        return _dressed(form, "family", family) + _dressed(form, "given", given)
    if form.initialize_with is not None and level < 2:
        given = initials(given, form)
    given = _dressed(form, "given", given)
    if _inverted(form, index) and form.form != "short":
        shown = _dressed(form, "family", family)
        if form.demote == "display-and-sort":
            given = _joined(given, dropping, particle)
        else:
            shown = _joined(_dressed(form, "family", particle), shown)
            given = _joined(given, dropping)
        return form.sort_separator.join(p for p in (shown, given, held(suffix)) if p)
    family = _joined(dropping, _dressed(form, "family", particle), _dressed(form, "family", family))
    return _joined(given, family, held(suffix))


def _dressed(form: NameForm, part: str, text: str) -> str:
    if not text:
        return ""
    element = form.parts.get(part)
    return held(text) if element is None else str(element.dressed(held(text)))


def _joined(*parts: str) -> str:
    text = ""
    for part in parts:
        # "d’Alembert" and "al-Hakim" are one word.
        gap = "" if not text or bare(text)[-1:] in ("’", "'", "-", "") else " "
        text += gap + part if part else ""
    return text


def sort_name(name: Name, demote: str) -> str:
    """A name as it is sorted: family name first, its particle before or behind."""
    if "literal" in name:
        return bare(name["literal"])
    family, particle = name.get("family", ""), name.get("non-dropping-particle", "")
    rest = (name.get("dropping-particle", ""), name.get("suffix", ""))
    given = name.get("given", "")
    if demote == "never":
        return bare(" ".join(part for part in (particle, family, given, *rest) if part))
    return bare(" ".join(part for part in (family, given, *rest, particle) if part))


def initials(given: str, form: NameForm) -> str:
    """`M. L.` of "Martin Luther", as `initialize-with` has it.

    Words in small letters stay as they are, with `initialize="false"` all that are no initials;
    a nickname in brackets or quotes goes.
    """
    mark = form.initialize_with or ""
    spaced = re.sub(r"\.(?=[^\s.\-‐‑])", ". ", unicodedata.normalize("NFC", bare(given)))
    text = ""
    for word in _NICKNAME.sub("", spaced).split():
        pieces = [piece for piece in re.split("[-‐‑]", word) if piece[:1].isalnum()]
        is_initial = all(len(piece.rstrip(".")) == 1 for piece in pieces)
        small = word[0].islower() and not word.endswith(".")
        if not pieces or small or (not form.initialize and not is_initial):
            text = f"{text.rstrip()} {word} ".lstrip()
            continue
        if form.with_hyphen:
            text += (mark.rstrip() + "-").join(piece[0] for piece in pieces) + mark
        else:
            text += "".join(piece[0] + mark for piece in pieces)
    return text.strip()
