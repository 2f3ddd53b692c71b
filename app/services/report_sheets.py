"""Reports as tables in the reader's language: for files, and for the mail that the hub sends."""

from collections.abc import Callable

from app.domain.reports import BUCKETS_H, Asked, Both, CallReport, CaseReport, DayPoint, ServiceReport, Share
from app.services import shipped_words
from app.services.report_files import Sheet, Value
from app.services.reports import AnyReport

_FRENCH = {
    "Figure": "Chiffre",
    "This span": "Cette période",
    "Span before": "Période précédente",
    "Day": "Jour",
    "Agent": "Agent",
    "Figures": "Chiffres",
    "By day": "Par jour",
    "By agent": "Par agent",
    "Response time, median (s)": "Délai de réponse, médiane (s)",
    "First replies": "Premières réponses",
    "Replies": "Réponses",
    "Resolution time, median (s)": "Délai de résolution, médiane (s)",
    "Cases solved": "Dossiers résolus",
    "Customers asked": "Clients interrogés",
    "Content": "Satisfaits",
    "So-so": "Moyennement satisfaits",
    "Not content": "Pas satisfaits",
    "Service levels kept": "Niveaux de service tenus",
    "Service levels broken": "Niveaux de service manqués",
    "Promises kept": "Promesses tenues",
    "Promises late": "Promesses en retard",
    "Resolution time": "Délai de résolution",
    "Cases": "Dossiers",
    "Up to {h} h": "Jusqu’à {h} h",
    "More": "Davantage",
    "Response (s)": "Réponse (s)",
    "Share content": "Part de satisfaits",
    "Occupancy": "Occupation",
    "Calls offered": "Appels présentés",
    "Calls answered": "Appels pris",
    "Calls abandoned": "Appels abandonnés",
    "Answered within 20 s": "Pris en 20 s",
    "Speed of answer, mean (s)": "Délai de prise, moyenne (s)",
    "Handling time, mean (s)": "Durée de traitement, moyenne (s)",
    "Calls transferred": "Appels transférés",
    "Calls": "Appels",
    "Talking (s)": "Conversation (s)",
    "Handling (s)": "Traitement (s)",
    "Available (s)": "Disponible (s)",
    "Ringing (s)": "Sonnerie (s)",
    "On calls (s)": "En appel (s)",
    "Wrap-up (s)": "Post-appel (s)",
    "Not ready (s)": "Indisponible (s)",
    "Cases opened": "Dossiers ouverts",
    "Type": "Type",
    "Team": "Équipe",
    "State": "État",
    "Tag": "Étiquette",
}

Say = Callable[[str], str]


def sheets(report: AnyReport, asked: Asked, language: str) -> tuple[Sheet, ...]:
    """The tables of a report; the first names its days."""

    def say(words: str) -> str:
        return (_FRENCH.get(words) or shipped_words.FRENCH[words]) if language == "fr" else words

    if isinstance(report, ServiceReport):
        return _service(report, asked, say)
    return _calls(report, asked, say) if isinstance(report, CallReport) else _cases(report, asked, say)


def _service(report: ServiceReport, asked: Asked, say: Say) -> tuple[Sheet, ...]:
    rated, before = report.satisfaction, report.satisfaction_before
    figures = (
        ("Response time, median (s)", report.response_s),
        ("First replies", report.responses),
        ("Replies", report.replies),
        ("Resolution time, median (s)", report.resolution_s),
        ("Cases solved", report.solved),
        ("Customers asked", Both(rated.asked, before.asked)),
        ("Content", Both(rated.good, before.good)),
        ("So-so", Both(rated.fair, before.fair)),
        ("Not content", Both(rated.bad, before.bad)),
        ("Service levels kept", report.levels_kept),
        ("Service levels broken", report.levels_broken),
        ("Promises kept", report.tasks_kept),
        ("Promises late", report.tasks_late),
    )
    names = [say("Up to {h} h").replace("{h}", str(hours)) for hours in BUCKETS_H] + [say("More")]
    buckets = tuple((name, share.now, share.before) for name, share in zip(names, report.resolutions, strict=False))
    agents = tuple(
        (line.name, line.solved, line.replies, line.response_s, line.content, line.occupancy) for line in report.agents
    )
    agent_heading = ("Agent", "Cases solved", "Replies", "Response (s)", "Share content", "Occupancy")
    return (
        _figures(figures, asked, say),
        _days(say("Response time, median (s)"), report.by_day, say),
        Sheet(say("Resolution time"), tuple(map(say, ("Resolution time", "This span", "Span before"))), buckets),
        Sheet(say("By agent"), tuple(map(say, agent_heading)), agents),
    )


def _calls(report: CallReport, asked: Asked, say: Say) -> tuple[Sheet, ...]:
    figures = (
        ("Calls offered", report.offered),
        ("Calls answered", report.answered),
        ("Calls abandoned", report.abandoned),
        ("Answered within 20 s", report.within),
        ("Speed of answer, mean (s)", report.speed_s),
        ("Handling time, mean (s)", report.handled_s),
        ("Calls transferred", report.transferred),
    )
    states = {
        "available": "Available (s)", "ringing": "Ringing (s)", "on_call": "On calls (s)", "wrap_up": "Wrap-up (s)",
        "not_ready": "Not ready (s)",
    }  # fmt: skip
    agents = tuple(
        (
            line.name,
            line.calls,
            line.talk_s,
            line.handled_s,
            line.occupancy,
            *(line.states_s.get(one) for one in states),
        )
        for line in report.agents
    )
    heading = tuple(map(say, ("Agent", "Calls", "Talking (s)", "Handling (s)", "Occupancy", *states.values())))
    return (
        _figures(figures, asked, say),
        _days(say("Calls offered"), report.by_day, say),
        Sheet(say("By agent"), heading, agents),
    )


def _cases(report: CaseReport, asked: Asked, say: Say) -> tuple[Sheet, ...]:
    return (
        _figures((("Cases opened", report.created),), asked, say),
        _days(say("Cases opened"), report.by_day, say),
        _shares("Type", report.types, say),
        _shares("Team", report.teams, say),
        _shares("State", report.states, say),
        _shares("Tag", report.tags, say),
    )


def _figures(figures: tuple[tuple[str, Both], ...], asked: Asked, say: Say) -> Sheet:
    before = asked.before()
    heading = (say("Figure"), f"{asked.first} – {asked.last}", f"{before.first} – {before.last}")
    return Sheet(say("Figures"), heading, tuple((say(name), both.now, both.before) for name, both in figures))


def _days(title: str, points: tuple[DayPoint, ...], say: Say) -> Sheet:
    lines: tuple[tuple[Value, ...], ...] = tuple((point.day, point.now, point.before) for point in points)
    return Sheet(say("By day"), (say("Day"), title, say("Span before")), lines)


def _shares(name: str, shares: tuple[Share, ...], say: Say) -> Sheet:
    lines = tuple((_named(share, say), share.now, share.before) for share in shares)
    return Sheet(say(name), tuple(map(say, (name, "This span", "Span before"))), lines)


def _named(share: Share, say: Say) -> str:
    """What ships is translated as long as it has its name; what people named is theirs."""
    key, _, name = share.name.rpartition("\n")
    return say(name) if key and name in shipped_words.FRENCH else name
