import { patch } from "@web/core/utils/patch";
import { Navbar } from "@point_of_sale/app/components/navbar/navbar";
import { TopupPopup } from "./topup_popup";

patch(Navbar.prototype, {
    /** Where members can pay with stored value they can top up. */
    get canDiningTopUp() {
        return this.pos.config.payment_method_ids.some((method) => method.dining_is_wallet);
    },

    diningTopUp() {
        this.dialog.add(TopupPopup, {});
    },
});
