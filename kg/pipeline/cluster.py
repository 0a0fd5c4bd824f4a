"""Pages to records on a Dask cluster: this machine's processes, or a scheduler that others run.

Pages go out in partitions of one region each, so that a worker reads the gazetteer of few counties; the records of a
partition come back when it is done, in whatever order, and are stored by the one process that writes the store. What
a worker that dies had not finished is read by another; nothing else is read again.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import Page, PageRecord
from kg.pipeline.fingerprint import fingerprint
from kg.pipeline.reading import Failure, chunks, extractor_of, read_chunk

if TYPE_CHECKING:
    from distributed import Client

    from kg.extraction import Extractor, Settings

_PARTITION = 64
"""Pages a partition: some seconds of work, against milliseconds for the task, and what a dead worker costs at most."""
_AHEAD = 3
"""Partitions on their way for each worker: none waits for work, and the records not stored yet stay few."""
_PATIENCE = 5
"""Seconds to wait for a scheduler, and for its first worker."""

_one_at_a_time = threading.Lock()  # an extractor is for one thread; a worker may have several


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where pages are read: at a scheduler's address (`tcp://host:8786`), or by so many workers started here."""

    scheduler: str | None = None
    workers: int = 1


def read_on_cluster(pages: Sequence[Page], settings: Settings, cluster: Cluster) -> Iterator[PageRecord | Failure]:
    """Read pages on a cluster; results come as they are done, each page once.

    Raises:
        InputError: Dask is not installed, nobody answers at the address, there are no workers, these have another kg,
            or reading a partition ended several of them.
    """
    if not pages:
        return
    with _connected(cluster) as client:
        yield from _gather(client, list(partitions(pages)), settings, fingerprint(settings))


def partitions(pages: Sequence[Page]) -> Iterator[Sequence[Page]]:
    """Pages in pieces of one region each, in an order that hangs on the pages alone."""
    by_region: dict[tuple[str, str], list[Page]] = {}
    for page in pages:
        by_region.setdefault((page.issue.region_code or "", page.issue.region or ""), []).append(page)
    for _region, its_pages in sorted(by_region.items()):
        its_pages.sort(key=lambda page: page.id)
        for at in range(0, len(its_pages), _PARTITION):
            yield its_pages[at : at + _PARTITION]


def read_partition(pages: Sequence[Page], settings: Settings, made_by: str) -> list[PageRecord | Failure]:
    """What a worker does: read the pages of a partition.

    Raises:
        InputError: this worker would read them differently from who sent them.
    """
    with _one_at_a_time:
        extractor, own = _reader(settings)
        if own != made_by:
            raise InputError(
                "a worker has another kg, another gazetteer or other libraries than this machine",
                hint="install the same version on all of them",
            )
        return [outcome for chunk in chunks(pages) for outcome in read_chunk(extractor, chunk)]


@lru_cache(maxsize=1)
def _reader(settings: Settings) -> tuple[Extractor, str]:
    return extractor_of(settings), fingerprint(settings)


def _gather(
    client: Client, waiting: list[Sequence[Page]], settings: Settings, made_by: str
) -> Iterator[PageRecord | Failure]:
    from distributed import as_completed

    waiting.reverse()

    def send() -> Any:
        return client.submit(read_partition, waiting.pop(), settings, made_by, pure=False)

    try:
        n_workers = len(client.scheduler_info(n_workers=-1)["workers"])
        under_way = as_completed([send() for _ in range(min(len(waiting), n_workers * _AHEAD))], loop=client.loop)
        for future in under_way:
            outcomes = future.result()
            future.release()
            if waiting:
                under_way.add(send())
            yield from outcomes
    except InputError:
        raise
    except Exception as error:
        raise _told(error) from error


def _told(error: Exception) -> InputError:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return InputError(
            "several workers ended while they read the same pages",
            hint="is their memory short? what was read is kept; run the same command again",
        )
    return InputError(
        f"the Dask cluster went away: {type(error).__name__}", hint="what was read is kept; run the same command again"
    )


@contextmanager
def _connected(cluster: Cluster) -> Iterator[Client]:
    try:
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
                dashboard_address=None,
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
