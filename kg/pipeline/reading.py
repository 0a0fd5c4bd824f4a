"""Pages to records, in the order of the pages, in this process or in several.

What a page gives does not depend on how many processes there are: each page is read alone and records come back in
order. Records of other processes come as the rows that the store takes: making them, and sending hundreds of objects a
page from process to process, would keep the one that stores busy for a fifth of the time that reading takes. A page that
breaks the reading is a `Failure`, and the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.model import Page, PageRecord
from kg.store import RecordRows
from kg.store.collector import settle

if TYPE_CHECKING:
    from kg.extraction import Extractor, Settings

DEBUG_VARIABLE = "KG_DEBUG"
"""Set to let an error inside the program come out with its traceback instead of as one line."""

_CHUNK = 16  # pages a task: one of a thousand characters takes some 20 ms, so a task far outweighs its overhead
_CHUNK_CHARACTERS = 16384  # as many as the tagger takes in one batch
_AHEAD = 4  # tasks in the queue for each process, so that none waits and memory stays small

# Processes that share cores must not each start as many threads as there are cores: on two cores, two processes with
# two threads of OpenBLAS each took 20 s for what they do in 7 s with one.
_THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

_extractor: Extractor | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be read, and why."""

    page: Page
    error: InputError


def read_records(
    pages: Sequence[Page], settings: Settings, *, jobs: int
) -> Iterator[PageRecord | RecordRows | Failure]:
    """Read pages with `jobs` processes; results come in the order of the pages, those of several processes as rows.

    Raises:
        InputError: a process was killed from outside.
    """
    if not pages:
        return
    if jobs <= 1 or len(pages) <= _CHUNK:
        extractor = extractor_of(settings)
        for chunk in chunks(pages):
            yield from read_chunk(extractor, chunk)
        return
    yield from _read_apart(pages, settings, jobs)


def chunks(pages: Sequence[Page]) -> Iterator[Sequence[Page]]:
    """The pages in order, in pieces that are worth a task and that the tagger reads without thin batches."""
    start = size = 0
    for end, page in enumerate(pages):
        if end > start and (end - start >= _CHUNK or size + len(page.text) > _CHUNK_CHARACTERS):
            yield pages[start:end]
            start, size = end, 0
        size += len(page.text)
    if start < len(pages):
        yield pages[start:]


def read_chunk(extractor: Extractor, pages: Sequence[Page]) -> Iterator[PageRecord | Failure]:
    """Read pages; what goes wrong in one of them stays with it."""
    for page, outcome in zip(pages, extractor.read_many(pages), strict=True):
        yield _settled(page, outcome)


def _settled(page: Page, outcome: PageRecord | Exception) -> PageRecord | Failure:
    try:
        if isinstance(outcome, Exception):
            raise outcome
        problem = flaw(outcome)
        if problem is not None:
            raise ValueError(problem)
    except InputError as error:
        return Failure(page, error)
    except Exception as error:
        # A bug must not cost a run of thousands of pages; it is listed, and the page is tried again at the next build.
        if os.environ.get(DEBUG_VARIABLE):
            raise
        what = f"cannot be read because of an error in kg: {type(error).__name__}: {error}"
        return Failure(
            page, InputError(what, where=page.path, hint=f"please report it; {DEBUG_VARIABLE}=1 shows where")
        )
    return outcome


def flaw(record: PageRecord) -> str | None:
    """What breaks the promises of a page record, or None: names that point nowhere, surfaces that are not there."""
    text = record.page.text
    entities = {entity.id for entity in record.entities}
    mentions = {mention.id for mention in record.mentions}
    if len(entities) < len(record.entities) or len(mentions) < len(record.mentions):
        return "two entities or two mentions with one id"
    for mention in record.mentions:
        if text[mention.span.start : mention.span.end] != mention.surface:
            return f"mention {mention.surface!r} is not at {mention.span.start}"
    for link in record.links:
        if link.mention not in mentions or link.entity not in entities:
            return f"link {link.mention} → {link.entity} points nowhere"
    for entity in record.entities:
        if entity.org is not None and entity.org not in entities:
            return f"entity {entity.name!r} belongs to {entity.org}, which is not there"
    for fact in record.facts:
        if fact.subject not in entities or fact.object not in entities:
            return f"fact {fact.relation} {fact.id} points nowhere"
        if not fact.evidence and fact.source != "gazetteer":
            return f"fact {fact.relation} {fact.id} has no evidence"
    return None


def extractor_of(settings: Settings) -> Extractor:
    """An extractor, loaded now."""
    from kg.extraction import Extractor  # spaCy takes a second to load; exports do without

    extractor = Extractor(settings)
    settle()
    return extractor


def _read_apart(pages: Sequence[Page], settings: Settings, jobs: int) -> Iterator[RecordRows | Failure]:
    # spawn everywhere: forked children would share locks of numpy's threads in whatever state they are.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(settings,))
    waiting: deque[Future[list[RecordRows | Failure]]] = deque()
    before = {name: os.environ.get(name) for name in _THREAD_VARIABLES}
    os.environ.update(dict.fromkeys(_THREAD_VARIABLES, "1"))
    try:
        for chunk in chunks(pages):
            waiting.append(executor.submit(_read_chunk, chunk))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise InputError(
            "a reading process was ended from outside",
            hint="is memory short? run the same command with fewer --jobs; what was read is kept",
        ) from error
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _begin(settings: Settings) -> None:
    global _extractor
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _extractor = extractor_of(settings)


def _end_with_parent() -> None:
    """A killed parent cannot stop its children: each watches for itself."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_chunk(pages: Sequence[Page]) -> list[RecordRows | Failure]:
    if _extractor is None:
        raise RuntimeError("the process was not begun")
    outcomes = read_chunk(_extractor, pages)
    return [outcome if isinstance(outcome, Failure) else RecordRows.of(outcome) for outcome in outcomes]
