import { patch } from "@web/core/utils/patch";
import { ConnectionLostError } from "@web/core/network/rpc";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { SplitBillScreen } from "@pos_restaurant/app/screens/split_bill_screen/split_bill_screen";
import { showRefusal } from "@dining_order/register/refusal";

/** The server has refused a split; the cashier has been told, and the bill is as it was. */
class SplitRefused extends Error {}

/** Whether dishes came to this order from another, and the server has not heard of it. */
const hasArrivals = (order) => Boolean(order.uiState.diningMoves?.length);
/** Uuids of the orders that these dishes left. */
const leftBy = (order) => new Set((order.uiState.diningMoves || []).map((move) => move.order));
/** Odoo takes what it has tried to send for sent, and would not send it again before it is changed. */
const keepUnsent = (orders) => orders.filter(hasArrivals).forEach((order) => order._markDirty());

patch(PosStore.prototype, {
    /**
     * Odoo says nothing where an order is refused, and keeps it although it can never be sent. Here the cashier reads
     * why, and sees what the server has.
     *
     * The order that dishes came to goes first: the server reads what they were before they leave the other. Where it
     * does not get there, for whatever reason, the other is not sent either.
     *
     * @throws {SplitRefused} where the orders of `options` are a bill and what was split off it
     */
    async syncAllOrders(options = {}) {
        if (!this.config.is_dining) {
            return super.syncAllOrders(...arguments);
        }
        const pending = this.getPendingOrder();
        const orders = this.withArrivals(options.orders || [...pending.orderToCreate, ...pending.orderToUpdate]);
        if (options.throw || !orders.length) {
            try {
                return await super.syncAllOrders({ ...options, orders });
            } catch (error) {
                keepUnsent(orders);
                throw error;
            }
        }
        if (this.getOrderIdsToDelete().length) {
            await super.syncAllOrders({ ...options, orders: [] });
        }
        const synced = [];
        const passed = new Set();
        for (const order of orders) {
            if (passed.has(order)) {
                continue;
            }
            try {
                const heard = await super.syncAllOrders({ ...options, orders: [order], throw: true });
                synced.push(...(heard || []));
            } catch (error) {
                const isSplit = hasArrivals(order);
                if (showRefusal(this.dialog, error)) {
                    (await this.takeBackRefused(order)).forEach((other) => passed.add(other));
                    if (isSplit && options.orders) {
                        throw new SplitRefused();
                    }
                } else {
                    this.sendLater(order).forEach((other) => passed.add(other));
                    if (!(error instanceof ConnectionLostError)) {
                        this.deviceSync.readDataFromServer();
                    }
                }
            }
        }
        return synced;
    },

    /**
     * The orders, and those unsent that dishes of theirs came to, in the order in which the server must hear them.
     *
     * What a move leaves of its line is noted at its first sending: what the cashier does there afterwards is no move.
     */
    withArrivals(orders) {
        const arrivals = this.models["pos.order"].filter(hasArrivals);
        const all = new Set(orders);
        for (const order of all) {
            arrivals.filter((other) => leftBy(other).has(order.uuid)).forEach((other) => all.add(other));
        }
        for (const move of arrivals.flatMap((order) => order.uiState.diningMoves)) {
            move.left ??= this.models["pos.order.line"].getBy("uuid", move.from)?.getQuantity() ?? 0;
        }
        return [...all].toSorted((one, other) => hasArrivals(other) - hasArrivals(one));
    },

    /**
     * An order did not get to the server: it is sent before those that its dishes left, when the network is back.
     *
     * @returns {Object[]} the orders that must wait for it
     */
    sendLater(order) {
        const waiting = new Set([order]);
        for (const each of waiting) {
            const uuids = leftBy(each);
            this.models["pos.order"].filter((other) => uuids.has(other.uuid)).forEach((other) => waiting.add(other));
        }
        if (hasArrivals(order)) {
            keepUnsent([order]);
            this.addPendingOrder([...waiting].map((each) => each.id));
        }
        return [...waiting];
    },

    /**
     * Forget what the server has refused: an order that it never had is dropped, any other, and those that the
     * dropped one took dishes from, are shown as the server has them.
     *
     * @returns {Promise<Object[]>} the orders that need not be sent any more
     */
    async takeBackRefused(order) {
        const sources = leftBy(order);
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
