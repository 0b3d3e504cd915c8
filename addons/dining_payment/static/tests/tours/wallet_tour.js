import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import { negate } from "@point_of_sale/../tests/generic_helpers/utils";
import * as ChromePos from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreenPos from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as FloorScreen from "@pos_restaurant/../tests/tours/utils/floor_screen_util";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

// The register's first start compiles its assets, which takes long on a busy machine.
const start = ChromePos.startPoS().map((step) => ({ timeout: 60000, ...step }));
const CODE = "1234 5678 9012 3456";

/** From the floor to the payment of table B12. */
const payTable = () => [
    FloorScreen.clickFloor("一楼"),
    FloorScreen.clickTable("B12"),
    ProductScreenPos.totalAmountIs("88.00"),
    ProductScreenPos.clickPayButton(),
    PaymentScreen.isShown(),
];
const openWallet = () => ({
    content: "the member wants to pay with stored value",
    trigger: ".paymentmethod:contains('Stored value')",
    run: "click",
});
const showCode = (code = CODE) => [
    { content: "the member's code", trigger: ".dining-member-code", run: `edit ${code}` },
    { trigger: ".dining-member-find", run: "click" },
];
const typeAmount = (amount) => ({ trigger: "#dining-wallet-amount", run: `edit ${amount}` });
const pay = (amount) => ({ trigger: `.dining-wallet-pay:not(:disabled):contains('${amount}')`, run: "click" });
const walletLineIs = (amount) => ({ trigger: `.paymentline.selected:contains('Stored value'):contains('${amount}')` });
const noWalletLine = () => ({ trigger: negate(".paymentline:contains('Stored value')", ".payment-screen") });

registry.category("web_tour.tours").add("dining_payment_wallet_whole", {
    steps: () =>
        [
            start,
            payTable(),
            openWallet(),
            showCode("1111 1111 1111 1111"),
            { content: "nobody has this code", trigger: ".dining-wallet-error:contains('No such member')" },
            showCode(),
            { trigger: ".dining-wallet-available:contains('550.00')" },
            { trigger: ".dining-wallet-due:contains('88.00')" },
            { trigger: ".dining-wallet-taken:contains('80.00'):contains('8.00')" },
            typeAmount("88.01"),
            { content: "more than is due", trigger: ".dining-wallet-error:contains('Only ¥88.00')" },
            { trigger: ".dining-wallet-pay:disabled" },
            typeAmount("0"),
            { content: "nothing", trigger: ".dining-wallet-error:contains('above 0')" },
            typeAmount("88"),
            pay("88.00"),
            ReceiptScreen.isShown(),
            { content: "the bonus lessens the bill", trigger: ".pos-receipt:contains('80.00')" },
            ReceiptScreen.clickNextOrder(),
            { trigger: ".floor-map" },
        ].flat(Infinity),
});

registry.category("web_tour.tours").add("dining_payment_wallet_part", {
    steps: () =>
        [
            start,
            payTable(),
            openWallet(),
            showCode(),
            typeAmount("55"),
            pay("55.00"),
            walletLineIs("50.00"),
            { content: "given back", trigger: ".dining-wallet-return", run: "click" },
            Dialog.confirm("Give it back"),
            noWalletLine(),
            { content: "the bonus is off the bill again", trigger: ".paymentlines-container .total:contains('88.00')" },
            openWallet(),
            showCode(),
            Dialog.cancel(),
            noWalletLine(),
            openWallet(),
            showCode(),
            typeAmount("55"),
            pay("55.00"),
            walletLineIs("50.00"),
            PaymentScreen.remainingIs("33.00"),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.remainingIs("0.0"),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
        ].flat(Infinity),
});

/** The next answer to a question of the register gets lost, once the server has done what it was asked. */
function loseAnswer(question) {
    const { data } = odoo.__WOWL_DEBUG__.root.env.services.pos;
    const call = data.call;
    data.call = async function (model, method) {
        const answer = await call.apply(data, arguments);
        if (method === question) {
            data.call = call;
            throw new ConnectionLostError();
        }
        return answer;
    };
}

registry.category("web_tour.tours").add("dining_payment_wallet_lost", {
    steps: () =>
        [
            start,
            payTable(),
            openWallet(),
            showCode(),
            { trigger: ".dining-wallet-pay:contains('88.00')", run: () => loseAnswer("action_dining_wallet_pay") },
            pay("88.00"),
            Dialog.is({ title: "The server cannot be reached" }),
            Dialog.confirm(),
            { content: "it is known to be uncertain", trigger: ".send_payment_request:contains('Retry')", run: "click" },
            ReceiptScreen.isShown(),
        ].flat(Infinity),
});

/** The register loses the network. */
function goOffline() {
    odoo.__WOWL_DEBUG__.root.env.services.pos.data.network.offline = true;
}

registry.category("web_tour.tours").add("dining_payment_wallet_offline", {
    steps: () =>
        [
            start,
            payTable(),
            { trigger: ".payment-screen", run: goOffline },
            openWallet(),
            Dialog.is({ title: "The server cannot be reached" }),
            { content: "what to do instead", trigger: ".modal-body:contains('Take cash or another payment')" },
            Dialog.confirm(),
            noWalletLine(),
        ].flat(Infinity),
});

registry.category("web_tour.tours").add("dining_payment_topup", {
    steps: () =>
        [
            start,
            ChromePos.clickMenuOption("Top up a member"),
            showCode("1111 1111 1111 1111"),
            { content: "nobody has this code", trigger: ".dining-topup-error:contains('No such member')" },
            showCode(),
            { trigger: ".dining-topup-member:contains('3456')" },
            { content: "not for this member any more", trigger: ".dining-topup-offer:disabled:contains('first top-up')" },
            { trigger: ".dining-topup-offer:contains('500.00')", run: "click" },
            {
                content: "the cash is there, and the answer gets lost",
                trigger: ".dining-topup-take:contains('500.00')",
                run: () => loseAnswer("action_dining_topup"),
            },
            { trigger: ".dining-topup-take:contains('500.00')", run: "click" },
            { trigger: ".dining-topup-error:contains('it is credited once')" },
            { content: "put away, and opened again", trigger: ".modal-footer button:contains('Close')", run: "click" },
            ChromePos.clickMenuOption("Top up a member"),
            { trigger: ".dining-topup-popup:contains('was begun and not answered')" },
            { trigger: ".dining-topup-again", run: "click" },
            { trigger: ".dining-topup-done:contains('500.00'):contains('50.00'):contains('1,100.00')" },
            { trigger: ".dining-topup-close", run: "click" },
            payTable(),
            openWallet(),
            showCode(),
            typeAmount("55"),
            pay("55.00"),
            walletLineIs("50.00"),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
            ReceiptScreen.clickNextOrder(),
            { trigger: ".floor-map" },
            ChromePos.clickMenuOption("Close Register"),
            ProductScreenPos.closeWithCashAmount("533.00"),
            ProductScreenPos.cashDifferenceIs("0.00"),
            {
                content: "the shift is closed",
                trigger: ".modal .button:contains('Close Register')",
                run: "click",
                expectUnloadPage: true,
            },
            { trigger: "body" },
        ].flat(Infinity),
});
