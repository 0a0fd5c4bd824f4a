"""Measures everything that docs/quality.md reports, in one process with one extractor.

In: the repository's own pages with gold. Out: plain data that becomes `tests/quality.json`; figures have four digits.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, cast

from swap_names import swap_folder

from kg.evaluate import evaluate, read_gold
from kg.evaluate.gold import GoldPage
from kg.evaluate.scoresheet import Error
from kg.extraction import Extractor, Settings
from kg.knowledge import Knowledge
from kg.model import Page, Relation
from kg.pages import read_pages
from kg.resolve import resolve
from kg.tagger import Tagged, Tagger
from measuring.causes import Cause, count_causes
from measuring.judging import Bin, Judgement, calibrate, judge_facts
from measuring.noise_scores import NoiseRow, score_noise

Rows = dict[str, dict[str, float | int]]
Table = dict[str, Any]

SWAP_SEEDS = (1, 2, 3)
NOISE_SEEDS = (1, 2, 3)
NOISE_RATES = (0.0, 0.01, 0.03, 0.05)
SCORE_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
HIGH_SCORE = 0.9

SEEDS = "seeds"
SWAPPED = "swapped seeds"
PASSAGES = "passages"
ODD = "passages, odd"
EVEN = "passages, even"
NO_TAGGER = ", no tagger"


@dataclass(frozen=True, slots=True)
class AnnotatedSet:
    """Pages and their gold."""

    pages: tuple[Page, ...]
    gold: tuple[GoldPage, ...]


def read_set(pages: Path, gold: Path) -> AnnotatedSet:
    """Pages of a folder with their gold.

    Raises:
        InputError: a page or its gold cannot be read.
    """
    found = read_pages([pages])
    for problem in found.problems:
        raise problem
    return AnnotatedSet(found.pages, read_gold(gold))


def swapped_set(root: Path, *, seed: int) -> AnnotatedSet:
    """The seed pages under other names."""
    with tempfile.TemporaryDirectory() as folder:
        swap_folder(root / "seeds", root / "tests" / "gold", Path(folder), seed=seed)
        return read_set(Path(folder), Path(folder) / "gold")


def is_odd(doc: str) -> bool:
    """Whether a passage is of the half that rules may be written on (p001, p003, …); the others are held out."""
    return int(Path(doc).stem.removeprefix("p")) % 2 == 1


def half(annotated: AnnotatedSet, *, odd: bool) -> AnnotatedSet:
    """The passages with odd or with even numbers (p001, p002, …)."""
    gold = tuple(page for page in annotated.gold if is_odd(page.doc) == odd)
    docs = {page.doc for page in gold}
    return AnnotatedSet(tuple(page for page in annotated.pages if page.id in docs), gold)


def read(annotated: AnnotatedSet, extractor: Extractor) -> Knowledge:
    """Extract and resolve a set."""
    return resolve(extractor.read(page) for page in annotated.pages)


def score(annotated: AnnotatedSet, extractor: Extractor) -> Rows:
    """The scorer's table of a set."""
    return evaluate(read(annotated, extractor), annotated.gold).as_rows()


def mean_rows(tables: Sequence[Rows]) -> Rows:
    """Precision, recall and F1 averaged over tables of the same rows, the lowest F1 beside; without counts."""
    rows: Rows = {}
    for name in tables[0]:
        rows[name] = {
            figure: round(fmean(table[name][figure] for table in tables), 4)
            for figure in ("precision", "recall", "f1")
            if figure in tables[0][name]
        }
        rows[name]["f1_lowest"] = min(table[name]["f1"] for table in tables)
    return rows


def measure(root: Path, *, say: Callable[[str], None] = lambda _: None) -> tuple[Table, dict[str, tuple[Error, ...]]]:
    """Measure all sets of the repository.

    Args:
        root: the repository.
        say: told what is being done.

    Returns:
        The table, and the scorer's errors of the seeds and of those passages that rules may be written on.
    """
    extractor = Extractor()
    counting = _CountingTagger(extractor.tagger)
    seeds = read_set(root / "seeds", root / "tests" / "gold")
    passages = read_set(root / "tests" / "passages", root / "tests" / "passages" / "gold")
    scores: dict[str, Rows] = {}
    errors: dict[str, tuple[Error, ...]] = {}
    judged: dict[str, list[Judgement]] = {}
    tagged: dict[str, float] = {}
    causes: dict[str, Counter[Cause]] = {}
    for name, annotated in ((SEEDS, seeds), (PASSAGES, passages)):
        say(name)
        extractor.tagger, counting.n_characters = cast(Tagger, counting), 0
        knowledge = read(annotated, extractor)
        extractor.tagger = counting.tagger
        tagged[name] = round(counting.n_characters / sum(len(page.text) for page in annotated.pages), 4)
        evaluation = evaluate(knowledge, annotated.gold)
        scores[name] = evaluation.as_rows()
        errors[name] = tuple(error for error in evaluation.errors if name == SEEDS or is_odd(error[0]))
        judged[name] = list(judge_facts(knowledge, annotated.gold))
        causes[name] = count_causes(knowledge, annotated.gold)
    scores[ODD] = score(half(passages, odd=True), extractor)
    scores[EVEN] = score(half(passages, odd=False), extractor)
    say(SWAPPED)
    scores[SWAPPED] = mean_rows([score(swapped_set(root, seed=seed), extractor) for seed in SWAP_SEEDS])
    say("noise")
    noise = score_noise(seeds.pages, seeds.gold, extractor, rates=NOISE_RATES, seeds=NOISE_SEEDS)
    say("without the tagger")
    plain = Extractor(Settings(tagger=False))
    for name, annotated in ((SEEDS, seeds), (PASSAGES, passages)):
        scores[name + NO_TAGGER] = score(annotated, plain)
    table = {
        "scores": scores,
        "noise": [_noise_row(row) for row in noise],
        "calibration": {name: _calibration(judgements) for name, judgements in judged.items()},
        "tagged": tagged,
        "causes": {name: _causes(each) for name, each in causes.items()},
    }
    return table, errors


class _CountingTagger:
    """Stands in for the tagger and counts the characters that it is given."""

    def __init__(self, tagger: Tagger | None) -> None:
        self.tagger = tagger
        self.n_characters = 0

    def tag(self, sentences: Sequence[str]) -> list[tuple[Tagged, ...]]:
        """What the tagger says; nothing without one."""
        self.n_characters += sum(map(len, sentences)) if self.tagger else 0
        return self.tagger.tag(sentences) if self.tagger else [() for _ in sentences]


def _noise_row(row: NoiseRow) -> Table:
    precision, recall, f1 = row.all.precision_recall_f1()
    figures: Table = {"rate": row.rate, "precision": round(precision, 4), "recall": round(recall, 4)}
    figures["f1"] = round(f1, 4)
    figures |= {kind: round(tally.precision_recall_f1()[2], 4) for kind, tally in row.by_kind}
    return figures | {"failed": list(row.failed)}


def _calibration(judgements: Sequence[Judgement]) -> Table:
    """Facts that the text says, by score; and by relation, those with a high score and all."""
    said = [each for each in judgements if each.fact.source == "text"]
    by_relation = {}
    for relation in Relation:
        of_it = [each for each in said if each.fact.relation is relation and each.right is not None]
        if of_it:
            high = [each for each in of_it if each.fact.score >= HIGH_SCORE]
            by_relation[relation.value] = {
                "n": len(of_it),
                "right": sum(each.right is True for each in of_it),
                "n_high": len(high),
                "right_high": sum(each.right is True for each in high),
            }
    return {
        "bins": [_bin(each) for each in calibrate(said, SCORE_EDGES) if each.n],
        "high": _share(each for each in said if each.fact.score >= HIGH_SCORE),
        "all": _share(said),
        "by_relation": by_relation,
    }


def _causes(causes: Counter[Cause]) -> list[Table]:
    """Most frequent first."""
    ordered = sorted(causes.items(), key=lambda item: (-item[1], item[0]))
    return [{"what": what, "cause": cause, "n": n} for (what, cause), n in ordered]


def _bin(each: Bin) -> Table:
    return {
        "low": each.low,
        "high": each.high,
        "n": each.n,
        "right": each.n_right,
        "quite_right": each.n_quite_right,
    }


def _share(judgements: Iterable[Judgement]) -> Table:
    facts = list(judgements)
    judged = [each for each in facts if each.right is not None]
    return {
        "n": len(facts),
        "judged": len(judged),
        "right": sum(each.right is True for each in judged),
        "quite_right": sum(each.quite_right is True for each in judged),
    }
