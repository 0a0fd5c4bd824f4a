"""Pages are read, and names resolved, on a Dask cluster: this machine's processes, or a scheduler that others run.

Pages go out in partitions of one region each, so that a worker reads the gazetteer of few counties; what is seen of people
and events goes out in partitions of whole blocks (`kg.pipeline.blocks`). What comes of a partition comes back when it is
done, in whatever order, and is stored by the one process that writes the store. What a worker that dies had not finished is
done by another; nothing else is done again.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Self

from kg.errors import InputError
from kg.model import Page
from kg.pipeline.blocks import Block, resolve_blocks, resolve_here
from kg.pipeline.fingerprint import fingerprint, program_fingerprint
from kg.pipeline.reading import Failure, chunks, extractor_of, read_chunk
from kg.store.prints import Ref

if TYPE_CHECKING:
    from distributed import Client

    from kg.extraction import Extractor, Settings
    from kg.pipeline.packing import Packed
    from kg.store import RecordRows

_PARTITION = 64
"""Pages a partition: some seconds of work, against milliseconds for the task, and what a dead worker costs at most."""
_AHEAD = 3
"""Partitions on their way for each worker: none waits for work, and what is not stored yet stays little."""
_PATIENCE = 5
"""Seconds to wait for a scheduler, and for its first worker."""

_one_at_a_time = threading.Lock()  # an extractor is for one thread; a worker may have several


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where pages are read and names resolved: at a scheduler's address (`tcp://host:8786`), or by so many workers started here."""

    scheduler: str | None = None
    workers: int = 1


class Workers:
    """The workers of a cluster; they are connected to when there is work for them, once. A context manager."""

    def __init__(self, cluster: Cluster) -> None:
        """Nothing is connected to yet."""
        self._cluster = cluster
        self._open = ExitStack()
        self._client: Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._open.close()

    def read(self, pages: Sequence[Page], settings: Settings) -> Iterator[RecordRows | Failure]:
        """Read pages; the rows of their records come as they are done, each page once.

        Raises:
            InputError: Dask is not installed, nobody answers at the address, there are no workers, these have another
                kg, or reading a partition ended several of them.
        """
        if not pages:
            return
        self._connect()
        from kg.pipeline.packing import unpack

        made_by = fingerprint(settings)
        by_id = {page.id: page for page in pages}
        work = ((read_partition, part, settings, made_by) for part in partitions(pages))
        for packed in self._gather(work):
            yield from unpack(packed, by_id)

    def resolve(self, parts: Iterable[Sequence[Block]]) -> Iterator[dict[Ref, str]]:
        """Resolve blocks; results come as they are done. One partition is not worth the way, and is resolved here.

        Raises:
            InputError: as `read`.
        """
        parts = iter(parts)
        first = list(islice(parts, 2))
        if len(first) < 2:
            yield from resolve_here(first)
            return
        made_by = program_fingerprint()
        yield from self._gather((resolve_partition, part, made_by) for part in chain(first, parts))

    def _gather(self, work: Iterator[tuple[Any, ...]]) -> Iterator[Any]:
        """What functions return of arguments, as they do; so many are sent that no worker waits."""
        client = self._connect()
        from distributed import as_completed

        try:
            n_ahead = len(client.scheduler_info(n_workers=-1)["workers"]) * _AHEAD
            sent = (client.submit(*each, pure=False) for each in work)
            under_way = as_completed(list(islice(sent, n_ahead)), loop=client.loop)
            for future in under_way:
                outcome = future.result()
                future.release()
                under_way.update(islice(sent, 1))
                yield outcome
        except InputError:
            raise
        except Exception as error:
            raise _told(error) from error

    def _connect(self) -> Client:
        if self._client is None:
            self._client = self._open.enter_context(_connected(self._cluster))
        return self._client


def partitions(pages: Sequence[Page]) -> Iterator[Sequence[Page]]:
    """Pages in pieces of one region each, in an order that hangs on the pages alone."""
    by_region: dict[tuple[str, str], list[Page]] = {}
    for page in pages:
        by_region.setdefault((page.issue.region_code or "", page.issue.region or ""), []).append(page)
    for _region, its_pages in sorted(by_region.items()):
        its_pages.sort(key=lambda page: page.id)
        for at in range(0, len(its_pages), _PARTITION):
            yield its_pages[at : at + _PARTITION]


def read_partition(pages: Sequence[Page], settings: Settings, made_by: str) -> Packed:
    """What a worker does: read the pages of a partition, and pack their records.

    Raises:
        InputError: this worker would read them differently from who sent them.
    """
    with _one_at_a_time:
        extractor, own = _reader(settings)
        if own != made_by:
            raise _another_kg()
        from kg.pipeline.packing import pack

        return pack(outcome for chunk in chunks(pages) for outcome in read_chunk(extractor, chunk))


def resolve_partition(blocks: Sequence[Block], made_by: str) -> dict[Ref, str]:
    """What a worker does: resolve the blocks of a partition.

    Raises:
        InputError: this worker would resolve them differently from who sent them.
    """
    if _program() != made_by:
        raise _another_kg()
    return resolve_blocks(blocks)


_program = lru_cache(maxsize=1)(program_fingerprint)


def _another_kg() -> InputError:
    return InputError(
        "a worker has another kg, another gazetteer or other libraries than this machine",
        hint="install the same version on all of them",
    )


@lru_cache(maxsize=1)
def _reader(settings: Settings) -> tuple[Extractor, str]:
    return extractor_of(settings), fingerprint(settings)


def _told(error: Exception) -> InputError:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return InputError(
            "several workers ended while they did the same work",
            hint="is their memory short? what was read is kept; run the same command again",
        )
    return InputError(
        f"the Dask cluster went away: {type(error).__name__}", hint="what was read is kept; run the same command again"
    )


@contextmanager
def _connected(cluster: Cluster) -> Iterator[Client]:
    try:
        import pyarrow  # noqa: F401, of the same extra: records travel as Parquet
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError("Dask is not installed", hint="install it: pip install 'county-kg[dask]'") from None
    # What workers and connections say of themselves is for who runs the cluster; here every failure is an error anyway.
    for name in ("distributed", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if cluster.scheduler is None:
        with (
            LocalCluster(
                n_workers=cluster.workers,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",  # any free port: the usual one may be somebody else's, and that is warned of
                silence_logs=logging.CRITICAL,
            ) as local,
            Client(local, set_as_default=False) as client,
        ):
            yield client
        return
    # A client that finds nobody goes on trying while it is taken down, and says so with a traceback.
    if not asyncio.run(_is_scheduler(cluster.scheduler)):
        raise InputError(
            "no Dask scheduler answers",
            where=cluster.scheduler,
            hint="start one with “dask scheduler”, or use --workers on this machine",
        )
    with Client(cluster.scheduler, timeout=_PATIENCE, set_as_default=False) as client:
        if not _has_workers(client):
            raise InputError(
                "this Dask scheduler has no workers", where=cluster.scheduler, hint="start some with “dask worker”"
            )
        yield client


async def _is_scheduler(address: str) -> bool:
    from distributed.core import rpc

    try:
        async with asyncio.timeout(_PATIENCE), rpc(address) as scheduler:
            return bool((await scheduler.identity())["type"] == "Scheduler")
    except Exception:  # whatever else answers there says whatever it likes
        return False


def _has_workers(client: Client) -> bool:
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        return False
    return True
