"""The merchants WeChat knows."""

from dataclasses import dataclass
from typing import Any

from .keyring import load_private


@dataclass(frozen=True)
class Merchant:
    mchid: str
    name: str
    serial: str
    private_key_pem: str
    public_key: Any
    apiv3_key: str
    appid: str


class Merchants:
    """Registry over the keyring; every merchant is bound to the one mini-program."""

    def __init__(self, keyring):
        self._keyring = keyring
        self._by_mchid = {}
        for record in keyring.merchants:
            self._load(record)

    def _load(self, record):
        merchant = Merchant(
            mchid=record["mchid"],
            name=record["name"],
            serial=record["serial"],
            private_key_pem=record["private_key"],
            public_key=load_private(record["private_key"]).public_key(),
            apiv3_key=record["apiv3_key"],
            appid=self._keyring.appid,
        )
        self._by_mchid[merchant.mchid] = merchant
        return merchant

    def get(self, mchid):
        return self._by_mchid.get(mchid)

    def first(self):
        return next(iter(self._by_mchid.values()))

    def all(self):
        return list(self._by_mchid.values())

    def add(self, name):
        return self._load(self._keyring.add_merchant(name))
