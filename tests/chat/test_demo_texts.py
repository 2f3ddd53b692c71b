"""Demo › An SMS arrives: by the demo's own provider, to the desk, answered with its delivery, and her answer back."""

import contextlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.bootstrap import demo_texts
from app.settings.errors import MendableError
from app.settings.web import WebChoice
from app.store.engine import Access
from tests.chat.counter import Texting, hub

STORY = """
[text]
from = "+33639983312"
to = "+33380123450"
[text.says]
fr = "Notre presse est en panne."
en = "Our baler is broken."
[text.answers]
fr = "Parfait, merci."
en = "Great, thank you."
"""


@pytest.fixture
def story(texting: Texting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    secrets = SimpleNamespace(get_or_make=lambda _: "a secret")
    admin: Access = texting.vallon.admin
    monkeypatch.setattr(demo_texts, "THINKS_S", 0.1)
    monkeypatch.setattr(demo_texts, "TRIES", 1)
    monkeypatch.setattr(demo_texts, "service_secrets", lambda _: secrets)
    monkeypatch.setattr(demo_texts, "administrator_url", lambda _: "")
    monkeypatch.setattr(demo_texts, "access_of", lambda _: admin)
    monkeypatch.setattr(demo_texts, "profile_paths", lambda _: SimpleNamespace(run=tmp_path, config=tmp_path))
    monkeypatch.setattr(demo_texts, "web_choice", lambda _: WebChoice(port=texting.port))
    file = tmp_path / "story.toml"
    file.write_text(STORY, "utf-8")
    return file


async def test_she_writes_is_answered_and_answers_once(texting: Texting, story: Path) -> None:
    async with demo_texts.provider("demo", "fr", story) as provider, hub(texting):
        assert await demo_texts.write_text("demo", "fr", story) == 0
        (entry,) = await texting.settled(1)
        file = await texting.vallon.as_agent("nadia").case_file(entry["case_id"])
        assert [one.body for one in file.timeline if one.channel == "sms"] == ["Notre presse est en panne."]
        for number, text in enumerate(("On arrive.", "Vers 14 h."), 1):
            await texting.sends(entry["case_id"], text, "+33639983312")
            await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered' AND reason = 'received'", number)
        entries = await texting.settled(2)
        assert [one.text for one in provider.sent] == ["On arrive.", "Vers 14 h."]
    assert [one["case_id"] for one in entries] == [entry["case_id"]] * 2
    assert (await texting.rows("SELECT count(*) AS n FROM incoming")) == [{"n": 2}]


async def test_without_the_demo_it_says_what_to_do(texting: Texting, story: Path) -> None:
    with pytest.raises(MendableError, match="build/run"):
        await demo_texts.write_text("demo", "fr", story)
    async with demo_texts.provider("demo", "fr", story):
        with pytest.raises(MendableError, match="hub"):  # nobody serves its pages
            await demo_texts.write_text("demo", "fr", story)
    with contextlib.suppress(FileNotFoundError):
        assert not (story.parent / demo_texts.COUNTER).exists()


async def test_a_line_with_another_provider_is_left_alone(texting: Texting, story: Path) -> None:
    await texting.add_line(url="https://provider.example/messages.json")
    async with demo_texts.provider("demo", "fr", story):
        pass
    assert await texting.rows("SELECT url FROM sms_lines") == [{"url": "https://provider.example/messages.json"}]
