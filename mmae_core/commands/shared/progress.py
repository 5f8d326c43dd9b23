"""Progress shown on standard error while a command works."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tqdm import tqdm


def report_missing(missing: Sequence[str]) -> None:
    """Name the records of an index whose files are not there."""
    if missing:
        print(f"{len(missing):,} records of the index are not there and are left out: {', '.join(missing[:3])}"
              + (" …" if len(missing) > 3 else ""), file=sys.stderr)


def progress_bar(total: int | None, purpose: str, unit: str) -> tqdm[Any]:
    """A progress bar on standard error; if that is a file, a line every 30 s."""
    from tqdm import tqdm

    interval_s = 0.5 if sys.stderr.isatty() else 30.0  # keep log files short
    return tqdm(total=total, desc=purpose, unit=unit, dynamic_ncols=True, mininterval=interval_s, file=sys.stderr)


@contextmanager
def elapsing(purpose: str) -> Iterator[None]:
    """Show elapsed seconds on standard error while there is nothing to count; if that is a file, a line every 30 s."""
    from tqdm import tqdm

    bar = tqdm(desc=purpose, bar_format="{desc} … {elapsed}", dynamic_ncols=True, file=sys.stderr)
    ended = Event()

    def tick() -> None:
        while not ended.wait(1.0 if sys.stderr.isatty() else 30.0):
            bar.refresh()

    clock = Thread(target=tick, daemon=True)
    clock.start()
    try:
        yield
    finally:
        ended.set()
        clock.join()
        bar.close()


def advance(bar: tqdm[Any]) -> Callable[[int, int], None]:
    """The bar as a `progress(done, total)` function."""

    def to(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return to


def advance_named(bar: tqdm[Any]) -> Callable[[str, int, int], None]:
    """The bar as a `progress(name, done, total)` function that begins anew with each name."""

    def to(name: str, done: int, total: int) -> None:
        if bar.desc.removesuffix(": ") != name or done < bar.n:
            bar.reset(total)
            bar.set_description(name)
        bar.total = total
        bar.update(done - bar.n)

    return to
