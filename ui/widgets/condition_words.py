"""Words for conditions: fields, comparisons, values, and what is wrong with one."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.cases import Category, Level
from app.domain.condition_checks import Trouble, TroubleKind
from app.domain.conditions import (
    COMPARISONS,
    ME,
    MINE,
    NO_VALUE,
    SPANS,
    Compare,
    Condition,
    FieldOf,
    Group,
    How,
    Joined,
    Kind,
)
from app.domain.follow_ups import Channel
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.widgets.wording import category_words, channel_words, level_words, state_words

_FIELDS = {
    "case.type": QT_TRANSLATE_NOOP("Condition", "Type"),
    "case.state": QT_TRANSLATE_NOOP("Condition", "State"),
    "case.category": QT_TRANSLATE_NOOP("Condition", "Category of the state"),
    "case.team": QT_TRANSLATE_NOOP("Condition", "Team"),
    "case.assignee": QT_TRANSLATE_NOOP("Condition", "Assigned to"),
    "case.created_by": QT_TRANSLATE_NOOP("Condition", "Opened by"),
    "case.project": QT_TRANSLATE_NOOP("Condition", "Project"),
    "case.priority": QT_TRANSLATE_NOOP("Condition", "Priority"),
    "case.severity": QT_TRANSLATE_NOOP("Condition", "Severity"),
    "case.visibility": QT_TRANSLATE_NOOP("Condition", "Visibility"),
    "case.channel": QT_TRANSLATE_NOOP("Condition", "Last channel"),
    "case.language": QT_TRANSLATE_NOOP("Condition", "Language of the case"),
    "case.subject": QT_TRANSLATE_NOOP("Condition", "Subject"),
    "case.description": QT_TRANSLATE_NOOP("Condition", "Description"),
    "case.tags": QT_TRANSLATE_NOOP("Condition", "Tags"),
    "case.number": QT_TRANSLATE_NOOP("Condition", "Number of the case"),
    "case.created_at": QT_TRANSLATE_NOOP("Condition", "Opened at"),
    "case.activity_at": QT_TRANSLATE_NOOP("Condition", "Last activity"),
    "case.due_at": QT_TRANSLATE_NOOP("Condition", "Promised for"),
    "case.satisfaction": QT_TRANSLATE_NOOP("Condition", "How content the customer was"),
    "case.closes_at": QT_TRANSLATE_NOOP("Condition", "Closing by its type"),
    "customer.name": QT_TRANSLATE_NOOP("Condition", "Customer’s name"),
    "customer.organisation": QT_TRANSLATE_NOOP("Condition", "Customer’s organisation"),
    "customer.segment": QT_TRANSLATE_NOOP("Condition", "Customer’s segment"),
    "customer.language": QT_TRANSLATE_NOOP("Condition", "Customer’s language"),
    "customer.email": QT_TRANSLATE_NOOP("Condition", "Customer’s address"),
    "customer.phone": QT_TRANSLATE_NOOP("Condition", "Customer’s number"),
    "team.auto_reply": QT_TRANSLATE_NOOP("Condition", "Team answers automatically"),
    "event.by": QT_TRANSLATE_NOOP("Condition", "Who did it"),
    "event.actor": QT_TRANSLATE_NOOP("Condition", "Which agent did it"),
    "event.by_assignee": QT_TRANSLATE_NOOP("Condition", "Done by the assigned agent"),
    "event.channel": QT_TRANSLATE_NOOP("Condition", "Channel of the message"),
    "event.text": QT_TRANSLATE_NOOP("Condition", "Text of the message"),
}
_HOWS = {
    How.IS: QT_TRANSLATE_NOOP("Condition", "is"),
    How.IS_NOT: QT_TRANSLATE_NOOP("Condition", "is not"),
    How.CONTAINS: QT_TRANSLATE_NOOP("Condition", "contains"),
    How.CONTAINS_NOT: QT_TRANSLATE_NOOP("Condition", "does not contain"),
    How.STARTS_WITH: QT_TRANSLATE_NOOP("Condition", "starts with"),
    How.ENDS_WITH: QT_TRANSLATE_NOOP("Condition", "ends with"),
    How.EMPTY: QT_TRANSLATE_NOOP("Condition", "is empty"),
    How.NOT_EMPTY: QT_TRANSLATE_NOOP("Condition", "is not empty"),
    How.MORE: QT_TRANSLATE_NOOP("Condition", "is more than"),
    How.LESS: QT_TRANSLATE_NOOP("Condition", "is less than"),
    How.BEFORE: QT_TRANSLATE_NOOP("Condition", "is before"),
    How.AFTER: QT_TRANSLATE_NOOP("Condition", "is from … on"),
    How.PAST: QT_TRANSLATE_NOOP("Condition", "has passed"),
    How.WITHIN_LAST: QT_TRANSLATE_NOOP("Condition", "in the last"),
    How.OLDER_THAN: QT_TRANSLATE_NOOP("Condition", "older than"),
    How.WITHIN_NEXT: QT_TRANSLATE_NOOP("Condition", "in the next"),
}
_CODES = {
    "public": QT_TRANSLATE_NOOP("Condition", "public"),
    "internal": QT_TRANSLATE_NOOP("Condition", "internal"),
    "private": QT_TRANSLATE_NOOP("Condition", "private"),
    "good": QT_TRANSLATE_NOOP("Condition", "content"),
    "fair": QT_TRANSLATE_NOOP("Condition", "partly content"),
    "bad": QT_TRANSLATE_NOOP("Condition", "not content"),
    "agent": QT_TRANSLATE_NOOP("Condition", "an agent"),
    "customer": QT_TRANSLATE_NOOP("Condition", "the customer"),
    "automation": QT_TRANSLATE_NOOP("Condition", "an automation"),
    "guichet": QT_TRANSLATE_NOOP("Condition", "Guichet itself"),
    "true": QT_TRANSLATE_NOOP("Condition", "yes"),
    "false": QT_TRANSLATE_NOOP("Condition", "no"),
    ME: QT_TRANSLATE_NOOP("Condition", "me"),
    MINE: QT_TRANSLATE_NOOP("Condition", "my teams"),
}
_UNITS = {
    "m": QT_TRANSLATE_NOOP("Condition", "minutes"),
    "h": QT_TRANSLATE_NOOP("Condition", "hours"),
    "d": QT_TRANSLATE_NOOP("Condition", "days"),
}
_TROUBLES = {
    TroubleKind.UNKNOWN_FIELD: QT_TRANSLATE_NOOP("Condition", "A field that it asks for is not there any more."),
    TroubleKind.UNKNOWN_VALUE: QT_TRANSLATE_NOOP("Condition", "{field}: what is compared with is not there any more."),
    TroubleKind.WRONG_COMPARISON: QT_TRANSLATE_NOOP("Condition", "{field} cannot be compared like this."),
    TroubleKind.NO_VALUE: QT_TRANSLATE_NOOP("Condition", "{field}: say what it is compared with."),
    TroubleKind.BAD_VALUE: QT_TRANSLATE_NOOP("Condition", "{field}: “{value}” cannot be read."),
    TroubleKind.TOO_LARGE: QT_TRANSLATE_NOOP("Condition", "There are too many conditions, or too many groups."),
}
Known = Mapping[str, FieldOf]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Condition", text)


def field_words(field: str, known: Known) -> str:
    """A field's name: the organisation's own label, or ours."""
    own = known[field].label if field in known else ""
    if own:
        return (
            own
            if field.startswith("case.")
            else _tr(QT_TRANSLATE_NOOP("Condition", "Customer: {label}")).format(label=own)
        )
    return _tr(_FIELDS[field]) if field in _FIELDS else field.rpartition(".")[2]


def how_words(how: How) -> str:
    """A comparison."""
    return _tr(_HOWS[how])


def unit_words(unit: str) -> str:
    """A unit of a span, in the plural."""
    return _tr(_UNITS[unit])


def choice_words(field: str, choice: str, known: Known) -> str:
    """One choice: a name of the organisation's, or a code in words."""
    asked = known.get(field)
    if choice in _CODES and (asked is None or asked.choices.get(choice, choice) == choice):
        return _tr(_CODES[choice])
    shipped = {
        "case.category": lambda: category_words(Category(choice))[0],
        "case.priority": lambda: level_words(Level(choice))[0],
        "case.severity": lambda: level_words(Level(choice))[0],
        "case.channel": lambda: channel_words(Channel(choice))[0],
        "event.channel": lambda: channel_words(Channel(choice))[0],
        "case.language": lambda: QLocale(choice).nativeLanguageName().capitalize(),
        "customer.language": lambda: QLocale(choice).nativeLanguageName().capitalize(),
    }
    if asked is None or choice not in asked.choices:
        return _tr(QT_TRANSLATE_NOOP("Condition", "(removed)"))
    if field in shipped:
        return shipped[field]()
    key = asked.keys.get(choice, "")
    if field == "case.state" and key in set(Category):
        return state_words(Category(key), asked.choices[choice], key)[0]
    return asked.choices[choice]


def value_words(one: Compare, known: Known) -> str:
    """The values of a comparison in one line."""
    if one.how in NO_VALUE:
        return ""
    if one.how in SPANS and one.values:
        value = one.values[0]
        return f"{value[:-1]} {unit_words(value[-1])}" if value[-1:] in _UNITS else value
    kind = known[one.field].kind if one.field in known else Kind.TEXT
    if kind in {Kind.CHOICE, Kind.YES_NO}:
        return _tr(QT_TRANSLATE_NOOP("Condition", " or ")).join(
            choice_words(one.field, value, known) for value in one.values
        )
    return _tr(QT_TRANSLATE_NOOP("Condition", " or ")).join(f"“{value}”" for value in one.values)


def condition_lines(condition: Condition, known: Known) -> tuple[str, ...]:
    """A condition in words, a line for each part of its outermost group."""
    if isinstance(condition, Compare):
        words = (field_words(condition.field, known), how_words(condition.how), value_words(condition, known))
        return (" ".join(word for word in words if word),)
    return tuple(_in_one_line(part, known) for part in condition.parts)


def _in_one_line(condition: Condition, known: Known) -> str:
    if isinstance(condition, Compare):
        return condition_lines(condition, known)[0]
    joined = (
        _tr(QT_TRANSLATE_NOOP("Condition", " and "))
        if condition.joined is Joined.ALL
        else _tr(QT_TRANSLATE_NOOP("Condition", " or "))
    )
    return f"({joined.join(_in_one_line(part, known) for part in condition.parts)})"


def trouble_words(trouble: Trouble, known: Known) -> str:
    """What is wrong, as a sentence."""
    return _tr(_TROUBLES[trouble.kind]).format(field=field_words(trouble.field, known), value=trouble.value)


def first_comparison(field: str, known: Known) -> Compare:
    """A comparison of a field that was just chosen."""
    kind = known[field].kind if field in known else Kind.TEXT
    how = COMPARISONS[kind][0]
    return Compare(field, how, ("true",) if kind is Kind.YES_NO else ("1d",) if how in SPANS else ())


def as_group(condition: Condition) -> Group:
    """A condition as the editor shows it: a group at the outside."""
    return condition if isinstance(condition, Group) else Group(Joined.ALL, (condition,))
