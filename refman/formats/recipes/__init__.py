r"""HTML sites as recipes: small TOML files that say where in the markup of a page things stand.

The shipped ones lie in resources/recipes; a user's own are read from the folder `recipes` in the
configuration folder and come first. A recipe, whole:

    name = "arxiv-list"               # if a format of text copies has this name, it reads those
    label = "arXiv listing page"      # on screen
    text = "arxiv-list"               # the reader of text copies, where it has another name
    base = "https://arxiv.org/"       # for relative links, where the page does not say its address
    tex = true                        # titles, abstracts and names are written in TeX

    [page]                            # what kind of page it is for
    hosts = ["arxiv.org"]             # and their subdomains, if the page says its address
    path = '^/list/'                  # and of that address the path, a regular expression
    markers = ["dl#articles > dt"]    # selectors, all of which match in each stretch of rows
    needs_host = false                # true: the markers alone do not tell this page from others

    [rows]
    select = "dl#articles > dt"       # the element of each row
    to_next = true                    # a row goes on over the elements that follow, to the next
    until = "h3"                      # or to one of these

    [header]                          # what belongs to the whole page: the attributes of `Header`
    name = "h1"

    [fields]                          # what is in a row
    title = { select = ".list-title", drop = [".descriptor"] }
    creators = ".list-authors"
    eprint = "a[title=Abstract]@href"
    date = { select = "h3", from = "above" }

A field is a selector, a table, or a list of them of which the first that finds anything counts.
The selectors are CSS, and `@href` at the end takes an attribute in place of the text. A table has

    select     the selector, which may name the row too ("li.editor .name"); without it, all of
               the row
    when       a selector that has to find something in the row, or the row itself
    from       "row" (the default), "page" (its first), "above" (the last one before the row)
    drop       selectors of what is left out of the text
    match      a regular expression; its first group (or all of it) is the value; none: no value
    strip      beginnings that are no part of the value ("Title:"), whatever their case
    replace    pairs [regular expression, replacement], one after the other
    map        a table of values and what they mean ("Conference" = "inproceedings")
    value      the value itself, in place of a selector: journaltitle = { value = "CoRR" };
               with a selector as well: the value where that finds anything
    join       what stands between the values, if all that were found are to be joined
    split      of names and keywords: the regular expression between them, in place of the usual
               signs (`listings.author_list`); "" where an element is one name ("Doe, Jane")
    affiliation    of names: a regular expression whose first group is an affiliation; those in
               brackets are found without it

Regular expressions are Python's and run as they are written: one whose repeats stand in repeats
("(a+)+$") can take for ever on a long row. Write none.

In this order: select, drop, strip, match, replace, map. The fields are those of BibLaTeX, and
`creators`, `editors`, `translators`, `entry_type`, `journal_ref` (`listings.journal_ref`),
`published_in` (where it appeared, as lists of results write it: `listings.short_venue`),
`category` (an arXiv one), `code` (there is code), `score`, `affiliations` and `keywords`. Dates
are understood in any usual English form; links are made absolute, DOIs and arXiv ids found in
what surrounds them. A row without title and abstract has failed; what no field takes of a row
stays in its raw text.
"""

from collections.abc import Mapping

from refman.formats import format_named
from refman.formats.format import Format, Problem
from refman.formats.recipes.declaration import BadRecipe, parse
from refman.formats.recipes.reader import recipe_format


def load_recipes(texts: Mapping[str, str]) -> tuple[list[Format], list[Problem]]:
    """The formats of recipes, given as file name and text, in their order.

    One that cannot be used is a problem which names file and line. Of two with one name the
    first counts.
    """
    formats: dict[str, Format] = {}
    problems: list[Problem] = []
    for file, text in texts.items():
        try:
            recipe = parse(text)
        except BadRecipe as error:
            message = f"{file}:{error.line}: {error}"
            lines = text.splitlines()
            shown = lines[error.line - 1] if error.line <= len(lines) else ""
            problems.append(Problem(error.line, shown, message, failed=False))
            continue
        reader = recipe_format(recipe, format_named(recipe.text or recipe.name))
        formats.setdefault(recipe.name, reader)
    return list(formats.values()), problems
