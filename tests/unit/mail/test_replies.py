"""What the agent sees first of a reply."""

import pytest

from app.mail.replies import new_text


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, Nov 23, 2026 at 10:00 AM Team <team@guichet.example> wrote:",
        "On Mon, Nov 23, 2026 at 10:00 AM Team\n<team@guichet.example> wrote:",
        "Le lun. 23 nov. 2026 à 10:00, Équipe <team@guichet.example> a écrit :",
        "Am 23.11.2026 um 10:00 schrieb Team:",
        "El lun, 23 nov 2026 a las 10:00, Team (<team@guichet.example>) escribió:",
        "Op ma 23 nov. 2026 om 10:00 schreef Team <team@guichet.example>:",
        "пн, 23 нояб. 2026 г. в 10:00, Team <team@guichet.example>:",
    ],
)
def test_a_quote_is_left_out_with_the_line_that_announces_it(attribution: str) -> None:
    assert new_text(f"Yes, please.\n\n{attribution}\n\n> Shall we?\n> Or not?\n") == "Yes, please."
    assert new_text(f"Yes, please.\n\n{attribution}\n\nShall we?\nOr not?\n") == "Yes, please."


def test_the_head_of_the_old_mail_ends_the_reply() -> None:
    for head in (
        "From: Team <team@guichet.example>\nSent: Monday\nTo: Jane\nSubject: Car",
        "De : Équipe <team@guichet.example>\nEnvoyé : lundi\nÀ : Jeanne\nObjet : Voiture",
        "-----Message d'origine-----\nDe : Équipe",
    ):
        assert new_text(f"Merci beaucoup.\n\n{head}\n\nVotre voiture est prête.") == "Merci beaucoup."


def test_answers_between_quotes_keep_them() -> None:
    text = "> Red?\n\nNo.\n\n> Blue?\n\nYes."
    assert new_text(text) == text


def test_signatures_are_left_out_and_politeness_stays() -> None:
    assert new_text("Merci.\n\n-- \nJeanne Roe\n01 23 45 67 89") == "Merci."
    assert new_text("Merci.\n\nEnvoyé de mon iPhone") == "Merci."
    assert new_text("It broke.\n\nBest regards,\nJane") == "It broke.\n\nBest regards,\nJane"
    assert new_text("It broke.\n\nJane Roe\nRoe Ltd\n+33 1 23 45 67 89", "Jane Roe") == "It broke."


def test_nothing_is_hidden_that_is_all_there_is() -> None:
    assert new_text("> only a quote") == "> only a quote"
    assert new_text("Sent from my iPhone") == "Sent from my iPhone"


def test_numbers_a_customer_was_asked_for_are_no_signature() -> None:
    text = "You asked how to reach me:\n\nmobile 06 12 34 56 78\njane@customer.example"
    assert new_text(text, "Jane Roe") == text
