"""Access tokens of the mini-program host: the stable kind and the old kind."""

from dataclasses import dataclass

from .envelope import random_text
from .errors import ApiError
from .keyring import LETTERS_AND_DIGITS

TOKEN_SECONDS = 7_200
RENEW_BEFORE_SECONDS = 300
GRACE_SECONDS = 300  # an old-kind token still works this long after the next was fetched
FORCE_INTERVAL_SECONDS = 30
FORCED_PER_DAY = 20


@dataclass
class Token:
    text: str
    expires_at: float


class AccessTokens:
    def __init__(self, clock):
        self._clock = clock
        self._expiry = {}
        self._stable = None
        self._plain = None
        self._forced = []

    def _new(self):
        token = Token(random_text(136, LETTERS_AND_DIGITS + "-_"), self._clock.now() + TOKEN_SECONDS)
        self._expiry[token.text] = token.expires_at
        return token

    def _answer(self, token):
        seconds = int(token.expires_at - self._clock.now())
        return {"access_token": token.text, "expires_in": min(TOKEN_SECONDS, seconds)}

    def stable(self, force_refresh):
        """The same token until it is about to end; forcing kills the last one at once."""
        now = self._clock.now()
        if force_refresh:
            self._force(now)
        if self._stable is None or self._stable.expires_at - now <= RENEW_BEFORE_SECONDS:
            self._stable = self._new()
        return self._answer(self._stable)

    def _force(self, now):
        self._forced = [at for at in self._forced if now - at < 86_400]
        if len(self._forced) >= FORCED_PER_DAY:
            raise ApiError(45009, "reach max api daily quota limit")
        if self._forced and now - self._forced[-1] < FORCE_INTERVAL_SECONDS:
            return  # too soon after the last: WeChat answers, but does not refresh
        self._forced.append(now)
        if self._stable:
            del self._expiry[self._stable.text]
            self._stable = None

    def plain(self):
        """A new token at each call; the one before ends after a grace of five minutes."""
        if self._plain:
            ends_at = min(self._plain.expires_at, self._clock.now() + GRACE_SECONDS)
            self._expiry[self._plain.text] = ends_at
        self._plain = self._new()
        return self._answer(self._plain)

    def check(self, text):
        """Raises ApiError 41001, 40001 or 42001."""
        if not text:
            raise ApiError(41001, "access_token missing")
        if text not in self._expiry:
            raise ApiError(40001, "invalid credential, access_token is invalid or not latest")
        if self._clock.now() >= self._expiry[text]:
            raise ApiError(42001, "access_token expired")
