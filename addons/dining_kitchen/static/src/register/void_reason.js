import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { SelectionPopup } from "@point_of_sale/app/components/popups/selection_popup/selection_popup";
import { TextInputPopup } from "@point_of_sale/app/components/popups/text_input_popup/text_input_popup";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { showRefusal } from "@dining_order/register/refusal";

const OTHER = "other";

/** Dishes that were sent and of which the order has fewer portions now. */
export function takenOff(order) {
    const sent = Object.values(order.last_order_preparation_change?.lines || {});
    return sent.filter((entry) => {
        const line = order.lines.find((each) => each.uuid === entry.uuid);
        return entry.quantity > (line ? line.getQuantity() : 0);
    });
}

patch(PosStore.prototype, {
    /** Why dishes are taken off; the kitchen reads it. Nothing when the cashier thinks better of it. */
    async askVoidReason() {
        const reasons = [
            _t("The guest changed their mind"),
            _t("Wrong dish"),
            _t("Waited too long"),
            _t("Sold out"),
        ];
        const chosen = await makeAwaitable(this.dialog, SelectionPopup, {
            title: _t("Why is it taken off?"),
            list: [
                ...reasons.map((label, id) => ({ id, label, item: label })),
                { id: OTHER, label: _t("Another reason"), item: OTHER },
            ],
        });
        if (chosen !== OTHER) {
            return chosen;
        }
        const typed = await makeAwaitable(this.dialog, TextInputPopup, {
            title: _t("Why is it taken off?"),
            placeholder: _t("The kitchen reads this on its ticket"),
        });
        return typed?.trim();
    },

    /** Show an order as the server has it: what was taken off here is back. */
    async reloadDiningOrder(order) {
        this.removePendingOrder(order);
        await this.data.loadServerOrders([["id", "=", order.id]]);
    },

    /** Before an order is cancelled: why, and whether the kitchen still lets go of its dishes. */
    async _onBeforeDeleteOrder(order) {
        const sent = Object.keys(order.last_order_preparation_change?.lines || {}).length;
        if (!this.config.is_dining || !order.isSynced || order.finalized || !sent) {
            return super._onBeforeDeleteOrder(...arguments);
        }
        const reason = await this.askVoidReason();
        if (!reason) {
            return false;
        }
        try {
            await this.data.call("pos.order", "action_dining_cancel_dishes", [[order.id], reason]);
        } catch (error) {
            if (!showRefusal(this.dialog, error)) {
                throw error;
            }
            return false;
        }
        return super._onBeforeDeleteOrder(...arguments);
    },
});
