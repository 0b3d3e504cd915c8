import { patch } from "@web/core/utils/patch";
import { PosConfig } from "@point_of_sale/app/models/pos_config";
import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { PosStore } from "@point_of_sale/app/services/pos_store";

// In a Diancan store the server prints the kitchen's tickets. The register keeps its Order button and tells
// the server, with the order, what was sent; the server's own record decides what is new.

patch(PosConfig.prototype, {
    /** Every category is prepared by some station, with or without a printer at this register. */
    get preparationCategories() {
        const categories = super.preparationCategories;
        if (this.is_dining) {
            for (const category of this.models["pos.category"].getAll()) {
                categories.add(category.id);
            }
        }
        return categories;
    },
});

patch(PosOrder.prototype, {
    initState() {
        super.initState();
        // Both are kept until the server has heard them.
        this.uiState.diningSend = false;
        this.uiState.diningMoves = [];
    },
});

patch(PosStore.prototype, {
    /** The Order button: what waits for the staff is confirmed by it, and the kitchen hears at once. */
    async sendOrderInPreparationUpdateLastChange(order, opts = {}) {
        if (!this.config.is_dining) {
            return super.sendOrderInPreparationUpdateLastChange(...arguments);
        }
        if (order.isSynced && order.dining_waiting) {
            await this.confirmDiningRounds(order);
        }
        await super.sendOrderInPreparationUpdateLastChange(...arguments);
        order.uiState.diningSend = true;
        await this.syncAllOrders({ orders: [order], throw: true });
    },

    /** An order thrown away at the register: the kitchen must stop cooking it. */
    async sendOrderInPreparation(order, opts = {}) {
        if (this.config.is_dining && opts.cancelled && order.isSynced) {
            await this.data.call("pos.order", "action_dining_cancel_dishes", [[order.id]]);
        }
        return super.sendOrderInPreparation(...arguments);
    },

    /** Portions that change their line when a bill is split or two are merged are not cooked again. */
    handlePreparationHistory(srcPrep, destPrep, srcLine, destLine, qty) {
        const sent = srcPrep[srcLine.preparationKey]?.quantity;
        super.handlePreparationHistory(...arguments);
        if (this.config.is_dining && sent) {
            destLine.order_id.uiState.diningMoves.push({
                from: srcLine.uuid,
                to: destLine.uuid,
                quantity: Math.min(sent, qty),
            });
        }
    },

    getSyncAllOrdersContext(orders, options = {}) {
        const context = super.getSyncAllOrdersContext(...arguments);
        if (this.config.is_dining) {
            context.dining_send = orders.some((order) => order.uiState.diningSend);
            context.dining_moves = orders.flatMap((order) => order.uiState.diningMoves || []);
        }
        return context;
    },

    async postSyncAllOrders(orders) {
        await super.postSyncAllOrders(...arguments);
        for (const order of orders) {
            order.uiState.diningSend = false;
            order.uiState.diningMoves = [];
        }
    },
});
