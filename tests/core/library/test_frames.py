"""Tables and pictures of a score."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import mmae_core
from mmae_core import ConfigError, EcgError, EcgScore
from mmae_core.resources import resource


@pytest.fixture(scope="module")
def result() -> EcgScore:
    return mmae_core.score(resource("demo", "00170_hr.hea"))


def test_a_row_for_each_window_lead_finding_and_sample(result: EcgScore) -> None:
    windows = result.to_frame()
    assert len(windows) == 1
    assert windows.loc[0, "score"] == result.score
    assert windows.loc[0, "percentile"] == result.percentile
    leads = result.to_frame("leads")
    assert list(leads["lead"]) == list(mmae_core.STANDARD_LEADS)
    findings = result.to_frame("findings")
    assert len(findings) == len(result.findings)
    assert set(findings["finding"]) == {str(fact.title) for fact in result.facts}
    samples = result.to_frame("samples")
    np.testing.assert_array_equal(samples["V1"].to_numpy(), result.map[6])
    assert samples.index[500] == 1.0
    with pytest.raises(ConfigError, match="choose windows, leads, findings or samples"):
        result.to_frame("beats")  # type: ignore[arg-type]


def test_the_picture_is_labelled_and_says_what_it_is_for(result: EcgScore) -> None:
    figure = result.plot(2.0, 3.0)
    texts = [text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))]
    said = "\n".join(texts)
    for words in ("Time in s", "V1\nmV", "share of normal 10-s ECGs\nwithout", "Research use only", "percentile"):
        assert words in said
    assert [round(end, 1) for end in figure.axes[0].get_xlim()] == [2.0, 5.0]
    shown = figure.axes[0].lines[0].get_ydata()
    np.testing.assert_array_equal(shown, result.record.read(1000, 2500)[0])
    heat = figure.axes[6].images[1].get_array()
    np.testing.assert_array_equal(np.ma.filled(heat, 0)[0] >= 90, result.map[6, 1000:2500] >= 90)


def test_a_stretch_outside_the_recording_cannot_be_shown(result: EcgScore) -> None:
    with pytest.raises(ConfigError, match=r"The maps hold 0 s to 10 s"):
        result.plot(20.0)


def test_without_matplotlib_a_sentence_says_what_to_install(
    result: EcgScore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("matplotlib", "matplotlib.cm", "matplotlib.colors", "matplotlib.figure"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(EcgError, match=r"pip install 'mmae-core\[plot\]'"):
        result.plot()


def test_a_notebook_shows_a_table_in_which_names_are_no_markup(result: EcgScore) -> None:
    shown = mmae_core.score(result.record.read(), 500, result.record.lead_names, name="<b>x</b>")._repr_html_()
    assert "&lt;b&gt;x" in shown
    assert "Research use only" in shown
    assert f"<EcgScore of {result.record.name}: score " in repr(result)
