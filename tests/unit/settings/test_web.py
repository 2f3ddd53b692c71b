"""What web.toml may say, and the sentence for what it may not."""

from pathlib import Path

import pytest

from app.settings.errors import MendableError
from app.settings.web import WebChoice, read_web_choice


def read(folder: Path, text: str) -> WebChoice:
    (folder / "web.toml").write_text(text)
    return read_web_choice(folder)


def test_nothing_said_is_this_computer_only_and_no_proxy(tmp_path: Path) -> None:
    assert read_web_choice(tmp_path) == WebChoice(host="127.0.0.1", proxies=())


def test_proxies_are_addresses_and_networks(tmp_path: Path) -> None:
    assert read(tmp_path, 'proxies = ["127.0.0.1", "fd00::/8"]').proxies == ("127.0.0.1", "fd00::/8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("proxies = [", "cannot be understood"),
        ("proxies = 3", "cannot be understood"),
        ('proxies = ["proxy.lan"]', "'proxy.lan' is neither an address nor a network"),
        ('host = "0.0.0.0"', "add `certificate` and `key`"),
        ('certificate = "/nowhere.pem"', "there is no file"),
        ("behind_proxy = true", "behind_proxy"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(MendableError) as refused:
        read(tmp_path, text)
    assert said in str(refused.value)
