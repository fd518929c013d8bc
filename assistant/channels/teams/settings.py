"""The channel's settings in ``credentials.yml``, and the check of them at start."""

from __future__ import annotations

from typing import Any, Mapping, Optional
from urllib.parse import urlsplit

from pydantic import BaseModel, Extra, SecretStr, ValidationError, root_validator, validator
from rasa.shared.exceptions import RasaException

from assistant.channels.addresses import is_loopback_url


class TeamsSettingsError(RasaException):
    """The settings cannot be used; the message says which one and the fix."""


class TeamsSettings(BaseModel):
    """Who the bot is, who may use it and where answers may be sent.

    ``app_id`` and ``tenant_id`` come from the bot's registration in Entra ID. Exactly one of
    ``app_password``, ``certificate`` (a .pfx file, with ``certificate_passphrase`` where it
    has one) and ``managed_identity: true`` proves it. ``tenants`` may use the bot; by default
    only its own. ``service_urls`` are the addresses answers may be sent to. ``pages``
    is the address at which people reach the server's own pages, for links to answers.
    ``development`` takes messages without authentication, on this machine only.
    """

    app_id: str = ""
    tenant_id: str = ""
    app_password: SecretStr = SecretStr("")
    certificate: str = ""
    certificate_passphrase: SecretStr = SecretStr("")
    managed_identity: bool = False
    tenants: tuple[str, ...] = ()
    service_urls: tuple[str, ...] = ()
    pages: Optional[str] = None
    development: bool = False

    class Config:
        """Nothing is changed after the check, and a misspelt name is refused."""

        frozen = True
        extra = Extra.forbid

    @validator("pages")
    def _with_a_slash(cls, pages: Optional[str]) -> Optional[str]:
        if pages is None:
            return None
        if not _is_safe_base(pages):
            raise ValueError("must begin with https:// and a host")
        return f"{pages.rstrip('/')}/"

    @root_validator(skip_on_failure=True)
    def _complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        proofs = [
            name for name in ("app_password", "certificate", "managed_identity") if values[name]
        ]
        if values["development"]:
            if values["app_id"] or proofs:
                raise ValueError(
                    "development takes messages from anyone: remove it, or remove app_id and "
                    "its secrets"
                )
            return values
        missing = [name for name in ("app_id", "tenant_id", "service_urls") if not values[name]]
        if missing:
            raise ValueError(f"missing: {', '.join(missing)}")
        if len(proofs) != 1:
            raise ValueError(
                "give exactly one of app_password, certificate and managed_identity; "
                f"there is {' and '.join(proofs) or 'none'}"
            )
        wrong = [url for url in values["service_urls"] if not _is_safe_base(url)]
        if wrong:
            raise ValueError(f"service_urls must begin with https:// and a host: {wrong[0]}")
        return {**values, "tenants": values["tenants"] or (values["tenant_id"],)}

    @classmethod
    def read(cls, credentials: Optional[Mapping[str, Any]]) -> TeamsSettings:
        """The settings of a section of ``credentials.yml``.

        Raises:
            TeamsSettingsError: they are not complete, or contradict each other.
        """
        try:
            return cls.parse_obj(credentials or {})
        except ValidationError as error:
            # The first message only: it names settings, never their values.
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"] if part != "__root__")
            message = f"{place}: {first['msg']}" if place else first["msg"]
            raise TeamsSettingsError(
                f"Teams in credentials.yml: {message}. See docs/teams.md."
            ) from None

    def may_send_to(self, service_url: str) -> bool:
        """Whether answers may go to this service URL."""
        if self.development:
            return is_loopback_url(service_url)
        try:
            wanted = urlsplit(service_url)
            allowed = [urlsplit(url) for url in self.service_urls]
        except ValueError:
            return False
        return any(
            (wanted.scheme, wanted.netloc) == (base.scheme, base.netloc)
            and wanted.path.startswith(base.path.rstrip("/"))
            for base in allowed
        )


def _is_safe_base(url: str) -> bool:
    # Plain http leaves nothing of this machine only where it does not leave it.
    try:
        return bool(urlsplit(url).hostname) and (
            urlsplit(url).scheme == "https" or is_loopback_url(url)
        )
    except ValueError:
        return False
