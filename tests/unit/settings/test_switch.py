"""What switch.toml may say, and the sentence for what it may not."""

from pathlib import Path

import pytest

from app.settings.errors import MendableError
from app.settings.switch import ExistingSwitch, PhonesElsewhere, SwitchChoice, read_switch_choice

ARI = 'user = "u"\npassword = "secret"\n'


def read(folder: Path, text: str, mode: int = 0o600) -> SwitchChoice:
    (folder / "switch.toml").write_text(text)
    (folder / "switch.toml").chmod(mode)
    return read_switch_choice(folder)


def test_nothing_said_is_a_private_switch(tmp_path: Path) -> None:
    assert read_switch_choice(tmp_path) == SwitchChoice()


def test_an_existing_switch_on_this_machine(tmp_path: Path) -> None:
    found = read(tmp_path, f'[existing]\nurl = "http://127.0.0.1:8088/ari"\n{ARI}sip_host = "127.0.0.1"\n')
    assert found.existing == ExistingSwitch("http://127.0.0.1:8088/ari", "u", "secret", "127.0.0.1")
    assert "secret" not in repr(found)


def test_phones_elsewhere_need_no_more_than_a_name(tmp_path: Path) -> None:
    found = read(tmp_path, '[phones]\nhost = "guichet.lan"\nstun = ["stun.lan:3478"]\n')
    assert found.phones == PhonesElsewhere("guichet.lan", stun=("stun.lan:3478",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[existing", "cannot be understood"),
        ("[exsting]", "[exsting] is unknown"),
        ("existing = 3", "[existing] cannot be used"),
        (f'[existing]\nurl = "http://127.0.0.1/ari"\n{ARI}', "sip_host"),
        (f'[existing]\nurl = "pbx"\n{ARI}sip_host = "127.0.0.1"', "looks like"),
        (f'[existing]\nurl = "http://pbx.lan/ari"\n{ARI}sip_host = "127.0.0.1"', "must be https"),
        (f'[existing]\nurl = "https://pbx.lan/ari"\n{ARI}sip_host = "pbx.lan"', "add [phones]"),
        (f'[existing]\nurl = "https://p.lan/ari"\n{ARI}sip_host = "p.lan"\n[phones]\nhost = "p.lan"', "authority"),
        ('[phones]\nhost = "pbx.lan"\nport_ = 1', "port_"),
        ('[phones]\nhost = "pbx.lan"\nauthority = "/nowhere/ca.pem"', "no file"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(MendableError) as refused:
        read(tmp_path, text)
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_password_that_others_may_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MendableError, match="chmod 600"):
        read(tmp_path, f'[existing]\nurl = "http://127.0.0.1/ari"\n{ARI}sip_host = "127.0.0.1"', 0o644)
