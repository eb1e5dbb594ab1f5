"""The elements for dates: parts in the order of the style or of its language, ranges, seasons."""

from collections.abc import Mapping, Sequence

from refman.formats.csl.cases import cased
from refman.formats.csl.cite import Cite, Day
from refman.formats.csl.element import CSL, Element
from refman.formats.csl.marks import held


class Date(Element):
    def render(self, cite: Cite) -> str:
        variable = self.get("variable")
        date = None if variable in cite.suppressed else cite.dates.get(variable)
        cite.note(variable, there=date is not None)
        if date is None:
            return ""
        if cite.sorting is not None:
            return date.key[:6] if self._wanted() == ("year",) else date.key
        if not date.ends:
            return str(self.dressed(held(date.literal), cite))
        suffix = ""
        if variable == "issued" and cite.suffix_due and not self.style.suffix_placed:
            suffix, cite.suffix_due = cite.shown.year_suffix, False
        text = self._shown(date, suffix)
        if not text:
            cite.filled -= 1
        return str(self.dressed(text, cite))

    def _wanted(self) -> tuple[str, ...]:
        if self.get("form"):
            return tuple(self.get("date-parts", "year-month-day").split("-"))
        return tuple(kid.get("name") for kid in self.kids)

    def _shown(self, date: Day, suffix: str) -> str:
        parts, delimiter = self._parts()
        wanted = self._wanted()
        parts = [part for part in parts if part.get("name") in wanted]
        start = _numbers(date.ends[0], wanted)
        if len(date.ends) == 1:
            return self._joined(parts, start, delimiter, suffix)
        if not date.ends[1]:
            text = self._joined(parts, start, delimiter, suffix)
            return f"{text}–" if text else ""
        end = _numbers(date.ends[1], wanted)
        units = ("year", "month", "day")
        differing = next((n for n, unit in enumerate(units) if start.get(unit) != end.get(unit)), 3)
        dash = self._dash(parts, units[min(differing, 2)])
        if differing == 0:
            first = self._joined(parts, start, delimiter, "")
            return f"{first}{dash}{self._joined(parts, end, delimiter, suffix)}"
        # What is the same in both stands once: "3–5 May 2020", "May–June 2020".
        changing = units[differing:]
        places = [n for n, part in enumerate(parts) if part["name"] in changing]
        if not places:
            return self._joined(parts, start, delimiter, suffix)
        begin, last = places[0], places[-1] + 1
        middle = parts[begin:last]
        both = (
            self._joined(middle, start, delimiter, "")
            + dash
            + self._joined(middle, end, delimiter, suffix, keep_end=last < len(parts))
        )
        before = self._joined(parts[:begin], start, delimiter, suffix, keep_end=True)
        after = self._joined(parts[last:], start, delimiter, suffix)
        return delimiter.join(piece for piece in (before, both, after) if piece)

    @staticmethod
    def _dash(parts: Sequence[Mapping[str, str]], unit: str) -> str:
        """That of the largest part that differs."""
        found = (part.get("range-delimiter") for part in parts if part["name"] == unit)
        return next(found, None) or "–"

    def _parts(self) -> tuple[list[Mapping[str, str]], str]:
        """The parts in the order of the style or of its language, with their attributes."""
        own = {kid.get("name"): dict(kid.attrib) for kid in self.kids if kid.get("name")}
        localized = self.style.form_dates.get(self.get("form"))
        if localized is None:
            return list(own.values()), self.get("delimiter", "")
        parts: list[Mapping[str, str]] = []
        for part in localized.iterchildren(f"{CSL}date-part"):
            mine = own.get(part.get("name"), {})
            parts.append({**part.attrib, **mine})
        return parts, localized.get("delimiter", "")

    def _joined(
        self,
        parts: Sequence[Mapping[str, str]],
        numbers: Mapping[str, int],
        delimiter: str,
        suffix: str,
        *,
        keep_end: bool = False,
    ) -> str:
        """The parts that are known; an affix that would lead to an unknown one is left out."""
        pieces: list[str] = []
        known = [part for part in parts if part["name"] in numbers]
        for index, part in enumerate(known):
            text = self._part(part, numbers)
            if part["name"] == "year":
                text += suffix
            before = part.get("prefix", "") if index or part is parts[0] else ""
            ends = index == len(known) - 1 and part is not parts[-1] and not keep_end
            after = part.get("suffix", "")
            if ends and not after.strip(" ,/-."):
                after = ""
            pieces.append(f"{before}{text}{after}")
        return delimiter.join(pieces)

    def _part(self, part: Mapping[str, str], numbers: Mapping[str, int]) -> str:
        name, number = part["name"], numbers[part["name"]]
        form = part.get("form", "numeric" if name == "day" else "long")
        if name == "year":
            text = self._year(number, form)
        elif name == "day":
            first_only = self.style.option("limit-day-ordinals-to-day-1", "false") == "true"
            if form == "ordinal" and (number == 1 or not first_only):
                text = self.style.ordinal(number)
            else:
                text = f"{number:02}" if form == "numeric-leading-zeros" else str(number)
        elif number > 12:
            text = self.style.term(f"season-{number % 10:02}")
        elif form in ("long", "short"):
            text = self.style.term(f"month-{number:02}", form)
        else:
            text = f"{number:02}" if form == "numeric-leading-zeros" else str(number)
        if part.get("strip-periods") == "true":
            text = text.replace(".", "")
        return cased(text, part["text-case"]) if part.get("text-case") else text

    def _year(self, number: int, form: str) -> str:
        if form == "short":
            return f"{abs(number) % 100:02}"
        if number < 0:
            return f"{-number}{self.style.term('bc')}"
        return f"{number}{self.style.term('ad')}" if number < 1000 else str(number)


def _numbers(end: tuple[int, ...], wanted: tuple[str, ...]) -> dict[str, int]:
    return {
        unit: n for unit, n in zip(("year", "month", "day"), end, strict=False) if unit in wanted
    }
