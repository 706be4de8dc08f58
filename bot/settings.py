"""The settings of the service: one class, read from `HOIDAP_…` variables, checked at the start.

Every setting has a name, a default, its unit in the name and a sentence; `describe()` lists them for
`hoidap settings` and for the documentation.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.addresses import checked_address
from bot.errors import SettingsError
from knowledge.formats.limits import Limits

if TYPE_CHECKING:
    from index.records import EmbedderSettings

PREFIX = "HOIDAP_"
_ORIGIN = re.compile(r"(https?)://([a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:\d{1,5})?/?")
_OWN_PORTS = {"http": ":80", "https": ":443"}


class Settings(BaseSettings):
    """What can be set from outside. Use `load_settings`, which also refuses unknown `HOIDAP_` variables."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    data_folder: Path = Field(
        default=Path("var"), description="Folder of everything that is built or stored at run time."
    )
    host: str = Field(
        default="127.0.0.1", description="Address that the chat listens on; 0.0.0.0 for every one."
    )
    port: int = Field(default=8000, ge=1, le=65535, description="Port that the chat listens on.")
    rasa_url: str = Field(
        default="http://127.0.0.1:5005",
        pattern=r"^https?://[^\s/]+(:\d+)?/?$",
        description="Where Rasa listens; loopback only, since Rasa's REST channel is not protected.",
    )
    rasa_timeout_seconds: float = Field(
        default=3.0, gt=0, le=60, description="How long a turn waits for Rasa before it is answered directly."
    )
    rasa_start_timeout_seconds: float = Field(
        default=180.0, gt=0, le=1800, description="How long `serve` waits for Rasa to load its model."
    )
    rasa_retry_seconds: float = Field(
        default=5.0, ge=0, le=600, description="How long Rasa is left alone after it did not answer."
    )
    embedding_model: str = Field(
        default="",
        description="Path or hub name of a sentence-transformers model; empty: the one that comes with it.",
    )
    embedding_query_prefix: str | None = Field(
        default=None,
        description="What that model wants before a question; empty: the prompt in its own configuration.",
    )
    embedding_passage_prefix: str | None = Field(
        default=None,
        description="What that model wants before a passage; empty: the prompt in its own configuration.",
    )
    vector_store: str = Field(
        default="",
        description="Milvus for the passages' vectors, by address or Milvus Lite file; empty: FAISS here.",
    )
    message_max_characters: int = Field(
        default=4000, ge=1, le=100_000, description="Longest message of a person."
    )
    body_max_bytes: int = Field(
        default=65_536,
        ge=1024,
        description="Largest request body in bytes (uploads have a limit of their own).",
    )
    upload_max_bytes: int = Field(default=20_000_000, ge=1024, description="Largest report file in bytes.")
    reading_seconds: float = Field(
        default=60.0,
        gt=0,
        le=3600,
        description="Seconds that each step of reading one file may take: its format, its text.",
    )
    recognition_seconds: float = Field(
        default=600.0,
        gt=0,
        le=36_000,
        description="Seconds that a scan (Tesseract) or a conversion (LibreOffice) of one file may take.",
    )
    reading_memory_bytes: int = Field(
        default=1_500_000_000, ge=300_000_000, description="Memory in bytes that reading one file may take."
    )
    queue_max_waiting: int = Field(
        default=4, ge=0, le=1000, description="How many messages of one conversation may wait for their turn."
    )
    retention_days: int = Field(
        default=90, ge=1, le=3650, description="Days that masked conversations and feedback are kept."
    )
    admin_token: SecretStr | None = Field(
        default=None, description="Token for adding and removing reports over HTTP; without one nobody can."
    )
    embed_origins: str = Field(
        default="",
        description="Origins whose pages may hold the widget, such as https://cong.example.gov.vn, "
        "apart by spaces; empty: none but our own.",
    )
    frame_origins: str = Field(
        default="",
        description="Origins that may show our pages in a frame, apart by spaces; empty: none but our own.",
    )
    log_level: str = Field(
        default="INFO", description="Least level that is logged: DEBUG, INFO, WARNING or ERROR."
    )
    public_url: str = Field(
        default="",
        description="Address under which people reach this service (https://…), for links in other channels.",
    )
    zalo: Literal["off", "on", "simulation"] = Field(
        default="off",
        description="Zalo channel: off, on, or simulation (a made-up Zalo on this machine, docs/zalo.md).",
    )
    zalo_app_id: str = Field(
        default="", pattern=r"^\d*$", description="Id of the app on developers.zalo.me, digits."
    )
    zalo_app_secret: SecretStr | None = Field(
        default=None, description="Secret key of that app; renews the tokens. Better in the secrets file."
    )
    zalo_oa_secret_key: SecretStr | None = Field(
        default=None,
        description="OA secret key of the webhook page; checks signatures. Better in the secrets file.",
    )
    zalo_secrets_file: Path | None = Field(
        default=None,
        description="File with lines NAME=VALUE for the two secrets; only its owner may read it (0600).",
    )
    zalo_verification_file: Path | None = Field(
        default=None, description="The zalo_verifier….html of Zalo's console, served at the root."
    )
    zalo_verification_tag: str = Field(
        default="",
        max_length=200,
        description="Content of Zalo's meta tag zalo-platform-site-verification, for the chat page.",
    )
    zalo_api_url: str = Field(default="https://openapi.zalo.me", description="Zalo's API.")
    zalo_oauth_url: str = Field(
        default="https://oauth.zaloapp.com", description="Zalo's server that gives out tokens."
    )
    zalo_proxy_url: SecretStr | None = Field(
        default=None, description="HTTP proxy for the calls to Zalo, if the machine has no other way out."
    )
    zalo_timeout_seconds: float = Field(
        default=10.0, gt=0, le=120, description="How long a call to Zalo may take."
    )
    zalo_requests_per_minute: int = Field(
        default=4000, ge=1, le=100_000, description="Most calls to Zalo a minute; Zalo allows an app 4000."
    )
    zalo_stale_seconds: int = Field(
        default=7500,
        ge=60,
        le=604_800,
        description="Oldest event that is taken; Zalo repeats an event for almost two hours.",
    )
    zalo_settle_seconds: float = Field(
        default=0.3,
        ge=0,
        le=30,
        description="How long an event waits for earlier ones of the same person, since Zalo keeps no order.",
    )
    zalo_retry_minutes: float = Field(
        default=30.0,
        gt=0,
        le=2880,
        description="How long a message is tried before it is listed as undeliverable.",
    )
    zalo_keep_days: int = Field(
        default=7, ge=1, le=90, description="Days that undeliverable messages stay listed."
    )
    zalo_simulation_port: int = Field(
        default=8790, ge=1, le=65535, description="Port of the made-up Zalo of `hoidap zalo simulate`."
    )

    @field_validator("public_url", "zalo_api_url", "zalo_oauth_url")
    @classmethod
    def _safe_address(cls, value: str) -> str:
        return checked_address(value)

    @field_validator("embed_origins", "frame_origins")
    @classmethod
    def _origins(cls, value: str) -> str:
        return " ".join(origin(part) for part in value.replace(",", " ").split())

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        level = value.upper()
        if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("expected DEBUG, INFO, WARNING or ERROR")
        return level

    @field_validator("admin_token")
    @classmethod
    def _long_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 16:
            raise ValueError("expected at least 16 characters")
        return value

    @property
    def reading_limits(self) -> Limits:
        """What reading one file may cost."""
        return Limits(
            seconds=self.reading_seconds,
            ocr_seconds=self.recognition_seconds,
            memory_bytes=self.reading_memory_bytes,
        )

    @property
    def knowledge_path(self) -> Path:
        """The SQLite file of the reports."""
        return self.data_folder / "knowledge.sqlite"

    @property
    def index_folder(self) -> Path:
        """The folder of index generations."""
        return self.data_folder / "index"

    @property
    def embedder(self) -> EmbedderSettings:
        """The embedding model and what it wants before its texts."""
        from index.records import EmbedderSettings

        return EmbedderSettings(
            model=self.embedding_model,
            query_prefix=self.embedding_query_prefix,
            passage_prefix=self.embedding_passage_prefix,
        )

    @property
    def conversations_path(self) -> Path:
        """The SQLite file of masked conversations and feedback."""
        return self.data_folder / "conversations.sqlite"

    @property
    def desk_path(self) -> Path:
        """The SQLite file of the editor's desk: staged reports, log, acceptance runs."""
        return self.data_folder / "desk.sqlite"

    @property
    def zalo_folder(self) -> Path:
        """The folder of the Zalo channel's queue and tokens; the simulation has one of its own."""
        return self.data_folder / ("zalo-simulation" if self.zalo == "simulation" else "zalo")

    @property
    def rasa_folder(self) -> Path:
        """The folder of Rasa's models and log."""
        return self.data_folder / "rasa"

    @property
    def rasa_models_folder(self) -> Path:
        """The folder of Rasa's models."""
        return self.rasa_folder / "models"


def origin(text: str) -> str:
    """The origin as browsers send it: scheme, host in small letters, port unless it is the scheme's own.

    Raises:
        ValueError: it is none; a wildcard would let every page of the network use the service.
    """
    found = _ORIGIN.fullmatch(text.lower())
    if found is None:
        raise ValueError(
            f"expected origins such as https://cong.example.gov.vn, no path and no *; found {text!r}"
        )
    scheme, host, port = found.groups()
    return f"{scheme}://{host}" + (port if port and port != _OWN_PORTS[scheme] else "")


def load_settings(environment: Mapping[str, str] | None = None, **given: Any) -> Settings:  # noqa: ANN401
    """The settings from the environment, `given` ones (that are not None) taking precedence.

    Raises:
        SettingsError: a `HOIDAP_` variable is not a setting, or a value cannot be used.
    """
    environment = os.environ if environment is None else environment
    known = set(Settings.model_fields)
    stray = sorted(
        k for k in environment if k.startswith(PREFIX) and k.removeprefix(PREFIX).lower() not in known
    )
    if stray:
        names = ", ".join(PREFIX + name.upper() for name in sorted(known))
        raise SettingsError(f"{stray[0]} is not a setting; expected one of {names}")
    values: dict[str, Any] = {
        k.removeprefix(PREFIX).lower(): v for k, v in environment.items() if k.startswith(PREFIX) and v != ""
    }
    values |= {k: v for k, v in given.items() if v is not None}
    try:
        return Settings(**values)
    except ValidationError as error:
        raise SettingsError(_first_problem(error)) from None


def _first_problem(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else PREFIX
    secret = any(word in name for word in ("TOKEN", "SECRET", "PROXY"))
    shown = "(hidden)" if secret else repr(first.get("input"))
    return f"{name}: {first['msg']}; found {shown}; set it to a usable value or unset it for the default"


def describe() -> list[tuple[str, str, str]]:
    """Name, default and sentence of every setting, in the order of declaration."""
    return [
        (PREFIX + name.upper(), "" if info.default is None else str(info.default), info.description or "")
        for name, info in Settings.model_fields.items()
    ]
