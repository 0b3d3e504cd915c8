"""The pay sheet in a real browser, inside a frame of another origin as the phone shows it."""

import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PHONE = """<!doctype html><meta charset="utf-8"><iframe width="390" height="700"></iframe><script>
  window.heard = [];
  window.addEventListener('message', (event) => window.heard.push(event.data));
</script>"""


@pytest.fixture(scope="module")
def page():
    if not CHROMIUM:
        pytest.fail("chromium is missing: ./manage doctor says how to install it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


@pytest.fixture(scope="module")
def phone_url():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PHONE.encode())

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def sheet(control, merchant, page, phone_url):
    """The frame with the sheet of a new order, and the order's number."""
    body, prepay_id = merchant.jsapi(control.openid("diner-a"))
    facts = control.post("/request-payment", user="diner-a", **merchant.pay_params(prepay_id))
    page.goto(phone_url)
    page.evaluate("(url) => { document.querySelector('iframe').src = url; }", facts["paysheet_url"])
    return page.frame_locator("iframe"), body["out_trade_no"], prepay_id


def heard(page):
    page.wait_for_function("window.heard.length === 1")
    return page.evaluate("window.heard")[0]


def test_pay(control, page, sheet):
    frame, number, prepay_id = sheet
    assert frame.get_by_test_id("paysheet-amount").inner_text() == "¥59.00"
    frame.get_by_test_id("paysheet-pay").click()
    assert heard(page) == {
        "type": "wechat-paysheet",
        "prepay_id": prepay_id,
        "errMsg": "requestPayment:ok",
    }
    assert frame.get_by_test_id("paysheet-message").inner_text() == "支付成功"
    assert control.order(number)["trade_state"] == "SUCCESS"


def test_walk_away(control, page, sheet):
    frame, number, _ = sheet
    frame.get_by_test_id("paysheet-close").click()
    assert heard(page)["errMsg"] == "requestPayment:fail cancel"
    assert control.order(number)["trade_state"] == "NOTPAY"


def test_closed_meanwhile(control, merchant, page, sheet):
    frame, number, _ = sheet
    merchant.close(number)
    frame.get_by_test_id("paysheet-pay").click()
    assert heard(page)["errMsg"] == "requestPayment:fail 该订单已关闭"
    assert "该订单已关闭" in frame.get_by_test_id("paysheet-message").inner_text()
