"""The cloud printer's contract, played by a small service on this machine."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from odoo.addons.dining_rules import ticket as layout
from odoo.tests import BaseCase, tagged

from ..diancan_agent import cloud, drivers
from ..diancan_agent.contract import Trouble
from ..printing.page import page

USER, KEY, NUMBER = "kitchen@example.com", "a-key", "922000001"


class Service(ThreadingHTTPServer):
    """Keeps the contract as `diancan_agent.cloud` states it, and what it was asked to print.

    :ivar wrong: {apiname: what is answered instead: a JSON value, or bytes, or None to hang up}
    """

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.printed, self.orders, self.wrong = cloud.WELL + "。", [], {}, {}

    def answer(self, form):
        if (
            form["sig"] != hashlib.sha1((USER + KEY + form["stime"]).encode(), usedforsecurity=False).hexdigest()
            or form["user"] != USER
        ):
            return {"ret": -2, "msg": "签名错误", "data": None}
        if form["apiname"] == "Open_queryPrinterStatus":
            return {"ret": 0, "msg": "ok", "data": self.status}
        if form["apiname"] == "Open_queryOrderState":
            return {"ret": 0, "msg": "ok", "data": self.orders[form["orderid"]]}
        self.printed.append((form["sn"], form["times"], form["content"]))
        order = f"{form['sn']}_{len(self.printed)}"
        self.orders[order] = True
        return {"ret": 0, "msg": "ok", "data": order}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(body, keep_blank_values=True))
        answer = self.server.answer(form)
        answer = self.server.wrong.get(form["apiname"], answer)
        if answer is None:
            return  # hang up without a word
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args):
        """Quiet."""


@tagged("post_install", "-at_install")
class TestCloud(BaseCase):
    def setUp(self):
        super().setUp()
        self.patch(cloud, "ASK_SECONDS", 0.02)
        self.patch(cloud, "PRINT_SECONDS", 0.3)
        self.service = Service()
        thread = threading.Thread(target=self.service.serve_forever, args=(0.05,))
        thread.start()
        self.addCleanup(self.service.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(self.service.shutdown)
        self.sent = []
        self.address = {
            "driver": "cloud",
            "url": f"http://127.0.0.1:{self.service.server_address[1]}/Api/Open/",
            "user": USER,
            "key": KEY,
            "serial_number": NUMBER,
        }

    def deliver(self, data=b"x<BR>"):
        return drivers.deliver(self.address, data, lambda: self.sent.append(True))

    def assertTrouble(self, answer, maybe_printed, printed):
        with self.assertRaises(Trouble) as caught:
            self.deliver()
        self.assertEqual((caught.exception.answer, caught.exception.maybe_printed), (answer, maybe_printed))
        self.assertEqual(len(self.service.printed), printed)

    def test_printed_and_confirmed(self):
        blocks = layout.dump(
            [layout.Title("热菜"), layout.Dish("汽锅鸡", "×2"), layout.Note("忌口", "a<CUT>b"), layout.Cut()]
        )
        self.assertEqual(self.deliver(page(blocks, "cloud", "58")), "ok")
        [(number, times, content)] = self.service.printed
        self.assertEqual((number, times), (NUMBER, "1"))
        self.assertEqual(content, "<CB>热菜</CB><BR><B>汽锅鸡       【×2】</B><BR><B>【忌口】a＜CUT＞b</B><BR><CUT>")

    def test_nothing_is_sent_to_a_printer_that_is_away_or_ill(self):
        for status, answer in (("离线。", "unreachable"), (cloud.ILL + "。", "stopped")):
            self.service.status = status
            self.assertTrouble(answer, False, 0)
        self.assertEqual(self.sent, [])

    def test_a_wrong_key_is_refused(self):
        self.address["key"] = "another"
        self.assertTrouble("refused", False, 0)

    def test_an_order_that_is_refused_was_not_printed(self):
        self.service.wrong["Open_printMsg"] = {"ret": 1002, "msg": "打印机编号错误", "data": None}
        with self.assertRaises(Trouble) as caught:
            self.deliver()
        self.assertEqual((caught.exception.answer, caught.exception.maybe_printed), ("refused", False))
        self.assertIn("1002", caught.exception.detail)

    def test_no_answer_to_an_order_leaves_doubt(self):
        self.service.wrong["Open_printMsg"] = None
        self.assertTrouble("broken", True, 1)

    def test_garbage_for_an_answer(self):
        self.service.wrong["Open_queryPrinterStatus"] = b"<html>"
        self.assertTrouble("nonsense", False, 0)
        self.service.wrong = {"Open_printMsg": b"[]"}
        self.assertTrouble("nonsense", True, 1)

    def test_an_order_that_never_comes_to_paper(self):
        self.service.wrong["Open_queryOrderState"] = {"ret": 0, "msg": "ok", "data": False}
        self.assertTrouble("unconfirmed", True, 1)

    def test_nobody_there(self):
        self.service.shutdown()
        self.service.server_close()
        with self.assertRaises(Trouble) as caught:
            self.deliver()
        self.assertEqual((caught.exception.answer, caught.exception.maybe_printed), ("unreachable", False))
