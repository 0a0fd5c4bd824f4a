"""Python's garbage collector at rest: while a store is read, and over what a build loads once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Millions of objects that all stay: looking for garbage among them takes as long again as reading them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle() -> None:
    """What is loaded now stays; the collector looks at it no more.

    Gazetteers and weights are a million objects, and looking through them again and again took a tenth of a build.
    """
    gc.freeze()
    # What is made anew for each page goes by counting; looking through it every 700 objects finds next to nothing.
    gc.set_threshold(20_000, *gc.get_threshold()[1:])


@contextmanager
def unsettled_after() -> Iterator[None]:
    """Afterwards the collector looks at everything again: kg is a guest in whatever program calls it."""
    was_settled, thresholds = gc.get_freeze_count() > 0, gc.get_threshold()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        if not was_settled:
            gc.unfreeze()
