"""Names of types and states: what ships is translated until somebody renames it."""

from app.domain.case_types import CaseState, CaseType, TypeKind
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.theme.tokens import Tone
from ui.widgets.wording import state_words, translate

_NAMES = {
    (TypeKind.CASE, "case"): QT_TRANSLATE_NOOP("TypeName", "Case"),
    (TypeKind.CASE, "question"): QT_TRANSLATE_NOOP("TypeName", "Question"),
    (TypeKind.CASE, "problem"): QT_TRANSLATE_NOOP("TypeName", "Problem"),
    (TypeKind.CASE, "request"): QT_TRANSLATE_NOOP("TypeName", "Service request"),
    (TypeKind.CASE, "complaint"): QT_TRANSLATE_NOOP("TypeName", "Complaint"),
    (TypeKind.CASE, "suggestion"): QT_TRANSLATE_NOOP("TypeName", "Suggestion"),
    (TypeKind.CASE, "order"): QT_TRANSLATE_NOOP("TypeName", "Order"),
    (TypeKind.CASE, "quote"): QT_TRANSLATE_NOOP("TypeName", "Quote"),
    (TypeKind.CASE, "delivery"): QT_TRANSLATE_NOOP("TypeName", "Delivery"),
    (TypeKind.CASE, "warranty"): QT_TRANSLATE_NOOP("TypeName", "Warranty"),
    (TypeKind.TASK, "to_do"): QT_TRANSLATE_NOOP("TypeName", "Task"),
    (TypeKind.TASK, "visit"): QT_TRANSLATE_NOOP("TypeName", "Visit"),
    (TypeKind.TASK, "repair"): QT_TRANSLATE_NOOP("TypeName", "Repair"),
    (TypeKind.TASK, "delivery"): QT_TRANSLATE_NOOP("TypeName", "Delivery"),
    (TypeKind.TASK, "parts"): QT_TRANSLATE_NOOP("TypeName", "Parts to order"),
    (TypeKind.TASK, "quote"): QT_TRANSLATE_NOOP("TypeName", "Quote to prepare"),
    (TypeKind.TASK, "check"): QT_TRANSLATE_NOOP("TypeName", "Check"),
    (TypeKind.TASK, "paperwork"): QT_TRANSLATE_NOOP("TypeName", "Paperwork"),
    (TypeKind.TASK, "training"): QT_TRANSLATE_NOOP("TypeName", "Training"),
    (TypeKind.TASK, "courtesy_call"): QT_TRANSLATE_NOOP("TypeName", "Courtesy call"),
    (TypeKind.FEATURE, "feature"): QT_TRANSLATE_NOOP("TypeName", "Feature"),
    (TypeKind.FEATURE, "improvement"): QT_TRANSLATE_NOOP("TypeName", "Improvement"),
    (TypeKind.FEATURE, "integration"): QT_TRANSLATE_NOOP("TypeName", "Integration"),
    (TypeKind.FEATURE, "report"): QT_TRANSLATE_NOOP("TypeName", "Report"),
    (TypeKind.FEATURE, "document"): QT_TRANSLATE_NOOP("TypeName", "Document"),
    (TypeKind.FEATURE, "language"): QT_TRANSLATE_NOOP("TypeName", "Language"),
    (TypeKind.FEATURE, "speed"): QT_TRANSLATE_NOOP("TypeName", "Speed"),
    (TypeKind.FEATURE, "security"): QT_TRANSLATE_NOOP("TypeName", "Security"),
    (TypeKind.FEATURE, "comfort"): QT_TRANSLATE_NOOP("TypeName", "Ease of use"),
    (TypeKind.FEATURE, "other"): QT_TRANSLATE_NOOP("TypeName", "Other wish"),
}
ICONS = (
    "ticket", "circle-question-mark", "triangle-alert", "wrench", "flag", "message-circle", "package", "file", "truck",
    "signature", "clipboard-check", "map-pin", "circle-check", "paperclip", "users", "phone", "layers", "chevron-up",
    "link", "list-ordered", "languages", "clock", "lock", "sliders-horizontal", "circle-dot", "briefcase", "building-2",
    "mail", "bell", "headphones", "shield-alert", "tags",
)  # fmt: skip


def type_words(one: CaseType) -> str:
    """Return the name of a type; a shipped one that was not renamed is in the agent's language."""
    shipped = _NAMES.get((one.kind, one.key))
    return translate("TypeName", shipped) if shipped == one.name else one.name


def words_of_state(state: CaseState) -> tuple[str, Tone]:
    """Return the name and tone of a state of a type."""
    return state_words(state.category, state.name, state.key, state.colour)
