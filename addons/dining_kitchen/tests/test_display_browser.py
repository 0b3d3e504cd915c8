import json
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.tests import HttpCase, tagged

from ..models.dining_display import PATH
from ..services import board, display
from ..services.void import void
from .common import KitchenCase

#: Waits until something is true, as a cook would look at the screen.
_HELPERS = """
const until = async (what, test) => {
    for (let tries = 0; tries < 300; tries++) {
        const found = test();
        if (found) { return found; }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("not seen: " + what + "; the screen shows: " + document.body.innerText.slice(0, 600));
};
const one = (selector) => document.querySelector(selector);
const says = (selector, text) => until(selector + " " + text, () =>
    [...document.querySelectorAll(selector)].find((element) => element.innerText.includes(text)));
const gone = (selector) => until("no " + selector, () => !one(selector));
const tap = async (selector) => (await until(selector, () => one(selector + ":not(:disabled)"))).click();
const server = (order) =>
    window.realFetch(`${location.pathname}/taps`, { method: "POST", body: JSON.stringify(order) });
window.realFetch = window.fetch.bind(window);
const waiting = () => JSON.parse(localStorage.getItem("dining-display-taps:" + odoo.diningDisplay.token) || "[]");
"""


@tagged("post_install", "-at_install")
class TestDisplayBrowser(KitchenCase, HttpCase):
    """Cooks and runners at their screens, in a browser without an account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guests = cls.env["dining.table.session"].sudo()._join(cls.store.id, cls.table.dining_code, cls.alice, 2)
        cls.screens = {
            kind: cls.env["dining.display"].create(
                {"name": kind, "config_id": cls.store.id, "kind": kind, "station_id": cls.wok.id, "language": "en"}
            )
            for kind in ("station", "pass")
        }

    def browse(self, kind, script, poll_seconds=600):
        """Run `script` on the page; with so slow a poll, only Odoo's bus can tell it anything.

        `await server({guest: ...})` has a guest order meanwhile, `await server({taken_off: 1})` staff take a portion
        off; `shown_minutes` says for how long that is shown.
        """
        real = display.tap

        def tap(env, token, body):
            if isinstance(body, dict) and "taken_off" in body:
                open_order = self.guests.order_id.with_env(env).sudo()
                void(open_order, open_order.lines.filtered(lambda line: not line.dining_charge), 1, "等太久")
                return {}
            if isinstance(body, dict) and "shown_minutes" in body:
                board.VOIDS_SHOWN_MINUTES = body["shown_minutes"]
                return {}
            if isinstance(body, dict) and "guest" in body:
                self.add(self.guests, self.chicken, **body["guest"])
                self.place(self.guests)
                return {}
            return real(env, token, body)

        code = f"(async () => {{ {_HELPERS} {script} console.log('test successful'); }})()"
        code += ".catch((error) => console.error(error.message));"
        self.env.flush_all()
        with (
            patch.object(display, "tap", tap),
            patch.object(display, "POLL_SECONDS", poll_seconds),
            patch.object(board, "VOIDS_SHOWN_MINUTES", board.VOIDS_SHOWN_MINUTES),
        ):
            self.browser_js(
                PATH + self.screens[kind].access_token, code, "!!document.querySelector('.kds')", timeout=90
            )
        self.env.invalidate_all()

    def done(self):
        return [
            (event.kind, event.quantity)
            for event in self.env["dining.dish.event"].search([("config_id", "=", self.store.id)], order="id")
        ]

    def test_a_card_appears_live_and_goes_by_taps(self):
        self.browse(
            "station",
            """
            await says(".kds-empty", "All done");
            await new Promise((resolve) => setTimeout(resolve, 3000));
            await server({ guest: { quantity: 1, note: "不要香菜，花生过敏", rush: true } });
            await says(".kds-card-rush .kds-table", "B12");
            await says(".kds-card .kds-note", "不要香菜，花生过敏");
            await says(".kds-card-facts", "RUSH");
            await says(".kds-total", "Steam-pot chicken");
            await says(".kds-total b", "1");
            await tap(".kds-dish-waiting .kds-dish-tap");
            await says(".kds-dish-cooking", "Cooking");
            await tap(".kds-dish-cooking .kds-dish-tap");
            await says(".kds-empty", "All done");
            await says(".kds-recall", "B12");
            await until("all sent", () => !waiting().length);
            """,
        )
        self.assertEqual(self.done(), [("fired", 1), ("started", 1), ("ready", 1)])

    def test_the_clock_and_the_language_reach_a_card_that_nothing_happens_to(self):
        self.add(self.guests, self.chicken)
        self.place(self.guests)
        self.browse(
            "pass",
            """
            await says(".kds-card .kds-wait", "New");
            await new Promise((resolve) => setTimeout(resolve, 3000));
            await tap(".kds-language");
            await says(".kds-bar h1", "传菜");
            await says(".kds-card .kds-dish-name", "汽锅鸡");
            const real = Date.now;
            Date.now = () => real() + 61000;
            await says(".kds-card .kds-wait", "1 分");
            await tap(".kds-language");
            """,
        )

    def test_recall(self):
        self.add(self.guests, self.chicken, 2)
        self.place(self.guests)
        self.browse(
            "station",
            """
            await tap(".kds-finish");
            await says(".kds-empty", "All done");
            await tap(".kds-list-open");
            await says(".kds-bump", "Steam-pot chicken ×2");
            await tap(".kds-recall-one");
            await says(".kds-card .kds-quantity", "×2");
            await gone(".kds-bump");
            """,
        )
        self.assertEqual(self.done(), [("fired", 2), ("ready", 2), ("ready", -2)])

    def test_a_lost_connection_loses_no_tap(self):
        self.add(self.guests, self.chicken)
        self.place(self.guests)
        self.browse(
            "station",
            """
            await says(".kds-card", "B12");
            let down = true;
            let sent = 0;
            window.fetch = async (...args) => {
                sent++;
                if (down === "answer") {
                    await window.realFetch(...args);
                    down = true;
                }
                if (down) { throw new TypeError("no connection"); }
                return window.realFetch(...args);
            };
            await tap(".kds-dish-tap");
            await says(".kds-stale", "No connection");
            await says(".kds-queued", "1 taps");
            await says(".kds-dish-cooking", "Cooking");
            await tap(".kds-dish-tap");
            await says(".kds-empty", "All done");
            if (waiting().length !== 2) { throw new Error("kept in the browser: " + JSON.stringify(waiting())); }
            // The server does it, and its answer is lost.
            down = "answer";
            await until("an answer is lost", () => down === true);
            down = false;
            await gone(".kds-stale");
            await until("all sent", () => !waiting().length);
            await says(".kds-recall", "B12");
            """,
            poll_seconds=1,
        )
        self.assertEqual(self.done(), [("fired", 1), ("started", 1), ("ready", 1)], "each tap once")

    def test_what_was_taken_off_is_seen_until_it_is_put_away(self):
        self.add(self.guests, self.chicken, 2)
        order = self.order_of(self.place(self.guests))
        void(order, order.lines.filtered(lambda line: not line.dining_charge), 2, "客人取消")
        self.browse(
            "station",
            """
            await says(".kds-dish-voided .kds-flag-voided", "2 TAKEN OFF · 客人取消");
            await says(".kds-dish-voided .kds-dish-name", "Steam-pot chicken");
            await tap(".kds-by-dish");
            await says(".kds-dish-voided .kds-flag-voided", "2 TAKEN OFF");
            await says(".kds-finish", "Got it");
            await tap(".kds-finish");
            await says(".kds-empty", "All done");
            await tap(".kds-by-table");
            """,
        )
        self.assertEqual(self.done(), [("fired", 2), ("voided", -2)], "to put it away is no event")

    def test_what_is_taken_off_after_something_was_put_away_is_seen_as_long(self):
        self.add(self.guests, self.chicken, 2)
        order = self.order_of(self.place(self.guests))
        with freeze_time(fields.Datetime.now() - timedelta(minutes=8)):
            void(order, order.lines.filtered(lambda line: not line.dining_charge), 1, "客人取消")
        self.browse(
            "station",
            """
            await says(".kds-flag-voided", "1 TAKEN OFF · 客人取消");
            await tap(".kds-finish");
            await says(".kds-empty", "All done");
            await server({ taken_off: 1 });
            await says(".kds-flag-voided", "1 TAKEN OFF · 等太久");
            await server({ shown_minutes: 5 });
            await server({ guest: { quantity: 1 } });
            await says(".kds-finish", "All ready");
            await says(".kds-flag-voided", "1 TAKEN OFF · 等太久");
            """,
            poll_seconds=1,
        )

    def test_the_pass(self):
        self.add(self.guests, self.chicken, 2)
        self.place(self.guests)
        self.add(self.guests, self.tea)
        order = self.order_of(self.place(self.guests))
        line = order.lines.filtered(lambda line: line.product_id == self.tea.product_variant_id).uuid
        display.tap(
            self.env,
            self.screens["pass"].access_token,
            {"key": "bar", "steps": [{"line": line, "kind": "ready"}]},
        )
        self.browse(
            "pass",
            """
            await says(".kds-dish-standing", "Pu'er tea");
            await says(".kds-dish-missing", "Wok");
            await tap(".kds-dish-standing .kds-dish-tap");
            await gone(".kds-dish-standing");
            await tap(".kds-by-dish");
            await says(".kds-batch", "Steam-pot chicken");
            await tap(".kds-by-table");
            await tap(".kds-language");
            await says(".kds-bar h1", "传菜");
            await says(".kds-dish-missing", "热菜");
            await tap(".kds-language");
            """,
        )
        self.assertEqual(self.done()[2:], [("ready", 1), ("served", 1)])

    def test_a_new_link_closes_the_screen(self):
        real = display.tap

        def rotate(env, token, body):
            if isinstance(body, dict) and "rotate" in body:
                env["dining.display"]._of_token(token).action_rotate_token()
                return {}
            return real(env, token, body)

        self.patch(display, "tap", rotate)
        self.browse(
            "station",
            """
            await says(".kds-empty", "All done");
            await new Promise((resolve) => setTimeout(resolve, 3000));
            await server({ rotate: true });
            await says(".kds-revoked", "no longer valid");
            """,
        )

    def test_texts_of_guests_are_texts(self):
        name = "<img src=x onerror='console.error(1)'>"
        self.add(self.guests, self.chicken, note=name)
        self.place(self.guests)
        self.screens["station"].name = "</script><script>console.error(2)</script>"
        self.browse("station", f"await says('.kds-note', {json.dumps(name)});")
