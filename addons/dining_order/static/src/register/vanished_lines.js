import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { formatList } from "@web/core/l10n/utils";
import { patch } from "@web/core/utils/patch";
import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { PosStore } from "@point_of_sale/app/services/pos_store";

// What another device took off an order stays off, also where this register has changed it before it heard of that.

patch(PosOrder.prototype, {
    initState() {
        super.initState();
        /** {id of the line: its name} of what is changed by the order that is being sent. */
        this.uiState.diningEdited = {};
    },
});

patch(PosStore.prototype, {
    async preSyncAllOrders(orders) {
        for (const order of this.config.is_dining ? orders : []) {
            const edited = order.lines.filter((line) => line.isSynced && line.isDirty());
            order.uiState.diningEdited = Object.fromEntries(edited.map((line) => [line.id, line.getFullProductName()]));
        }
        return super.preSyncAllOrders(...arguments);
    },

    async postSyncAllOrders(orders) {
        await super.postSyncAllOrders(...arguments);
        for (const order of orders) {
            const edited = Object.entries(order.uiState.diningEdited || {});
            const gone = edited.filter(([id]) => !order.lines.some((line) => line.id === Number(id)));
            order.uiState.diningEdited = {};
            if (gone.length) {
                this.dialog.add(AlertDialog, {
                    title: _t("No longer on this order"),
                    body: _t(
                        "Another device has taken off %s meanwhile. What was changed here was not kept; order it again if the guests still want it.",
                        formatList(gone.map(([, name]) => name))
                    ),
                });
            }
        }
    },
});
