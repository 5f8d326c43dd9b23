"""A number typed with a comma or a point is the number meant, whatever the language and whatever the system's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.preferences.preference_controls import NumberControl
from ecg_viewer.qt.research.compare_bar import CompareBar
from ecg_viewer.qt.review.review_dialogs import FindingDialog
from ecg_viewer.qt.widgets.decimal_box import DecimalBox
from ecg_viewer.qt.worklist.filter_bar import FilterBar
from ecg_viewer.state.preferences import PREFERENCES, ControlKind
from ecg_viewer.state.settings import SettingsFile
from ecg_viewer.state.words.numbers import set_number_style
from ecg_viewer.state.worklist.filters import WorklistFilter


@pytest.fixture(params=["C", "de_DE"])
def system(request: pytest.FixtureRequest) -> Iterator[str]:
    """What Qt takes for the system's way of writing numbers."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.fixture(params=["en", "de"])
def sign(request: pytest.FixtureRequest) -> Iterator[str]:
    """What the program's language writes before decimals."""
    set_number_style(request.param)
    yield {"en": ".", "de": ","}[request.param]
    set_number_style("en")


def typed(box: DecimalBox, text: str) -> str:
    """What stands in `box` once `text` was typed over it."""
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)
    return box.text()


@pytest.mark.parametrize(("text", "value"), [
    ("0,5", 0.5), ("0.5", 0.5), ("3.5", 3.5), ("-0,25", -0.25), ("1234,5", 1234.5), ("1234.5", 1234.5), ("7", 7.0),
    ("1,,5", 1.5), ("1,234", 1.234), ("1.234", 1.234), ("1.2,3", 1.23),
])
def test_a_comma_and_a_point_both_begin_the_decimals(
    qtbot: QtBot, system: str, sign: str, text: str, value: float
) -> None:
    box = DecimalBox()
    qtbot.addWidget(box)
    box.setDecimals(3)
    box.setRange(-90_000, 90_000)
    box.setSuffix(" s, of all")
    box.setPrefix("ca. ")
    assert typed(box, text) == f"ca. {value:.3f} s, of all".replace(f"{value:.3f}", f"{value:.3f}".replace(".", sign))
    assert box.value() == value


def test_a_number_with_two_signs_is_refused_whole(qtbot: QtBot, system: str, sign: str) -> None:
    box = DecimalBox()
    qtbot.addWidget(box)
    box.setMaximum(90_000)
    box.setValue(7)
    box.lineEdit().selectAll()
    for text in ("1.234,5", "1,234.5"):
        box.lineEdit().insert(text)
        assert box.value() == 7


def test_every_field_reads_both(qtbot: QtBot, system: str, sign: str) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = FindingDialog(("I", "V3"), ("V3",), (1.0, 9.0), 10.0, "", (), host)
    saved: list[tuple[object, ...]] = []
    dialog.given.connect(lambda *given: saved.append(given))
    for text, start_s in (("0,5", 0.5), ("3.5", 3.5)):
        assert typed(dialog.start, text) == f"{start_s:.3f} s".replace(".", sign)
    typed(dialog.end, "4,25")
    dialog.accept()
    assert saved[-1][:3] == (("V3",), 3.5, 4.25)
    bar = CompareBar(host)
    assert typed(bar.offset, "-0,5") == f"-0{sign}500 s"
    assert bar.offset.value() == -0.5
    filters = FilterBar(host)
    asked: list[WorklistFilter] = []
    filters.changed.connect(asked.append)
    for text in ("97,5", "98.5"):
        typed(filters.percentile, text)
    assert [found.min_percentile for found in asked] == [97.5, 98.5]
    number = NumberControl(next(item for item in PREFERENCES if item.kind is ControlKind.NUMBER))
    number.widget.setParent(host)
    chosen: list[object] = []
    number.chosen.connect(lambda _, value: chosen.append(value))
    for text in ("97,5", "98.5"):
        typed(number.box, text)
        assert chosen[-1] == float(text.replace(",", "."))


def test_numbers_that_stand_in_the_window_change_with_the_language(
    make_program: Callable[..., Program], tmp_path: Path
) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    settings.change(language="en")
    window = make_program(settings=settings).window
    bar = window.findChild(FilterBar)
    assert isinstance(bar, FilterBar)
    box = bar.percentile
    box.setValue(97.5)
    try:
        settings.change(language="de")
        assert (box.text(), box.value()) == ("97,5", 97.5)
        box.setValue(box.minimum())
        assert box.text() == "beliebig"
        assert typed(box, "98.5") == "98,5"
    finally:
        settings.change(language="en")
    assert (box.text(), box.value()) == ("98.5", 98.5)
