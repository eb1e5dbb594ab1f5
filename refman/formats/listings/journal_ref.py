"""Where a paper was published, as physicists write it: `Phys.Rev. D93 (2015) 016005`."""

import re

_JOURNAL = r"(?P<journaltitle>[^\d,;()]*[^\d\s,;:()])[\s,]*"
_VOLUME = r"(?P<volume>[A-Z]?\d{1,4}[A-Z]?)"
_PAGES = r"(?P<pages>[A-Z]{0,2}\d{1,8}[A-Z]?(?:\s*[-–]+\s*[A-Z]{0,2}\d{1,8}[A-Z]?)?)"
_NUMBER = r"(?:\s*(?:\(|no\.?\s*)(?P<number>\d{1,3})\)?)?"
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_SHAPES = [
    re.compile(shape)
    for shape in (
        rf"{_JOURNAL}{_VOLUME}{_NUMBER}\s*\({_YEAR}\),?\s*{_PAGES}",
        rf"{_JOURNAL}{_VOLUME}{_NUMBER}\s*[:,]\s*{_PAGES}\s*,\s*{_YEAR}",
        rf"{_JOURNAL}{_VOLUME}{_NUMBER}\s*[:,]\s*(?:pp?\.?\s*)?{_PAGES},?\s*\({_YEAR}\)",
    )
]
_PUBLISHED = re.compile(r"(?:published )?in:? |published:? ", re.IGNORECASE)
_LONGEST = 200  # characters


def read(text: str) -> dict[str, str]:
    """The BibLaTeX fields that a plain reference to a journal says, `year` with them; empty for
    any other text."""
    text = text.strip(" .")
    if opening := _PUBLISHED.match(text):
        text = text[opening.end() :]
    if len(text) > _LONGEST:
        return {}
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            values = {name: value for name, value in found.groupdict().items() if value}
            values["pages"] = re.sub(r"\s*[-–]+\s*", "–", values["pages"])
            return values
    return {}
