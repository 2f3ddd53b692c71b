"""French is complete, and a fresh extraction finds nothing new."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

FILES = sorted((Path(__file__).resolve().parents[2] / "resources" / "i18n").glob("*.ts"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_sentence_is_unfinished(file: Path) -> None:
    unfinished = [
        message.findtext("source")
        for message in ET.parse(file).iter("message")
        if (found := message.find("translation")) is None or found.get("type") or not "".join(found.itertext()).strip()
    ]
    assert unfinished == []


def forms(message: ET.Element) -> list[ET.Element]:
    return message.findall("translation/numerusform") or message.findall("translation")


def places(text: str | None) -> set[str]:
    return set(re.findall(r"\{\w+\}", text or ""))


def test_places_of_details_survive_translation() -> None:
    messages = [message for file in FILES for message in ET.parse(file).iter("message")]
    wrong = [
        message.findtext("source")
        for message in messages
        if any(places(form.text) != places(message.findtext("source")) for form in forms(message))
    ]
    assert wrong == []
