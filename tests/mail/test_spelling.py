"""Spelling by the dictionaries of this computer, as a real hunspell has them."""

import shutil
from pathlib import Path

import pytest

from app.domain.languages import language_of_text
from app.domain.spelling import words_of
from app.mail.hunspell import Hunspell


@pytest.fixture
def program() -> str:
    found = shutil.which("hunspell")
    if found is None:
        pytest.skip("needs hunspell with French and English dictionaries (Debian: hunspell hunspell-fr hunspell-en-us)")
    return found


async def test_words_are_checked_in_both_languages_and_mine_are_kept(program: str, tmp_path: Path) -> None:
    speller = Hunspell(tmp_path / "deep" / "words.txt", program)
    assert await speller.languages() >= {"fr", "en"}
    wrong = await speller.check("fr", ("l’huile", "huille", "Aujourd'hui", "vérifié", "été", "Nolay"))
    assert set(wrong) == {"huille", "Nolay"}
    assert "huile" in wrong["huille"]
    wrong = await speller.check("en", ("don't", "recieve", "leak", "xqzt"))
    assert set(wrong) == {"recieve", "xqzt"}
    assert "receive" in wrong["recieve"]
    await speller.learn("Nolay")
    assert await speller.check("fr", ("Nolay", "nolay")) == {}
    assert await speller.check("de", ("Haus",)) == {}
    await speller.close()
    again = Hunspell(tmp_path / "deep" / "words.txt", program)
    assert set(await again.check("fr", ("Nolay", "huille", "!quit", "*x"))) >= {"huille"}
    assert set(await again.check("fr", ("huille", "maison"))) == {"huille"}
    await again.close()


async def test_a_dictionary_that_died_is_started_again(program: str, tmp_path: Path) -> None:
    speller = Hunspell(tmp_path / "words.txt", program)
    assert await speller.check("en", ("recieve",))
    speller._processes["en"].kill()
    speller._processes["en"].wait()
    assert await speller.check("en", ("teh",)) == {}
    assert set(await speller.check("en", ("teh",))) == {"teh"}
    await speller.close()


async def test_without_the_program_there_is_nothing(tmp_path: Path) -> None:
    speller = Hunspell(tmp_path / "words.txt", str(tmp_path / "none"))
    assert await speller.languages() == frozenset()
    assert await speller.check("fr", ("huille",)) == {}
    await speller.close()


def test_addresses_numbers_and_capitals_are_no_words() -> None:
    text = "See https://x.example/a and jane@x.example: the 6R-155, SARL Roe, l’huile (coulée) d'ici."
    assert [word for _, word in words_of(text)] == ["See", "and", "the", "Roe", "l’huile", "coulée", "d'ici"]
    assert all(text[at : at + len(word)] == word for at, word in words_of(text))


def test_the_language_of_a_mail_is_guessed_by_its_commonest_words() -> None:
    assert language_of_text("Bonjour, le tracteur que vous nous avez vendu ne démarre pas. Merci.", "en") == "fr"
    assert language_of_text("Hello, the tractor that you sold us does not start. Please help, thanks.", "fr") == "en"
    assert language_of_text("6R 155 OK", "fr") == "fr"
    assert language_of_text("6R 155 OK", "en") == "en"
