"""From page files to a store and a view, and from a store back to knowledge."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.decisions import Decisions
from kg.errors import InputError
from kg.files import make_folder
from kg.knowledge import Knowledge
from kg.model import Page, PageRecord
from kg.pipeline.blocks import Spread, resolve_here
from kg.pipeline.counting import told_coverage, told_summary
from kg.pipeline.deciding import as_kept, given_decisions, remembered_decisions
from kg.pipeline.fingerprint import program_fingerprint
from kg.pipeline.reading import Failure, read_records
from kg.pipeline.showing import Shown, show, view_path
from kg.pipeline.summary import (
    Coverage,
    Summary,
    cover,
    summarize,
    summary_from_json,
    summary_to_json,
)
from kg.pipeline.touched import resolve_touched
from kg.store import RecordRows, Store, build_lock, content_key
from kg.store.collector import settle, unsettled_after, without_collector
from kg.stored import held, read_knowledge, read_resolved

if TYPE_CHECKING:
    from kg.extraction import Settings
    from kg.pages import FoundPage
    from kg.pipeline.cluster import Cluster, Workers

VIEW_PAGES = 2000
"""Up to so many pages a build draws the view; more make a page that no browser opens, and need gigabytes to draw."""


class Progress(Protocol):
    """Hears how a build goes on; every method may be called from the building thread only."""

    def waiting(self) -> None:
        """Another build holds the store; this one waits."""

    def started(self, n_pages: int, n_to_read: int, n_characters: int) -> None:
        """Pages are found: all, those to be read now, and the characters of these."""

    def reader_changed(self) -> None:
        """The program, its gazetteers or the settings are not those of the last build: all pages are read again."""

    def page_done(self, page: Page) -> None:
        """A page was read and stored, or could not be read."""

    def stage(self, name: str) -> None:
        """A step begins: `load`, `pages`, `extract`, `resolve` or `view`."""


class Silence:
    """Progress that nobody sees."""

    def waiting(self) -> None:
        """Nothing."""

    def started(self, n_pages: int, n_to_read: int, n_characters: int) -> None:
        """Nothing."""

    def reader_changed(self) -> None:
        """Nothing."""

    def page_done(self, page: Page) -> None:
        """Nothing."""

    def stage(self, name: str) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did: pages read now, kept from before, removed; what it knows; what went wrong.

    `problems` are in the order of the inputs, then of the pages. `view` is None where there are too many pages for one
    (see `VIEW_PAGES`); then `show` draws it, or a part of it.
    """

    n_read: int
    n_kept: int
    n_removed: int
    knowledge: Summary
    problems: tuple[InputError, ...]
    store: Path
    view: Shown | None


def build(
    inputs: Sequence[str | Path],
    out: Path,
    *,
    manifest: Path | None = None,
    settings: Settings | None = None,
    decisions: Path | None = None,
    jobs: int = 1,
    cluster: Cluster | None = None,
    rehash: bool = False,
    lock_timeout: float | None = None,
    progress: Progress | None = None,
) -> BuildSummary:
    """Build the graph of pages into a folder; pages that are there already and unchanged are not read again.

    The store then holds the pages of this call and no others. It is locked meanwhile; each page is stored when it is
    read, so that a build that was stopped goes on where it was.

    Args:
        inputs: files, folders and patterns, as `kg.pages.find_pages` takes them.
        decisions: what people corrected; by default `decisions.yaml` in `out`, or the file of the last build. A decision
            that cannot be applied is a problem of the summary and stops nothing.
        jobs: reading processes.
        cluster: where pages are read and names resolved instead, with Dask.
        rehash: look into every file; else one whose size and times are those of the last build is taken to be the same.
        lock_timeout: seconds to wait for another build of the same folder; None waits as long as it takes.

    Raises:
        InputError: nothing could be read or the decisions are malformed (the store is left as it was), or the folder
            cannot be written.
        ExceptionGroup: the same, with every problem, where there are several.
    """
    # Who only exports need not load what reads pages: spaCy and the gazetteers take two seconds.
    from kg.extraction import Settings
    from kg.pipeline.finding import find
    from kg.pipeline.fingerprint import fingerprint

    progress = progress or Silence()
    settings = settings or Settings()
    decided = given_decisions(out, decisions)
    progress.stage("pages")
    made_by = fingerprint(settings)
    found = find(inputs, out, manifest=manifest, reader=made_by, rehash=rehash)
    problems = list(found.pages.problems)
    if not found.pages.pages:
        raise _nothing(problems)
    make_folder(out)
    with build_lock(out, timeout=lock_timeout, on_wait=progress.waiting), unsettled_after():
        with _workers(cluster) as workers, Store.create(out) as store:
            store.keep_files(found.before, found.now, reader=made_by)
            n_read, n_removed, failures = _store_records(
                store, found.pages.pages, settings, made_by, jobs, workers, progress
            )
            problems += failures
            progress.stage("resolve")
            settle()
            store.index_sentences()
            if decided is None:
                decided, lost = remembered_decisions(store, out)
                problems += lost
            knowledge: Knowledge | None = None
            kept = None if n_read or n_removed else _kept(store, decided)
            if kept is None:
                kept = _resolve(store, decided, resolve_here if workers is None else workers.resolve)
                if kept[0].n_pages <= VIEW_PAGES:
                    knowledge = held(read_resolved(store))
                else:
                    view_path(out).unlink(missing_ok=True)  # what it shows is no longer what the store says
            elif kept[0].n_pages <= VIEW_PAGES and not view_path(out).exists():
                knowledge = held(read_current(store))
            summary, undecided = kept
            problems += undecided
        progress.stage("view")
        view: Shown | None = None
        if knowledge is not None:
            view = show(knowledge, out)
        elif view_path(out).exists():
            view = Shown(view_path(out), view_path(out).stat().st_size, 0, 0)
        path = store.path
    return BuildSummary(
        n_read=n_read,
        n_kept=summary.n_pages - n_read,
        n_removed=n_removed,
        knowledge=summary,
        problems=tuple(problems),
        store=path,
        view=view,
    )


def _workers(cluster: Cluster | None) -> AbstractContextManager[Workers | None]:
    if cluster is None:
        return nullcontext()
    from kg.pipeline.cluster import Workers

    return Workers(cluster)


def _resolve(store: Store, decided: Decisions, spread: Spread = resolve_here) -> tuple[Summary, tuple[InputError, ...]]:
    """Resolve a store as decided; what it knows then, and the decisions that cannot be applied. Both are kept."""
    resolver = program_fingerprint()
    problems = resolve_touched(store, decided, resolver, decided=as_kept(store, decided), spread=spread)
    summary = told_summary(store)
    told = [[problem.what, problem.where, problem.hint] for problem in problems]
    store.keep_summary(json.dumps([resolver, summary_to_json(summary), told], ensure_ascii=False))
    return summary, problems


def _kept(store: Store, decided: Decisions) -> tuple[Summary, tuple[InputError, ...]] | None:
    """What the last build told of the store, where it is still true: nothing has changed, decisions and program too."""
    if not _is_current(store) or store.decisions() != as_kept(store, decided):
        return None
    try:
        made_by, text, told = json.loads(store.summary)
        problems = tuple(InputError(what, where=where, hint=hint) for what, where, hint in told)
    except (ValueError, TypeError):
        return None
    summary = summary_from_json(text) if made_by == program_fingerprint() else None
    return None if summary is None else (summary, problems)


def load_knowledge(out: Path) -> tuple[Knowledge, bool]:
    """The knowledge of a folder's store, and whether its last build came to its end.

    Raises:
        InputError: there is no store, or it cannot be read.
    """
    with Store.open(out) as store, without_collector():
        return held(read_current(store)), store.is_complete


@contextmanager
def open_knowledge(out: Path) -> Iterator[tuple[Knowledge, bool]]:
    """The same, for who walks over the pages: the records stay in the store and are read one after the other.

    Raises:
        InputError: there is no store, it cannot be read, or (while records are read) a build changed it.
    """
    with Store.open(out) as store, store.at_one_moment():
        with without_collector():
            knowledge = read_current(store)
        yield knowledge, store.is_complete


def read_current(store: Store) -> Knowledge:
    """The knowledge of a store, streamed: as its last build resolved it, or resolved anew where that may be out of date.

    Raises:
        InputError: the store is damaged.
    """
    return read_resolved(store) if _is_current(store) else read_knowledge(store)


def load_figures(out: Path, *, by_year: bool = False) -> tuple[Summary, tuple[Coverage, ...], bool]:
    """Summary and coverage of a folder's store, and whether its last build came to its end; no page is read if it did.

    Raises:
        InputError: there is no store, or it cannot be read.
    """
    with Store.open(out) as store, without_collector():
        if _is_current(store):
            return told_summary(store), told_coverage(store, by_year=by_year), True
        knowledge = read_knowledge(store)
        return summarize(knowledge), cover(knowledge, by_year=by_year), store.is_complete


def _is_current(store: Store) -> bool:
    """Whether what the last build resolved is what resolving now would give."""
    return store.is_complete and store.resolver == program_fingerprint()


def _store_records(
    store: Store,
    pages: Sequence[FoundPage],
    settings: Settings,
    made_by: str,
    jobs: int,
    workers: Workers | None,
    progress: Progress,
) -> tuple[int, int, list[InputError]]:
    """Bring the store's records up to the pages.

    Returns:
        How many pages were read, how many removed (failed ones among them), and why pages failed.
    """
    keys = {page.id: content_key(page, made_by) for page in pages}
    stored = store.content_keys()
    failed: dict[str, InputError] = {}
    to_read: list[Page] = []
    for found in pages:
        if stored.get(found.id) != keys[found.id]:
            try:
                to_read.append(found.read())
            except InputError as error:
                failed[found.id] = error
    gone = [page_id for page_id in stored if page_id not in keys or page_id in failed]
    if store.set_reader(made_by) not in (None, made_by) and stored:
        progress.reader_changed()
    progress.started(len(pages), len(to_read), sum(len(page.text) for page in to_read))
    n_removed = 0
    if to_read or gone:
        store.set_complete(False)
        n_removed += store.remove(gone)
    n_read = 0
    if to_read:
        progress.stage("load")
    results: Iterator[PageRecord | RecordRows | Failure]
    results = read_records(to_read, settings, jobs=jobs) if workers is None else workers.read(to_read, settings)
    for result in results:
        page = result.page
        if isinstance(result, Failure):
            failed[page.id] = result.error
            # What an older text of the page said is no longer said anywhere.
            n_removed += store.remove([page.id])
        else:
            store.put(result, content_key=keys[page.id])
            n_read += 1
        progress.page_done(page)
    return n_read, n_removed, [failed[found.id] for found in pages if found.id in failed]


def redecide(
    out: Path, *, decisions: Path | None = None, lock_timeout: float | None = None, progress: Progress | None = None
) -> tuple[InputError, ...]:
    """Apply the decisions of a folder to its store and draw it anew; no page is read.

    Args:
        decisions: the file they stand in, as `build` takes it.

    Returns:
        A line for each decision that cannot be applied.

    Raises:
        InputError: there is no store, the decisions are malformed, or the folder cannot be written.
    """
    progress = progress or Silence()
    decided = given_decisions(out, decisions)
    Store.open(out).close()
    with build_lock(out, timeout=lock_timeout, on_wait=progress.waiting):
        with Store.create(out) as store:
            progress.stage("resolve")
            lost: list[InputError] = []
            if decided is None:
                decided, lost = remembered_decisions(store, out)
            was_complete = store.is_complete
            summary, problems = _resolve(store, decided)
            if not was_complete:
                store.set_complete(False)  # pages are still missing
            knowledge = held(read_resolved(store)) if summary.n_pages <= VIEW_PAGES else None
        progress.stage("view")
        if knowledge is None:
            view_path(out).unlink(missing_ok=True)
        else:
            show(knowledge, out)
    return (*lost, *problems)


def _nothing(problems: Sequence[InputError]) -> Exception:
    if not problems:
        return InputError("no pages", hint="name files, folders or patterns: kg build PAGES --out OUT")
    if len(problems) == 1:
        return problems[0]
    return ExceptionGroup("nothing could be read", list(problems))
