"""Settings from the environment or .env; a bad one stops the start and is named, its value never shown."""

import functools
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"
ROBOTS = ("wecombot://", "dingtalk://", "feishu://")
SECRETS = ("BOT_TOKEN", "WEBHOOK_SECRET", "BACKUP_KEY", "MIRROR_URLS")


_zones = functools.cache(available_timezones)  # it looks through hundreds of files


class WrongSettings(Exception):
    """The settings are wrong; the message names each setting and says what is expected, without its value."""


class Settings(BaseSettings):
    """PRODUCT section 4. Every field is the setting of the same name in capitals."""

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
                raise ValueError("expected Telegram user ids (numbers), comma separated")
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
            raise ValueError("expected an IANA time zone such as Asia/Shanghai")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError("expected sqlite:///path or postgresql://user@host/db")
        if value.removeprefix("sqlite:///") in ("", ":memory:"):
            raise ValueError("expected a file after sqlite:///")
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
            raise ValueError("expected an http(s) address")
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
            raise ValueError("expected host:port, such as 127.0.0.1:8080")
        return value

    @field_validator("mirror_urls")
    @classmethod
    def _mirrors(cls, value: SecretStr) -> SecretStr:
        urls = value.get_secret_value().replace(",", " ").split()
        if len(urls) > 9 or not all(url.startswith(ROBOTS) and url.partition("://")[2] for url in urls):
            raise ValueError(f"expected up to 9 addresses that begin with {', '.join(ROBOTS)}, comma separated")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr) -> SecretStr:
        allowed = value.get_secret_value().replace("_", "").replace("-", "")
        if allowed and not (allowed.isascii() and allowed.isalnum() and len(value) <= 256):
            raise ValueError("expected up to 256 letters, digits, _ and -")
        return value

    @model_validator(mode="after")
    def _webhook_needs_a_secret(self) -> "Settings":
        if self.webhook_url.startswith("http:") and urlsplit(self.bot_api_url).hostname == urlsplit(TELEGRAM).hostname:
            raise ValueError("WEBHOOK_URL: Telegram takes https only")
        if self.webhook_url and not self.webhook_secret.get_secret_value():
            raise ValueError("WEBHOOK_SECRET: a webhook without a secret would take updates from anybody")
        return self

    @property
    def robots(self) -> tuple[str, ...]:
        """The group robots that are told of notices and totals as well."""
        return tuple(self.mirror_urls.get_secret_value().replace(",", " ").split())

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def beside(self) -> Path:
        """What the files that lie beside the database are named after."""
        path = self.database_url.removeprefix("sqlite:///")
        return Path(path) if path != self.database_url else Path("data/wenming")

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
            raise WrongSettings("BOT_TOKEN: missing; get one from @BotFather and put it into .env")
        if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", self.token):
            raise WrongSettings("BOT_TOKEN: expected the form 123456:ABC...")
        if not self.owner_ids:
            raise WrongSettings("OWNER_IDS: missing; at least one Telegram user id, else nobody could set the bot up")


def load(**given: Any) -> Settings:
    """Settings from NAME_FILE files, the environment and .env; `given` wins. Raises WrongSettings."""
    try:
        from_file = DotEnvSettingsSource(Settings, given.get("_env_file", ".env")).env_vars
        secrets = {name.lower(): _read(name, path) for name in SECRETS if (path := _path(name, from_file))}
        return Settings(**secrets | given)
    except UnicodeDecodeError:
        raise WrongSettings(".env: cannot be read, it is no UTF-8 text") from None
    except ValidationError as error:
        raise WrongSettings("\n".join(_line(problem) for problem in error.errors(include_input=False))) from None


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
    except (OSError, UnicodeDecodeError) as problem:
        raise WrongSettings(f"{name}_FILE: cannot be read ({type(problem).__name__})") from None


def _line(problem: Any) -> str:
    name = ".".join(str(part) for part in problem["loc"][:1]).upper()
    text = problem["msg"].removeprefix("Value error, ")
    return f"{name}: {text}" if name else text
