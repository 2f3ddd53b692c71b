"""What the agent sees first of a reply."""

import textwrap

import pytest

from app.mail.replies import new_text
from tests.unit.mail.reply_marks import ATTRIBUTIONS, DEVICES, HEADS

_NEW = "Yes, that is fine.\nSee you on Monday."
_OLD = "Dear customer,\nshall we meet?\nThe team"
_QUOTED = "> Dear customer,\n> shall we meet?\n> The team"


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


@pytest.mark.parametrize("before", ["", "Envoyé de mon iPhone\n\n", "-- \nMarie Roux\n01 23 45 67 89\n\n"])
@pytest.mark.parametrize("head", [one for one in HEADS if one.startswith("---")])
def test_a_mail_that_is_passed_on_without_a_word_is_seen(before: str, head: str) -> None:
    text = f"{before}{head}\n\n{_OLD}"
    assert new_text(text) == text
    assert new_text(f"Voyez ci-dessous.\n\n{text}") == "Voyez ci-dessous."


def test_nothing_is_hidden_that_is_all_there_is() -> None:
    assert new_text("> only a quote") == "> only a quote"
    assert new_text("Sent from my iPhone") == "Sent from my iPhone"


def test_numbers_a_customer_was_asked_for_are_no_signature() -> None:
    text = "You asked how to reach me:\n\nmobile 06 12 34 56 78\njane@customer.example"
    assert new_text(text, "Jane Roe") == text


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_programs_announce_what_they_quote_in_many_ways(attribution: str) -> None:
    folded = textwrap.fill(attribution, 50)
    assert new_text(f"{_NEW}\n\n{attribution}\n\n{_QUOTED}\n") == _NEW
    assert new_text(f"{_NEW}\n\n{attribution}\n\n{_OLD}\n") == _NEW
    assert new_text(f"{_NEW}\n\n> {attribution}\n> \n{_QUOTED}\n") == _NEW
    assert new_text(f"{_NEW}\n\n{folded}\n\n{_QUOTED}\n") == _NEW


@pytest.mark.parametrize("head", HEADS)
def test_programs_write_the_old_mails_head_in_many_ways(head: str) -> None:
    assert new_text(f"{_NEW}\n\n{head}\n\n{_OLD}\n") == _NEW
    assert new_text(f"{_NEW}\n\n{head}\n\n{_QUOTED}\n") == _NEW


@pytest.mark.parametrize("device", DEVICES)
def test_programs_sign_for_themselves(device: str) -> None:
    assert new_text(f"{_NEW}\n\n{device}\n") == _NEW
    assert new_text(f"{_NEW}\n\n{device}\n\n{ATTRIBUTIONS[0]}\n\n{_QUOTED}\n") == _NEW


def test_a_sentence_about_where_it_was_sent_from_is_no_signature() -> None:
    text = "Hello\n\nSent from my desk, is much easier than my phone."
    assert new_text(text) == text


def test_what_follows_a_thank_you_is_no_signature_unless_a_name_does() -> None:
    text = "Pouvez-vous m’appeler ?\nMerci\n\nLe matin si possible.\nMon numéro : 06 12 34 56 78"
    assert new_text(text) == text
    assert (
        new_text("Oui.\n\nCordialement,\n\nJeanne Roux\nGérante\n06 12 34 56 78")
        == "Oui.\n\nCordialement,\n\nJeanne Roux"
    )


def test_a_card_ends_the_text_where_it_has_a_row_over_it_or_the_senders_address() -> None:
    card = "Roux SARL\n\nt. 06 12 34 56 78\n\nhttps://roux.example"
    assert new_text(f"Oui.\n\n----------------\n\n{card}") == "Oui."
    signed = "Oui.\n\nJeanne Roux, gérante\nRoux SARL\njeanne@roux.example"
    assert new_text(signed, "", "jeanne@roux.example") == "Oui."
    asked = "Écrivez-moi :\n\nmon adresse, la voici\njeanne@roux.example"
    assert new_text(asked, "", "jeanne@roux.example") == asked
