"""A guest joins, tops up 500 and gets 50, and pays with it: half an order, then a whole one, in a real browser.

The parts follow one another: what a later one needs, an earlier one has done.
"""

import re

import pytest
from screens import PhoneScreen, soon

TABLE = "C1"
TOFU, EGG = "油鸡枞拌豆腐", "茉莉花炒蛋"


@pytest.fixture(scope="module")
def code(back):
    return back.new_table(TABLE)["dining_code"]


@pytest.fixture(scope="module")
def iris(browser, stack, code):
    return PhoneScreen(browser, stack, "iris", code)


@pytest.fixture(scope="module")
def wallet(back):
    """What the books of stored value say of the only member who has topped up here."""

    def read():
        [wallet] = back.read("dining.wallet", [], ["principal_fen", "bonus_fen", "held_fen"])
        entries = back.read("dining.wallet.entry", [], ["kind", "principal_fen", "bonus_fen"], order="sequence")
        kept = wallet["principal_fen"], wallet["bonus_fen"], wallet["held_fen"]
        return kept, [(entry["kind"], entry["principal_fen"], entry["bonus_fen"]) for entry in entries]

    return read


@pytest.fixture(scope="module")
def paid(back, code):
    """The latest order of the table: its state, total and what paid it."""

    def read():
        table = back.table(TABLE)
        [order] = back.read(
            "pos.order", [("table_id", "=", table["id"])], ["state", "amount_total"], order="id desc", limit=1
        )
        payments = back.read("pos.payment", [("pos_order_id", "=", order["id"])], ["amount"], order="id")
        return order["state"], order["amount_total"], [payment["amount"] for payment in payments]

    return read


def tab(phone, words):
    phone.page.locator("#mp-tabbar button").filter(has_text=words).tap()


def answer(phone, words):
    phone.page.locator(".mp-modal").get_by_role("button", name=words, exact=True).tap()
    phone.page.locator(".mp-modal").wait_for(state="detached")


def picture(phone, name):
    """Without the words that come and go over the page."""
    phone.page.locator(".mp-toast").wait_for(state="detached")
    phone.picture(name)


def pay_wechat(phone, amount):
    assert phone.page.locator("[data-testid=paysheet-amount]").inner_text() == f"¥{amount}"
    phone.page.locator("[data-testid=paysheet-pay]").tap()


def test_she_joins_with_one_tap(iris, back):
    iris.top("ui-dish-card").first.wait_for()
    iris.sit_down(2)
    tab(iris, "我的")
    iris.text("加入会员").wait_for()
    iris.top(".invite__read").tap()
    iris.text("版本 2026-11").wait_for()
    iris.text("我们记录什么").wait_for()
    iris.page.locator("#mp-back").tap()
    iris.text("同意协议并加入").tap()
    code = iris.top(".pass__code")
    code.wait_for()
    [member] = back.read("dining.member", [], ["code", "phone"])
    assert code.inner_text().replace(" ", "") == member["code"]
    assert not member["phone"]
    picture(iris, "phone-member")


def test_an_empty_wallet_says_so(iris):
    iris.top(".purse__open").tap()
    iris.text("还没有储值记录").wait_for()
    assert iris.top(".sum__amount").inner_text() == "¥0.00"


def test_a_closed_pay_sheet_tops_nothing_up(iris, wallet, back):
    iris.top(".sum__topup").tap()
    offers = iris.top(".offer")
    offers.nth(2).wait_for()
    assert offers.locator(".offer__name").all_inner_texts() == ["首充 100 送 20", "充 200 送 10", "充 500 送 50"]
    offers.filter(has_text="充 500 送 50").tap()
    iris.text("微信支付 ¥500").tap()
    iris.page.locator("[data-testid=paysheet-close]").tap()
    iris.text("微信支付 ¥500").wait_for()
    [topup] = back.read("dining.topup", [], ["state"])
    assert topup["state"] == "cancelled"
    assert back.read("dining.wallet.entry", [], ["kind"]) == []


def test_she_tops_up_500_and_gets_50(iris, wallet):
    iris.text("微信支付 ¥500").tap()
    iris.page.locator("[data-testid=paysheet-amount]").wait_for()
    pay_wechat(iris, "500.00")
    iris.text("充值成功").wait_for()
    iris.text("¥500.00 已到账，另送 ¥50.00").wait_for()
    iris.text("可用余额 ¥550.00").wait_for()
    assert wallet() == ((50_000, 5_000, 0), [("topup", 50_000, 5_000)])
    iris.text("完成").tap()
    entry = iris.top(".entry").first
    entry.wait_for()
    assert entry.locator(".entry__amount").inner_text() == "+550.00"


def test_a_first_top_up_is_no_longer_offered(iris):
    iris.top(".sum__topup").tap()
    soon(iris.top(".offer").filter(has_text="首充 100 送 20").get_by_text("该档位仅限首次充值"), 10)
    iris.page.locator("#mp-back").tap()
    iris.page.locator("#mp-back").tap()
    soon(iris.top(".purse").get_by_text("550", exact=True), 10)


def test_half_of_an_order_with_stored_value(iris, wallet, paid):
    tab(iris, "点餐")
    iris.plus("凉菜小碟", TOFU)
    iris.plus("田园时蔬", EGG)
    iris.submit()
    row = iris.top(".stored")
    soon(row.get_by_text("可用余额 ¥550.00"), 10)
    row.tap()
    sheet = iris.top("ui-stored-pay-sheet")
    # 36.00 + 36.00 and two seats at 2.00
    sheet.get_by_text("支付 ¥76.00", exact=True).wait_for()
    sheet.get_by_text("付我的一份", exact=True).tap()
    sheet.get_by_text("2 人 AA", exact=True).wait_for()
    pay = sheet.get_by_text("支付 ¥38.00", exact=True)
    pay.wait_for()
    assert sheet.locator(".after__amount").inner_text() == "¥38.00"
    picture(iris, "phone-stored-pay")
    pay.tap()
    soon(iris.page.locator(".mp-modal").get_by_text("将从储值余额扣除 ¥38.00。付款后，本单还需支付 ¥38.00。"), 10)
    answer(iris, "再想想")
    assert wallet()[0] == (50_000, 5_000, 0)
    pay.tap()
    answer(iris, "确认支付")
    iris.top(".foot__pay").filter(has_text="38.00").wait_for()
    assert wallet()[0] == (46_545, 4_655, 0)
    # The bonus was never money: it is taken off the bill.
    assert paid() == ("draft", 72.55, [34.55])


def test_the_rest_by_wechat(iris, paid, wallet):
    iris.top(".foot__pay").tap()
    iris.page.locator("[data-testid=paysheet-amount]").wait_for()
    pay_wechat(iris, "38.00")
    iris.top(".status--paid").wait_for()
    assert paid() == ("paid", 72.55, [34.55, 38.0])
    assert wallet()[0] == (46_545, 4_655, 0)
    assert iris.top(".stored").count() == 0
    iris.assert_sound()


def test_a_second_order_wholly_with_stored_value(browser, stack, code, wallet, paid, back):
    phone = PhoneScreen(browser, stack, "iris", code)
    phone.top("ui-dish-card").first.wait_for()
    phone.sit_down(1)
    phone.plus("田园时蔬", EGG)
    phone.submit()
    phone.top(".stored").tap()
    sheet = phone.top("ui-stored-pay-sheet")
    sheet.get_by_text("付指定金额", exact=True).tap()
    sheet.locator("input").fill("512.01")
    soon(sheet.get_by_text("本单只需再付 ¥38.00"), 10)
    sheet.get_by_text("全部付清", exact=True).tap()
    sheet.get_by_text("支付 ¥38.00", exact=True).tap()
    soon(phone.page.locator(".mp-modal").get_by_text(re.compile("本单随即结清")), 10)
    answer(phone, "确认支付")
    phone.top(".status--paid").wait_for()
    # 38.00 again: of 76.00 spent in all, 69.09 is principal and 6.91 bonus.
    assert paid() == ("paid", 34.54, [34.54])
    kept, entries = wallet()
    assert kept == (43_091, 4_309, 0)
    assert entries == [("topup", 50_000, 5_000), ("spend", -3_455, -345), ("spend", -3_454, -346)]
    phone.page.goto(re.sub(r"\?scene=[^&]+&", "?", phone.page.url))
    tab(phone, "我的")
    soon(phone.top(".purse").get_by_text("474", exact=True), 20)
    phone.top(".purse__open").tap()
    phone.top(".entry").nth(2).wait_for()
    assert phone.top(".entry__amount").all_inner_texts() == ["-38.00", "-38.00", "+550.00"]
    phone.picture("phone-wallet")
    phone.assert_sound()
