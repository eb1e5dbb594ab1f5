"""What a whole page says about its names and words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from refman.model.text import fold

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """Names and words of a page, folded."""

    names: frozenset[str] = frozenset()  # full names that stand where no title can touch them
    name_words: frozenset[str] = frozenset()  # the words of those
    words: frozenset[str] = frozenset()  # of its abstracts
    lower_words: frozenset[str] = frozenset()  # those that its abstracts write small

    @classmethod
    def collect(cls, names: Iterable[str], abstracts: Iterable[str]) -> "PageEvidence":
        found = frozenset(fold(name) for name in names)
        written = {word for abstract in abstracts for word in _WORD.findall(abstract)}
        return cls(
            names=found,
            name_words=frozenset(w for name in found for w in name.split() if len(w) > 2),
            words=folded_words(" ".join(written)),
            lower_words=frozenset(word for word in written if word.islower()),
        )


NO_EVIDENCE = PageEvidence()


def folded_words(text: str) -> frozenset[str]:
    """The folded words of `text`, and the parts of those with a hyphen."""
    folded = set(_WORD.findall(fold(text)))
    return frozenset(folded.union(*(word.split("-") for word in folded if "-" in word)))
