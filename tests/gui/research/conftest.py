from __future__ import annotations

import pytest

from ecg_viewer.qt.research.compare_feature import CompareFeature


@pytest.fixture
def second_scorer(fake_scorer: object, monkeypatch: pytest.MonkeyPatch) -> object:
    """The second side's model, which is never the first one's."""
    monkeypatch.setattr(CompareFeature, "make_scorer", lambda device: fake_scorer)
    return fake_scorer
