"""The jobs of one store, over HTTPS."""

from __future__ import annotations

import base64
import contextlib
import threading
import time
from collections.abc import Collection

import requests

from . import VERSION
from .contract import Ended, Job, LeaseLost, SourceDown, Trouble

CALL_SECONDS = 15.0
POLL_SECONDS = 25.0


class HttpSource:
    """What `POST /diancan/agent/v1/…` of a Diancan server gives to this agent.

    :param server: `https://shop.example.com`
    :param token: from pairing
    """

    def __init__(self, server: str, token: str) -> None:
        self._server, self._token = server.rstrip("/"), token
        self._local = threading.local()
        self._later = threading.Event()
        self._may_wait_since = 0.0

    def open(self) -> None:
        """Say that this agent has just started: what it held before its end is free."""
        self._post("printers", {"starting": True})

    def lease(self, seconds: float, holding: Collection[int]) -> list[Job]:
        """Lease what is due; the server holds the call while there is nothing."""
        left = self._may_wait_since - time.monotonic()
        if left > 0 and self._later.wait(left):
            self._later.clear()
        answer = self._post("lease", {"seconds": seconds, "holding": list(holding)}, CALL_SECONDS + seconds)
        # A server that cannot spare a worker for waiting asks to be asked again.
        self._may_wait_since = time.monotonic() + float(answer["again_after"])
        return [_job(values) for values in answer["jobs"]]

    def claim(self, printer_id: int, holding: Collection[int]) -> Job | None:
        """Lease the printer's next job."""
        body = {"seconds": 0, "holding": list(holding), "printer_id": printer_id}
        jobs = self._post("lease", body)["jobs"]
        return _job(jobs[0]) if jobs else None

    def renew(self, jobs: Collection[Job]) -> None:
        """Hold these leases for longer."""
        self._post("renew", {"jobs": [{"id": job.id, "token": job.token} for job in jobs]})

    def sent(self, job: Job) -> None:
        """From now on bytes may be out."""
        self._step("sent", job)

    def done(self, job: Job, answer: str) -> None:
        """Printed."""
        self._step("done", job, answer=answer)

    def retry(self, job: Job, trouble: Trouble) -> None:
        """Not printed, or perhaps not."""
        self._step(
            "retry", job, answer=trouble.answer, detail=trouble.detail[:200], maybe_printed=trouble.maybe_printed
        )

    def idle(self) -> dict[int, dict]:
        """The agent's printers that nothing waits for, with their addresses."""
        return {each["id"]: each["address"] for each in self._post("idle", {})["printers"]}

    def asking(self, printer_id: int) -> contextlib.AbstractContextManager[bool]:
        """What an agent serves, nobody else reaches."""
        return contextlib.nullcontext(True)

    def seen(self, printer_id: int, answer: str) -> None:
        """How an idle printer is."""
        self._post("seen", {"printer_id": printer_id, "answer": answer})

    def wake(self) -> None:
        """Ask again at once where this agent waits by itself; a call that the server holds ends by itself."""
        self._later.set()

    def leave(self) -> None:
        """Say that this agent ends: a call that the server still holds takes no job for it."""
        with contextlib.suppress(SourceDown, Ended):
            self.open()

    def _step(self, name: str, job: Job, **more) -> None:
        self._post(name, {"id": job.id, "token": job.token, **more})

    def _post(self, name: str, body: dict, seconds: float = CALL_SECONDS) -> dict:
        session = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.headers["Authorization"] = f"Bearer {self._token}"
        return call(self._server, name, body, seconds, session)


def pair(server: str, code: str) -> dict:
    """A token for the code that Odoo shows: {"token", "name", "store"}.

    :raises Ended: the code is not valid; SourceDown: the server does not answer
    """
    return call(server.rstrip("/"), "pair", {"code": code})


def call(server: str, name: str, body: dict, seconds: float = CALL_SECONDS, session=requests) -> dict:
    """One call; its answer.

    :raises LeaseLost, SourceDown, Ended: as `contract.Source` says
    """
    try:
        answer = session.post(
            f"{server}/diancan/agent/v1/{name}",
            json={"version": VERSION, **body},
            timeout=(CALL_SECONDS, seconds),
            allow_redirects=False,
        )
        said = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise SourceDown(f"{server} does not answer: {type(error).__name__}") from error
    if answer.status_code == 200 and isinstance(said, dict):
        return said
    code = said.get("code", "") if isinstance(said, dict) else ""
    if code == "lease_lost":
        raise LeaseLost(body.get("id"))
    if code in ("agent_unknown", "agent_code_wrong"):
        raise Ended("{zh}\n{en}".format(**said["message"]))
    raise SourceDown(f"{server} answers {answer.status_code} {code}")


def _job(values: dict) -> Job:
    data = base64.b64decode(values["data"])
    again = values.get("again") is True
    return Job(values["id"], values["printer_id"], values["token"], values["address"], data, again)
