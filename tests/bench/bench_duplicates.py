"""How well papers that are the same are recognised, on public sets of labelled pairs.

    python -m tests.bench.bench_duplicates FOLDER… [--show]

A folder holds one set; `duplicate_sets` says which are known, where they come from, whom to cite
and under which licence. For each set it prints a row of the README's table: the labelled pairs,
the pairs of records that were compared, and of *certain* (merged without asking) and of *offered*
(certain and likely) the precision, recall and F1; then what the candidates missed, how many of
them there were for each record, and the time. `--show` names every wrong pair.

How it is measured: nothing is trained and nothing set for a set; every record is made an entry of
what the set says (title, creators, year, venue, and volume, pages, DOI, abstract where it has
them). Two records are compared where they share a key (`grouping.keys`) that is not too common, as
in a scan of a library; never all pairs. A pair counts as the labels say, and once; what follows
from two pairs (a is b, b is c) is not added. Where only some pairs are labelled, only they count.
Where records are only marked as duplicates, a pair of two that are not marked is a wrong one, a
marked record that is in any pair is found, and precision is not to be had.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from refman.library.evidence import Evidence
from refman.library.families import COMMON
from refman.library.grouping import Key, keys, number
from refman.library.matching import CERTAIN, LIKELY, Match, weigh
from tests.bench.duplicate_sets import LabelledSet, Pairs, read

_HEAD = "| set | pairs | compared | certain P / R / F1 | offered P / R / F1 | seconds |"


def candidates(evidence: list[Evidence], sides: list[int] | None) -> Pairs:
    """The pairs that share a key, of the two tables where there are two."""
    by_key: dict[Key, list[int]] = {}
    counts: Counter[int] = Counter()
    for i, one in enumerate(evidence):
        found = dict.fromkeys(keys(one))
        counts.update({number(key) for key in found})
        for key in found:
            by_key.setdefault(key, []).append(i)
    found_pairs: Pairs = set()
    for key, members in by_key.items():
        weak = not number(key) & 1
        if len(members) < 2 or (weak and counts[number(key)] > COMMON):
            continue
        for place, i in enumerate(members):
            found_pairs.update(
                (i, j) for j in members[place + 1 :] if sides is None or sides[i] != sides[j]
            )
    return found_pairs


def matched(labelled: LabelledSet) -> tuple[Pairs, dict[tuple[int, int], Match], float]:
    """The pairs compared, the matches among them, and the seconds that took."""
    start = time.perf_counter()
    evidence = [Evidence(entry) for entry in labelled.entries]
    compared = candidates(evidence, labelled.sides)
    found = {(i, j): match for i, j in compared if (match := weigh(evidence[i], evidence[j])[1])}
    return compared, found, time.perf_counter() - start


def rates(got: Collection[tuple[int, int]], same: Pairs) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right = len(same.intersection(got))
    precision = right / len(got) if got else 1.0
    recall = right / len(same) if same else 1.0
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1.0)


def _said(figures: tuple[float, ...]) -> str:
    return " / ".join(f"{figure:.4f}" for figure in figures)


def report(folder: Path, show: bool) -> Iterator[str]:
    """The lines on one set."""
    labelled = read(folder)
    compared, found, seconds = matched(labelled)
    size = len(labelled.entries)
    judged = labelled.judged
    got = {
        tier: {
            pair
            for pair, match in found.items()
            if match.tier >= tier and (judged is None or pair in judged)
        }
        for tier in (CERTAIN, LIKELY)
    }
    if labelled.marked is not None:
        yield from _marked(labelled, got, seconds)
        wrong = {
            tier: {p for p in pairs if not any(labelled.marked[i] for i in p)}
            for tier, pairs in got.items()
        }
    else:
        yield (
            f"| {labelled.name} | {len(labelled.same):,} | {len(compared):,} "
            f"| {_said(rates(got[CERTAIN], labelled.same))} "
            f"| {_said(rates(got[LIKELY], labelled.same))} | {seconds:.1f} |"
        )
        reached = len(labelled.same & compared) / (len(labelled.same) or 1)
        wrong = {tier: pairs - labelled.same for tier, pairs in got.items()}
        yield (
            f"  {size:,} records; candidates hold {reached:.2%} of the labelled pairs, "
            f"{len(compared) / size:.1f} for each record; "
            f"wrong: {len(wrong[CERTAIN])} certain, {len(wrong[LIKELY])} offered"
        )
    if show:
        for tier, pairs in (
            ("certain", wrong[CERTAIN]),
            ("likely", wrong[LIKELY] - wrong[CERTAIN]),
        ):
            for pair in sorted(pairs):
                yield from _shown(f"WRONG {tier}", labelled, pair, found)
        for pair in sorted(labelled.same - got[LIKELY]):
            yield from _shown("MISSED", labelled, pair, found)


def _marked(labelled: LabelledSet, got: dict[int, Pairs], seconds: float) -> Iterator[str]:
    marked = labelled.marked or []
    told = []
    for pairs in got.values():
        touched = {i for pair in pairs for i in pair}
        hit = sum(i in touched for i, duplicate in enumerate(marked) if duplicate)
        wrong = sum(not any(marked[i] for i in pair) for pair in pairs)
        told.append(f"{hit} found, {wrong} wrong pairs")
    yield (
        f"| {labelled.name} | {sum(marked)} marked of {len(marked)} | "
        f"| {told[0]} | {told[1]} | {seconds:.1f} |"
    )


def _shown(
    word: str, labelled: LabelledSet, pair: tuple[int, int], found: dict[tuple[int, int], Match]
) -> Iterator[str]:
    match = found.get(pair)
    yield f"  {word}: {'; '.join(match.reasons) if match else 'not compared, or nothing the same'}"
    for i in pair:
        entry = labelled.entries[i]
        names = ", ".join(creator.full_name for creator in entry.creators)
        fields = ", ".join(f"{name} {value}" for name, value in sorted(entry.fields.items()))
        yield f"      {i}: {entry.title} | {names} | {entry.date} | {fields}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="+", type=Path, help="of a set, or its .xml file")
    parser.add_argument("--show", action="store_true", help="name every wrong and missed pair")
    arguments = parser.parse_args()
    sys.stdout.write(f"{_HEAD}\n")
    for folder in arguments.folder:
        for line in report(folder, arguments.show):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
