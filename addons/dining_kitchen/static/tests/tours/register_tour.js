import * as ChromePos from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as ProductScreenPos from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ChromeRestaurant from "@pos_restaurant/../tests/tours/utils/chrome";
import * as FloorScreen from "@pos_restaurant/../tests/tours/utils/floor_screen_util";
import * as ProductScreenRestaurant from "@pos_restaurant/../tests/tours/utils/product_screen_util";
import * as SplitBillScreen from "@pos_restaurant/../tests/tours/utils/split_bill_screen_util";
import { negate } from "@point_of_sale/../tests/generic_helpers/utils";
import { registry } from "@web/core/registry";

const Chrome = { ...ChromePos, ...ChromeRestaurant };
const ProductScreen = { ...ProductScreenPos, ...ProductScreenRestaurant };

// The register's first start compiles its assets, which takes long on a busy machine.
const start = Chrome.startPoS().map((step) => ({ timeout: 60000, ...step }));
const line = (name) => `.order-container .orderline:has(.product-name:contains("${name}"))`;
const badge = (name, kind, text) => ({
    content: `${name} shows ${text}`,
    trigger: `${line(name)} .dining-badge-${kind}:contains("${text}")`,
});
const noBadge = (name, kind) => ({
    content: `${name} shows no ${kind}`,
    trigger: negate(`.dining-badge-${kind}`, line(name)),
});
const send = {
    content: "send to the kitchen",
    trigger: ".actionpad .submit-order",
    run: "click",
};
const nothingToSend = { content: "nothing to send", trigger: negate(".submit-order", ".actionpad") };

registry.category("web_tour.tours").add("dining_kitchen_register", {
    steps: () =>
        [
            start,
            FloorScreen.clickFloor("一楼"),
            FloorScreen.clickTable("B12"),
            badge("Steam-pot chicken", "rush", "Rush"),
            badge("Steam-pot chicken", "guest", "Guest 1"),
            badge("Steam-pot chicken", "round", "Round 1"),
            badge("Steam-pot chicken", "waiting", "To be confirmed"),
            { trigger: `${line("Steam-pot chicken")} .customer-note:contains("不要香菜")` },
            { trigger: ".dining-waiting .dining-confirm", run: "click" },
            { trigger: "body:not(:has(.dining-waiting))" },
            noBadge("Steam-pot chicken", "waiting"),
            nothingToSend,
            ProductScreen.clickDisplayedProduct("Pu'er tea"),
            ProductScreen.clickDisplayedProduct("Pu'er tea"),
            ProductScreen.clickDisplayedProduct("Steam-pot chicken"),
            { trigger: `${line("Steam-pot chicken")}:not(:has(.dining-badge-rush))` },
            send,
            FloorScreen.isShown(),
            FloorScreen.clickTable("B12"),
            { trigger: line("Pu'er tea") },
            nothingToSend,
            ProductScreen.clickControlButton("Split"),
            SplitBillScreen.clickOrderline("Pu'er tea"),
            SplitBillScreen.clickButton("Split"),
            ProductScreen.totalAmountIs("12.50"),
            nothingToSend,
            ProductScreen.clickPayButton(),
            PaymentScreen.clickValidate(),
            { trigger: ".receipt-screen, .feedback-screen" },
        ].flat(),
});

registry.category("web_tour.tours").add("dining_kitchen_pays_unsent", {
    steps: () =>
        [
            start,
            FloorScreen.clickFloor("一楼"),
            FloorScreen.clickTable("B13"),
            ProductScreen.clickDisplayedProduct("Steam-pot chicken"),
            ProductScreen.clickPayButton(false),
            { content: "do not send", trigger: ".modal button:contains('Discard')", run: "click" },
            PaymentScreen.clickValidate(),
            { trigger: ".receipt-screen, .feedback-screen" },
        ].flat(),
});

registry.category("web_tour.tours").add("dining_kitchen_cancels", {
    steps: () =>
        [
            start,
            FloorScreen.clickFloor("一楼"),
            FloorScreen.clickTable("B12"),
            { trigger: line("Steam-pot chicken") },
            ProductScreen.clickControlButton("Cancel Order"),
            { trigger: ".modal button.btn-primary", run: "click" },
            FloorScreen.isShown(),
        ].flat(),
});
