"""What a screen is called in the settings, so that a calibration belongs to one screen only."""

from __future__ import annotations

from PySide6.QtGui import QScreen


def screen_key(screen: QScreen) -> str:
    """Connector, maker, model, serial number and size: tells apart two screens of one model side by side.

    Screens that report no serial number differ by their connector.
    """
    size_mm, size_px, ratio = screen.physicalSize(), screen.size(), screen.devicePixelRatio()
    parts = (
        screen.name(),
        screen.manufacturer(),
        screen.model(),
        screen.serialNumber(),
        f"{size_mm.width():.0f}x{size_mm.height():.0f} mm",
        f"{round(size_px.width() * ratio)}x{round(size_px.height() * ratio)} px",
        f"scaled {ratio:g}",
    )
    return "; ".join(part.strip() for part in parts)
