import { patch } from "@web/core/utils/patch";
import { PosOrderline } from "@point_of_sale/app/models/pos_order_line";

/** What a guest ordered stays that guest's line; the same dish added at the register is another one. */
patch(PosOrderline.prototype, {
    canBeMergedWith(orderline) {
        const byPhone = this.dining_round_number || orderline.dining_round_number;
        return !byPhone && super.canBeMergedWith(...arguments);
    },
});
