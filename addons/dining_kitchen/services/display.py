"""A kitchen display by the token of its link: what it shows and what is tapped on it."""

from odoo import fields
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.words import name_of
from odoo.addons.dining_rules.moments import utc_text

from .board import read_board
from .progress import Step, advance, recall

#: A card has hardly more dishes; a longer request is none of ours.
MAX_STEPS = 200
MAX_KEY = 64
MAX_REASON = 200
#: How often a screen asks although Odoo's bus would tell it.
POLL_SECONDS = 5


def settings(env, token):
    """What the screen must know of its display before it shows anything.

    :raises Refused: display_unknown
    """
    display = env["dining.display"]._of_token(token)
    station = display.station_id
    return {
        "token": display.access_token,
        "kind": display.kind,
        "name": name_of(station).as_dict() if station and display.kind == "station" else None,
        "title": display.name,
        "store": {"zh": display.config_id.name, "en": display.config_id.dining_name_en or display.config_id.name},
        "warn_minutes": display.warn_minutes,
        "late_minutes": display.late_minutes,
        "theme": display.theme,
        "language": display.language,
        "single_tap": display.single_tap,
        "sound": display.sound,
        "poll_seconds": POLL_SECONDS,
    }


def board(env, token, revision=None):
    """The display's board; without its parts where the screen has this revision already.

    :raises Refused: display_unknown
    """
    display = env["dining.display"]._of_token(token)
    shown = read_board(display.env, display.config_id.id, display.station_id.id, is_pass=display.kind == "pass")
    now = utc_text(fields.Datetime.now())
    if revision == shown["revision"]:
        return {"now": now, "revision": revision}
    return {"now": now, **shown}


def tap(env, token, body):
    """Do what was tapped on the display, once however often it is sent.

    :param body: {"key", "steps": [{"line", "kind", "quantity"?}], "reason"?} or {"key", "recall": key of a tap}
    :return: {"done": as `progress.advance`}
    :raises Refused: display_unknown, display_request_invalid and what `progress` refuses
    """
    display = env["dining.display"]._of_token(token)
    key, steps, recalled, reason = _parsed(body)
    common = {"source": "display", "client_key": key}
    if recalled:
        done = recall(display.env, display.config_id.id, recalled, **common)
    else:
        done = advance(display.env, display.config_id.id, steps, reason=reason, **common)
    return {"done": done}


def _parsed(body):
    key, recalled, reason, steps = (body.get(name) for name in ("key", "recall", "reason", "steps"))
    if not _is_key(key) or (recalled is not None and not _is_key(recalled)) or not _is_reason(reason):
        raise Refused("display_request_invalid")
    if recalled:
        return key, [], recalled, None
    if not isinstance(steps, list) or not 0 < len(steps) <= MAX_STEPS:
        raise Refused("display_request_invalid")
    return key, [_step(step) for step in steps], None, reason


def _step(step):
    line, kind, quantity = (step.get(name) if isinstance(step, dict) else None for name in ("line", "kind", "quantity"))
    number = quantity is None or (isinstance(quantity, (int, float)) and not isinstance(quantity, bool))
    if not _is_key(line) or not isinstance(kind, str) or not number:
        raise Refused("display_request_invalid")
    return Step(line, kind, quantity)


def _is_key(value):
    return isinstance(value, str) and 0 < len(value) <= MAX_KEY and "\0" not in value


def _is_reason(value):
    return value is None or (isinstance(value, str) and len(value) <= MAX_REASON and "\0" not in value)
