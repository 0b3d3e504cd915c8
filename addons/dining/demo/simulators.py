"""What the demo restaurant reaches outside Odoo: the sandbox's WeChat and kitchen printers."""

import requests

from . import name_records, read, translate, xmlid

TIMEOUT_SECONDS = 10

#: The pass (出餐口) prints what no station takes.
PASS = {"zh": "出餐口", "en": "Pass"}


def read_credentials(address):
    """What a merchant copies from WeChat's consoles, read from the simulator's control plane."""
    answer = requests.get(f"{address}/_control/credentials", timeout=TIMEOUT_SECONDS)
    answer.raise_for_status()
    return answer.json()


def connect_wechat(env, store, credentials, odoo_address):
    """Set up the mini-program account and WeChat Pay as the simulator has them.

    The store's register must be closed the first time, for an open one does not let its payment methods change.
    """
    _connect_app(env, store, credentials)
    provider = _connect_provider(env, store, credentials, odoo_address)
    if store._dining_wechat_method().dining_provider_id != provider:
        store._dining_accept_wechat(provider)


def _connect_app(env, store, credentials):
    values = {
        "name": store.name,
        "appid": credentials["appid"],
        "secret": credentials["app_secret"],
        "gateway_url": credentials["api_base_url"],
        "company_id": store.company_id.id,
    }
    app = env.ref(xmlid("app", "main"), raise_if_not_found=False)
    if app:
        app.write(values)
    else:
        name_records(env, "app", {"main": env["wechat.app"].create(values)})


def _connect_provider(env, store, credentials, odoo_address):
    providers = env["payment.provider"]
    provider = providers.search([("code", "=", "wechatpay"), ("company_id", "=", store.company_id.id)], limit=1)
    provider = provider or providers.search([("code", "=", "wechatpay")], limit=1).copy(
        {"company_id": store.company_id.id}
    )
    provider.write(
        {
            "wechatpay_mchid": credentials["mchid"],
            "wechatpay_appid": credentials["appid"],
            "wechatpay_serial": credentials["merchant_serial"],
            "wechatpay_private_key": credentials["merchant_private_key"],
            "wechatpay_apiv3_key": credentials["apiv3_key"],
            "wechatpay_public_key_id": credentials["platform_public_key_id"],
            "wechatpay_public_key": credentials["platform_public_key"],
            "wechatpay_store_prefix": provider.wechatpay_store_prefix or "DEMO",
            "wechatpay_gateway": credentials["pay_base_url"],
            "wechatpay_notify_base": odoo_address,
            "state": "test",
        }
    )
    return provider


def connect_kitchen(env, store, addresses):
    """Two stations and the pass, each on its printer; later calls only tell printers their address."""
    data = read("restaurant")["stations"]
    ports = {"hot": addresses["printer_port"], "cold": addresses.get("cold_printer_port", addresses["printer_port"])}
    printers = {
        key: _connect_printer(env, store, key, data[key], addresses["printer_host"], ports[key]) for key in data
    }
    if env.ref(xmlid("station", "hot"), raise_if_not_found=False):
        return
    categories = read("dishes")["categories"]
    stations = {
        key: env["dining.station"].create(
            {
                "name": station["en"],
                "config_id": store.id,
                "printer_id": printers[key].id,
                "category_ids": [
                    (4, env.ref(xmlid("category", name)).id)
                    for name, category in categories.items()
                    if category["station"] == key
                ],
            }
        )
        for key, station in data.items()
    }
    stations["pass"] = env["dining.station"].create(
        {
            "name": PASS["en"],
            "config_id": store.id,
            "printer_id": printers["hot"].id,
            "is_pass": True,
            "sequence": 99,
        }
    )
    for key, station in stations.items():
        translate(station, "name", data.get(key, PASS))
    name_records(env, "station", stations)
    _add_displays(env, store, stations, data)


def _add_displays(env, store, stations, data):
    """A screen for each station and one for the pass."""
    displays = {
        key: env["dining.display"].create(
            {
                "name": data.get(key, PASS)["zh"],
                "config_id": store.id,
                "kind": "pass" if key == "pass" else "station",
                "station_id": station.id if key != "pass" else False,
            }
        )
        for key, station in stations.items()
    }
    name_records(env, "display", displays)


def _connect_printer(env, store, key, station, host, port):
    printer = env.ref(xmlid("printer", key), raise_if_not_found=False)
    if printer:
        printer.write({"host": host, "port": port})
        return printer
    printer = (
        env["dining.printer"]
        .with_context(tracking_disable=True)
        .create(
            {
                "name": station["printer"],
                "config_id": store.id,
                "host": host,
                "port": port,
            }
        )
    )
    name_records(env, "printer", {key: printer})
    return printer
