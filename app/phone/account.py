"""Registration: what pjsua2 must be told to be one agent's phone. Owner thread only."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, Final

import pjsua2

from app.domain.phone import RUN_PARAMETER, SipTransport

if TYPE_CHECKING:
    from app.domain.phone import SipCredentials

_KINDS: Final = {
    SipTransport.UDP: pjsua2.PJSIP_TRANSPORT_UDP,
    SipTransport.TCP: pjsua2.PJSIP_TRANSPORT_TCP,
    SipTransport.TLS: pjsua2.PJSIP_TRANSPORT_TLS,
}
# TLS 1.2 and 1.3: the default fails against a server that speaks 1.3 only.
_TLS_PROTOCOLS: Final = 48
_EXPIRES_S: Final = 60
_RETRY_S: Final = 3


class Transports:
    """One SIP transport of each sort that was ever needed; pjsua2 wants them made once."""

    def __init__(self, endpoint: Any) -> None:
        self._endpoint = endpoint
        self._made: dict[tuple[SipTransport, str, str], int] = {}

    def get(self, credentials: SipCredentials) -> int:
        """The transport for these credentials; on loopback it is bound to loopback."""
        bound = local_address(credentials.host)
        key = (credentials.transport, bound, credentials.authority)
        if key not in self._made:
            config = pjsua2.TransportConfig()
            config.boundAddress = bound
            if credentials.transport is SipTransport.TLS:
                config.tlsConfig.CaBuf = credentials.authority
                config.tlsConfig.verifyServer = True
                config.tlsConfig.proto = _TLS_PROTOCOLS
            self._made[key] = self._endpoint.transportCreate(_KINDS[credentials.transport], config)
        return self._made[key]


def account_config(credentials: SipCredentials, transport: int, run: str) -> Any:
    """A registration that renews and repeats itself, with RTP on the side that the switch is on.

    The contact carries `run`, one name for each start of a phone: so the hub tells one that died and came back,
    whose calls are lost, from one that changed its network, whose calls go on.
    """
    config = pjsua2.AccountConfig()
    config.idUri = f"sip:{credentials.user}@{credentials.host}"
    config.regConfig.registrarUri = server_uri(credentials)
    config.regConfig.timeoutSec = _EXPIRES_S
    config.regConfig.delayBeforeRefreshSec = _EXPIRES_S // 2
    config.regConfig.firstRetryIntervalSec = 1
    config.regConfig.retryIntervalSec = _RETRY_S
    config.regConfig.unregWaitMsec = 500
    login = pjsua2.AuthCredInfo("digest", "*", credentials.user, 0, credentials.password)
    config.sipConfig.authCreds.append(login)
    config.sipConfig.transportId = transport
    config.sipConfig.contactUriParams = f";{RUN_PARAMETER}={run}"
    config.mediaConfig.transportConfig.port = 0
    here = config.mediaConfig.transportConfig.boundAddress = local_address(credentials.host)
    # Loopback is no candidate (RFC 8445, section 5.1.1.1): without any other, pjsua2 would refuse every call.
    config.natConfig.iceEnabled = bool(credentials.stun) and not here
    config.natConfig.sipStunUse = pjsua2.PJSUA_STUN_USE_DISABLED
    # Asked at registration and its renewals; not by each call, which would wait for a server that says nothing.
    config.natConfig.mediaStunUse = pjsua2.PJSUA_STUN_USE_DEFAULT
    if credentials.transport is SipTransport.TLS:
        config.mediaConfig.srtpUse = pjsua2.PJMEDIA_SRTP_MANDATORY
        config.mediaConfig.srtpSecureSignaling = 1
    return config


def server_uri(credentials: SipCredentials, user: str = "") -> str:
    """The switch's address, or that of somebody there."""
    host = f"[{credentials.host}]" if ":" in credentials.host else credentials.host
    transport = "" if credentials.transport is SipTransport.UDP else f";transport={credentials.transport}"
    return f"sip:{user + '@' if user else ''}{host}:{credentials.port}{transport}"


def local_address(host: str) -> str:
    """The address to bind to: loopback for a switch on this machine, else any (empty)."""
    try:
        return host if ipaddress.ip_address(host).is_loopback else ""
    except ValueError:
        return "127.0.0.1" if host == "localhost" else ""
