"""The draft of a form: what is typed reaches the journal as it is typed, and is back when the form opens again."""

from typing import Any, Generic, TypeVar, get_type_hints

from app.desk.presenter import Presenter
from app.domain.plain import from_plain, to_plain
from app.services.journal import Journal

S = TypeVar("S")


class Draft(Generic[S]):
    """Follows some fields of a form's state under one key; forgotten when the form is saved or discarded."""

    def __init__(self, journal: Journal, key: str, form: Presenter[S], names: tuple[str, ...]) -> None:
        self._journal, self._key, self._names = journal, f"form/{key}", names
        self._untouched = self._plain(form.state)
        kept = journal.kept(self._key).get(self._key)
        self.restored = kept is not None
        if kept is not None:
            hints = get_type_hints(type(form.state))
            form.show(**{name: from_plain(hints[name], kept[name]) for name in names if name in kept})
        self._unsubscribe = form.subscribe(self._follow)

    def forget(self) -> None:
        """The form was saved or given up."""
        self._unsubscribe()
        self._journal.keep(self._key, None)

    def _follow(self, state: S) -> None:
        plain = self._plain(state)
        self._journal.keep(self._key, plain if plain != self._untouched else None)

    def _plain(self, state: S) -> dict[str, Any]:
        return {name: to_plain(getattr(state, name)) for name in self._names}
