"""The page on filters says what the filters do today."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import numpy as np

REPOSITORY = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("filter_page_script", REPOSITORY / "packaging" / "filter_page.py")
assert spec is not None
assert spec.loader is not None
script = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = script
spec.loader.exec_module(script)


def test_the_page_and_its_picture_are_those_of_the_filters() -> None:
    again = "the filters have changed: python packaging/filter_page.py"
    assert script.PAGE.read_text(encoding="utf-8") == script.page(), again
    drawn, kept = (np.array([float(item) for item in re.findall(r"-?\d+(?:\.\d+)?", text)])
                   for text in (script.picture(), script.PICTURE.read_text(encoding="utf-8")))
    assert drawn.shape == kept.shape, again
    assert np.abs(drawn - kept).max() < 0.5, again


def test_the_page_names_every_filter_of_the_menu_and_what_fails() -> None:
    text = script.PAGE.read_text(encoding="utf-8")
    for item in script.filters():
        assert f"| {item.title} |" in text
        row = re.search(rf"\| {re.escape(item.title)} \| [\d.]+ mV \|.*", text)
        assert row is not None
        assert ("not to be read" in row[0]) is item.moves_st
