"""Who we are to Zalo: the app's id, its secrets, the addresses; from settings or a file only we may read."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.channels.zalo.errors import SecretsUnsafe
from bot.channels.zalo.private_files import make_private_folder, read_private, write_private
from bot.errors import SettingsError
from bot.settings import PREFIX, Settings

APP_SECRET, OA_SECRET_KEY = "ZALO_APP_SECRET", "ZALO_OA_SECRET_KEY"
SIMULATED_APP_ID = "1000000000000000001"


@dataclass(frozen=True, slots=True)
class Account:
    """An app and its Official Account. The secrets are masked wherever this is printed."""

    app_id: str
    app_secret: SecretStr
    webhook_key: SecretStr
    api_url: str
    oauth_url: str
    folder: Path


def open_account(settings: Settings) -> Account:
    """The account that the settings describe; its folder is made where it is missing.

    Raises:
        SettingsError: the channel is off, or a setting is missing.
        SecretsUnsafe: the file of secrets can be read by others or is malformed.
    """
    if settings.zalo == "off":
        raise SettingsError(f"{PREFIX}ZALO: the channel is off; set it to on, or to simulation to try it out")
    make_private_folder(settings.zalo_folder)
    return _simulated(settings) if settings.zalo == "simulation" else _real(settings)


def _real(settings: Settings) -> Account:
    given = _from_file(settings.zalo_secrets_file)
    app_secret = settings.zalo_app_secret or given.get(APP_SECRET)
    webhook_key = settings.zalo_oa_secret_key or given.get(OA_SECRET_KEY)
    if not settings.zalo_app_id:
        raise _missing("ZALO_APP_ID", "the app's id from developers.zalo.me")
    if app_secret is None:
        raise _missing(APP_SECRET, "the app's secret key")
    if webhook_key is None:
        raise _missing(OA_SECRET_KEY, "the OA secret key of the webhook page")
    return Account(
        app_id=settings.zalo_app_id,
        app_secret=app_secret,
        webhook_key=webhook_key,
        api_url=settings.zalo_api_url,
        oauth_url=settings.zalo_oauth_url,
        folder=settings.zalo_folder,
    )


def _missing(name: str, what: str) -> SettingsError:
    return SettingsError(
        f"{PREFIX}{name} is not set; the Zalo channel needs {what} (docs/zalo.md), "
        f"or set {PREFIX}ZALO=off to do without the channel"
    )


def _simulated(settings: Settings) -> Account:
    """The made-up account of this data folder: secrets drawn once, addresses on this machine."""
    path = settings.zalo_folder / "secrets"
    if not path.exists():
        lines = [f"{PREFIX}{name}={secrets.token_urlsafe(24)}" for name in (APP_SECRET, OA_SECRET_KEY)]
        write_private(path, "\n".join(lines) + "\n")
    given = _from_file(path)
    here = f"http://127.0.0.1:{settings.zalo_simulation_port}"
    return Account(
        app_id=SIMULATED_APP_ID,
        app_secret=given[APP_SECRET],
        webhook_key=given[OA_SECRET_KEY],
        api_url=here,
        oauth_url=here,
        folder=settings.zalo_folder,
    )


def _from_file(path: Path | None) -> dict[str, SecretStr]:
    """The secrets in a file of ``HOIDAP_ZALO_…=value`` lines; comments and empty lines are skipped."""
    if path is None:
        return {}
    found: dict[str, SecretStr] = {}
    for number, line in enumerate(read_private(path).splitlines(), start=1):
        name, is_pair, value = line.strip().partition("=")
        if not line.strip() or name.startswith("#"):
            continue
        short = name.strip().removeprefix(PREFIX)
        if not is_pair or short not in (APP_SECRET, OA_SECRET_KEY) or not value.strip():
            raise SecretsUnsafe(
                f"{path}:{number}: expected {PREFIX}{APP_SECRET}=… or {PREFIX}{OA_SECRET_KEY}=…"
            )
        found[short] = SecretStr(value.strip())
    return found
