import { patch } from "@web/core/utils/patch";
import { ConnectionLostError } from "@web/core/network/rpc";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { SplitBillScreen } from "@pos_restaurant/app/screens/split_bill_screen/split_bill_screen";
import { showRefusal } from "./refusal";

/** The server has refused a split; the cashier has been told, and the bill is as it was. */
class SplitRefused extends Error {}

patch(PosStore.prototype, {
    /**
     * Odoo says nothing where an order is refused, and keeps it although it can never be sent. Here the cashier reads
     * why, and sees what the server has.
     *
     * The order that dishes came to goes first: the server reads what they were before they leave the other.
     *
     * @throws {SplitRefused} where the orders of `options` are a bill and what was split off it
     */
    async syncAllOrders(options = {}) {
        if (!this.config.is_dining || (options.throw && !options.orders)) {
            return super.syncAllOrders(...arguments);
        }
        const pending = this.getPendingOrder();
        const came = (order) => Boolean(order.uiState.diningMoves?.length);
        const orders = (options.orders || [...pending.orderToCreate, ...pending.orderToUpdate]).toSorted(
            (one, other) => came(other) - came(one)
        );
        if (options.throw || !orders.length) {
            return super.syncAllOrders({ ...options, orders });
        }
        if (this.getOrderIdsToDelete().length) {
            await super.syncAllOrders({ ...options, orders: [] });
        }
        const synced = [];
        const takenBack = new Set();
        for (const order of orders) {
            if (takenBack.has(order)) {
                continue;
            }
            try {
                const heard = await super.syncAllOrders({ ...options, orders: [order], throw: true });
                synced.push(...(heard || []));
            } catch (error) {
                const isSplit = came(order);
                if (showRefusal(this.dialog, error)) {
                    (await this.takeBackRefused(order)).forEach((other) => takenBack.add(other));
                    if (isSplit && options.orders) {
                        throw new SplitRefused();
                    }
                } else if (!(error instanceof ConnectionLostError)) {
                    this.deviceSync.readDataFromServer();
                }
            }
        }
        return synced;
    },

    /**
     * Forget what the server has refused: an order that it never had is dropped, any other, and those that the
     * dropped one took dishes from, are shown as the server has them.
     *
     * @returns {Promise<Object[]>} the orders that need not be sent any more
     */
    async takeBackRefused(order) {
        const sources = new Set(order.uiState.diningMoves.map((move) => move.order));
        const others = this.models["pos.order"].filter((other) => sources.has(other.uuid));
        this.removePendingOrder(order);
        order.uiState.diningMoves = [];
        if (order.isSynced) {
            others.push(order);
        } else {
            this.removeOrder(order, false);
        }
        for (const other of others) {
            await this.reloadDiningOrder(other);
        }
        return [order, ...others];
    },

    async restoreOrdersToOriginalTable() {
        try {
            return await super.restoreOrdersToOriginalTable(...arguments);
        } catch (error) {
            if (!(error instanceof SplitRefused)) {
                throw error;
            }
            return false;
        }
    },
});

patch(SplitBillScreen.prototype, {
    createSplittedOrder() {
        return this.unlessRefused(() => super.createSplittedOrder(...arguments));
    },

    paySplittedOrder() {
        return this.unlessRefused(() => super.paySplittedOrder(...arguments));
    },

    transferSplittedOrder() {
        return this.unlessRefused(() => super.transferSplittedOrder(...arguments));
    },

    /** After a split that was refused nothing more is done, and the cashier is back at the bill. */
    async unlessRefused(split) {
        // Paying and transferring split first: the button that was pressed ends, with all that it wanted.
        const isButton = !this.diningSplitting;
        const bill = this.currentOrder;
        this.diningSplitting = true;
        try {
            return await split();
        } catch (error) {
            if (!isButton || !(error instanceof SplitRefused)) {
                throw error;
            }
            if (bill.finalized) {
                this.pos.showDefault();
            } else {
                this.pos.setOrder(bill);
                this.back();
            }
        } finally {
            this.diningSplitting = !isButton;
        }
    },
});
