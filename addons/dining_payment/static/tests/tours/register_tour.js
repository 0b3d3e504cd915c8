import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import { negate } from "@point_of_sale/../tests/generic_helpers/utils";
import * as ChromePos from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreenPos from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ChromeRestaurant from "@pos_restaurant/../tests/tours/utils/chrome";
import * as FloorScreen from "@pos_restaurant/../tests/tours/utils/floor_screen_util";
import * as ProductScreenRestaurant from "@pos_restaurant/../tests/tours/utils/product_screen_util";
import { registry } from "@web/core/registry";

const Chrome = { ...ChromePos, ...ChromeRestaurant };
const ProductScreen = { ...ProductScreenPos, ...ProductScreenRestaurant };

// The register's first start compiles its assets, which takes long on a busy machine.
const start = Chrome.startPoS().map((step) => ({ timeout: 60000, ...step }));

/** A phone's dish reaches the server while this register does not hear of it. */
async function phoneAddsTea() {
    const { pos, orm } = odoo.__WOWL_DEBUG__.root.env.services;
    const tea = pos.models["product.product"].find((product) => product.display_name.includes("Pu'er tea"));
    const line = {
        product_id: tea.id,
        qty: 1,
        price_unit: 12.5,
        price_subtotal: 11.79,
        price_subtotal_incl: 12.5,
        tax_ids: [[6, 0, tea.taxes_id.map((tax) => tax.id)]],
        uuid: "22222222-2222-4222-8222-222222222222",
        full_product_name: "Pu'er tea",
    };
    await orm.call("pos.order", "write", [[pos.getOrder().id], { lines: [[0, 0, line]] }]);
}

registry.category("web_tour.tours").add("dining_payment_stale_register", {
    steps: () =>
        [
            start,
            FloorScreen.clickFloor("一楼"),
            FloorScreen.clickTable("B12"),
            ProductScreen.totalAmountIs("88.00"),
            ProductScreen.clickPayButton(),
            PaymentScreen.isShown(),
            {
                content: "the register offers no button for what guests pay by phone",
                trigger: negate(".paymentmethod:contains('WeChat Pay')", ".payment-screen"),
            },
            { trigger: ".payment-screen", run: phoneAddsTea },
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            { content: "the refusal", trigger: ".modal-body:contains('¥100.50 is due, not ¥88.00')" },
            { content: "in both languages", trigger: ".modal-body:contains('应收 ¥100.50，不是 ¥88.00')" },
            Dialog.is({ title: "Please check the order" }),
            Dialog.confirm(),
            { content: "the fresh order", trigger: ".payment-screen:contains('12.50')" },
            PaymentScreen.clickBack(),
            ProductScreen.totalAmountIs("100.50"),
            { trigger: ".order-container .orderline:has(.product-name:contains(\"Pu'er tea\"))" },
        ].flat(),
});
