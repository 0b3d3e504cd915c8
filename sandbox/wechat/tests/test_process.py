"""The program itself: what survives a restart, and how it ends."""

import contextlib
import stat
import threading
import time

import requests

from sandbox.started import Started

from ..keyring import Keyring
from .client import Control, Merchant


@contextlib.contextmanager
def running(*arguments):
    simulator = Started("wechat", *arguments)
    try:
        yield Control(simulator.address)
    finally:
        simulator.stop()


def lasting(credentials):
    """Credentials without the addresses, which change with the port."""
    return {name: value for name, value in credentials.items() if not name.endswith("_base_url")}


def test_restart_keeps_keys_and_people(tmp_path):
    state = ("--state-dir", str(tmp_path / "state"))
    with running(*state) as control:
        before = control.get("/credentials")
        other = control.post("/merchants", name="别家")
        openid = control.openid("diner-a")
    file = tmp_path / "state" / "keys.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    with running(*state) as control:
        after = control.get("/credentials")
        assert lasting(after) == lasting(before)
        found = control.get(f"/credentials?mchid={other['mchid']}")
        assert lasting(found) == lasting(other)
        # An openid from before the restart can still be ordered for and pay.
        body, _ = Merchant(after).jsapi(openid)
        assert control.openid("diner-a") == openid
        assert control.post("/pay", out_trade_no=body["out_trade_no"])["payer_openid"] == openid


def test_without_state_dir_keys_are_new():
    first, second = Keyring(), Keyring()
    for name in ("appid", "app_secret", "platform_public_key_id", "merchants"):
        assert getattr(first, name) != getattr(second, name)


def test_a_held_call_does_not_hold_up_the_end():
    with running() as control:
        control.post("/faults", call="token", fault="timeout_before", seconds=60)
        held = threading.Thread(target=_ignore_failure, args=(f"{control.base_url}/cgi-bin/token",))
        held.start()
        while control.get("/faults")["faults"]:
            time.sleep(0.02)
        started = time.monotonic()
    assert time.monotonic() - started < 8
    held.join()


def _ignore_failure(url):
    with contextlib.suppress(requests.ConnectionError):
        requests.get(url, timeout=30)
