"""Filters change the paper and nothing else; a long recording is filtered piece by piece without seams."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.display.filter_feature import FilterFeature
from ecg_viewer.qt.paper.trace_source import TraceSource
from ecg_viewer.qt.paper.trace_store import BLOCK_BINS, BlockKey, TraceStore, read_block
from ecg_viewer.state.filters import FILTERS, NOTCHES, DisplayFilter, FilterChain
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord, Source


def open_record(qtbot: QtBot, program: Program, path: Path) -> None:
    program.session.open([path])
    qtbot.waitUntil(lambda: program.session.record is not None and program.window.paper.is_complete)


def shown(program: Program) -> NDArray[np.floating]:
    """Lead II as the paper has it from 1 to 9 s."""
    samples = program.window.paper.samples("II", 1.0, 9.0)
    assert samples is not None
    return samples[1]


def test_a_chosen_filter_is_what_the_paper_shows_and_names(qtbot: QtBot, make_program, demo: Path) -> None:
    program = make_program()
    open_record(qtbot, program, demo / "00262_hr.hea")
    paper, action = program.window.paper, program.window.action
    recorded = shown(program).copy()
    assert paper.filter_readout == "No filter"
    action("filter_monitor").trigger()
    action("filter_notch_50").trigger()
    qtbot.waitUntil(lambda: paper.filter_readout == "0.5–40 Hz monitor, 50 Hz notch (not diagnostic; ST not to be "
                    "read with this filter)")
    record = program.session.record
    assert record is not None
    expected = program.session.view.filter.in_force(500).apply(record.read(), 500)
    assert np.allclose(shown(program), expected[1, 500:4501], atol=1e-6)
    assert np.abs(shown(program) - recorded).max() > 0.02
    assert action("filter_monitor").isChecked()
    assert not action("filter_none").isChecked()
    button = program.window.tool_bar.filter
    assert button.text() == "0.5–40 Hz monitor, 50 Hz notch"
    assert "Below diagnostic bandwidth" in button.toolTip()
    action("filter_none").trigger()
    action("filter_notch_off").trigger()
    qtbot.waitUntil(lambda: paper.filter_readout == "No filter")
    assert np.array_equal(shown(program), recorded)


@pytest.mark.parametrize("name", ["st", "notch_60"])
def test_every_filter_of_the_menu_reaches_the_paper(qtbot: QtBot, make_program, demo: Path, name: str) -> None:
    program = make_program()
    open_record(qtbot, program, demo / "00262_hr.hea")
    program.window.action(f"filter_{name}").trigger()
    record, chosen = program.session.record, {**FILTERS, **NOTCHES}[name]
    assert record is not None
    expected = chosen.apply(record.read(), 500)[1, 500:4501]
    qtbot.waitUntil(lambda: program.window.paper.filter_readout.startswith(chosen.name))
    assert np.allclose(shown(program), expected, atol=1e-6)


def test_the_tool_bar_offers_the_same_filters(qtbot: QtBot, make_program, demo: Path) -> None:
    program = make_program()
    open_record(qtbot, program, demo / "00262_hr.hea")
    menu = program.window.tool_bar.filter.menu()
    offered = {action.objectName(): action for action in menu.actions() if not action.isSeparator()}
    assert list(offered) == [spec.id for spec in FilterFeature.actions]
    offered["filter_st"].trigger()
    qtbot.waitUntil(lambda: program.window.paper.filter_readout == "0.05–40 Hz (not diagnostic)")


def test_the_model_gets_the_record_as_read_whatever_filter_is_on(
    qtbot: QtBot, make_program, fake_scorer, demo: Path
) -> None:
    given: list[NDArray[np.float32]] = []
    assess = fake_scorer.assess

    def assess_and_keep(record: EcgRecord, *asked: object) -> object:
        given.append(record.read())
        return assess(record, *asked)

    fake_scorer.assess = assess_and_keep
    program = make_program(fake_scorer)
    for name in ("monitor", "st", "diagnostic"):
        program.session.view.filter.choose_band(name)
    program.session.view.filter.choose_notch("notch_50")
    open_record(qtbot, program, demo / "00262_hr.hea")
    qtbot.waitUntil(lambda: len(given) == 1)
    program.session.assess()
    qtbot.waitUntil(lambda: len(given) == 2)
    recorded = read_record(demo / "00262_hr.hea").read()
    assert program.window.paper.filter_readout != "No filter"
    assert all(np.array_equal(samples, recorded) for samples in given)


def test_what_the_sampling_rate_cannot_carry_is_disabled_with_the_reason(
    qtbot: QtBot, make_program, write_record
) -> None:
    program = make_program()
    open_record(qtbot, program, write_record("slow", rate=100))
    action = program.window.action
    enabled = {spec.id for spec in FilterFeature.actions if action(spec.id).isEnabled()}
    assert enabled == {"filter_none", "filter_st", "filter_monitor", "filter_notch_off"}
    assert "(not at 100 Hz)" in action("filter_diagnostic").text()
    assert "needs at least 334 samples a second" in action("filter_diagnostic").toolTip()
    open_record(qtbot, program, write_record("fast", rate=500))
    qtbot.waitUntil(action("filter_diagnostic").isEnabled)
    assert action("filter_diagnostic").text() == "0.05–150 Hz diagnostic"


def test_a_filter_that_the_next_record_cannot_carry_is_not_claimed(qtbot: QtBot, make_program, write_record) -> None:
    program = make_program()
    open_record(qtbot, program, write_record("fast", rate=500))
    program.window.action("filter_diagnostic").trigger()
    paper = program.window.paper
    qtbot.waitUntil(lambda: paper.filter_readout == "0.05–150 Hz diagnostic")
    open_record(qtbot, program, write_record("slow", rate=100))
    qtbot.waitUntil(lambda: paper.filter_readout == "No filter")
    assert "needs at least 334" in program.window.tool_bar.filter.toolTip()


def long_record(duration_s: float = 400.0, rate: int = 250) -> EcgRecord:
    generator = np.random.default_rng(5)
    walk = np.cumsum(generator.normal(0, 0.01, (1, round(duration_s * rate))), axis=1).astype(np.float32)
    return EcgRecord(
        "walk", rate, walk.shape[1], ("II",), Source((), "test"), lambda start, end: walk[:, start:end]
    )


def test_pieces_of_a_long_record_meet_without_a_step() -> None:
    record, chain = long_record(), FilterChain((FILTERS["st"],))
    whole = chain.apply(record.read(), 250)
    store = TraceStore(record)
    for index in range(-(-record.n_samples // BLOCK_BINS)):
        store.add(BlockKey(1, index), read_block(record, BlockKey(1, index), chain))
    gathered = store.gather(0, record.n_samples, 1)
    assert gathered.complete
    assert np.abs(gathered.traces.low - whole).max() < 0.01
    borders = np.arange(BLOCK_BINS, record.n_samples, BLOCK_BINS)
    steps = np.diff(gathered.traces.low - whole, axis=1)[0, borders - 1]
    assert np.abs(steps).max() < 0.01


def test_the_old_traces_stay_until_the_new_ones_are_there(qtbot: QtBot) -> None:
    chosen = DisplayFilter()
    source = TraceSource(None, chosen)
    try:
        source.open(long_record())
        with qtbot.waitSignal(source.arrived):
            source.want(0, 10, 1)
        before = source.store
        with qtbot.waitSignal(source.replaced):
            chosen.choose_band("st")
            assert source.store is before
            assert source.is_refiltering
            assert source.chain.name == "No filter"
        assert source.store is not before
        assert source.chain.name == "0.05–40 Hz"
        assert not source.is_refiltering
    finally:
        source.close()
