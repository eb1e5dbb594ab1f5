"""The arXiv taxonomy (https://arxiv.org/category_taxonomy, 2024) and its labels.

A category is `archive.class` (`cs.LG`) or an archive alone (`quant-ph`). A page often writes
only its *label*, in capitals: `LG`, `MES-HALL`, `QUANT-PH`. Some labels stand for several
categories; `resolve` settles those by what else a page has.
"""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

_CLASSES = {
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA "
    "NE NI OH OS PF PL RO SC SD SE SI SY",
    "econ": "EM GN TH",
    "eess": "AS IV SP SY",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA "
    "RA RT SG SP ST",
    "nlin": "AO CD CG PS SI",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an "
    "ed-ph flu-dyn gen-ph geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "stat": "AP CO ME ML OT TH",
}
_WITHOUT_CLASSES = "gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph".split()

ARCHIVES = frozenset([*_CLASSES, *_WITHOUT_CLASSES])
CATEGORIES = frozenset(
    [f"{archive}.{name}" for archive, names in _CLASSES.items() for name in names.split()]
    + _WITHOUT_CLASSES
)

# Two names of one category: arXiv lists a paper of the left one under the right one too.
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "cs.NA": "math.NA",
        "cs.SY": "eess.SY",
        "math.IT": "cs.IT",
        "math.MP": "math-ph",
        "q-fin.EC": "econ.GN",
        "stat.TH": "math.ST",
    }
)


def archive_of(category: str) -> str:
    """`cs` of `cs.LG`, `quant-ph` of `quant-ph`."""
    return category.partition(".")[0]


def label_of(category: str) -> str:
    """The label that pages write for `category`: `LG`, `MES-HALL`, `QUANT-PH`."""
    return category.rpartition(".")[2].upper()


def _by_label() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for category in sorted(CATEGORIES):
        found.setdefault(label_of(category), []).append(category)
    return {label: tuple(categories) for label, categories in found.items()}


LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(_by_label())
_BY_FOLDED = MappingProxyType({category.casefold(): category for category in CATEGORIES})


def candidates(label: str) -> tuple[str, ...]:
    """The categories that `label` may stand for, in any case; a full category is its own."""
    whole = _BY_FOLDED.get(label.casefold())
    return (whole,) if whole else LABELS.get(label.upper(), ())


def archives_of(labels: Iterable[str]) -> frozenset[str]:
    """The archives that `labels` name without doubt: what they say about other labels."""
    found = (candidates(label) for label in labels)
    return frozenset(archive_of(only[0]) for only in found if len(only) == 1)


def resolve(label: str, *evidence: Collection[str]) -> str | None:
    """The category that `label` stands for, or None if that is open.

    A label of one category needs no evidence. Of several, the first `evidence` (archives, as
    of a page's subject, then of its other rows) in which exactly one lies decides; failing
    that, two names of one and the same category are that category.
    """
    possible = candidates(label)
    if len(possible) < 2:
        return possible[0] if possible else None
    for archives in evidence:
        placed = [category for category in possible if archive_of(category) in archives]
        if len(placed) == 1:
            return placed[0]
    same = {ALIASES.get(category, category) for category in possible}
    return same.pop() if len(same) == 1 else None
