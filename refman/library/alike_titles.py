"""What a title is without the labels that are put on it, and which titles prove nothing."""

import re

from refman.model.text import normalised_title

# A title that is made of these alone stands on very many papers, often by one editor.
_GENERIC = frozenset(
    "a about abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments "
    "addendum afterword an and announcement announcements annual appendix article articles at "
    "author authors back background bibliography biographies biography board book books briefly "
    "by calendar call career chair chairman chairs closing column columns comment commentary "
    "comments committee committees communication communications conclusion conclusions conference "
    "contents contributor contributors corner correction corrections correspondence corrigenda "
    "corrigendum cover current de department director discussion discussions editor editorial "
    "editorials editors epilogue errata erratum events feature final for foreword forum from "
    "front future general glossary guest highlights im in index information interview interviews "
    "introduction introductory invited issue issues journal key keynote keynotes letter letters "
    "list main manager matter matters meeting meetings member members memoriam message "
    "minutes miscellaneous miscellany new news newsletter note notes notice number obituaries "
    "obituary of on opening opinion organization organizers our outlook overview panel paper "
    "papers people perspective perspectives plenary poster posters preface prefaces president "
    "proceedings program programme prologue publisher questions readers recent record references "
    "rejoinder related remarks reply report reports response responses results review reviewer "
    "reviewers reviews s secretary section selected session sessions short speaker special "
    "sponsors statement subject summaries summary supplement symposium table talk talks technical "
    "thanks the this title to today topic track treasurer trends tutorial tutorials untitled "
    "update vice viewpoint volume welcome words work workshop year your".split()
)

# Words that two titles have in common without being alike.
SMALL = frozenset("a an and as at by for from in into is of on or the to via with".split())

# Words that make another paper of the one whose title they are put before or after.
OTHER_WORK = frozenset(
    "addendum comment commentary comments corrections correction corrigendum corrigenda "
    "discussion editorial errata erratum rejoinder reply response supplement supplementary "
    "supplemental".split()
)

_LABEL = (
    r"(?:(?:a|an)\s+)?(?:(?:extended|short|long|full|preliminary|revised|conference|journal|"
    r"invited|industrial|technical|working|position|demo|panel|tutorial|poster|keynote|plenary|"
    r"research|retracted|withdrawn|brief)\s+)?"
    r"(?:abstract|version|paper|report|talk|address|lecture|session|panel|tutorial|poster|demo|"
    r"demonstration|keynote|article|preprint|manuscript|announcement|communication|book review|"
    r"review|survey|summary|retracted|withdrawn)"
)
_BEFORE = re.compile(rf"^\W*{_LABEL}(?:\s*[:.–—]+\s+|\s+-+\s+|\s+on\s+)(?=.*\w)", re.IGNORECASE)
_AFTER = re.compile(rf"(?:\s*[:.–—]+|\s-+)\s+{_LABEL}\W*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def core(title: str) -> str:
    """The normalised title without what stands in brackets and without labels before and after
    it: of "Tutorial: Data Access" and "Data Access (tutorial session)" the same. Where nothing
    of it would be left, all of it."""
    bare = _BRACKETS.sub(" ", title) if "(" in title or "[" in title else title
    bare = _AFTER.sub("", _BEFORE.sub("", bare))
    return normalised_title(bare) or normalised_title(title)


def is_generic(words: list[str]) -> bool:
    """Whether a title of these words stands on very many papers: "Guest Editor's Introduction"."""
    return all(word in _GENERIC for word in words)
