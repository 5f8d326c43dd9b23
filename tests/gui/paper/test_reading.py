"""Samples reach the paper without the window waiting for them, and the thread ends with the paper."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from ecg_viewer.qt.paper import trace_loader
from ecg_viewer.qt.paper.trace_loader import TraceLoader
from ecg_viewer.qt.paper.trace_store import BLOCK_BINS, MAX_HELD_BYTES, BlockKey, TraceStore, read_block
from ecg_viewer.render.decimate import envelope
from mmae_core.errors import UnreadableRecord
from mmae_core.record import EcgRecord

HOUR = 3600


@pytest.fixture
def hours(make_record):
    """Six hours at 250 Hz whose samples are made when read: lead k holds the time in hours plus k."""

    def make(reads: list[tuple[int, int]]) -> EcgRecord:
        record = make_record(np.zeros((12, 0)), rate_hz=250.0)
        threads: set[int] = set()

        def read(start: int, end: int) -> np.ndarray:
            reads.append((start, end))
            threads.add(threading.get_ident())
            assert threading.get_ident() != threading.main_thread().ident, "a long record is not read in the window"
            return (np.arange(start, end) / 250 / HOUR + np.arange(12)[:, None]).astype(np.float32)

        return replace(record, n_samples=6 * HOUR * 250, read_leads=read)

    return make


def test_a_short_record_is_read_once_whatever_is_done(bench, make_record) -> None:
    reads: list[tuple[int, int]] = []
    bench.open(make_record(np.zeros((12, 60_000)), reads=reads))
    for speed in (50, 12.5, 100, 1):
        bench.view.set_speed(speed)
        bench.view.scroll_by(30)
        bench.wait()
        bench.pixels()
    assert reads == [(0, 60_000)]


def test_of_a_long_record_only_the_visible_part_and_a_margin_is_read(bench, hours) -> None:
    reads: list[tuple[int, int]] = []
    bench.open(hours(reads))
    bench.view.scroll_to(3 * HOUR)
    bench.wait()
    read_s = sum(end - start for start, end in reads) / 250
    assert read_s < 300
    assert any(start <= 3 * HOUR * 250 < end for start, end in reads)
    assert bench.paper.hover_at(bench.paper.band_of("V1").center()).amplitude_mv == pytest.approx(9.0, abs=0.01)


def test_far_zoomed_out_the_blocks_are_envelopes(bench, hours) -> None:
    reads: list[tuple[int, int]] = []
    bench.open(hours(reads))
    bench.view.set_speed(1)
    bench.view.scroll_to(HOUR)
    bench.wait()
    drawn = bench.trace_drawn()
    middle = round(bench.paper.x_of_time(HOUR + 100))
    assert drawn[round(bench.paper.y_of("I", 1 + 100 / HOUR) - 0.5), middle]
    assert bench.paper.hover_at(bench.paper.band_of("V1").center()).amplitude_mv is None


def test_what_was_scrolled_past_is_not_read_and_stale_answers_are_dropped(bench, hours) -> None:
    reads: list[tuple[int, int]] = []
    release = threading.Event()
    record = hours(reads)

    def slow(start: int, end: int) -> np.ndarray:
        assert release.wait(30)
        return record.read_leads(start, end)

    bench.heat.reset(record.duration_s)
    bench.view.open_record(replace(record, read_leads=slow))
    for minute in range(1, 200):
        bench.view.scroll_to(minute * 60)
    release.set()
    bench.wait()
    assert len(reads) < 12
    assert bench.paper.hover_at(bench.paper.band_of("I").center()) is not None


def test_a_block_of_the_record_before_is_not_drawn(bench, make_record) -> None:
    release, began = threading.Event(), threading.Event()
    old = make_record(np.full((12, 5000), 0.5))

    def slow(start: int, end: int) -> np.ndarray:
        began.set()
        assert release.wait(30)
        return np.full((12, end - start), 0.5, np.float32)

    bench.view.open_record(replace(old, read_leads=slow))
    bench.qtbot.waitUntil(began.is_set)
    bench.view.open_record(make_record(np.full((12, 5000), -0.25)))
    release.set()
    bench.wait()
    point = bench.paper.band_of("V1").center()
    assert bench.paper.hover_at(point).amplitude_mv == -0.25


def test_the_window_goes_on_while_a_slow_file_is_read(bench, make_record) -> None:
    release = threading.Event()
    record = make_record(np.zeros((12, 5000)))

    def slow(start: int, end: int) -> np.ndarray:
        assert release.wait(30)
        return np.zeros((12, end - start), np.float32)

    bench.view.open_record(replace(record, read_leads=slow))
    bench.view.set_speed(100)
    bench.view.scroll_by(1)
    assert bench.pixels().shape == (900, 1200, 3)
    assert not bench.paper.is_complete
    release.set()
    bench.wait()


def test_closing_waits_for_the_thread(bench, make_record) -> None:
    bench.open(make_record(np.zeros((12, 5000))))
    assert trace_loader._running
    bench.paper.close()
    assert not trace_loader._running
    bench.paper.close_loader()


def test_closing_while_reading_waits_for_the_block(qtbot, make_record) -> None:
    began, release, ended = threading.Event(), threading.Event(), threading.Event()
    record = make_record(np.zeros((12, 5000)))

    def slow(start: int, end: int) -> np.ndarray:
        began.set()
        assert release.wait(30)
        ended.set()
        return np.zeros((12, end - start), np.float32)

    loader = TraceLoader()
    loader.open(replace(record, read_leads=slow))
    loader.want([BlockKey(1, 0)])
    qtbot.waitUntil(began.is_set)
    threading.Timer(0.05, release.set).start()
    loader.close()
    assert ended.is_set()
    assert loader.isFinished()
    loader.want([BlockKey(1, 0)])
    assert loader.isFinished()


def test_a_block_on_its_way_to_the_window_is_not_read_again(qtbot, make_record) -> None:
    first, second = BlockKey(1, 0), BlockKey(1, 1)
    record = make_record(np.zeros((12, 2 * BLOCK_BINS)), rate_hz=1.0)
    reads: list[tuple[int, int]] = []

    def read(start: int, end: int) -> np.ndarray:
        reads.append((start, end))
        return np.zeros((12, end - start), np.float32)

    loader = TraceLoader()
    emitted = {first: threading.Event(), second: threading.Event()}
    loader.block_loaded.connect(lambda _, key, __: emitted[key].set(), Qt.ConnectionType.DirectConnection)
    heard: list[BlockKey] = []
    loader.block_loaded.connect(lambda _, key, __: heard.append(key))
    loader.open(replace(record, read_leads=read))
    for key in (first, second):  # the thread is done with the first when it has read the second
        loader.want([key])
        assert emitted[key].wait(10)
    emitted[second].clear()
    loader.want([first])
    assert not heard
    qtbot.waitUntil(lambda: heard == [first, second])
    assert reads == [(0, BLOCK_BINS), (BLOCK_BINS, 2 * BLOCK_BINS)]
    loader.want([second])
    assert emitted[second].wait(10)
    assert len(reads) == 3
    loader.close()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UnreadableRecord("a.dat is shorter than it was"), "a.dat is shorter than it was"),
        (RuntimeError("odd"), "A stretch of the recording could not be read (odd)."),
    ],
)
def test_whatever_a_reader_raises_becomes_a_sentence_and_the_thread_goes_on(
    qtbot, make_record, error: Exception, sentence: str
) -> None:
    record = make_record(np.zeros((12, 5000)))

    def fail(start: int, end: int) -> np.ndarray:
        raise error

    loader = TraceLoader()
    number = loader.open(replace(record, read_leads=fail))
    with qtbot.waitSignal(loader.load_failed) as failed:
        loader.want([BlockKey(1, 0)])
    assert failed.args == [number, BlockKey(1, 0), sentence]
    number = loader.open(record)
    with qtbot.waitSignal(loader.block_loaded) as loaded:
        loader.want([BlockKey(1, 0)])
    assert loaded.args[0] == number
    loader.close()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400_000), st.integers(1, 60_000), st.sampled_from([1, 4, 16]))
def test_gathered_traces_are_the_records_own(start: int, length: int, bin_samples: int) -> None:
    n_samples = 420_001
    samples = np.random.default_rng(1).normal(size=(2, n_samples)).astype(np.float32)
    from pathlib import Path

    from mmae_core.record import Source

    record = EcgRecord(
        "r", 500.0, n_samples, ("I", "II"), Source((Path("x"),), "t"), lambda first, end: samples[:, first:end]
    )
    store = TraceStore(record)
    end = min(start + length, n_samples)
    for key in store.missing(start / 500, end / 500, bin_samples):
        store.add(key, read_block(record, key))
    gathered = store.gather(start, end, bin_samples)
    assert gathered.complete
    first = gathered.traces.start_sample
    assert start - bin_samples < first <= start
    expected = envelope(samples[:, first : min(n_samples, -(-end // bin_samples) * bin_samples)], first, bin_samples)
    np.testing.assert_array_equal(gathered.traces.low, expected.low)
    np.testing.assert_array_equal(gathered.traces.high, expected.high)


def test_what_has_not_been_read_is_a_gap_and_said_to_be_incomplete(hours) -> None:
    record = hours([])
    store = TraceStore(record)
    size = BLOCK_BINS
    store.add(BlockKey(1, 0), envelope(np.zeros((12, size), np.float32), 0, 1))
    gathered = store.gather(size - 10, size + 10, 1)
    assert not gathered.complete
    assert np.isfinite(gathered.traces.low[:, :10]).all()
    assert np.isnan(gathered.traces.low[:, 10:]).all()


def test_the_store_forgets_the_oldest(hours) -> None:
    store = TraceStore(hours([]))
    block_bytes = 12 * BLOCK_BINS * 4
    n_blocks = MAX_HELD_BYTES // block_bytes + 5
    for index in range(n_blocks):
        store.add(BlockKey(1, index), envelope(np.zeros((12, BLOCK_BINS), np.float32), index * BLOCK_BINS, 1))
    held = n_blocks - len(store.missing(0, n_blocks * BLOCK_BINS / 250 - 1, 1))
    assert held * block_bytes <= MAX_HELD_BYTES
    assert not store.missing((n_blocks - 1) * BLOCK_BINS / 250 + 1, n_blocks * BLOCK_BINS / 250 - 1, 1)
