"""Disambiguation: what a citation shows more of, so that it is not taken for another one.

In the order of CSL 1.0.2: given names, more names before "et al.", `disambiguate="true"`, a
letter after the year.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from string import ascii_lowercase

from refman.formats.csl.cite import Cite, Name
from refman.formats.csl.marks import bare
from refman.formats.csl.people import whole

_TRIED = 12  # names of a cite that are shown with given names to tell it apart
Render = Callable[[Cite], str]


def tell_apart(cites: Sequence[Cite], options: Mapping[str, str], render: Render) -> None:
    """Set `shown` of the cites, which are in the order of the bibliography.

    `options` are the attributes of cs:citation, `render` gives a cite as it is cited.
    """
    wants = {name for name, value in options.items() if value == "true"}
    if not any(each.startswith("disambiguate-") for each in wants):
        return
    rule = options.get("givenname-disambiguation-rule", "by-cite")
    names = "disambiguate-add-givenname" in wants
    if names and rule != "by-cite":
        _tell_people_apart(cites, options, rule)
    groups = _alike(cites, render)
    if "disambiguate-add-names" in wants:
        for group in groups:
            _add_names(group, render)
        groups = _again(groups, render)
    if names and rule == "by-cite":
        for group in groups:
            _add_given_names(group, render)
        groups = _again(groups, render)
    for group in groups:
        for cite in group:
            cite.shown.disambiguate = True
    groups = _again(groups, render)
    if "disambiguate-add-year-suffix" in wants:
        for group in groups:
            for number, cite in enumerate(group):
                cite.shown.year_suffix = _letters(number)


def _alike(cites: Iterable[Cite], render: Render) -> list[list[Cite]]:
    """Those that are cited in the same words, two and more."""
    groups: dict[str, list[Cite]] = {}
    for cite in cites:
        groups.setdefault(bare(render(cite)), []).append(cite)
    return [group for group in groups.values() if len(group) > 1]


def _again(groups: list[list[Cite]], render: Render) -> list[list[Cite]]:
    return [alike for group in groups for alike in _alike(group, render)]


def _people(cite: Cite) -> Sequence[Name]:
    """Those that a cite is known by."""
    for role in ("author", "editor", "translator"):
        if role in cite.names:
            return cite.names[role]
    return next(iter(cite.names.values()), ())


def _short(name: Name) -> str:
    return (
        name.get("literal")
        or f"{name.get('non-dropping-particle', '')} {name.get('family', '')}".strip()
    )


def _letters_of(name: Name) -> str:
    given = name.get("given", "").replace(".", " ").replace("-", " ")
    return "".join(part[0] for part in given.split())


def _tell_people_apart(cites: Sequence[Cite], options: Mapping[str, str], rule: str) -> None:
    """Initials, or given names, for all who share a family name."""
    least = int(options.get("et-al-min", "0") or 0)
    first = int(options.get("et-al-use-first", "1") or 1)
    homonyms: dict[str, dict[str, Name]] = {}
    for cite in cites:
        people = _people(cite)
        if rule.startswith("primary-name"):
            people = people[:1]
        elif least and len(people) >= least:
            people = people[:first]
        for name in people:
            if "literal" not in name:
                homonyms.setdefault(_short(name).casefold(), {})[whole(name)] = name
    levels: dict[str, int] = {}
    for people_of_a_name in homonyms.values():
        if len(people_of_a_name) > 1:
            levels |= _levels(people_of_a_name, initials_only=rule.endswith("-with-initials"))
    for cite in cites:
        cite.shown.levels = levels


def _levels(people: Mapping[str, Name], *, initials_only: bool) -> dict[str, int]:
    by_initials: dict[str, list[str]] = {}
    for key, name in people.items():
        by_initials.setdefault(_letters_of(name), []).append(key)
    found: dict[str, int] = {}
    for alike in by_initials.values():
        givens = [people[key].get("given", "") for key in alike]
        # "J. Smith" may be the "John Smith" beside him.
        differ = len(alike) > 1 and not any(_is_initials(given) for given in givens)
        if len(by_initials) > 1 or differ:
            level = 2 if differ and not initials_only else 1
            if len(by_initials) > 1 or level == 2:
                found |= dict.fromkeys(alike, level)
    return found


def _is_initials(given: str) -> bool:
    return all(
        len(part.strip(".")) <= 1 for part in given.replace("-", " ").replace(".", " ").split()
    )


def _add_names(group: list[Cite], render: Render) -> None:
    """As many names as it takes, as long as that helps."""
    pending = [group]
    while pending:
        group = pending.pop()
        before = group[0].shown.names
        needed = _names_needed(group)
        if needed == before:
            continue
        for cite in group:
            cite.shown.names = needed
        alike = _alike(group, render)
        if len(alike) == 1 and len(alike[0]) == len(group):
            for cite in group:  # it did not help: these names are not shown
                cite.shown.names = before
        else:
            pending += alike


def _names_needed(group: list[Cite]) -> int:
    """With how many names the first of the group differ; as many as now where they never do."""
    lists = [
        [(_short(name), cite.shown.levels.get(whole(name), 0)) for name in _people(cite)]
        for cite in group
    ]
    shortest = min(len(people) for people in lists)
    for count in range(shortest):
        if len({people[count] for people in lists}) > 1:
            return count + 1
    return group[0].shown.names if len({len(people) for people in lists}) == 1 else shortest


def _add_given_names(group: list[Cite], render: Render) -> None:
    most = min(max(len(_people(cite)) for cite in group), _TRIED)
    best, fewest = (0, 0), _unsolved(group, render)
    for level in (1, 2):
        for count in range(1, most + 1):
            _expand(group, level, count)
            left = _unsolved(group, render)
            if left < fewest:
                best, fewest = (level, count), left
            if not left:
                return
    _expand(group, *best)


def _expand(group: list[Cite], level: int, count: int) -> None:
    for cite in group:
        cite.shown.level, cite.shown.expanded = level, count


def _unsolved(group: list[Cite], render: Render) -> int:
    return sum(len(alike) for alike in _alike(group, render))


def _letters(number: int) -> str:
    """0 is a, 25 is z, 26 is aa."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = ascii_lowercase[letter] + letters
    return letters
