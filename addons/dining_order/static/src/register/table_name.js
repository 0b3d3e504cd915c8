import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { ReceiptHeader } from "@point_of_sale/app/screens/receipt_screen/receipt/receipt_header/receipt_header";
import { RestaurantTable } from "@pos_restaurant/app/models/restaurant_table";

// Odoo knows tables by numbers only; guests, kitchen and cashier say B12.

patch(RestaurantTable.prototype, {
    getName() {
        const store = this.models["pos.config"].getFirst();
        return (store?.is_dining && this.dining_name) || super.getName();
    },
});

patch(PosOrder.prototype, {
    getName() {
        const name = super.getName(...arguments);
        const table = this.config.is_dining && this.table_id;
        return table ? name.replace(`T ${table.table_number}`, `T ${table.getName()}`) : name;
    },
});

patch(ReceiptHeader.prototype, {
    get tableName() {
        const table = this.order.config.is_dining && this.order.table_id;
        if (!table) {
            return super.tableName;
        }
        const number = table.getName();
        const count = this.order.customer_count;
        return count
            ? _t("Table %(number)s, Guests: %(count)s", { number, count })
            : _t("Table %(number)s", { number });
    },
});
