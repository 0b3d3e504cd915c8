import { patch } from "@web/core/utils/patch";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { showRefusal } from "@dining_order/register/refusal";

patch(PosStore.prototype, {
    /**
     * Two tables are put together by the server, in one transaction: the dishes keep their guest, their price and
     * what the kitchen has done to them.
     */
    async mergeOrders(sourceOrder, destOrder) {
        if (!this.config.is_dining || !destOrder) {
            return super.mergeOrders(...arguments);
        }
        try {
            await this.syncAllOrders({ orders: [sourceOrder, destOrder], throw: true, force: true });
            await this.data.call("pos.order", "action_dining_merge", [[sourceOrder.id], destOrder.id]);
        } catch (error) {
            if (!showRefusal(this.dialog, error)) {
                throw error;
            }
            return sourceOrder;
        }
        // Odoo parts linked tables again by this.
        const cameFrom = sourceOrder.table_id?.id;
        const unmerge = sourceOrder.lines.map((line) => [line.uuid, line.qty]);
        this.removePendingOrder(sourceOrder);
        await this.data.loadServerOrders([["id", "in", [destOrder.id]]]);
        sourceOrder.state = "cancel";
        this.data.localDeleteCascade(sourceOrder);
        for (const [uuid, quantity] of cameFrom ? unmerge : []) {
            destOrder.uiState.unmerge[uuid] = { table_id: cameFrom, quantity, formerUuid: uuid };
        }
        return destOrder;
    },
});
