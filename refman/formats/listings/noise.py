"""What stands around the rows of a page and is no part of them: navigation, buttons, footers."""

import re

_NOISE = frozenset(
    word.strip()
    for word in """
    about | about us | abs | abstract | accept | accept all | accept cookies | accessibility |
    account | advertisement | affiliations | all | api | apply | arxiv | authors | back |
    back to top | bib | bibtex | blog | bluesky | bookmark | bookmarks | browse | by citations |
    by date | careers | categories | citations | cite | clear | clear filters | close |
    co-authors | code | collapse | collections | comment | comments | conferences | contact |
    contact us | cookie policy | cookie settings | cookies | copied | copied! | copy |
    copy link | dark mode | dashboard | datasets | date | decline | delete | discover | docs |
    documentation | doi | download | e-mail | edit | email | english | expand | explore |
    export | export all | facebook | faq | features | feed | feeds | filter | filters | first |
    follow | followers | following | get started | github | help | home | html | imprint |
    institutions | jobs | join | join now | language | last | latest | latest papers | legal |
    less | library | light mode | like | likes | link | linkedin | load more |
    load more papers | loading | loading... | loading… | log in | log out | login | logout |
    menu | models | more | most cited | most recent | my account | my library | newest |
    newest first | newsletter | next | next page | notifications | oldest | oldest first |
    open in new tab | open menu | overview | papers | pdf | people | press | prev | previous |
    previous page | pricing | print | privacy | privacy policy | profile | read more |
    reading list | recent papers | reddit | register | reject all | related authors |
    relevance | reply | report | reset | rss | save | saved | scroll to top | search | see all |
    see more | settings | share | share profile | show all | show less | show more | sign in |
    sign out | sign up | similar authors | sitemap | skip to content | skip to main content |
    skip to navigation | sort | sort by | sponsored | status | subscribe | support | terms |
    terms and conditions | terms of service | terms of use | theme | toggle navigation | top |
    topics | trending | twitter | unfollow | unsubscribe | upgrade | venues | view all |
    view code | view more | view on arxiv | view paper | view pdf | x
    """.split("|")
)

_PATTERNS = re.compile(
    r"""
      [\W\d_]+                                  # pagination, rules: no letter at all
    | (?:©|\(c\)|copyright\b).*                          # footers
    | .*\ball\ rights\ reserved\b.*
    | page\ \d+(?:\ (?:of|/)\ \d+)?
    | (?:showing|displaying|results?)\ [\d,]+.*
    | sort(?:ed)?\ by\b.{0,40}
    | (?:we|this\ (?:site|website))\ uses?\ cookies\b.*
    | (?:made|built|powered)\ (?:with|by)\b.{0,60}
    | (?:view|open)\ (?:it\ )?(?:on|in|at)\ .{0,30}
    | (?:image|figure|avatar|logo|icon)(?:\ of\b.{0,60})?
    | updated\ .{0,40} | last\ updated.{0,40}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 200  # characters
_MOST_WORDS = max(entry.count(" ") + 1 for entry in _NOISE)
_TRIM = " ·•|›»«‹→←↑↓▾▼▲…:."


def is_noise(text: str) -> bool:
    """Whether the squeezed line `text` is known to belong to the page, not to a paper."""
    if len(text) > _LONGEST:
        return False
    folded = text.casefold().strip(_TRIM)
    if folded in _NOISE or _PATTERNS.fullmatch(text):
        return True
    parts = [part.strip() for part in re.split(r"[|·•›»/]", folded)]
    if len(parts) > 1 and all(part in _NOISE for part in parts):
        return True
    return _is_row_of_links(folded.split())


def _is_row_of_links(words: list[str]) -> bool:
    """Whether three words or more are nothing but navigation: `home papers sign in`."""
    if len(words) < 3:
        return False
    reached = [True, *[False] * len(words)]  # the first i words are whole entries
    for i in range(len(words)):
        for size in range(1, _MOST_WORDS + 1):
            if reached[i] and " ".join(words[i : i + size]) in _NOISE:
                reached[min(i + size, len(words))] = True
    return reached[-1]
