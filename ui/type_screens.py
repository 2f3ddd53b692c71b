"""Manage's pages of types, forms, projects and tags joined to the desk."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk.case_types import TypePages
from app.desk.form_pages import FormPages
from app.desk.presenter import Presenter
from app.desk.project_pages import ProjectPages
from app.domain.views import View
from app.services.desk import SignedIn
from ui.administration.forms_page import FormsPage
from ui.administration.projects_page import ProjectsPage
from ui.administration.types_page import TypesPage
from ui.manage_screens import Page


class TypeDesk:
    """The presenters of types, forms and projects; their pages are made when Manage is shown."""

    def __init__(self, services: SignedIn, list_cases: Callable[[View], None] = lambda _: None) -> None:
        types, practice = services.types, services.practice
        read, feed = services.administration.directory, services.feed
        self.types = TypePages(types, read, feed) if types is not None else None
        shaped = types is not None and practice is not None
        self.forms = FormPages(practice, types.all, read, feed) if shaped and types and practice else None
        self.projects = ProjectPages(practice, read, feed, list_cases) if practice is not None else None

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in self._presenters():
            await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        for presenter in self._presenters():
            await presenter.close()

    def pages(self) -> tuple[Page, ...]:
        """Make the pages and read what they show; none of what the store has not."""
        translate, pages = QCoreApplication.translate, list[Page]()
        if self.types is not None:
            self.types.begin()
            pages.append(("types", translate("Manage", "Types and states"), "ticket", TypesPage(self.types)))
        if self.forms is not None:
            self.forms.begin()
            pages.append(("forms", translate("Manage", "Forms"), "clipboard-check", FormsPage(self.forms)))
        if self.projects is not None:
            self.projects.begin()
            title = translate("Manage", "Projects and tags")
            pages.append(("projects", title, "briefcase", ProjectsPage(self.projects)))
        return tuple(pages)

    def _presenters(self) -> tuple[Presenter[Any], ...]:
        return tuple(one for one in (self.types, self.forms, self.projects) if one is not None)


def saves(page: QWidget | None) -> bool:
    """Whether Ctrl+S is this page's own; what it shows was saved then."""
    if not isinstance(page, TypesPage | FormsPage):
        return False
    page.save()
    return True
