"""`channels.toml`: what it may say, and what is said of it when it is wrong."""

from pathlib import Path

import pytest
from tests.unit.rig.channels.test_adapters import as_pem, vapid_key

from collavoce.rig.channels import ECHO, ChannelsError, Services, adapters, load_services
from collavoce.rig.channels.apprised import Apprised
from collavoce.rig.channels.webhook import Webhook

WHOLE = """
[push]
key_file = "vapid.pem"
contact = "mailto:stage@example.org"
hosts = ["push.example.org"]

[sms]
webhook = "https://gateway.example.org/send"
authorization = "Bearer hunter2"

[mail]
apprise = "mailtos://user:hunter2@smtp.example.org?to={to}"

[other]
schemes = ["ntfys", "TGRAM"]
"""


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "channels.toml"
    path.touch(mode)
    path.chmod(mode)
    path.write_text(text, encoding="utf-8")
    (folder / "vapid.pem").write_text(as_pem(vapid_key()), encoding="ascii")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(ChannelsError) as wrong:
        load_services(written(folder, text))
    return str(wrong.value).splitlines()


def test_no_file_means_open_pages_only(tmp_path: Path) -> None:
    assert load_services(tmp_path / "channels.toml") == Services()
    assert Services().channels == ()
    assert list(adapters(Services(), float, float)) == [ECHO]


def test_a_whole_file_sets_up_its_channels_and_no_other(tmp_path: Path) -> None:
    services = load_services(written(tmp_path, WHOLE))
    assert services.channels == ("push", "sms", "mail", "other")
    made = adapters(services, float, float)
    assert set(made) == {ECHO, "push", "sms", "mail", "other"}
    assert isinstance(made["sms"], Webhook)
    assert isinstance(made["mail"], Apprised)
    assert services.schemes == ("ntfys", "tgram")


def test_no_secret_stands_in_what_is_printed(tmp_path: Path) -> None:
    services = load_services(written(tmp_path, WHOLE))
    shown = repr(services) + repr(adapters(services, float, float))
    assert "hunter2" not in shown
    assert "PRIVATE KEY" not in shown


def test_a_file_that_others_may_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ChannelsError, match="chmod 600"):
        load_services(written(tmp_path, WHOLE, 0o644))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[sms]\n", 1, "either webhook or apprise"),
        ('[sms]\nwebhook = "https://x"\napprise = "twilio://{to}"\n', 1, "not both"),
        ('\n[sms]\nwebhook = "http://gateway.example.org"\n', 3, "https://"),
        ('[mail]\napprise = "mailto://a@example.org"\n', 2, "{to}"),
        ("[mail]\napprise = 3\n", 2, "quotation marks"),
        ('[voice]\nwebhok = "https://x"\n', 2, "webhok"),
        ('[fax]\nwebhook = "https://x"\n', 1, "no such table"),
        ('sms = "https://x"\n', 1, "[sms]"),
        ('[other]\nschemes = "ntfys"\n', 2, "list"),
        ('[push]\ncontact = "mailto:a@example.org"\n', 1, "key"),
        ('[push]\nkey = "hunter2"\ncontact = "mailto:a@example.org"\n', 2, "P-256"),
        ('[push]\nkey_file = "vapid.pem"\ncontact = "somebody"\n', 3, "mailto:"),
        ('[push]\nkey_file = "gone.pem"\ncontact = "mailto:a@example.org"\n', 2, "not there"),
        ('[tls]\nca_file = "gone.pem"\n', 2, "not there"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_without_its_value(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    said = faults(tmp_path, text)
    assert any(fault.startswith(f"{tmp_path / 'channels.toml'}:{line}:") for fault in said), said
    assert any(words in fault for fault in said), said
    assert "hunter2" not in "".join(said)


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    assert len(faults(tmp_path, '[sms]\n[mail]\napprise = "mailto://x"\n[fax]\n')) == 3


@pytest.mark.parametrize("text", ["[sms", "\x00", "a = [", "#" * 70_000])
def test_what_is_no_toml_or_too_long_is_refused(tmp_path: Path, text: str) -> None:
    assert len(faults(tmp_path, text)) == 1
