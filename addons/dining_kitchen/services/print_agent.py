"""What an agent may ask: each call is answered for the printers that it serves, and for no others."""

import base64
import contextlib
import io
import zipfile
from pathlib import Path

import odoo
from odoo.addons.dining_base.errors import Refused
from odoo.tools import config

from .. import diancan_agent
from ..diancan_agent.contract import Job, LeaseLost, SourceDown, Trouble
from ..models.dining_printer import ANSWERS
from ..printing.source import SqlSource

LONGEST_POLL_SECONDS = 25
#: Where no worker can be spared for waiting, the agent asks again after so long.
ASK_AGAIN_SECONDS = 1.0
_ANSWERS = {answer for answer, _words in ANSWERS}


def pair(env, body):
    """A token for a pairing code. None, with the wrong try counted, where the code is not valid."""
    return env["dining.print.agent"].sudo()._pair(_text(body, "code", 8), _text(body, "version", 20))


def printers(env, token, body):
    """The printers that the agent serves; when it is `starting`, what it held before is let go of."""
    agent = _agent(env, token, body)
    if body.get("starting") is True:
        with _source(env, agent.id) as source:
            source.let_go()
    # An agent is no Odoo user; it sees the printers that were given to it.
    names = [{"id": printer.id, "name": printer.name} for printer in agent.sudo().printer_ids]
    return {"printers": names, "name": agent.sudo().name}


def lease(env, token, body):
    """Jobs that are due, one a printer; waits up to 25 s for them, with no transaction open."""
    agent_id = _agent(env, token, body).id
    holding = _numbers(body, "holding")
    seconds = body.get("seconds")
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
        raise Refused("bad_request", errors=[{"field": "seconds", "problem": "a number from 0"}])
    env.cr.commit()
    with _source(env, agent_id) as source:
        if "printer_id" in body:
            job = source.claim(_number(body, "printer_id"), holding)
            return {"jobs": [_dumped(job)] if job else [], "again_after": 0}
        source.open()
        may_wait = source.may_wait(_waiting_places())
        jobs = source.lease(min(seconds, LONGEST_POLL_SECONDS) if may_wait else 0, holding)
        return {"jobs": [_dumped(job) for job in jobs], "again_after": 0 if may_wait or jobs else ASK_AGAIN_SECONDS}


def step(env, token, body, name):
    """One of renew, sent, done, retry on leased jobs.

    :raises Refused: lease_lost where the lease went to somebody else; nothing is changed then
    """
    agent_id = _agent(env, token, body).id
    jobs = [_held(values) for values in body.get("jobs") or [body]]
    answer = _answer(body) if name in ("done", "retry") else ""
    env.cr.commit()
    with _source(env, agent_id) as source:
        if name == "renew":
            source.renew(jobs)
        elif name == "sent":
            source.sent(jobs[0])
        elif name == "done":
            source.done(jobs[0], answer)
        else:
            source.retry(jobs[0], Trouble(answer, str(body.get("detail", "")), body.get("maybe_printed") is not False))
    if name == "retry":
        # Nobody is logged in; the activity is the system's.
        env(user=odoo.SUPERUSER_ID)["dining.printer"]._tell_people()
    return {}


def idle(env, token, body):
    """The agent's printers that it may ask how they are, with their addresses."""
    with _source(env, _agent(env, token, body).id) as source:
        return {"printers": [{"id": printer_id, "address": address} for printer_id, address in source.idle().items()]}


def seen(env, token, body):
    """What one of the agent's idle printers said; of another's nothing is kept."""
    agent_id = _agent(env, token, body).id
    answer = _answer(body)
    printer_id = _number(body, "printer_id")
    env.cr.commit()
    with _source(env, agent_id) as source:
        source.seen(printer_id, answer)
    return {}


def program():
    """The agent as one file that Python runs."""
    folder = Path(diancan_agent.__file__).parent
    file = io.BytesIO(b"#!/usr/bin/env python3\n")
    file.seek(0, io.SEEK_END)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.glob("*.py")):
            archive.write(path, f"{folder.name}/{path.name}")
        archive.writestr("__main__.py", f"from {folder.name}.__main__ import main\n\nmain()\n")
    return file.getvalue()


@contextlib.contextmanager
def _source(env, agent_id):
    """An agent's source whose troubles are refusals."""
    with contextlib.closing(SqlSource(env.cr.dbname, agent_id)) as source:
        try:
            yield source
        except LeaseLost as error:
            raise Refused("lease_lost", job=error.args[0]) from error
        except SourceDown as error:
            raise Refused("busy") from error


def _agent(env, token, body):
    # An agent is no Odoo user: its token is all the right it has.
    return env["dining.print.agent"].sudo()._of_token(token, _text(body, "version", 20))


def _waiting_places():
    """How many agents may wait at once: a worker that waits serves nobody else."""
    if odoo.evented:
        return 64
    return config["workers"] // 4 if config["workers"] else 16


def _dumped(job):
    data = base64.b64encode(job.data).decode()
    return {
        "id": job.id,
        "printer_id": job.printer_id,
        "token": job.token,
        "address": job.address,
        "data": data,
        "again": job.again,
    }


def _held(values):
    if not isinstance(values, dict):
        raise Refused("bad_request", errors=[{"field": "jobs", "problem": "objects with id and token"}])
    return Job(_number(values, "id"), 0, _text(values, "token", 40), {}, b"")


def _answer(body):
    answer = body.get("answer")
    if not isinstance(answer, str) or answer not in _ANSWERS:
        raise Refused("bad_request", errors=[{"field": "answer", "problem": "unknown"}])
    return answer


def _number(values, field):
    value = values.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**31:
        raise Refused("bad_request", errors=[{"field": field, "problem": "a number"}])
    return value


def _numbers(body, field):
    values = body.get(field, [])
    if not isinstance(values, list) or len(values) > 1000:
        raise Refused("bad_request", errors=[{"field": field, "problem": "a list of numbers"}])
    return [_number({field: value}, field) for value in values]


def _text(body, field, longest):
    value = body.get(field)
    if not isinstance(value, str) or not 0 < len(value) <= longest or "\0" in value:
        raise Refused("bad_request", errors=[{"field": field, "problem": f"a text of at most {longest} characters"}])
    return value
