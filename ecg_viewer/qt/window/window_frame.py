"""The window's layout: list at the left, paper with strips in the middle, findings and tabs at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from ecg_viewer.qt.host import Frame
from ecg_viewer.qt.paper.heat_legend import HeatLegend
from ecg_viewer.qt.paper.layer_legend import LayerLegend
from ecg_viewer.qt.widgets.side_column import SideColumn
from ecg_viewer.qt.widgets.translated_texts import set_texts

RECORDS_WIDTH = 230
SIDE_WIDTH = 336
NARROW_SIDE_WIDTH = 280
LOW_PX = 700
"""In a frame lower than this, the legend leaves out the pattern of what is unreliable."""
LOW_LAYERS_PX = 800
"""In a frame lower than this, what the layers cannot detect stands beside them, cut short."""
MIN_TABS_PX, MIN_TABS_SHARE = 300.0, 0.42
"""Room for the tabs at the right: as much as the summary's first lines and its bars need; of a low window less, as the
legend takes its part and the list of findings comes first."""
NARROW_PX = 1150
"""A window narrower than this starts without the list of recordings: the ECG comes first."""


class WindowFrame(Frame):
    """The window's central widget; knows positions, not contents."""

    def __init__(
        self,
        bars: tuple[QWidget, ...],
        paper: QWidget,
        empty_state: QWidget,
        records_panel: QWidget,
        findings_panel: QWidget,
        legend: HeatLegend,
    ) -> None:
        """`bars` are messages above everything in the middle."""
        super().__init__(Qt.Orientation.Horizontal)
        self.records_wanted = self.findings_wanted = True
        self._legend = legend
        self._layer_legend: LayerLegend | None = None
        self.records_panel = records_panel
        self.findings_panel = findings_panel
        self.centre = QSplitter(Qt.Orientation.Horizontal)
        """The paper; further papers stand beside it."""
        self.centre.addWidget(paper)
        self.centre.setChildrenCollapsible(False)
        self._top_strips, self._bottom_strips = QVBoxLayout(), QVBoxLayout()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._record_page())
        self._pages.addWidget(empty_state)
        self.side_tabs = QTabWidget()
        set_texts(self.side_tabs, name="About the recording")
        self.side_tabs.setObjectName("sideTabs")
        self.side_tabs.setDocumentMode(True)
        self._tab_titles: list[str] = []
        self._columns: dict[str, SideColumn] = {}
        self._strips: list[tuple[QWidget, QWidget]] = []
        """Holders of strips, with the strips: a holder can be hidden whatever its strip does."""
        self.cover_panel: QWidget | None = None
        self._beside: list[QWidget] = []
        """Further papers that are hidden while everything is covered."""
        self._covered_records: QWidget | None = None
        self._parking = QWidget(paper)
        """Holds the list of recordings that is not shown."""
        self._parking.hide()
        self._side = QSplitter(Qt.Orientation.Vertical)
        self.right = self._right_column(legend)
        self.setHandleWidth(1)
        for widget in (records_panel, self._middle(bars), self.right):
            self.addWidget(widget)
        self.setStretchFactor(1, 1)
        self.setCollapsible(1, False)
        self.setSizes([RECORDS_WIDTH, 1000, SIDE_WIDTH])

    @property
    def side(self) -> QSplitter:
        """Findings above, tabs below."""
        return self._side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window, shrink the legend and the findings to keep room for the summary."""
        super().resizeEvent(event)
        height = self.height()
        self._legend.set_compact(height < LOW_PX)
        if self._layer_legend is not None:
            self._layer_legend.set_compact(height < LOW_LAYERS_PX)
        self.side_tabs.setMinimumHeight(round(min(MIN_TABS_PX, MIN_TABS_SHARE * height)))

    def add_side_tab(self, widget: QWidget, title: str) -> None:
        """Put a panel beside the summary; `title` is English."""
        self.side_tabs.addTab(widget, "")
        self._tab_titles.append(title)
        set_texts(self.side_tabs, tabs=self._tab_titles)

    def add_side_panel(self, panel: QWidget, title: str) -> None:
        """Put a panel into the scrolling side tab of that English title, below those that are there."""
        if title not in self._columns:
            self._columns[title] = SideColumn(title)
            self.add_side_tab(self._columns[title], title)
        self._columns[title].add_panel(panel)


    def show_empty(self, is_empty: bool) -> None:
        """Show the empty state in the place of paper and strips."""
        self._pages.setCurrentIndex(1 if is_empty else 0)

    def add_strip(self, widget: QWidget, *, top: bool) -> None:
        """Put a strip as wide as the paper above it, or below it."""
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)
        self._strips.append((holder, widget))
        (self._top_strips if top else self._bottom_strips).addWidget(holder)
        holder.setVisible(self.cover_panel is None or getattr(widget, "shown_blind", False))

    def cover(self, panel: QWidget | None) -> None:
        """Show `panel` in place of the right column, and the paper alone with strips that declare `shown_blind`; None:
        everything again.
        """
        if self.cover_panel is not None:
            self.cover_panel.hide()
        self.cover_panel = panel
        self._content.setVisible(panel is None)
        if panel is not None:
            layout = self.right.layout()
            assert isinstance(layout, QVBoxLayout), "made so"
            if panel.parent() is not self.right:
                layout.insertWidget(0, panel, 1)
            panel.show()
        for holder, strip in self._strips:
            holder.setVisible(panel is None or getattr(strip, "shown_blind", False))
        self._show_beside(panel is None)

    def cover_records(self, panel: QWidget | None) -> None:
        """Show `panel` in place of the list of recordings; None: the list again."""
        if panel is None and self._covered_records is None:
            return
        old, sizes = self.records_panel, self.sizes()
        if panel is not None:
            new = panel
            if self._covered_records is None:
                self._covered_records = old
        else:
            assert self._covered_records is not None, "asked above"
            new, self._covered_records = self._covered_records, None
        if new is old:
            return
        was_hidden = old.isHidden()
        self.replaceWidget(self.indexOf(old), new)
        old.setParent(self._parking)  # Qt leaves it without a parent: it would outlive the window
        old.hide()
        new.setHidden(was_hidden)
        self.records_panel = new
        self.setSizes(sizes if self.isVisible() else [RECORDS_WIDTH, 1000, SIDE_WIDTH])

    def _show_beside(self, shown: bool) -> None:
        if shown:
            for widget in self._beside:
                widget.show()
            self._beside = []
            return
        others = (self.centre.widget(place) for place in range(1, self.centre.count()))
        self._beside = [widget for widget in others if widget is not None and not widget.isHidden()]
        for widget in self._beside:
            widget.hide()

    def add_heading(self, widget: QWidget) -> None:
        """Put a line above the findings and the tabs, which says whose they are."""
        self._content_layout.insertWidget(0, widget)

    def add_above_legend(self, legend: LayerLegend) -> None:
        """Put the layers' legend above that of the colours; it shrinks with it in a low window."""
        self._content_layout.insertWidget(self._content_layout.count() - 1, legend)
        self._layer_legend = legend

    def set_records_panel(self, panel: QWidget) -> None:
        """Put another list of recordings at the left."""
        old, self.records_panel = self.records_panel, panel
        self.replaceWidget(0, panel)
        old.deleteLater()

    def set_findings_panel(self, panel: QWidget) -> None:
        """Put another list of findings at the top right."""
        old, self.findings_panel = self.findings_panel, panel
        self._side.replaceWidget(0, panel)
        old.deleteLater()

    def leave_room_for_paper(self, width: int) -> None:
        """Hide the list and narrow the right column of a window `width` pixels wide."""
        self.records_panel.hide()
        self.records_wanted = False
        self.panels_changed.emit()
        self.setSizes([0, width - NARROW_SIDE_WIDTH, NARROW_SIDE_WIDTH])

    def show_records(self) -> None:
        """Show the list of recordings."""
        self.records_panel.show()
        self.records_wanted = True
        self.panels_changed.emit()

    def toggle_records(self) -> None:
        """Show or hide the list of recordings."""
        self.records_wanted = self._toggle(self.records_panel)
        self.panels_changed.emit()

    def toggle_findings(self) -> None:
        """Show or hide the right column."""
        self.findings_wanted = self._toggle(self.right)
        self.panels_changed.emit()

    def _toggle(self, panel: QWidget) -> bool:
        """Returns whether the panel is shown now."""
        panel.setVisible(panel.isHidden())
        if panel.isVisible():
            self._make_room(panel)
        return not panel.isHidden()

    def _make_room(self, panel: QWidget) -> None:
        """Give a column that is shown again a width, if a small window had taken it away."""
        sizes, index = self.sizes(), self.indexOf(panel)
        wanted = RECORDS_WIDTH if index == 0 else SIDE_WIDTH
        if sizes[index] < wanted // 2:
            sizes[1] = max(sizes[1] + sizes[index] - wanted, 1)
            sizes[index] = wanted
            self.setSizes(sizes)

    def _record_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        for part in (layout, self._top_strips, self._bottom_strips):
            part.setContentsMargins(0, 0, 0, 0)
            part.setSpacing(0)
        layout.addLayout(self._top_strips)
        layout.addWidget(self.centre, 1)
        layout.addLayout(self._bottom_strips)
        return page

    def _middle(self, bars: tuple[QWidget, ...]) -> QWidget:
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for bar in bars:
            layout.addWidget(bar)
        layout.addWidget(self._pages, 1)
        return middle

    def _right_column(self, legend: HeatLegend) -> QWidget:
        self._side.addWidget(self.findings_panel)
        self._side.addWidget(self.side_tabs)
        self._side.setStretchFactor(0, 4)
        self._side.setStretchFactor(1, 3)
        self._side.setSizes([400, 300])
        self._side.setChildrenCollapsible(False)
        self._side.setHandleWidth(1)
        right = QWidget()
        right.setObjectName("panel")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QVBoxLayout(right)
        self._content = QWidget()
        whole.addWidget(self._content, 1)
        self._content_layout = layout = QVBoxLayout(self._content)
        for part in (whole, layout):
            part.setContentsMargins(0, 0, 0, 6 if part is layout else 0)
            part.setSpacing(0)
        layout.addWidget(self._side, 1)
        layout.addSpacing(6)
        layout.addWidget(legend)
        return right
