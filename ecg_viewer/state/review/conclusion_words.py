"""Sentences about a conclusion, which is a reviewer's and never the program's."""

from __future__ import annotations

from ecg_viewer.state.review.review import Conclusion
from ecg_viewer.state.words.language import tr


def conclusion_sentence(conclusion: Conclusion) -> str:
    """`Conclusion (Ann, 2026-11-30 14:05 UTC): …`."""
    return tr("Conclusion ({author}): {text}").format(author=author_text(conclusion), text=conclusion.text)


def author_text(conclusion: Conclusion) -> str:
    """Who wrote it and when: `Ann, 2026-11-30 14:05 UTC`."""
    day, _, time = conclusion.at.partition("T")
    when = f"{day} {time[:5]} UTC" if time else day
    return ", ".join(part for part in (conclusion.reviewer, when) if part)
