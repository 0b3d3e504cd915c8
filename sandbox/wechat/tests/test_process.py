"""The program itself: its ready line, and what survives a restart."""

import contextlib
import stat
import threading
import time

import requests

from .client import Control, Merchant
from .conftest import start_simulator, stop_simulator


def test_restart_keeps_keys_and_people(tmp_path):
    process, url = start_simulator("--state-dir", str(tmp_path / "state"))
    try:
        control = Control(url)
        before = control.get("/credentials")
        other = control.post("/merchants", name="别家")
        openid = control.openid("diner-a")
    finally:
        stop_simulator(process)
    file = tmp_path / "state" / "keys.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    process, url = start_simulator("--state-dir", str(tmp_path / "state"))
    try:
        control = Control(url)
        after = control.get("/credentials")
        addresses = {"pay_base_url", "api_base_url"}
        assert {k: v for k, v in after.items() if k not in addresses} == {
            k: v for k, v in before.items() if k not in addresses
        }
        assert control.get(f"/credentials?mchid={other['mchid']}")["merchant_serial"] == other["merchant_serial"]
        # An openid from before the restart can still be ordered for and pay.
        body, _ = Merchant(after).jsapi(openid)
        assert control.openid("diner-a") == openid
        assert control.post("/pay", out_trade_no=body["out_trade_no"])["payer_openid"] == openid
    finally:
        stop_simulator(process)


def test_without_state_dir_keys_are_new(base_url):
    process, url = start_simulator()
    try:
        assert url.startswith("http://127.0.0.1:")
        assert Control(url).get("/credentials")["mchid"] != Control(base_url).get("/credentials")["mchid"]
        assert requests.get(url + "/", timeout=10).status_code == 200
    finally:
        stop_simulator(process)


def test_a_held_call_does_not_hold_up_the_end():
    process, url = start_simulator()
    control = Control(url)
    control.post("/faults", call="token", fault="timeout_before", seconds=60)
    held = threading.Thread(target=_ignore_failure, args=(f"{url}/cgi-bin/token",))
    held.start()
    while control.get("/faults")["faults"]:
        time.sleep(0.02)
    started = time.monotonic()
    stop_simulator(process)
    assert time.monotonic() - started < 5
    held.join()


def _ignore_failure(url):
    with contextlib.suppress(requests.ConnectionError):
        requests.get(url, timeout=30)
