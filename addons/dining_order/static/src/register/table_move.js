import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { PosStore } from "@point_of_sale/app/services/pos_store";

// Every order that a register sends names a table, also where another device has moved it meanwhile. So the register
// says which orders it has moved itself, and from where; the server decides.

patch(PosOrder.prototype, {
    initState() {
        super.initState();
        /** {from: id or false, to: id} until the server has heard of the move. */
        this.uiState.diningMoved = null;
    },
});

patch(PosStore.prototype, {
    prepareOrderTransfer(order, destinationTable) {
        const from = order.table_id?.id || false;
        const occupied = super.prepareOrderTransfer(...arguments);
        const to = order.table_id?.id || false;
        if (this.config.is_dining && to !== from) {
            order.uiState.diningMoved = { from: order.uiState.diningMoved?.from ?? from, to };
        }
        return occupied;
    },

    getSyncAllOrdersContext(orders, options = {}) {
        const context = super.getSyncAllOrdersContext(...arguments);
        if (this.config.is_dining) {
            const moved = orders.filter((order) => order.uiState.diningMoved);
            context.dining_left = Object.fromEntries(
                moved.map((order) => [order.uuid, order.uiState.diningMoved.from])
            );
        }
        return context;
    },

    async postSyncAllOrders(orders) {
        await super.postSyncAllOrders(...arguments);
        for (const order of orders.filter((order) => order.uiState.diningMoved)) {
            const { to } = order.uiState.diningMoved;
            order.uiState.diningMoved = null;
            if (order.table_id && order.table_id.id !== to) {
                this.notification.add(
                    _t("Another device has already moved this order to %s.", order.table_id.getName()),
                    { type: "warning", sticky: true }
                );
            }
        }
    },
});
