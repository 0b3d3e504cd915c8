"""A member's own pages of stored value, in a real browser: the payment PIN, the statement.

The parts follow one another: what a later one needs, an earlier one has done.
"""

import re

import pytest
from screens import PhoneScreen, soon
from test_stored_value import answer, pay_wechat, tab

TABLE = "C4"
EGG = "茉莉花炒蛋"
PIN = "927461"


@pytest.fixture(scope="module")
def code(back):
    return back.new_table(TABLE)["dining_code"]


@pytest.fixture(scope="module")
def jade(browser, stack, code):
    phone = PhoneScreen(browser, stack, "jade", code)
    phone.top("ui-dish-card").first.wait_for()
    phone.sit_down(2)
    return phone


@pytest.fixture(scope="module")
def spent(back):
    """What the member has spent, in fen, each time."""

    def read():
        entries = back.read(
            "dining.wallet.entry",
            [("kind", "=", "spend"), ("wallet_id.member_id.user_ids", "!=", False)],
            ["principal_fen", "bonus_fen", "wallet_id"],
            order="id desc",
            limit=1,
        )
        return [entry["principal_fen"] + entry["bonus_fen"] for entry in entries]

    return read


def type_pin(phone, pin):
    for digit in pin:
        phone.top("ui-pin-pad .key").get_by_text(digit, exact=True).tap()


def sheet(phone):
    return phone.top("ui-stored-pay-sheet")


def open_wallet(phone):
    tab(phone, "我的")
    phone.top(".purse__open").tap()
    phone.top(".sum").wait_for()


def test_without_a_pin_wechat_confirms(jade):
    tab(jade, "我的")
    jade.text("同意协议并加入").tap()
    jade.top(".purse__topup").tap()
    jade.top(".offer").filter(has_text="充 500 送 50").tap()
    jade.text("微信支付 ¥500").tap()
    jade.page.locator("[data-testid=paysheet-amount]").wait_for()
    pay_wechat(jade, "500.00")
    jade.text("充值成功").wait_for()
    jade.text("完成").tap()
    tab(jade, "点餐")
    # 6 × 36.00 and two seats at 2.00
    for _portion in range(6):
        jade.plus("田园时蔬", EGG)
    jade.submit()
    jade.top(".stored").tap()
    sheet(jade).get_by_text("支付 ¥220.00", exact=True).tap()
    soon(jade.page.locator(".mp-modal").get_by_text("微信会确认是您本人的账号"), 10)
    answer(jade, "再想想")
    jade.top("ui-bottom-sheet .sheet__close").last.tap()
    jade.page.locator("#mp-back").tap()


def test_she_sets_a_pin(jade):
    open_wallet(jade)
    jade.top(".links__value").get_by_text("未设置").wait_for()
    jade.top(".links__row").filter(has_text="支付密码").tap()
    jade.text("设置 6 位支付密码").wait_for()
    for typed, problem in (((PIN, "135790"), "两次输入不一致"), (("123456", "123456"), "密码太简单")):
        type_pin(jade, typed[0])
        jade.text("请再输入一次").wait_for()
        type_pin(jade, typed[1])
        soon(jade.top(".why").get_by_text(problem), 10)
    type_pin(jade, PIN)
    jade.text("请再输入一次").wait_for()
    type_pin(jade, PIN)
    soon(jade.top(".links__value").get_by_text("已设置"), 10)


def test_a_wrong_pin_takes_nothing_and_the_right_one_pays(jade, spent):
    jade.page.locator("#mp-back").tap()
    tab(jade, "订单")
    jade.top(".order").first.tap()
    before = spent()
    jade.top(".stored").tap()
    sheet(jade).get_by_text("支付 ¥220.00", exact=True).tap()
    jade.text("输入支付密码").wait_for()
    type_pin(jade, "135790")
    soon(sheet(jade).get_by_text("支付密码不对，还可以试 4 次"), 10)
    assert spent() == before
    type_pin(jade, PIN)
    jade.top(".status--paid").wait_for()
    assert spent() == [-22_000]
    jade.assert_sound()


def test_her_entries_say_what_they_are_for(jade):
    jade.page.locator("#mp-back").tap()
    open_wallet(jade)
    about = jade.top(".entry__about")
    soon(about.nth(1), 10)
    spend, topup = about.all_inner_texts()
    assert re.fullmatch(r".+ · 订单 \S+ · C4 桌", spend), spend
    assert topup.startswith("充 500 送 50"), topup


def test_her_statement_says_how_to_check_it_and_opens_as_a_pdf(jade):
    jade.top(".links__row").filter(has_text="对账单").tap()
    jade.top(".sums").wait_for()
    soon(jade.top(".sums__row--end").get_by_text("¥330.00"), 10)
    jade.top(".period").nth(1).tap()
    jade.top(".period--on").filter(has_text="月").wait_for()
    assert jade.top(".sums__amount").all_inner_texts() == ["¥0.00", "+550.00", "-220.00", "¥330.00"]
    assert re.fullmatch(r"([0-9a-f]{4} ){3}[0-9a-f]{4}", jade.top(".check__value").first.inner_text())
    jade.text("打开 PDF（可保存、转发）").tap()
    jade.page.locator(".mp-document iframe").wait_for()
    file = jade.page.locator(".mp-document iframe").get_attribute("src")
    head = jade.page.evaluate("async url => (await (await fetch(url)).text()).slice(0, 5)", file)
    assert head == "%PDF-"
    jade.page.locator(".mp-document-close").click()
    jade.assert_sound()


def test_a_statement_that_cannot_be_had_says_so(jade):
    jade.page.evaluate("__host.setOffline(true)")
    jade.text("打开 PDF（可保存、转发）").tap()
    soon(jade.page.locator(".mp-toast").get_by_text("没能打开 PDF"), 20)
    jade.top(".period").first.tap()
    soon(jade.top("ui-state-view").get_by_text("暂时无法读取对账单"), 30)
    jade.page.evaluate("__host.setOffline(false)")
    jade.text("重试").tap()
    jade.top(".sums").wait_for()
