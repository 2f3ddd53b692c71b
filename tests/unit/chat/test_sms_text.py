"""SMS as text: segments of both alphabets, words that end them, what a provider posts."""

import pytest

from app.chat.reading import read_sms
from app.domain.mail import Verdict
from app.domain.sms import Alphabet, hook_signature, is_signed, segments, stop_word


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "count", "left"),
    [
        ("", Alphabet.GSM7, 0, 0, 160),
        ("a" * 160, Alphabet.GSM7, 160, 1, 0),
        ("a" * 161, Alphabet.GSM7, 161, 2, 145),
        ("é" * 306, Alphabet.GSM7, 306, 2, 0),
        ("€" * 80, Alphabet.GSM7, 160, 1, 0),
        # 152 and a pair: the pair goes to the next segment whole.
        ("a" * 152 + "€" + "a" * 20, Alphabet.GSM7, 174, 2, 131),
        ("ê" * 70, Alphabet.UCS2, 70, 1, 0),
        ("ê" * 71, Alphabet.UCS2, 71, 2, 63),
        ("😀" * 35, Alphabet.UCS2, 70, 1, 0),
        ("😀" * 36, Alphabet.UCS2, 72, 2, 61),
    ],
)
def test_segments_are_counted_as_telephones_send_them(
    text: str, alphabet: Alphabet, units: int, count: int, left: int
) -> None:
    found = segments(text)
    assert (found.alphabet, found.units, found.count, found.left) == (alphabet, units, count, left)


def test_the_letter_that_costs_most_is_named() -> None:
    assert segments("À la fenêtre").odd == "À"
    assert segments("déjà vu").odd == ""


@pytest.mark.parametrize("text", ["STOP", " stop. ", "Arrêt", "ARRET", "« STOP »", "Se désabonner"[3:]])
def test_she_ends_it_in_either_language(text: str) -> None:
    assert stop_word(text) is True


@pytest.mark.parametrize("text", ["Stop by at nine", "I cannot stop it", "", "arrêter la machine"])
def test_a_sentence_with_the_word_ends_nothing(text: str) -> None:
    assert stop_word(text) is None


def test_she_takes_it_up_again() -> None:
    assert stop_word("Start") is False


def test_a_signature_holds_for_one_address_and_one_form() -> None:
    # The provider's published example of its scheme.
    form = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert hook_signature("12345", url, form) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert is_signed("12345", url, form, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert not is_signed("12345", f"{url}&baz=3", form, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert not is_signed("12345", url, form | {"Digits": "9999"}, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert not is_signed("", url, form, hook_signature("", url, form))
    assert not is_signed("12345", url, form, "é")


def test_what_a_provider_posts_is_read() -> None:
    mail = read_sms(b"MessageSid=SM1&From=%2B33639981234&To=%2B33380123450&Body=Bonjour%20%C3%A0%20vous")
    assert mail.sender is not None
    assert (mail.sender.address, mail.text, mail.verdict) == ("+33639981234", "Bonjour à vous", Verdict.HUMAN)


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [(b"From=Bank&Body=hello", Verdict.HUMAN), (b"\xff\x00", Verdict.UNPARSEABLE), (b"", Verdict.UNPARSEABLE)],
)
def test_a_sender_without_a_number_is_nobody(raw: bytes, verdict: Verdict) -> None:
    mail = read_sms(raw)
    assert (mail.sender, mail.verdict) == (None, verdict)
