"""Texts with variables: what people write into canned replies, templates and notes, filled in within a sandbox.

A template sees plain values and nothing else; it can neither call what is not safe nor grow without end.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

LONGEST = 20_000
VARIABLES = (
    "case.number", "case.subject", "customer.name", "customer.first_name", "customer.last_name",
    "customer.organisation", "agent.name", "team.name", "organisation.name", "sender",
    "chat.link",
)  # fmt: skip
"""What can be written between {{ and }}; custom fields follow as case.custom.KEY and customer.custom.KEY."""


class TemplateError(ValueError):
    """A template that cannot be read or filled in; its text says where."""


def error_in(text: str) -> str:
    """What is wrong with a template, or nothing."""
    try:
        _read(text)
    except TemplateError as error:
        return str(error)
    return ""


def fill_in(text: str, values: Mapping[str, Any]) -> str:
    """The text with its variables; what a variable has not is left empty."""
    try:
        filled = "".join(_within(_read(text).generate(**values)))
    except TemplateError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a template brings about is the template's error
        raise TemplateError(f"{type(error).__name__}: {error}"[:200]) from None
    return filled


def _within(parts: Any) -> Any:
    length = 0
    for part in parts:
        length += len(part)
        if length > LONGEST:
            raise TemplateError("too long")
        yield part


@lru_cache(maxsize=1024)
def _read(text: str) -> Any:
    if len(text) > LONGEST:
        raise TemplateError("too long")
    try:
        _refuse_loops(text)
        return _sandbox().from_string(text)
    except Exception as error:  # noqa: BLE001 - Jinja's own, and what its parser meets
        line = getattr(error, "lineno", None)
        raise TemplateError(f"{line}: {error}"[:200] if line else str(error)[:200]) from None


def _refuse_loops(text: str) -> None:
    """A text is filled in by the hub too, which nobody's loops in loops may keep busy."""
    from jinja2 import nodes

    kinds = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
    for node in _sandbox().parse(text).find_all(kinds):
        raise TemplateError(f"{node.lineno}: {type(node).__name__.lower()} is not possible here")


@lru_cache(maxsize=1)
def _sandbox() -> Any:
    from jinja2 import ChainableUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Without what makes long texts out of short ones."""

        intercepted_binops = frozenset(["*", "**"])

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if operator == "**" or not all(isinstance(one, (int, float)) for one in (left, right)):
                raise TemplateError(f"{operator} is not possible here")
            return super().call_binop(context, operator, left, right)

    sandbox = Sandbox(undefined=ChainableUndefined, autoescape=False, keep_trailing_newline=True)
    for name in ("range", "lipsum", "cycler", "joiner", "namespace"):
        sandbox.globals.pop(name, None)
    for name in ("center", "indent", "wordwrap", "format", "xmlattr", "tojson", "pprint"):
        sandbox.filters.pop(name, None)
    return sandbox
