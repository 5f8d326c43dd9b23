"""The limits of what is listed as an episode, all in one place."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from ecg_viewer.qt.widgets.decimal_box import DecimalBox
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.holter.holter_words import LIMIT_WORDS
from ecg_viewer.state.words.language import tr
from mmae_core.errors import ConfigError
from mmae_core.holter.limits import HolterLimits


class LimitsDialog(QDialog):
    """Asks for limits; `limits` has those that were accepted."""

    def __init__(self, limits: HolterLimits, parent: QWidget) -> None:
        super().__init__(parent)
        set_texts(self, window_title="Limits of episodes")
        self.limits = limits
        self.boxes: dict[str, DecimalBox] = {}
        form = QFormLayout()
        for name, (label, unit, decimals, least, most) in LIMIT_WORDS.items():
            box = DecimalBox()
            box.setDecimals(decimals)
            box.setRange(least, most)
            box.setSingleStep(10.0**-decimals)
            box.setValue(float(getattr(limits, name)))
            if unit:
                box.setSuffix(f" {unit}")
            box.setAccessibleName(tr(label))
            form.addRow(set_texts(PlainLabel(), text=label), box)
            self.boxes[name] = box
        note = set_texts(PlainLabel(),
                         text="Limits say what is listed, not what is ill. Their sources are in the guide.")
        note.setObjectName("quiet")
        note.setWordWrap(True)
        self.problem = PlainLabel()
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
                                        | QDialogButtonBox.StandardButton.RestoreDefaults)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).clicked.connect(self._restore)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        for widget in (note, self.problem, self.buttons):
            layout.addWidget(widget)

    def _restore(self) -> None:
        usual = HolterLimits()
        for name, box in self.boxes.items():
            box.setValue(float(getattr(usual, name)))

    def _accept(self) -> None:
        try:
            self.limits = self.limits.with_values({name: box.value() for name, box in self.boxes.items()})
        except ConfigError:
            self.problem.setText(tr("Slow must be less than fast."))
            self.problem.show()
            return
        self.accept()
