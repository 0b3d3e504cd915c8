import * as ChromePos from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as ProductScreenPos from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ChromeRestaurant from "@pos_restaurant/../tests/tours/utils/chrome";
import * as FloorScreen from "@pos_restaurant/../tests/tours/utils/floor_screen_util";
import * as ProductScreenRestaurant from "@pos_restaurant/../tests/tours/utils/product_screen_util";
import * as SplitBillScreen from "@pos_restaurant/../tests/tours/utils/split_bill_screen_util";
import { negate } from "@point_of_sale/../tests/generic_helpers/utils";
import { registry } from "@web/core/registry";
import { delay } from "@web/core/utils/concurrency";
import { chooseReason, line, send, start } from "./register_steps";

const Chrome = { ...ChromePos, ...ChromeRestaurant };
const ProductScreen = { ...ProductScreenPos, ...ProductScreenRestaurant };

const badge = (name, kind, text) => ({
    content: `${name} shows ${text}`,
    trigger: `${line(name)} .dining-badge-${kind}:contains("${text}")`,
});
const noBadge = (name, kind) => ({
    content: `${name} shows no ${kind}`,
    trigger: negate(`.dining-badge-${kind}`, line(name)),
});
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
            chooseReason("Wrong dish"),
            FloorScreen.isShown(),
        ].flat(),
});

registry.category("web_tour.tours").add("dining_kitchen_takes_off", {
    steps: () =>
        [
            start,
            FloorScreen.clickFloor("一楼"),
            FloorScreen.clickTable("B12"),
            ProductScreen.clickLine("Pu'er tea", "2"),
            ProductScreen.clickNumpad("1"),
            send,
            chooseReason("Sold out"),
            FloorScreen.isShown(),
            FloorScreen.clickTable("B12"),
            ProductScreen.clickLine("Steam-pot chicken", "1"),
            ProductScreen.clickNumpad("⌫", "⌫"),
            { trigger: negate(line("Steam-pot chicken")) },
            send,
            chooseReason("Wrong dish"),
            { trigger: '.modal:contains("only a manager may take it off")' },
            { trigger: ".modal button.btn-primary", run: "click" },
            { content: "the dish is back", trigger: line("Steam-pot chicken") },
            ProductScreen.clickLine("Steam-pot chicken", "1"),
            { trigger: ".dining-rush:not([disabled])", run: "click" },
            { trigger: '.o_notification:contains("asked to hurry")' },
            { trigger: ".dining-rush:not([disabled])", run: "click" },
            { trigger: '.modal:contains("just been asked")' },
            { trigger: ".modal button.btn-primary", run: "click" },
        ].flat(),
});

registry.category("web_tour.tours").add("dining_kitchen_merges", {
    steps: () =>
        [
            start,
            FloorScreen.clickFloor("一楼"),
            FloorScreen.clickTable("B12"),
            badge("Steam-pot chicken", "guest", "Guest 1"),
            ProductScreen.clickControlButton("Transfer"),
            {
                trigger: '.table:contains("B13")',
                async run(helpers) {
                    await delay(500);
                    await helpers.click();
                },
            },
            { content: "what was there", trigger: line("Pu'er tea") },
            { content: "and what came", trigger: line("Steam-pot chicken") },
            badge("Steam-pot chicken", "rush", "Rush"),
            badge("Steam-pot chicken", "guest", "Guest 2"),
            badge("Steam-pot chicken", "round", "Round 2"),
            ProductScreen.totalAmountIs("100.50"),
            nothingToSend,
            Chrome.clickPlanButton(),
            FloorScreen.clickTable("B12"),
            { content: "the first table is free", trigger: ".product-screen:not(:has(.orderline))" },
            Chrome.clickPlanButton(),
            FloorScreen.clickTable("B13"),
            { trigger: line("Steam-pot chicken") },
            nothingToSend,
        ].flat(),
});
