"""The palette (Ctrl+K): actions, cases and customers in one list, by keyboard."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QStyle, QStyleOptionViewItem, QWidget

from app.desk.commands import CommandRegistry, matching
from app.desk.palette import Palette, PaletteState, Scope
from ui.item_models.rows import RowsModel
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.card import hairline
from ui.widgets.dialog import Scrim
from ui.widgets.icon import Icon, KeyCap
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.painting import draw_box, draw_keycap, draw_shadow, key_text, keycap_size, make_painter
from ui.widgets.pill import Pill
from ui.widgets.rows import RowDelegate, RowList, draw_line
from ui.widgets.text import Text
from ui.widgets.wording import state_words

WIDTH = 720
_SHADOW = 24
_ROW, _HEAD = 36, 26


@dataclass(frozen=True, slots=True)
class Hit:
    """One line: a heading of a group, or something that Enter opens."""

    key: str
    title: str
    detail: str = ""
    icon: str = ""
    shortcut: str = ""
    run: Callable[[], None] | None = None


class HitDelegate(RowDelegate):
    """Paints headings small and hits with their keys."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        return QSize(200, theme().px(_ROW if hit.run else _HEAD))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        look = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        if hit.run is None:
            draw_line(painter, rect.adjusted(10, 4, 0, 0), hit.title.upper(), Type.CAPTION, "text3")
            painter.restore()
            return
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        if on:
            draw_box(painter, QRectF(rect), 8, look.colour("accent_soft"))
        painter.drawPixmap(rect.left() + 12, rect.center().y() - 7, look.icon(hit.icon, "accent" if on else "text2"))
        right = rect.right() - 10
        for key in (("Return",) if on else ()) + ((hit.shortcut,) if hit.shortcut else ()):
            text = key_text(key)
            size = keycap_size(text)
            right -= size.width()
            at = QRectF(right, rect.center().y() - size.height() / 2 + 1, size.width(), size.height())
            draw_keycap(painter, at, text)
            right -= 6
        room = QRect(rect.left() + 40, rect.top(), right - rect.left() - 48, rect.height())
        taken = draw_line(painter, room, hit.title, Type.STRONG, "accent" if on else "text")
        draw_line(painter, room.adjusted(taken + 12, 0, 0, 0), hit.detail, Type.SMALL, "text2", tabular=True)
        painter.restore()


class PaletteView(QFrame):
    """Over the window; Esc or a press beside it closes, arrows choose, Enter runs, Tab narrows."""

    def __init__(self, window: QWidget, presenter: Palette, commands: CommandRegistry, region: str) -> None:
        self._scrim = Scrim(window, still=True)
        super().__init__(self._scrim)
        self._presenter, self._commands, self._region = presenter, commands, region
        self._before = window.focusWidget()
        self._line = LineEdit(self.tr("Search customers, cases, actions…"), height=36, ground="surface")
        self._line.setProperty("bare", "true")
        self._line.setFont(theme().font(Type.HEADING))
        self._line.setAccessibleName(self.tr("Search everything"))
        self._line.textEdited.connect(presenter.type)
        self._line.installEventFilter(self)
        self._scope = Pill("")
        self._model: RowsModel[Hit] = RowsModel(
            lambda hit: hit.key, lambda hit: f"{hit.title} {hit.detail}", None, self
        )
        self._list = RowList(self.tr("Found"))
        self._list.setUniformItemSizes(False)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setModel(self._model)
        self._list.setItemDelegate(HitDelegate(self))
        self._list.clicked.connect(self._run)
        self._nothing = Text("", Type.BODY, "text2")
        self._nothing.setContentsMargins(24, 8, 24, 16)
        top = row(
            Icon("search", "accent", 18), self._line, self._scope, KeyCap("Esc"), gap=12, margins=(20, 10, 16, 10)
        )
        top.setStretch(1, 1)
        foot = row(
            *(KeyCap("Up"), KeyCap("Down"), Text(self.tr("choose"), Type.SMALL, "text2"), 6),
            *(KeyCap("Return"), Text(self.tr("run"), Type.SMALL, "text2"), 6),
            *(KeyCap("Tab"), Text(self.tr("narrow"), Type.SMALL, "text2")),
            STRETCH,
            Text(self.tr("> actions   # cases   @ customers"), Type.SMALL, "text2"),
            gap=6,
            margins=(20, 9, 20, 10),
        )
        found = column(self._list, gap=0, margins=(10, 6, 10, 6))
        body = column(top, hairline(), found, self._nothing, hairline(), foot, gap=0)
        body.setContentsMargins(_SHADOW, _SHADOW, _SHADOW, _SHADOW)
        self.setLayout(body)
        self._scrim.pressed.connect(self.close_palette)
        self._scrim.resized.connect(self._place)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def open(self, scope: Scope = Scope.ALL) -> None:
        """Show it, empty, with the keyboard in its line."""
        self._presenter.begin(scope)
        self._scrim.show()
        self._scrim.raise_()
        self.show()
        self._place()
        self._line.setFocus()

    def close_palette(self) -> None:
        """Leave, and give the keyboard back."""
        self._scrim.hide()
        if self._before is not None:
            self._before.setFocus()
        self._scrim.deleteLater()

    def render_state(self, state: PaletteState) -> None:
        """Show what was found."""
        names = {
            Scope.COMMANDS: self.tr("actions"),
            Scope.CASES: self.tr("cases"),
            Scope.CUSTOMERS: self.tr("customers"),
        }
        self._scope.setVisible(state.scope in names)
        self._scope.show_state(names.get(state.scope, ""))
        if state.typed != self._line.text():
            self._line.setText(state.typed)
        hits = self._hits(state)
        self._model.show_rows(hits)
        first = next((at for at, hit in enumerate(hits) if hit.run), -1)
        if first >= 0:
            self._list.setCurrentIndex(self._model.index(first, 0))
        nothing = not hits and not state.searching and bool(state.words)
        self._nothing.setText(self.tr("Nothing is called “{0}”.").format(state.words) if nothing else "")
        self._nothing.setVisible(nothing)
        self._list.setVisible(bool(hits))
        self._place()

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress:
            return self._press(event.key())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        draw_shadow(painter, card, 14, _SHADOW - 4)
        draw_box(painter, card, 14, theme().colour("surface"), theme().colour("border") if theme().dark else None)
        painter.end()

    def _press(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self._list.currentIndex())
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._presenter.narrow()
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        at = self._list.currentIndex().row() + by
        while 0 <= at < self._model.rowCount():
            index = self._model.index(at, 0)
            if index.data(Qt.ItemDataRole.UserRole).run is not None:
                self._list.setCurrentIndex(index)
                return
            at += by

    def _run(self, index: QModelIndex) -> None:
        hit: Hit | None = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if hit is not None and hit.run is not None:
            self.close_palette()
            hit.run()

    def _hits(self, state: PaletteState) -> list[Hit]:
        from app.domain.phone_numbers import display  # not needed for the first paint

        actions = self._actions(state) if state.scope in {Scope.ALL, Scope.COMMANDS} else []
        cases = [
            Hit(
                str(case.id),
                str(case.number),
                f"{case.subject} · {case.customer_name} · {case.team_name} · "
                f"{state_words(case.category, case.state_name, case.state_key, case.state_colour)[0]}",
                "ticket",
                run=partial(self._presenter.open_case, case.id),
            )
            for case in state.cases
        ]
        customers = [
            Hit(
                str(one.id),
                one.name,
                " · ".join(filter(None, (one.organisation, one.account_number, display(one.phone, self._region)))),
                "building-2" if not one.organisation or one.organisation == one.name else "user",
                run=partial(self._open_customer, one.id),
            )
            for one in state.customers
        ]
        groups = ((self.tr("Actions"), actions), (self.tr("Cases"), cases), (self.tr("Customers"), customers))
        return [hit for title, hits in groups if hits for hit in (Hit(f"head {title}", title), *hits)]

    def _actions(self, state: PaletteState) -> list[Hit]:
        titles = {
            command.id: QCoreApplication.translate("Command", command.title)
            for command in self._commands.bound()
            if self._commands.available(command.id) and command.id != "palette"
        }
        most = 20 if state.scope is Scope.COMMANDS else 6
        return [
            Hit(
                id_,
                titles[id_],
                QCoreApplication.translate("Command", self._commands.command(id_).context.value),
                self._commands.command(id_).icon,
                self._commands.key(id_),
                run=partial(self._do, id_),
            )
            for id_ in matching(titles, state.words)[:most]
        ]

    def _open_customer(self, customer_id: UUID) -> None:
        if self._presenter.open_customer is not None:
            self._presenter.open_customer(customer_id)

    def _do(self, command: str) -> None:
        self._commands.run(command)

    def _place(self) -> None:
        rows = [self._model.index(at, 0).data(Qt.ItemDataRole.UserRole) for at in range(self._model.rowCount())]
        tall = sum(theme().px(_ROW if hit.run else _HEAD) for hit in rows)
        self._list.setFixedHeight(min(tall + 2, max(120, self._scrim.height() - 320)))
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(min(WIDTH, self._scrim.width() - 32) + 2 * _SHADOW, layout.sizeHint().height())
        self.move((self._scrim.width() - self.width()) // 2, max(8, self._scrim.height() // 9))
