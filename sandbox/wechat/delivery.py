"""Sends notices to the merchant on WeChat's schedule, by the business clock."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import requests

from . import notices
from .errors import ControlError
from .faults import NOTICE_CALL, NOTICE_CONTENT_FAULTS

TIMEOUT_SECONDS = 5
ACCEPTED = frozenset({200, 204})
PARALLEL = 32


def new_pool():
    """Threads for the POSTs; as many at once as a duplicated notice may have copies."""
    return ThreadPoolExecutor(PARALLEL, thread_name_prefix="notice")


def post(url, headers, body):
    """One POST that never raises: ``{status, ms, error, answer}``; status 0 if none came."""
    started = time.monotonic()
    status, error, answer = 0, None, ""
    try:
        with requests.Session() as session:
            session.trust_env = False  # a proxy of the machine has no business with loopback
            reply = session.post(url, data=body, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False)
        status, answer = reply.status_code, reply.text[:500]
    except requests.RequestException as failure:
        error = type(failure).__name__
    elapsed = time.monotonic() - started
    if elapsed > TIMEOUT_SECONDS and status:
        status, error = 0, "answered after 5 s"
    return {"status": status, "ms": round(elapsed * 1000), "error": error, "answer": answer}


def accepted(result):
    return result["status"] in ACCEPTED


class Delivery:
    """The notices of a world. ``wake`` is called when something became due or ended."""

    def __init__(self, clock, writer, faults, settings, pool, wake):
        self._clock = clock
        self._writer = writer
        self._faults = faults
        self._settings = settings
        self._wake = wake
        self._pool = pool
        self._tasks = set()
        self._notices = {}

    def all(self):
        return list(self._notices.values())

    def get(self, notice_id):
        """Raises ControlError 404."""
        notice = self._notices.get(notice_id)
        if notice is None:
            raise ControlError(404, "NOTICE_NOT_EXIST", "通知不存在。", "There is no such notice.")
        return notice

    def add(self, merchant, url, event_type, resource):
        notice = self._writer.new(merchant, url, event_type, resource)
        self._notices[notice.id] = notice
        self._wake()
        return notice

    def next_due(self):
        waiting = [n.next_at for n in self.all() if n.state == notices.PENDING]
        return min(waiting, default=None)

    def start_due(self):
        """Begin a try of every notice that is due, without waiting for the answers."""
        for notice in self.all():
            if notice.state == notices.PENDING and notice.next_at <= self._clock.now():
                notice.state = notices.SENDING
                task = asyncio.create_task(self._try(notice))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _try(self, notice):
        rule = self._faults.take(NOTICE_CALL)
        fault = rule.fault if rule else None
        if fault in ("hold", "never_sent"):
            notice.state = notices.HELD if fault == "hold" else notices.NEVER_SENT
            notice.next_at = None
            return
        if not notice.tries and self._probe_first(notice):
            await self.probe(notice)
        content_fault = fault if fault in NOTICE_CONTENT_FAULTS else None
        copies = rule.copies if fault == "duplicated" else 1
        results = await self.send(notice, copies=copies, concurrent=copies > 1, fault=content_fault)
        # A notice with a wrong content proves nothing when accepted; the true one must follow.
        self._plan(notice, content_fault is None and any(map(accepted, results)))

    def _probe_first(self, notice):
        every = self._settings.signtest_every
        return bool(every) and (self.all().index(notice) + 1) % every == 0

    def _plan(self, notice, delivered):
        if delivered:
            notice.state, notice.next_at = notices.DELIVERED, None
        elif notice.failures >= len(notices.SCHEDULE):
            notice.state, notice.next_at = notices.EXHAUSTED, None
        else:
            notice.next_at = self._clock.now() + notices.SCHEDULE[notice.failures]
            notice.failures += 1
            notice.state = notices.PENDING
        self._wake()

    async def _post(self, url, headers, body):
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, post, url, headers, body)

    async def send(self, notice, *, copies=1, concurrent=False, replay=False, fault=None):
        """Send now, beside the schedule. ``replay``: the same bytes and signature as last time.

        Returns the results in order; each is recorded among the notice's tries.
        """
        if replay and notice.last_sent is None:
            raise ControlError(
                409, "NOT_SENT_YET", "该通知尚未发送，无法重放。", "The notice was never sent: nothing to replay."
            )
        # Rendered one by one: every copy has its own signature, as WeChat's duplicates have.
        letters = [notice.last_sent if replay else self._writer.render(notice, fault) for _ in range(copies)]
        notice.last_sent = letters[-1]
        started = self._clock.now()
        if concurrent:
            posts = [self._post(notice.url, *letter) for letter in letters]
            results = await asyncio.gather(*posts)
        else:
            results = [await self._post(notice.url, *letter) for letter in letters]
        notice.tries += [{"at": started, "fault": fault, **result} for result in results]
        return results

    async def forge(self, merchant, url, event_type, resource, **options):
        """Send a notice about something that never happened; it is not kept."""
        notice = self._writer.new(merchant, url, event_type, resource)
        return await self.send(notice, **options)

    async def probe(self, notice):
        """Send a SIGNTEST probe. ``passed`` says that the merchant refused it (4xx or 5xx)."""
        headers, body = self._writer.probe(notice)
        result = await self._post(notice.url, headers, body)
        outcome = {
            "at": self._clock.now(),
            "status": result["status"],
            "passed": 400 <= result["status"] <= 599,
        }
        notice.probes.append(outcome)
        return outcome
