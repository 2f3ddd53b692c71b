"""Texts with variables: what is filled in, what is left empty, and what the sandbox refuses."""

import contextlib

import pytest

from app.domain.templating import LONGEST, TemplateError, error_in, fill_in

VALUES = {"case": {"number": 1042, "custom": {"serial": "X7"}}, "customer": {"first_name": "Jane"}, "sender": "Vallon"}


@pytest.mark.row("S3-44")
def test_variables_are_filled_in_and_what_is_missing_is_empty() -> None:
    text = "Hello {{ customer.first_name }},\ncase {{ case.number }} ({{ case.custom.serial }}){{ agent.name }}\n"
    assert fill_in(text, VALUES) == "Hello Jane,\ncase 1042 (X7)\n"
    assert fill_in("{% if customer.vip %}A{% else %}{{ sender|upper }}{% endif %}", VALUES) == "VALLON"
    assert fill_in("50 % { not a variable }", VALUES) == "50 % { not a variable }"


@pytest.mark.parametrize(
    "text",
    [
        "{{ case.number",
        "{% if case %}",
        "{% for a in case.subject %}x{% endfor %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{{ 'a'|center(9) }}",
        "x" * (LONGEST + 1),
    ],
)
def test_what_cannot_be_read_is_said_before_it_runs(text: str) -> None:
    assert error_in(text)
    with pytest.raises(TemplateError):
        fill_in(text, VALUES)


@pytest.mark.parametrize(
    "text",
    ["{{ 'a' * 100000000 }}", "{{ 9 ** 9 ** 9 }}", "{{ case.number / 0 }}", "{{ case.number() }}", "{{ range(9) }}"],
)
def test_what_fails_when_it_runs_is_the_templates_error(text: str) -> None:
    with pytest.raises(TemplateError):
        fill_in(text, VALUES)


@pytest.mark.parametrize(
    "text", ["{{ ''.__class__.__mro__ }}", "{{ case.__class__ }}", "{{ self.__init__ }}", "{{ case.pop('number') }}"]
)
def test_a_template_reaches_nothing_but_its_values(text: str) -> None:
    with contextlib.suppress(TemplateError):
        assert fill_in(text, VALUES) == ""
    assert VALUES["case"]["number"] == 1042  # type: ignore[index]
