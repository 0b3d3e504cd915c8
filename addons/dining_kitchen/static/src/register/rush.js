import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { ControlButtons } from "@point_of_sale/app/screens/product_screen/control_buttons/control_buttons";
import { showRefusal } from "@dining_order/register/refusal";

patch(ControlButtons.prototype, {
    /** The dish that the kitchen can be asked to hurry with: the selected one, once the server knows it. */
    get diningRushLine() {
        const order = this.currentOrder;
        const selected = this.pos.config.is_dining && order?.isSynced && order.getSelectedOrderline();
        const line = selected && (selected.combo_parent_id || selected);
        return line && line.isSynced && !line.dining_charge ? line : null;
    },

    async clickDiningRush() {
        const line = this.diningRushLine;
        try {
            await this.pos.data.call("pos.order", "action_dining_rush", [
                [line.order_id.id],
                line.uuid,
            ]);
        } catch (error) {
            if (!showRefusal(this.dialog, error)) {
                throw error;
            }
            return;
        }
        this.notification.add(
            _t("The kitchen was asked to hurry with %s", line.getFullProductName()),
            { type: "success" }
        );
    },
});
