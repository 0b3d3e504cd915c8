/* global posmodel */
import * as ChromePos from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as ProductScreenPos from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ChromeRestaurant from "@pos_restaurant/../tests/tours/utils/chrome";
import * as FloorScreen from "@pos_restaurant/../tests/tours/utils/floor_screen_util";
import * as ProductScreenRestaurant from "@pos_restaurant/../tests/tours/utils/product_screen_util";
import * as SplitBillScreen from "@pos_restaurant/../tests/tours/utils/split_bill_screen_util";
import { ConnectionLostError } from "@web/core/network/rpc";
import { negate } from "@point_of_sale/../tests/generic_helpers/utils";
import { registry } from "@web/core/registry";
import { delay } from "@web/core/utils/concurrency";
import { line, send, start } from "./register_steps";

const Chrome = { ...ChromePos, ...ChromeRestaurant };
const ProductScreen = { ...ProductScreenPos, ...ProductScreenRestaurant };

const atTable = [start, FloorScreen.clickFloor("一楼"), FloorScreen.clickTable("B12")];
/** Another device does something at the table, and this register does not hear of it. */
const meanwhile = (content, doing) => ({
    content: `meanwhile another device: ${content}`,
    trigger: "body",
    async run() {
        posmodel.deviceSync.readDataFromServer = async () => {};
        await doing(posmodel.getOrder(), (name, ...args) => posmodel.data.call("pos.order", name, args));
    },
});
/** The next order that is sent does not get there. */
const blip = (what) => ({
    content: `the network hiccups: ${what.name}`,
    trigger: "body",
    run() {
        const { data } = posmodel;
        const call = data.call;
        data.call = function (model, method) {
            if (method !== "sync_from_ui") {
                return call.apply(data, arguments);
            }
            data.call = call;
            throw new what();
        };
    },
});
const isTold = (words) => [
    { content: `is told: ${words}`, trigger: `.modal:contains("${words}")` },
    { trigger: ".modal button.btn-primary", run: "click" },
];
const nothingIsLeft = {
    content: "nothing is kept that can never be sent",
    trigger: "body",
    run() {
        const { orderToCreate, orderToUpdate } = posmodel.getPendingOrder();
        const unsent = posmodel.models["pos.order"].filter((order) => !order.isSynced && order.lines.length);
        if (orderToCreate.length || orderToUpdate.length || unsent.length) {
            throw new Error("orders are left that the server does not want");
        }
    },
};
const tour = (name, ...steps) =>
    registry.category("web_tour.tours").add(name, { steps: () => [atTable, ...steps].flat(2) });

tour(
    "dining_kitchen_split_refused",
    { trigger: line("Pu'er tea") },
    ProductScreen.clickControlButton("Split"),
    SplitBillScreen.clickOrderline("Pu'er tea"),
    meanwhile("cancels the order", (order, call) => call("action_pos_order_cancel", [order.id])),
    SplitBillScreen.clickButton("Split"),
    isTold("This order is closed"),
    FloorScreen.isShown(),
    nothingIsLeft,
    FloorScreen.clickTable("B12"),
    { content: "the table is free", trigger: ".product-screen:not(:has(.orderline))" }
);

tour(
    "dining_kitchen_pay_split_refused",
    { trigger: line("Pu'er tea") },
    ProductScreen.clickControlButton("Split"),
    SplitBillScreen.clickOrderline("Pu'er tea"),
    SplitBillScreen.clickButton("Pay"),
    isTold("This order is closed"),
    { content: "back at the bill, and not at its payment", trigger: ".product-screen" },
    ProductScreen.clickLine("Pu'er tea", "3"),
    nothingIsLeft
);

tour(
    "dining_kitchen_change_refused",
    ProductScreen.clickLine("Steam-pot chicken", "1"),
    ProductScreen.clickNumpad("⌫", "⌫"),
    { trigger: negate(line("Steam-pot chicken")) },
    Chrome.clickPlanButton(),
    isTold("only a manager may take it off"),
    FloorScreen.clickTable("B12"),
    { content: "the dish is back", trigger: line("Steam-pot chicken") },
    nothingIsLeft
);

tour(
    "dining_kitchen_line_vanished",
    ProductScreen.clickLine("Pu'er tea", "3"),
    meanwhile("takes the tea off", (order, call) =>
        call("write", [order.id], {
            lines: order.lines.filter((each) => each.qty === 3).map((each) => [2, each.id, 0]),
        })
    ),
    ProductScreen.clickNumpad("5"),
    ProductScreen.selectedOrderlineHas("Pu'er tea", "5"),
    Chrome.clickPlanButton(),
    isTold("taken off Pu'er tea meanwhile"),
    FloorScreen.clickTable("B12"),
    { trigger: line("Steam-pot chicken") },
    { content: "it is gone", trigger: negate(line("Pu'er tea")) },
    nothingIsLeft
);

tour(
    "dining_kitchen_moved_meanwhile",
    { trigger: line("Pu'er tea") },
    meanwhile("moves the table", (order, call) => {
        const there = posmodel.models["restaurant.table"].find((table) => table.dining_name === "B13");
        return call("write", [order.id], { table_id: there.id });
    }),
    ProductScreen.clickDisplayedProduct("Steam-pot chicken"),
    send,
    FloorScreen.isShown(),
    FloorScreen.clickTable("B13"),
    { trigger: line("Pu'er tea") },
    { trigger: line("Steam-pot chicken") }
);

tour(
    "dining_kitchen_moves",
    { trigger: line("Pu'er tea") },
    ProductScreen.clickControlButton("Transfer"),
    {
        trigger: '.table:contains("B13")',
        async run(helpers) {
            await delay(500);
            await helpers.click();
        },
    },
    { trigger: line("Pu'er tea") },
    Chrome.clickPlanButton(),
    FloorScreen.clickTable("B13"),
    { trigger: line("Pu'er tea") }
);

for (const [name, what] of Object.entries({ lost: ConnectionLostError, broken: Error })) {
    tour(
        `dining_kitchen_split_${name}`,
        { trigger: line("Steam-pot chicken") },
        ProductScreen.clickControlButton("Split"),
        SplitBillScreen.clickOrderline("Pu'er tea"),
        SplitBillScreen.clickOrderline("Steam-pot chicken"),
        blip(what),
        SplitBillScreen.clickButton("Split"),
        { content: "at the new bill", trigger: `.product-screen ${line("Steam-pot chicken")}` },
        Chrome.clickPlanButton(),
        FloorScreen.clickTable("B12"),
        ProductScreen.clickLine("Pu'er tea", "2"),
        { content: "the chicken is not here", trigger: negate(line("Steam-pot chicken")) },
        ProductScreen.clickDisplayedProduct("Steam-pot chicken"),
        send,
        FloorScreen.isShown(),
        {
            content: "the server has everything",
            trigger: "body",
            run() {
                const orders = posmodel.models["pos.order"].filter((order) => order.lines.length);
                if (orders.length !== 2 || orders.some((each) => !each.isSynced || each.uiState.diningMoves.length)) {
                    const facts = (each) => [each.isSynced, each.lines.length, each.uiState.diningMoves.length];
                    throw new Error(`an order is left that was not sent: ${JSON.stringify(orders.map(facts))}`);
                }
            },
        }
    );
}
