import { patch } from "@web/core/utils/patch";
import { useTrackedAsync } from "@point_of_sale/app/hooks/hooks";
import { OrderSummary } from "@point_of_sale/app/screens/product_screen/order_summary/order_summary";
import { PosStore } from "@point_of_sale/app/services/pos_store";

patch(PosStore.prototype, {
    /** Send the rounds of an order that wait for the staff to the kitchen. */
    async confirmDiningRounds(order) {
        await this.data.call("pos.order", "action_dining_confirm", [[order.id]]);
        await this.deviceSync.readDataFromServer();
    },
});

patch(OrderSummary.prototype, {
    setup() {
        super.setup(...arguments);
        this.doConfirmDiningRounds = useTrackedAsync(() =>
            this.pos.confirmDiningRounds(this.currentOrder)
        );
    },
    get diningWaits() {
        return Boolean(this.currentOrder?.isSynced && this.currentOrder.dining_waiting);
    },
});
