"""Settings from the environment or .env; a bad one stops the start and is named, its value never shown."""

import contextlib
import functools
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

if TYPE_CHECKING:
    from bot.i18n import Translator

TELEGRAM = "https://api.telegram.org"
ROBOTS = ("wecombot://", "dingtalk://", "feishu://")
SECRETS = ("BOT_TOKEN", "WEBHOOK_SECRET", "BACKUP_KEY", "MIRROR_URLS")


_zones = functools.cache(available_timezones)  # it looks through hundreds of files


class Wrong(NamedTuple):
    """One setting, and what is wrong with it: wrong-<reason> says what is expected, without the value."""

    name: str
    reason: str


class WrongSettings(Exception):
    """The settings are wrong."""

    def __init__(self, *found: Wrong) -> None:
        super().__init__("\n".join(f"{one.name}: {one.reason}" for one in found))
        self.found = found

    def said(self, t: "Translator") -> str:
        return "\n".join(
            t.plain("wrong-line", name=one.name, what=t.plain(f"wrong-{one.reason}")) for one in self.found
        )


class Settings(BaseSettings):
    """Every field is the setting of the same name in capitals."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    bot_token: SecretStr = SecretStr("")
    bot_api_url: str = TELEGRAM
    database_url: str = "sqlite:///data/wenming.db"
    owner_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    org_name: str = Field("示例单位", min_length=1, max_length=60)
    timezone: str = "Asia/Shanghai"
    language: Literal["zh", "en"] = "zh"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    listen: str = "127.0.0.1:8080"
    rate_per_second: float = Field(28, gt=0, le=100_000)
    backup_key: SecretStr = SecretStr("")
    mirror_urls: SecretStr = SecretStr("")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @field_validator("owner_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if isinstance(value, str):
            parts = [part.strip() for part in value.replace("，", ",").split(",") if part.strip()]
            if not all(re.fullmatch("[1-9][0-9]{0,15}", part) for part in parts):
                raise ValueError
            return frozenset(map(int, parts))
        return value

    @field_validator("language", mode="before")
    @classmethod
    def _first_language(cls, value: object) -> object:
        """On many desktops the system itself sets LANGUAGE, to a list such as zh_CN:zh or en_GB:en."""
        return value.replace(":", "_").partition("_")[0] if isinstance(value, str) else value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in _zones():
            raise ValueError
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError
        if value.removeprefix("sqlite:///") in ("", ":memory:"):
            raise ValueError
        return value

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _url(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
            sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            sound = False
        if value and not sound:
            raise ValueError
        return value

    @field_validator("bot_api_url")
    @classmethod
    def _base(cls, value: str) -> str:
        return value.rstrip("/") or TELEGRAM

    @field_validator("listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not (port.isascii() and port.isdigit() and len(port) <= 5) or int(port) > 65535:
            raise ValueError
        return value

    @field_validator("mirror_urls")
    @classmethod
    def _mirrors(cls, value: SecretStr) -> SecretStr:
        urls = value.get_secret_value().replace(",", " ").split()
        if len(urls) > 9 or not all(url.startswith(ROBOTS) and url.partition("://")[2] for url in urls):
            raise ValueError
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr) -> SecretStr:
        allowed = value.get_secret_value().replace("_", "").replace("-", "")
        if allowed and not (allowed.isascii() and allowed.isalnum() and len(value) <= 256):
            raise ValueError
        return value

    @model_validator(mode="after")
    def _webhook_needs_a_secret(self) -> "Settings":
        if self.webhook_url.startswith("http:") and urlsplit(self.bot_api_url).hostname == urlsplit(TELEGRAM).hostname:
            raise ValueError("WEBHOOK_URL webhook-http")
        if self.webhook_url and not self.webhook_secret.get_secret_value():
            raise ValueError("WEBHOOK_SECRET webhook-secret-missing")
        return self

    @property
    def robots(self) -> tuple[str, ...]:
        """The group robots that are told of notices and totals as well."""
        return tuple(self.mirror_urls.get_secret_value().replace(",", " ").split())

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite:///")

    @property
    def beside(self) -> Path:
        """What the files that lie beside the database are named after."""
        return Path(self.database_url.removeprefix("sqlite:///") if self.on_sqlite else "data/wenming")

    @property
    def token(self) -> str:
        return self.bot_token.get_secret_value()

    @property
    def secrets(self) -> tuple[str, ...]:
        """All that must stand in no log."""
        own = (getattr(self, name.lower()).get_secret_value() for name in SECRETS)
        try:
            password = urlsplit(self.database_url).password or ""
        except ValueError:
            password = ""
        return (*own, *self.robots, *(url.partition("://")[2] for url in self.robots), password, unquote(password))

    def check_for_run(self) -> None:
        """What `run` needs beyond a well-formed file."""
        if not self.token:
            raise WrongSettings(Wrong("BOT_TOKEN", "bot-token-missing"))
        if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", self.token):
            raise WrongSettings(Wrong("BOT_TOKEN", "bot-token"))
        if not self.owner_ids:
            raise WrongSettings(Wrong("OWNER_IDS", "owner-ids-missing"))


def load(**given: Any) -> Settings:
    """Settings from NAME_FILE files, the environment and .env; `given` wins. Raises WrongSettings."""
    try:
        from_file = DotEnvSettingsSource(Settings, given.get("_env_file", ".env")).env_vars
        secrets = {name.lower(): _read(name, path) for name in SECRETS if (path := _path(name, from_file))}
        return Settings(**secrets | given)
    except UnicodeDecodeError:
        raise WrongSettings(Wrong(".env", "env-file")) from None
    except ValidationError as error:
        raise WrongSettings(*map(_wrong, error.errors(include_input=False))) from None


def language() -> str:
    """What LANGUAGE says, also where it or anything else is wrong: in it that is told."""
    with contextlib.suppress(WrongSettings):
        return load().language
    from_file: Mapping[str, str | None] = {}
    with contextlib.suppress(UnicodeDecodeError):
        from_file = DotEnvSettingsSource(Settings, ".env").env_vars
    wanted = os.environ.get("LANGUAGE") or from_file.get("language") or ""
    return "en" if wanted.startswith("en") else "zh"


def secret_files() -> Sequence[Path]:
    """The files in which secrets stand by the settings."""
    from_file = DotEnvSettingsSource(Settings, ".env").env_vars
    return [Path(path) for name in SECRETS if (path := _path(name, from_file))]


def _path(name: str, from_file: Mapping[str, str | None]) -> str | None:
    """Where the file of a secret is; a secret in the environment wins over a path in .env."""
    in_env = None if name in os.environ else from_file.get(f"{name}_FILE".lower())
    return os.environ.get(f"{name}_FILE") or in_env


def _read(name: str, path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise WrongSettings(Wrong(f"{name}_FILE", "secret-file")) from None


def _wrong(problem: Any) -> Wrong:
    """Of a field its name says what is expected, whatever it was that pydantic minded."""
    if problem["loc"]:
        name = str(problem["loc"][0])
        return Wrong(name.upper(), name.replace("_", "-"))
    name, reason = problem["msg"].removeprefix("Value error, ").split()
    return Wrong(name, reason)
