"""Light and dark colours of everything around the paper; follows the system unless the user chose one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ecg_viewer.render import theme as paper_theme
from ecg_viewer.state.settings import Theme
from mmae_core.errors import MissingResource
from mmae_core.resources import resource


@dataclass(frozen=True)
class Chrome:
    """Colours of windows, lists and bars as `#rrggbb`. Text reaches a contrast of 7:1, quiet text 4.5:1."""

    window: str
    panel: str
    """Lists, tables, input fields."""
    alternate: str
    text: str
    quiet: str
    disabled: str
    line: str
    accent: str
    """Selection and focus."""
    accent_text: str
    bar: str
    """Bars of length: the model's colour, lighter."""
    track: str
    notice: str
    notice_line: str
    error: str
    error_line: str
    badge: str
    badge_text: str


LIGHT = Chrome(
    window="#f3f4f6", panel="#ffffff", alternate="#f7f8fa", text="#1b1e23", quiet="#596170", disabled="#9aa1ac",
    line="#d5d9df", accent="#24588c", accent_text="#ffffff", bar="#8467a6", track="#e7e9ee",
    notice="#eaf1f8", notice_line="#9dbbd8", error="#fdf0e3", error_line="#d99a55",
    badge="#3b3f47", badge_text="#ffffff",
)
DARK = Chrome(
    window="#1b1f24", panel="#14171b", alternate="#191d22", text="#e6ebf0", quiet="#a3adb7", disabled="#666f79",
    line="#343b43", accent="#2f6ba3", accent_text="#ffffff", bar="#a78bcb", track="#2a3037",
    notice="#1e2a36", notice_line="#3f5f7d", error="#35291a", error_line="#96692f",
    badge="#d5dae0", badge_text="#14171b",
)


HIGH_CONTRAST = Chrome(
    window="#ffffff", panel="#ffffff", alternate="#f2f2f2", text="#000000", quiet="#333333", disabled="#6b6b6b",
    line="#000000", accent="#003f8a", accent_text="#ffffff", bar="#4a0080", track="#dcdcdc",
    notice="#ffffff", notice_line="#003f8a", error="#ffffff", error_line="#8a3a00",
    badge="#000000", badge_text="#ffffff",
)
_PAPERS = {LIGHT: paper_theme.PAPER, DARK: paper_theme.DARK, HIGH_CONTRAST: paper_theme.HIGH_CONTRAST}


class ThemeKeeper(QObject):
    """Keeps the application in the chosen colours."""

    changed = Signal()

    def __init__(self, app: QApplication, theme: Theme = "system") -> None:
        super().__init__(app)
        self._app = app
        self._theme: Theme = theme
        self.chrome = LIGHT
        if not app.styleSheet():  # with one, an earlier keeper has set the style as well
            app.setStyle("Fusion")
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self._apply()

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def is_dark(self) -> bool:
        return self.chrome is DARK

    @property
    def paper(self) -> paper_theme.Theme:
        """The colours of the paper that belong to those of the window."""
        return _PAPERS[self.chrome]

    def choose(self, theme: Theme) -> None:
        """Use `theme` from now on."""
        self._theme = theme
        self._apply()

    def _follow(self, _hint: object) -> None:
        if self._theme == "system":
            self._apply()

    def _apply(self) -> None:
        self.chrome = _system_chrome() if self._theme == "system" else _CHROMES[self._theme]
        sheet = _style_sheet(self.chrome)
        if sheet != self._app.styleSheet():  # setting it lays every widget out anew
            self._app.setPalette(_palette(self.chrome))
            self._app.setStyleSheet(sheet)
        self.changed.emit()


_CHROMES = {"light": LIGHT, "dark": DARK, "high-contrast": HIGH_CONTRAST}


def _system_chrome() -> Chrome:
    """The system's colours; high contrast takes precedence over dark."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def _palette(chrome: Chrome) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for key, colour in {
        role.Window: chrome.window, role.WindowText: chrome.text, role.Base: chrome.panel,
        role.AlternateBase: chrome.alternate, role.Text: chrome.text, role.Button: chrome.window,
        role.ButtonText: chrome.text, role.ToolTipBase: chrome.panel, role.ToolTipText: chrome.text,
        role.Highlight: chrome.accent, role.HighlightedText: chrome.accent_text, role.PlaceholderText: chrome.quiet,
        role.Link: chrome.accent, role.Mid: chrome.line, role.Dark: chrome.line, role.Accent: chrome.accent,
    }.items():
        palette.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, key, QColor(chrome.disabled))
    return palette


def _tick(chrome: Chrome) -> str:
    """The check mark, in a colour that is seen on the accent; an incomplete installation has the filled box only."""
    try:
        tick = resource("icons", f"tick-{chrome.accent_text[1:]}.svg", package="ecg_viewer")
        return f"image: url({tick.as_posix()});"
    except MissingResource:
        return ""


def _style_sheet(chrome: Chrome) -> str:
    """Only what the palette cannot say: lines, paddings, the focus frame, and the parts named here."""
    return f"""
    QToolBar {{ border: 0; border-bottom: 1px solid {chrome.line}; padding: 3px 6px; spacing: 4px; }}
    QToolBar QToolButton {{ padding: 4px 3px; border: 1px solid transparent; border-radius: 4px; }}
    QToolBar QToolButton[popupMode="2"] {{ padding-right: 9px; }}
    QToolBar QToolButton#iconButton {{ padding: 3px; }}
    QToolBar QToolButton#iconButton:checked {{ background: {chrome.notice}; padding: 2px;
        border: 2px solid {chrome.accent}; }}
    QToolBar QToolButton:hover {{ background: {chrome.track}; }}
    QToolBar QToolButton:checked {{ background: {chrome.track}; border-color: {chrome.line}; }}
    QToolBar QToolButton:pressed {{ background: {chrome.line}; }}
    QToolBar QToolButton:focus, QPushButton:focus, QComboBox:focus {{ border: 1px solid {chrome.accent}; }}
    QToolBar QToolButton:disabled {{ color: {chrome.disabled}; }}
    QToolBar::separator {{ background: {chrome.line}; width: 1px; margin: 4px 4px; }}
    QSplitter::handle {{ background: {chrome.line}; }}
    QStatusBar {{ border-top: 1px solid {chrome.line}; }}
    QStatusBar::item {{ border: 0; }}
    QTableView, QListView {{ border: 1px solid transparent; background: {chrome.panel};
        alternate-background-color: {chrome.alternate}; }}
    QTableView:focus, QListView:focus {{ border: 1px solid {chrome.accent}; }}
    QTableView::item {{ padding: 0 8px; }}
    QTableView::item:selected {{ background: {chrome.accent}; color: {chrome.accent_text}; }}
    QHeaderView::section {{ background: {chrome.panel}; color: {chrome.quiet}; border: 0;
        border-bottom: 1px solid {chrome.line}; padding: 3px 8px; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {chrome.line}; min-height: 28px; border-radius: 4px; margin: 1px; }}
    QScrollBar::handle:vertical:hover {{ background: {chrome.disabled}; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
    QLineEdit {{ border: 1px solid {chrome.line}; border-radius: 4px; padding: 3px 6px; background: {chrome.panel}; }}
    QLineEdit:focus {{ border-color: {chrome.accent}; }}
    QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator {{ width: 13px; height: 13px;
        border: 1px solid {chrome.quiet}; background: {chrome.panel}; }}
    QCheckBox::indicator, QGroupBox::indicator {{ border-radius: 3px; }}
    QRadioButton::indicator {{ border-radius: 7px; }}
    QCheckBox::indicator:checked, QGroupBox::indicator:checked {{ background: {chrome.accent};
        border-color: {chrome.accent}; {_tick(chrome)} }}
    QRadioButton::indicator:checked {{ border: 4px solid {chrome.accent}; width: 7px; height: 7px;
        background: {chrome.accent_text}; }}
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {chrome.line}; }}
    QCheckBox:focus, QRadioButton:focus {{ text-decoration: underline; }}
    QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {chrome.accent}; }}
    #sideTabs QTabBar {{ font-size: 11px; }}
    #sideTabs QTabBar::tab {{ padding: 4px 4px; border: 0; border-bottom: 2px solid transparent;
        color: {chrome.quiet}; }}
    #sideTabs QTabBar::tab:selected {{ color: {chrome.text}; border-bottom-color: {chrome.accent}; }}
    #sideTabs QTabBar::tab:focus {{ background: {chrome.track}; }}
    QScrollArea {{ border: 0; }}
    QProgressBar {{ border: 0; border-radius: 3px; background: {chrome.track}; max-height: 6px; }}
    QProgressBar::chunk {{ border-radius: 3px; background: {chrome.accent}; }}
    #panel {{ background: {chrome.panel}; }}
    #panelTitle {{ color: {chrome.quiet}; font-weight: 600; padding: 7px 10px 4px 6px; }}
    #quiet {{ color: {chrome.quiet}; }}
    #caution {{ background: {chrome.notice}; border: 1px solid {chrome.notice_line}; border-radius: 3px;
        padding: 3px 5px; }}
    #headline {{ font-size: 15px; font-weight: 600; }}
    #recordName {{ font-size: 14px; font-weight: 600; }}
    #rule {{ background: {chrome.line}; }}
    #badge {{ background: {chrome.badge}; color: {chrome.badge_text}; font-weight: 600; padding: 2px 8px;
        border-radius: 3px; }}
    #messageBar[kind="notice"] {{ background: {chrome.notice}; border-bottom: 1px solid {chrome.notice_line}; }}
    #messageBar[kind="error"] {{ background: {chrome.error}; border-bottom: 1px solid {chrome.error_line}; }}
    """
