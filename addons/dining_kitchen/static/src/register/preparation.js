import { patch } from "@web/core/utils/patch";
import { PosConfig } from "@point_of_sale/app/models/pos_config";
import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { showRefusal } from "@dining_order/register/refusal";
import { takenOff } from "./void_reason";

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
        // All are kept until the server has heard them.
        this.uiState.diningSend = false;
        this.uiState.diningReason = "";
        this.uiState.diningMoves = [];
    },
});

patch(PosStore.prototype, {
    /** After an order that was not sent, the cashier stays with it. */
    async submitOrder() {
        if (!this.config.is_dining) {
            return super.submitOrder(...arguments);
        }
        const order = this.getOrder();
        await this.ensureGuestCustomerCount(order);
        if ((await this.sendOrderInPreparationUpdateLastChange(order)) !== false) {
            this.addPendingOrder([order.id]);
            this.showDefault();
        }
    },

    /**
     * The Order button: what waits for the staff is confirmed by it, and the kitchen hears at once.
     *
     * @returns {Promise<false|undefined>} false where nothing was sent
     */
    async sendOrderInPreparationUpdateLastChange(order, opts = {}) {
        if (!this.config.is_dining) {
            return super.sendOrderInPreparationUpdateLastChange(...arguments);
        }
        if (order.isSynced && order.dining_waiting) {
            await this.confirmDiningRounds(order);
        }
        if (!opts.cancelled && order.isSynced && takenOff(order).length) {
            order.uiState.diningReason = await this.askVoidReason();
            if (!order.uiState.diningReason) {
                return false;
            }
        }
        try {
            await super.sendOrderInPreparationUpdateLastChange(...arguments);
            order.uiState.diningSend = true;
            await this.syncAllOrders({ orders: [order], throw: true });
        } catch (error) {
            if (!showRefusal(this.dialog, error)) {
                throw error;
            }
            order.uiState.diningSend = false;
            await this.reloadDiningOrder(order);
            return false;
        }
    },

    /**
     * Odoo sends nothing to the kitchen where another device has sent something since, and asks the cashier to look
     * again. Here what is new is decided by the server's own record, so everything typed is sent.
     */
    async checkPreparationStateAndSentOrderInPreparation(order, opts = {}) {
        if (this.config.is_dining) {
            return this.sendOrderInPreparation(order, opts);
        }
        return super.checkPreparationStateAndSentOrderInPreparation(...arguments);
    },

    /** Portions that change their line when a bill is split or two are merged are not cooked again. */
    handlePreparationHistory(srcPrep, destPrep, srcLine, destLine, qty) {
        super.handlePreparationHistory(...arguments);
        if (this.config.is_dining) {
            destLine.order_id.uiState.diningMoves.push({
                order: srcLine.order_id.uuid,
                from: srcLine.uuid,
                to: destLine.uuid,
                quantity: qty,
            });
        }
    },

    getSyncAllOrdersContext(orders, options = {}) {
        const context = super.getSyncAllOrdersContext(...arguments);
        if (this.config.is_dining) {
            const sent = orders.filter((order) => order.uiState.diningSend);
            context.dining_send = sent.map((order) => order.uuid);
            context.dining_reasons = Object.fromEntries(
                sent.map((order) => [order.uuid, order.uiState.diningReason || ""])
            );
            context.dining_moves = orders.flatMap((order) => order.uiState.diningMoves || []);
        }
        return context;
    },

    async postSyncAllOrders(orders) {
        await super.postSyncAllOrders(...arguments);
        for (const order of orders) {
            order.uiState.diningSend = false;
            order.uiState.diningReason = "";
            order.uiState.diningMoves = [];
        }
    },
});
