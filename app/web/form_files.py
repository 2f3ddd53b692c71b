"""The files of a form that is being sent by somebody whom nobody knows."""

from collections.abc import Callable, Mapping
from uuid import UUID

from app.domain.refusals import Refusal, Refused
from app.services.web_front import FORM_BYTES_MOST, FORM_FILES_MOST, Forms, ShownForm

_WORDS = {Refusal.TOO_MANY: "files_too_many", Refusal.ATTACHMENT_TOO_LARGE: "files_too_large"}


class FormFiles:
    """Kept only once the page is known to be ours; forgotten unless they hang on an entry."""

    def __init__(self, forms: Forms, form: ShownForm, stamp_of: Callable[[Mapping[str, str]], UUID | None]) -> None:
        self._forms, self._form, self._stamp_of = forms, form, stamp_of
        self._stamp: UUID | None = None
        self.fields: Mapping[str, str] = {}

    def of(self, fields: Mapping[str, str]) -> "FormFiles":
        """Take files from here on, where the stamp that came before them is good."""
        self.fields = fields
        if self._stamp is None:
            self._stamp = self._stamp_of(fields)
        if self._stamp is None:
            raise Refused(Refusal.NOT_PERMITTED)
        return self

    async def begin(self) -> UUID:
        """Begin a file."""
        assert self._stamp is not None
        return await self._forms.begin_file(self._form, self._stamp)

    async def add(self, blob: UUID, position: int, data: bytes) -> None:
        """Put its next part."""
        assert self._stamp is not None
        await self._forms.add_part(self._stamp, blob, position, data)

    async def drop(self) -> None:
        """Forget what hangs on no entry."""
        if self._stamp is not None:
            await self._forms.drop_files(self._stamp)

    def wrong(self, refused: Refused, said: Mapping[str, str]) -> tuple[dict[str, str], int]:
        """What is wrong, by field, and the status that says so."""
        if refused.reason in _WORDS:
            return {"files": files_words(said[_WORDS[refused.reason]])}, 413
        if refused.reason is Refusal.SERVER_AWAY:
            return {"send": said["away"]}, 503
        return {"send": said["expired"]}, 422


def files_words(text: str) -> str:
    """What a form says of its files, with how many and how much."""
    return text.replace("{most}", str(FORM_FILES_MOST)).replace("{mb}", str(FORM_BYTES_MOST // 1_000_000))
