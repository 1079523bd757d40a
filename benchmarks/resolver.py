"""How fast and how safely names and texts are read: ``python -m benchmarks.resolver``.

Figures are CPU time of one process, the least of several runs; trust ratios, not numbers.
What accepts an unrelated label is counted with the names that the graph knows nothing of: 20,000
labels of other trades, made up here, and the modules of Python's own library.
"""

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice, product
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from service.adapters.graph_file import load_graph
from service.domain.catalogue import Catalogue
from service.domain.naming.extraction import extract_from_text
from service.domain.naming.resolver import Resolver
from service.domain.naming.results import Resolved
from service.domain.naming.spelling import spelling_key
from service.domain.skill import SkillId

FOREIGN: Final = 20_000
SAMPLE: Final = 400
MICROSECONDS: Final = 1e6

DOING: Final = "weld bake tune paint prune carve knit roast audit mend clean fit lay cut ship"
WHAT: Final = (
    "copper wooden antique heavy small leather woollen public private garden marine medical "
    "musical frozen fresh electric ceramic paper"
)
THINGS: Final = (
    "pipes pianos hedges ledgers boats shoes coats roofs stoves parcels bricks lamps fences gears "
    "clocks windows tables bridges gardens floors doors engines bottles tyres masks ropes sails "
    "carpets kettles saddles"
)
WHERE: Final = ("on site", "by hand", "in teams")

POSTING: Final = (
    "We are a small team that builds assistants for hospitals. You will design retrieval over "
    "our manuals with LangChain and pgvector, write evals before features, and run FastAPI "
    "services on Kubernetes. You bring three years of Python, solid SQL, and an eye for what "
    "patients need. Experience with PyTorch is welcome; no experience with Java is needed. We "
    "offer fresh fruit, time to learn, and colleagues who review each other's work with care. "
)


def main() -> None:
    """Print the report."""
    catalogue = load_graph(Path("skills_graph.json")).catalogue
    alone = Resolver(catalogue)
    among = Resolver(_with_foreign_skills(catalogue))
    print(f"{len(alone.labels.labels):,} labels, {len(among.labels.labels):,} with foreign ones")
    _report_names(alone, among)
    _report_texts(alone)
    _report_false_matches(alone, among)


def _report_names(alone: Resolver, among: Resolver) -> None:
    print("\nmicroseconds a name                    alone   among foreign labels")
    for name in (
        "Python",
        "k8s",
        "Kubernetes (K8s)",
        "AWS, GCP or Azure",
        "kuberentes",
        "juggling",
    ):
        figures = [_least(lambda r=r, n=name: r.resolve(n), 50) for r in (alone, among)]
        print(f"  {name:34}{figures[0]:8.1f}{figures[1]:12.1f}")


def _report_texts(alone: Resolver) -> None:
    print("\nmilliseconds a text")
    for copies in (1, 10, 100):
        text = POSTING * copies
        figure = _least(lambda t=text: extract_from_text(alone, t), 5) / 1000
        print(f"  {len(text):8,} characters{figure:12.2f}")


def _report_false_matches(alone: Resolver, among: Resolver) -> None:
    names = [*islice(_foreign_labels(), 0, None, 10), *sorted(sys.stdlib_module_names)]
    keys = sorted(alone.labels.by_key)
    ours = [name for name in names if not isinstance(alone.resolve(name), Resolved)]
    print(f"\nof {len(ours):,} labels that the graph does not hold, each scorer accepts")
    sample = ours[:: max(1, len(ours) // SAMPLE)]
    for scorer, accepts in _scorers(keys).items():
        print(f"  {scorer:34}{sum(map(accepts, sample)) / len(sample):8.2%}")
    wrong = [name for name in names if _kind(alone, name) == "fuzzy"]
    print(f"  the resolver, of all {len(names):,}: {len(wrong)} {wrong}")
    known = [label.text for label in alone.labels.labels]
    changed = [text for text in known if among.resolve(text) != alone.resolve(text)]
    print(f"  of our own {len(known):,} spellings, foreign labels change {len(changed)}")


def _scorers(keys: list[str]) -> dict[str, Callable[[str], bool]]:
    long_keys = [key for key in keys if len(key) >= 5]  # noqa: PLR2004  as the rule has it

    def within_two(name: str) -> bool:
        key = spelling_key(name)
        found = process.extractOne(key, long_keys, scorer=OSA.distance, score_cutoff=2)
        return len(key) >= 5 and found is not None  # noqa: PLR2004

    return {
        "WRatio >= 85 (rapidfuzz's default)": lambda name: (
            process.extractOne(name.lower(), keys, scorer=fuzz.WRatio, score_cutoff=85) is not None
        ),
        "ratio >= 85": lambda name: (
            process.extractOne(spelling_key(name), keys, scorer=fuzz.ratio, score_cutoff=85)
            is not None
        ),
        "OSA distance <= 2, five letters up": within_two,
    }


def _kind(resolver: Resolver, name: str) -> str:
    read = resolver.resolve(name)
    return read.matches[0].kind if isinstance(read, Resolved) else ""


def _with_foreign_skills(catalogue: Catalogue) -> Catalogue:
    first = catalogue.skills[0]
    foreign = tuple(
        replace(
            first, id=SkillId(f"foreign-{number}"), name=label, spellings=type(first.spellings)()
        )
        for number, label in enumerate(_foreign_labels())
    )
    return replace(catalogue, skills=catalogue.skills + foreign)


def _foreign_labels() -> Iterable[str]:
    made = (
        " ".join(words) for words in product(DOING.split(), WHAT.split(), THINGS.split(), WHERE)
    )
    return islice(made, FOREIGN)


def _least(work: Callable[[], object], times: int) -> float:
    runs = []
    for _ in range(5):
        begin = time.process_time()
        for _ in range(times):
            work()
        runs.append((time.process_time() - begin) / times)
    return min(runs) * MICROSECONDS


if __name__ == "__main__":
    main()
