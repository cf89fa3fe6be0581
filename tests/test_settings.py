"""The settings: each wrong one is named, none is ever printed, secrets come from files too."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from bot.i18n import LANGUAGES, translator
from bot.settings import SECRETS, Settings, WrongSettings, language, load

CANARY = "canary-VALUE-nobody-may-see"
GOOD = {"bot_token": "123456:ABC-def_1", "owner_ids": "900"}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        for suffix in ("", "_FILE"):
            monkeypatch.delenv(name.upper() + suffix, raising=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OWNER_IDS", CANARY),
        ("OWNER_IDS", f"900, {CANARY}"),
        ("OWNER_IDS", "1.5"),
        ("OWNER_IDS", "-900"),
        ("OWNER_IDS", "0"),
        ("OWNER_IDS", str(2**63)),
        ("OWNER_IDS", "\u0661\u0662"),
        ("TIMEZONE", CANARY),
        ("TIMEZONE", "UTC+8"),
        ("TIMEZONE", "../etc/passwd"),
        ("LANGUAGE", CANARY),
        ("LANGUAGE", "fr"),
        ("DATABASE_URL", CANARY),
        ("DATABASE_URL", "mysql://canary@host/db"),
        ("DATABASE_URL", "sqlite:///"),
        ("BOT_API_URL", CANARY),
        ("BOT_API_URL", "https://"),
        ("BOT_API_URL", "https:///canary"),
        ("WEBHOOK_URL", f"ftp://{CANARY}"),
        ("WEBHOOK_URL", "http://[canary"),
        ("LISTEN", CANARY),
        ("LISTEN", "127.0.0.1"),
        ("LISTEN", "127.0.0.1:canary"),
        ("LISTEN", "127.0.0.1:65536"),
        ("LISTEN", "127.0.0.1:\u00b2"),
        ("RATE_PER_SECOND", CANARY),
        ("RATE_PER_SECOND", "0"),
        ("RATE_PER_SECOND", "-28"),
        ("RATE_PER_SECOND", "nan"),
        ("RATE_PER_SECOND", "inf"),
        ("RATE_PER_SECOND", ""),
        ("ORG_NAME", ""),
        ("ORG_NAME", "canary" * 20),
        ("LOG_LEVEL", CANARY),
        ("LOG_LEVEL", "debug "),
        ("LOG_FORMAT", CANARY),
        ("WEBHOOK_SECRET", "canary with spaces"),
        ("WEBHOOK_SECRET", "canary-密"),
        ("WEBHOOK_SECRET", "canary" * 50),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings) as raised:
        load()
    assert str(raised.value).startswith(f"{name}: ")
    assert "canary" not in str(raised.value).lower()
    assert raised.value.__cause__ is None and raised.value.__suppress_context__, "nor in a traceback"


@pytest.mark.parametrize(
    "token",
    [
        "",
        "canary",
        "12:",
        ":canary",
        "canary:123",
        "123456:canary canary",
        "123456:canary/..",
        "1:c\u00e4nary",
        "12\n3:canary",
    ],
)
def test_a_token_that_is_none_stops_the_start(token: str) -> None:
    with pytest.raises(WrongSettings, match=r"^BOT_TOKEN: ") as raised:
        load(bot_token=token, owner_ids="900").check_for_run()
    assert "canary" not in str(raised.value).lower()


def test_without_an_owner_nothing_starts() -> None:
    with pytest.raises(WrongSettings, match=r"^OWNER_IDS: "):
        load(bot_token="123456:ABC").check_for_run()
    load(**GOOD).check_for_run()


def test_a_webhook_without_a_secret_is_refused() -> None:
    with pytest.raises(WrongSettings, match=r"^WEBHOOK_SECRET: "):
        load(webhook_url="https://example.org/hook")
    assert load(webhook_url="https://example.org/hook", webhook_secret="s").webhook_url == "https://example.org/hook"


def test_a_webhook_without_encryption_is_for_a_server_of_ones_own() -> None:
    """Telegram's own takes https only; one of the unit's own, beside the bot, takes both."""
    for api in ({}, {"bot_api_url": ""}, {"bot_api_url": "https://API.telegram.org/"}):
        with pytest.raises(WrongSettings, match=r"^WEBHOOK_URL: "):
            load(webhook_url="http://example.org/canary", webhook_secret="abc", **api)
    own = load(webhook_url="http://127.0.0.1:8080/h", webhook_secret="abc", bot_api_url="http://127.0.0.1:8081")
    assert own.webhook_url == "http://127.0.0.1:8080/h"


def test_a_webhook_is_hung_where_it_was_written_and_an_api_has_no_slash_behind_it() -> None:
    """What stands before the bot passes on that path and no other."""
    for url in ("https://example.org/hook/", "https://example.org/", "https://example.org"):
        assert load(webhook_url=url, webhook_secret="s").webhook_url == url
    assert load(bot_api_url="http://127.0.0.1:8081/sub/").bot_api_url == "http://127.0.0.1:8081/sub"


def test_an_api_that_is_left_empty_is_telegrams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_API_URL", "")
    assert load().bot_api_url == load(_env_file=None).bot_api_url == "https://api.telegram.org"


def test_every_wrong_setting_is_named_at_once() -> None:
    with pytest.raises(WrongSettings) as raised:
        load(language="xx", listen="x", timezone="x")
    assert {line.partition(":")[0] for line in str(raised.value).splitlines()} == {"LANGUAGE", "LISTEN", "TIMEZONE"}


# What a secret may look like, where that is not all the same.
SHAPED = {"MIRROR_URLS": "wecombot://"}


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    secret = SHAPED.get(name, "") + "from-the-file"
    file.write_text(f"  {secret}\n", "utf-8")
    monkeypatch.setenv(f"{name}_FILE", str(file))
    assert getattr(load(), name.lower()).get_secret_value() == secret


@pytest.mark.parametrize("name", SECRETS)
def test_the_path_of_that_file_may_stand_in_the_env_file(tmp_path: Path, name: str) -> None:
    secret, line = SHAPED.get(name, "") + "from-the-file", SHAPED.get(name, "") + "from-the-line"
    (tmp_path / "secret").write_text(f"{secret}\n", "utf-8")
    (tmp_path / ".env").write_text(f"{name}={line}\n{name}_FILE=secret\n", "utf-8")
    assert getattr(load(), name.lower()).get_secret_value() == secret
    assert getattr(load(_env_file=None), name.lower()).get_secret_value() == ""


def test_a_secret_in_the_environment_wins_over_a_path_in_the_env_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("BOT_TOKEN_FILE=nothing-there\n", "utf-8")
    with pytest.raises(WrongSettings, match=r"^BOT_TOKEN_FILE: secret-file"):
        load()
    monkeypatch.setenv("BOT_TOKEN", "1:from-the-environment")
    assert load().token == "1:from-the-environment"
    (tmp_path / "secret").write_text("1:from-the-file", "utf-8")
    monkeypatch.setenv("BOT_TOKEN_FILE", str(tmp_path / "secret"))
    assert load().token == "1:from-the-file"
    assert load(bot_token="1:given").token == "1:given"


@pytest.mark.parametrize("problem", ["missing", "folder", "bytes"])
def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, problem: str) -> None:
    file = tmp_path / "canary"
    if problem == "folder":
        file.mkdir()
    elif problem == "bytes":
        file.write_bytes(b"\xff\xfe\x80")
    monkeypatch.setenv("BOT_TOKEN_FILE", str(file))
    with pytest.raises(WrongSettings, match=r"^BOT_TOKEN_FILE: secret-file") as raised:
        load()
    assert "canary" not in str(raised.value)


def test_the_env_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text('ORG_NAME="某某局"\nRATE_PER_SECOND=5\nUNKNOWN=1\n', "utf-8")
    monkeypatch.setenv("RATE_PER_SECOND", "7")
    found = load()
    assert (found.org_name, found.rate_per_second) == ("某某局", 7)


def test_an_env_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"ORG_NAME=\xff\xfe\x80canary")
    with pytest.raises(WrongSettings, match=r"^\.env: ") as raised:
        load()
    assert "canary" not in str(raised.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_each_setting_is_to_be_is_said_in_ones_language(language: str) -> None:
    """Whatever pydantic minds: no text of its own is shown."""
    t = translator(language)
    for name in Settings.model_fields:
        with pytest.raises(WrongSettings) as raised:
            load(_env_file=None, **{name: object()})
        said = raised.value.said(t)
        assert said.startswith(name.upper()) and "wrong-" not in said
        assert bool(re.search("[一-鿿]", said)) == (language == "zh"), said
        assert not re.search("Input|should|pydantic", said)


@pytest.mark.parametrize(
    ("given", "name", "chinese", "english"),
    [
        ({"webhook_url": "http://canary.org/", "webhook_secret": "abc"}, "WEBHOOK_URL", "请换成 https", "Use https"),
        ({"webhook_url": "https://canary.org/"}, "WEBHOOK_SECRET", "必须填它", "it is needed"),
        ({"bot_token": ""}, "BOT_TOKEN", "请向 @BotFather 申请", "get one from @BotFather"),
        ({"bot_token": "canary"}, "BOT_TOKEN", "请从 @BotFather 复制", "as @BotFather shows it"),
        ({"owner_ids": ""}, "OWNER_IDS", "至少填一个", "at least one"),
        ({"_env_file": "bytes"}, ".env", "用文本编辑器另存为 UTF-8", "save it as UTF-8"),
    ],
)
def test_what_is_wrong_beside_a_field_is_said_with_what_to_do(
    tmp_path: Path, given: dict[str, Any], name: str, chinese: str, english: str
) -> None:
    (tmp_path / "bytes").write_bytes(b"ORG_NAME=\xff\xfe\x80canary")
    with pytest.raises(WrongSettings) as raised:
        load(**GOOD | {"_env_file": None} | given).check_for_run()
    for spoken, hint in zip(LANGUAGES, (chinese, english), strict=True):
        said = raised.value.said(translator(spoken))
        assert said.startswith(name) and hint in said and "wrong-" not in said and "canary" not in said


def test_the_language_is_known_where_another_setting_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIMEZONE", CANARY)
    assert language() == "zh"
    (tmp_path / ".env").write_text("LANGUAGE=en\n", "utf-8")
    assert language() == "en"
    monkeypatch.setenv("LANGUAGE", "zh_CN:zh")
    assert language() == "zh"
    monkeypatch.setenv("LANGUAGE", CANARY)
    assert language() == "zh"
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x80")
    assert language() == "zh"


def test_a_settings_object_shows_no_secret() -> None:
    shown = repr(
        load(bot_token=f"1:{CANARY}", webhook_secret="canary", backup_key=CANARY, mirror_urls=f"wecombot://{CANARY}")
    )
    assert "canary" not in shown.lower()


def test_owners_are_written_as_people_write_lists() -> None:
    assert load(owner_ids=" 900，901 ,, 902,").owner_ids == {900, 901, 902}


@how(deadline=None)
@given(st.sampled_from(sorted(Settings.model_fields)), st.text(max_size=30))
def test_no_text_in_any_setting_is_a_crash(name: str, value: str) -> None:
    given: dict[str, Any] = {name: value}
    try:
        load(_env_file=None, **given)
    except WrongSettings as problem:
        assert name.upper() in str(problem) or name == "webhook_url"
