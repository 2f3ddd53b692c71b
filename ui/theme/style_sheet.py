"""From the colour table to the one style sheet: only what Qt's own widgets need, the rest is painted.

Every rule has a selector: a bare declaration would cascade into the buttons inside. A radius stays
below half the height, or Qt draws square corners.
"""

from string import Template

from ui.theme.tokens import Tokens

_SHEET = Template("""
QLabel[tone="text2"] { color: $text2; }
QLabel[tone="text3"] { color: $text3; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="violet"] { color: $violet; }
QLabel[tone="on_call_bar"] { color: $on_call_bar; }
QLabel[tone="on_call_bar2"] { color: $on_call_bar2; }
QLabel[tone="on_toast"] { color: $on_toast; }

QFrame[kind="bg"] { background: $bg; }
QFrame[kind="surface"] { background: $surface; }
QFrame[kind="rail"] { background: $rail; }
QFrame[kind="sunk"] { background: $sunk; border-radius: 8px; }
QFrame[kind="call_bar"] { background: $call_bar; }
QFrame[kind="call_bar_round"] { background: $call_bar; border-radius: 10px; }
QFrame[kind="card"] { background: $surface; border: 1px solid $border; border-radius: 10px; }
QFrame[kind="card_lit"] { background: $accent_soft; border: 2px solid $accent; border-radius: 10px; }
QFrame[kind="card"][focused="true"] { border: 2px solid $accent; }
QFrame[kind="note"] { background: $warn_soft; border: 1px solid $border; border-radius: 10px; }
QFrame[kind="toast"] { background: $toast; border-radius: 10px; }
QFrame[kind="hairline"] { background: $border; }
QFrame[kind="line"] { background: $line; }

QLineEdit, QPlainTextEdit, QTextEdit, QDateTimeEdit {
  background: $surface; color: $text; border: 1px solid $edge; border-radius: 8px;
  selection-background-color: $primary; selection-color: $on_primary;
}
QLineEdit { padding: 0 10px; lineedit-password-character: 8226; }
QPlainTextEdit, QTextEdit { padding: 4px 10px; }
QDateTimeEdit { padding: 0 11px; }
QDateTimeEdit::up-button, QDateTimeEdit::down-button { width: 0; height: 0; border: 0; }
QLineEdit:disabled, QPlainTextEdit:disabled, QDateTimeEdit:disabled {
  background: $sunk; color: $text3; border-color: $border;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QDateTimeEdit:focus { border: 2px solid $accent; }
QLineEdit:focus { padding: 0 9px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 9px; }
QDateTimeEdit:focus { padding: 0 10px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QDateTimeEdit[wrong="true"] { border-color: $bad; }
QLineEdit[quiet="true"] { background: $sunk; border-color: $border; }
QLineEdit[quiet="true"]:focus { background: $surface; border-color: $accent; }
QLineEdit[bare="true"], QPlainTextEdit[bare="true"], QLineEdit[bare="true"]:focus,
QPlainTextEdit[bare="true"]:focus, QTextEdit[bare="true"],
QTextEdit[bare="true"]:focus { background: transparent; border: 0; padding: 0; }

QScrollArea, QListView, QTreeView, QTableView { background: transparent; border: 0; outline: 0; }
QTableView { gridline-color: transparent; }
QHeaderView { background: transparent; }
QHeaderView::section {
  background: transparent; color: $text3; border: 0; border-bottom: 1px solid $line; padding: 0 8px;
}

QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $border; border-radius: 3px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $surface; color: $text; border: 1px solid $border; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 6px 12px 6px 10px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $accent; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: 6px 4px; }
QMenu::icon { padding-left: 8px; }
QToolTip { background: $toast; color: $on_toast; border: 0; padding: 5px 8px; }
""")


def make_style_sheet(tokens: Tokens) -> str:
    """Return the application's style sheet for a colour table."""
    return _SHEET.substitute({name: getattr(tokens, name) for name in tokens.__dataclass_fields__})
