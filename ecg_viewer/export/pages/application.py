"""An application for drawing where there is no window."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def start_drawing() -> QGuiApplication:
    """The running application, or a new one: fonts need it. Keep it as long as something is drawn."""
    existing = QGuiApplication.instance()
    if isinstance(existing, QGuiApplication):
        return existing
    global _application  # noqa: PLW0603  # Qt's own objects die with the reference
    _application = QGuiApplication(["ecg-viewer"])
    return _application


_application: QGuiApplication | None = None
