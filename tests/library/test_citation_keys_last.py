"""Under random verbs a key once given out never changes but by the user, and is never reused."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from refman.errors import RefmanError
from refman.library import Library, Scope
from tests.library.making import abstracts, entry, page, pasted, prose, row

TITLES = ("Counting Sheep", "Counting Goats", "Cows")
KEYS = ("one", "One", "two", "lovelace2022counting", "countinga", "cows")
PATTERNS = ("", "[title]", "[auth][year];[camel2]", "x[auth:(anon)]", "[veryshorttitle:lower]")
_TRASH = Scope("trash")
_PAPERS = st.integers(0, 7)


class Keys(RuleBasedStateMachine):
    """A library and what is known of it outside.

    `given` are the uuids of keys that were given out, `came` are keys that a .bib brought;
    `heirs` of papers those into which they were merged at some time.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="refman-test-"))
        self.library = Library.open(self.folder / "library.refman", create=True)
        self.given: dict[str, str] = {}
        self.came: set[str] = set()
        self.heirs: dict[str, set[str]] = {}
        self.pages = 0

    # --- what is looked at

    def uuids(self) -> dict[int, str]:
        every = [*self.library.search.ids(), *self.library.search.ids(scope=_TRASH)]
        return {i: self.library.entries.get(i).uuid for i in sorted(every)}

    def paper(self, number: int) -> int:
        ids = sorted(self.uuids())
        return ids[number % len(ids)] if ids else 0

    def todays(self) -> dict[str, str]:
        found = {}
        for entry_id, uuid in self.uuids().items():
            details = self.library.entries.get(entry_id)
            if not details.provisional_key:
                found[uuid] = details.entry.citation_key
        return found

    def family(self, uuid: str) -> set[str]:
        """A paper, and those that it may be a part of by now."""
        found, waiting = set(), [uuid]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self.heirs.get(one, ()))
        return found

    @invariant()
    def every_given_key_finds_its_paper_or_none(self) -> None:
        uuids = self.uuids()
        for key, uuid in self.given.items():
            found = self.library.entries.find(key.swapcase())
            assert found is None or uuids[found] in self.family(uuid), (key, found)
            if uuid in uuids.values():
                assert found is not None, key

    @invariant()
    def nobody_else_has_a_given_key(self) -> None:
        given = {key.casefold(): uuid for key, uuid in self.given.items()}
        for uuid, key in self.todays().items():
            owner = given.get(key.casefold())
            assert owner is None or uuid in self.family(owner), (key, uuid)

    @invariant()
    def every_other_key_is_one_papers_alone(self) -> None:
        uuids = self.uuids()
        todays = {self.library.entries.get(i).entry.citation_key.casefold(): i for i in uuids}
        assert len(todays) == len(uuids)
        for entry_id, keys in self.library.citation_keys.aliases(list(uuids)).items():
            for key in keys:
                assert todays.get(key.casefold(), entry_id) == entry_id
                assert self.library.entries.find(key) == entry_id

    def kept(self, verb: Callable[[], object]) -> None:
        """Does what must not change the key of any paper that stays."""
        before = self.todays()
        with suppress(RefmanError):
            verb()
        after = self.todays()
        assert {uuid: key for uuid, key in before.items() if uuid in after} == {
            uuid: key for uuid, key in after.items() if uuid in before
        }

    # --- what is done

    @initialize()
    def begin(self) -> None:
        self.add("Counting Sheep", "")

    @rule(title=st.sampled_from(TITLES), own=st.sampled_from(["", *KEYS]))
    def add(self, title: str, own: str) -> None:
        new = entry(title, "Ada Lovelace", "2022", citation_key=own)
        self.kept(lambda: self.library.entries.add(new))

    @rule(
        seeds=st.lists(st.integers(0, 3), min_size=1, max_size=3),
        how=st.sampled_from(["page", "abstracts", "bib"]),
        own=st.sampled_from(KEYS),
    )
    def bring(self, seeds: list[int], how: str, own: str) -> None:
        self.pages += 1
        if how == "page":
            text = page(*(row(TITLES[i % 3], "Ada Lovelace", abstract=prose(i)) for i in seeds))
        elif how == "abstracts":
            text = abstracts(*map(prose, seeds))
        else:
            text = "".join(f"@misc{{{own}{i}, title={{{TITLES[i % 3]} {i}}}}}\n" for i in seeds)
            self.came.update(f"{own}{i}" for i in seeds)
        before = set(self.uuids().values())
        name = f"{self.pages}.bib" if how == "bib" else f"{self.pages}.txt"
        self.kept(lambda: self.library.importing.run(pasted(text, name)))
        # What is gone was merged into one of those that there are.
        self.inherited(before, set(self.uuids().values()))

    def inherited(self, before: set[str], heirs: set[str]) -> None:
        for gone in before - set(self.uuids().values()):
            self.heirs.setdefault(gone, set()).update(heirs)

    @rule(number=_PAPERS, title=st.sampled_from(["", *TITLES]))
    def edit(self, number: int, title: str) -> None:
        paper = self.paper(number)
        self.kept(lambda: self.library.entries.edit(paper, {"title": title, "date": "1999"}))

    @rule(number=_PAPERS, own=st.sampled_from(KEYS))
    def rename(self, number: int, own: str) -> None:
        with suppress(RefmanError):
            self.library.entries.edit(self.paper(number), {"citation_key": own})

    @rule(numbers=st.lists(_PAPERS, max_size=4), pattern=st.none() | st.sampled_from(PATTERNS[1:]))
    def make_anew(self, numbers: list[int], pattern: str | None) -> None:
        keys = self.library.citation_keys
        ids = [self.paper(number) for number in numbers]
        proposals = keys.proposals(ids, pattern)
        assert {one.old for one in proposals if one.given} <= {*self.given, *self.came}
        keys.change({one.entry_id: one.new for one in proposals})
        again = keys.proposals(ids, pattern)
        assert [one.new for one in again] == [one.old for one in again]

    @rule(pattern=st.sampled_from(PATTERNS), entry_type=st.sampled_from(["", "misc"]))
    def set_pattern(self, pattern: str, entry_type: str) -> None:
        self.kept(lambda: self.library.citation_keys.set_pattern(pattern, entry_type))

    @rule(numbers=st.lists(_PAPERS, min_size=1, max_size=3))
    def merge(self, numbers: list[int]) -> None:
        keeper, *others = (self.paper(number) for number in numbers)
        before = self.uuids()
        self.kept(lambda: self.library.entries.merge(keeper, others))
        self.inherited(set(before.values()), {before[keeper]} if before else set())

    @rule(numbers=st.lists(_PAPERS, max_size=3))
    def purge(self, numbers: list[int]) -> None:
        self.kept(lambda: self.library.entries.trash([self.paper(number) for number in numbers]))
        gone = {
            key.casefold(): self.library.entries.get(i).uuid
            for i in self.library.search.ids(scope=_TRASH)
            for key in (
                self.library.entries.get(i).entry.citation_key,
                *self.library.citation_keys.aliases([i]).get(i, ()),
            )
        }
        self.kept(self.library.entries.empty_trash)
        for key, uuid in gone.items():
            self.given.setdefault(key, uuid)

    @rule(numbers=st.lists(_PAPERS, min_size=1, max_size=3))
    def give_out(self, numbers: list[int]) -> None:
        uuids = self.uuids()
        ids = [self.paper(number) for number in numbers]
        for entry_id, key in zip(ids, self.library.citation_keys.give_out(ids), strict=False):
            self.given.setdefault(key, uuids[entry_id])

    @rule(back=st.integers(0, 4), forth=st.integers(0, 2))
    def undo_and_redo(self, back: int, forth: int) -> None:
        for _step in range(back):
            self.library.history.undo()
        for _step in range(forth):
            self.library.history.redo()

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.folder)


TestKeys = Keys.TestCase
TestKeys.settings = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
