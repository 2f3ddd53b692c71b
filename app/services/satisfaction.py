"""Asking customers after solving, and taking their answers: what the hub's page and the managers' page need."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.refusals import Refusal, Refused
from app.domain.satisfaction import Answered, Rating, Survey


@dataclass(frozen=True, slots=True)
class Question:
    """What the page shows of one ask."""

    id: UUID
    language: str
    organisation: str
    case_number: int
    subject: str
    expired: bool
    rating: Rating | None = None
    comment: str = ""


class Answers(Protocol):
    """Where the page's questions are looked up and answers kept; a token that we did not sign is nobody's."""

    async def question(self, token: str) -> Question | None: ...
    async def answer(self, token: str, rating: str, comment: str) -> Answered: ...


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a customer said about a case, or that she was asked."""

    asked_at: datetime
    rating: Rating | None
    comment: str
    answered_at: datetime | None


class SurveyStore(Protocol):
    """Where the settings are kept, and what a case's customer said."""

    async def survey(self) -> Survey: ...
    async def save_survey(self, survey: Survey) -> None: ...
    async def opinion(self, case_id: UUID) -> Opinion | None: ...


class Surveys:
    """What managers set up and agents see."""

    def __init__(self, store: SurveyStore) -> None:
        self._store = store
        self.read = store.survey
        self.opinion = store.opinion

    async def save(self, survey: Survey) -> None:
        url = survey.public_url.strip().rstrip("/")
        if survey.enabled and not url:
            raise Refused(Refusal.REQUIRED, "public_url")
        await self._store.save_survey(replace(survey, public_url=url))
