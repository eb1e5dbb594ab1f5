"""A user's regular expression, checked so that it cannot run for ever.

Python's engine tries every way to split a text among the quantifiers of an expression. So one
quantifier inside another, which takes exponentially long, is refused, and so is an alternation
that is repeated; and the more quantifiers there are, the shorter is the text that is looked at.
"""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import comb

LONGEST = 200  # characters of an expression
_MOST_STEPS = 30_000_000  # of matching, in the worst case: about half a second
_TEXTS = (1000, 500, 250, 120, 80, 40)  # how many characters are looked at, at most
_DEEPEST = 20  # groups in each other
_GREATEST = 999  # repeats
_TOKEN = re.compile(
    r"""\\(?P<escaped>.)
    | (?P<set>\[\^?\]?(?:\\.|[^\]\\])*\]?)
    | (?P<quantifier>[*+?]|\{\d*(?:,\d*)?\})[+?]?
    | \(\?i\)
    | (?P<group>\((?:\?(?::|=|!|<=|<!|P<[A-Za-z_]\w*>))?)(?P<unknown>\?)?
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_FIXED = re.compile(r"\{\d+\}")
_IN_REPLACEMENT = re.compile(r"\$(\d)|\\(\d)|\\(.)", re.DOTALL)


@lru_cache(maxsize=256)
def substitution(expression: str, replacement: str) -> Callable[[str], str]:
    r"""A function that replaces all that matches `expression`.

    In `replacement`, `$1` or `\1` is what the first group matched. The text is cut to the
    length on which the expression ends soon. Raises ValueError with a sentence for what is
    no expression, or could take too long.
    """
    longest = _longest_text(expression)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what another version may read otherwise ("[[")
        try:
            compiled = re.compile(expression)
        except (re.error, OverflowError, RecursionError) as error:
            raise ValueError(
                f"“{expression}” is no regular expression ({error}): escape special "
                "characters with a backslash."
            ) from error
    pieces = list(_IN_REPLACEMENT.finditer(replacement))
    wanted = max((int(one[1] or one[2] or 0) for one in pieces), default=0)
    if wanted > compiled.groups:
        raise ValueError(
            f"The replacement asks for group {wanted}, but the expression has "
            f"{compiled.groups}: put what is wanted in ( )."
        )

    def filled_in(found: "re.Match[str]") -> str:
        return _IN_REPLACEMENT.sub(
            lambda one: one[3] if one[3] is not None else found[int(one[1] or one[2])] or "",
            replacement,
        )

    return lambda text: compiled.sub(filled_in, text[:longest])


def _longest_text(expression: str) -> int:
    """How long a text may be. Raises ValueError where none is short enough."""
    if len(expression) > LONGEST:
        raise ValueError(f"The regular expression is longer than {LONGEST} characters: shorten it.")
    quantifiers, choices = _weight(expression)
    for length in _TEXTS:
        # So many ways there are to put a beginning and the ends of n quantifiers into a text.
        if comb(length + quantifiers, quantifiers + 1) * choices <= _MOST_STEPS:
            return length
    raise ValueError(
        "The regular expression has so many quantifiers and alternatives that it could take "
        "very long: use several, as in [auth:regex(…):regex(…)]."
    )


def _weight(expression: str) -> tuple[int, int]:
    """How many quantifiers of variable length there are, and how many ways through the rest."""
    quantifiers, choices = 0, 1
    groups = [_Group()]  # those that are open, the whole expression first
    closed: _Group | None = None  # the group that ends just before
    for token in _TOKEN.finditer(expression):
        before, closed = closed, None
        if quantifier := token["quantifier"]:
            _check_quantifier(quantifier, before)
            choices *= 2 if quantifier == "?" else 1
            quantifiers += quantifier != "?" and not _FIXED.fullmatch(quantifier)
            for group in groups:
                group.varies = True
        elif token["group"]:
            groups.append(_Group())
            _check_group(token["unknown"], len(groups))
        elif token["other"] == ")" and len(groups) > 1:
            closed = groups.pop()
            choices *= closed.alternatives
            groups[-1].varies |= closed.alternatives > 1
        elif token["other"] == "|":
            groups[-1].alternatives += 1
        elif (token["escaped"] or "").isdigit():
            raise ValueError(
                "The regular expression refers back to a group (\\1), which could take very long: "
                "leave that out."
            )
    return quantifiers, choices * groups[0].alternatives


@dataclass(slots=True)
class _Group:
    """What is in a group so far."""

    varies: bool = False
    alternatives: int = 1


def _check_quantifier(quantifier: str, group: _Group | None) -> None:
    """Raises ValueError where it counts too far, or stands on a group that varies itself."""
    if any(int(number) > _GREATEST for number in re.findall(r"\d+", quantifier)):
        raise ValueError(f"A part can be repeated {_GREATEST} times at most, not {quantifier}.")
    if group and quantifier != "?" and (group.varies or group.alternatives > 1):
        raise ValueError(
            "A quantifier stands on a group that holds another one, or alternatives, which could "
            "take for ever: write [ab]+ for (a|b)+, and a+ for (a+)+."
        )


def _check_group(unknown: str | None, depth: int) -> None:
    """Raises ValueError for a group of a rare kind, and for one too many in each other."""
    if unknown:
        raise ValueError(
            "Of the groups that begin with (? only (?: (?= (?! (?<= (?<! (?P<name> and (?i) are "
            "known here."
        )
    if depth > _DEEPEST:
        raise ValueError("The regular expression has too many groups in each other: use fewer.")
