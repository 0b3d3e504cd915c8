"""People with a WeChat account: openids, login codes and phone-number codes."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from .envelope import random_text
from .errors import ApiError
from .keyring import LETTERS_AND_DIGITS

CODE_SECONDS = 300
LOGINS_PER_MINUTE = 100
RECENT_VISIT_SECONDS = 7_200
_HALF = 13  # an openid is "o", 13 characters of the person and 14 that prove WeChat issued it


@dataclass
class Code:
    user: str
    expires_at: float
    phone: str = ""
    used: bool = False


class Users:
    """Every name is one account; its openid survives restarts with the same keyring."""

    def __init__(self, keyring, clock):
        self._keyring = keyring
        self._clock = clock
        self._names = {}
        self._codes = {"login": {}, "phone": {}}
        self._logins = {}
        self._visits = {}
        self.blocked = set()

    def _digest(self, *parts):
        secret = self._keyring.openid_secret.encode()
        raw = hmac.new(secret, "\n".join(parts).encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(raw).decode()

    def openid(self, user):
        person = self._digest("person", self._keyring.appid, user)[:_HALF]
        openid = "o" + person + self._proof(person)
        self._names[openid] = user
        return openid

    def _proof(self, person):
        return self._digest("proof", self._keyring.appid, person)[: _HALF + 1]

    def is_openid(self, openid):
        """Whether this app's WeChat issued it (also before a restart)."""
        person, proof = openid[1 : _HALF + 1], openid[_HALF + 1 :]
        return openid.startswith("o") and hmac.compare_digest(self._proof(person).encode(), proof.encode())

    def name(self, openid):
        return self._names.get(openid)

    def all(self):
        return [
            {"user": user, "openid": openid, "blocked": user in self.blocked} for openid, user in self._names.items()
        ]

    def visited_recently(self, openid):
        visit = self._visits.get(openid)
        return visit is not None and self._clock.now() - visit <= RECENT_VISIT_SECONDS

    def _mint(self, kind, user, phone=""):
        code = "0" + random_text(31, LETTERS_AND_DIGITS)
        self._codes[kind][code] = Code(user, self._clock.now() + CODE_SECONDS, phone)
        return code

    def login_code(self, user):
        self._visits[self.openid(user)] = self._clock.now()
        return self._mint("login", user)

    def phone_code(self, user, phone):
        self.openid(user)
        return self._mint("phone", user, phone)

    def _redeem(self, kind, code):
        """The code's record; raises 40029 (unknown or expired) or 40163 (used before)."""
        record = self._codes[kind].get(code)
        if record is None or self._clock.now() >= record.expires_at:
            raise ApiError(40029, "invalid code")
        if record.used:
            raise ApiError(40163, "code been used")
        return record

    def redeem_login(self, code):
        """The person's name for ``jscode2session``; raises ApiError and leaves the code alone."""
        record = self._redeem("login", code)
        if record.user in self.blocked:
            raise ApiError(40226, "code blocked")
        self._limit(record.user)
        record.used = True
        return record.user

    def redeem_phone(self, code):
        record = self._redeem("phone", code)
        record.used = True
        return record

    def _limit(self, user):
        now = self._clock.now()
        recent = [at for at in self._logins.get(user, ()) if now - at < 60]
        if len(recent) >= LOGINS_PER_MINUTE:
            raise ApiError(45011, "api minute-quota reach limit, must slower, retry next minute")
        self._logins[user] = [*recent, now]
