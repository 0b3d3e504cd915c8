import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { isRefusal } from "@dining_order/register/refusal";
import { PaymentScreen } from "@point_of_sale/app/screens/payment_screen/payment_screen";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";

/** What guests pay by phone is recorded by the server, so the register offers no button for it. */
function withoutPhones(methods) {
    return methods.filter((method) => !method.dining_is_wechat);
}

patch(PaymentScreen.prototype, {
    setup() {
        super.setup(...arguments);
        this.payment_methods_from_config = withoutPhones(this.payment_methods_from_config);
    },

    /** What the server has written only the server takes back, by a manager's word. */
    deletePaymentLine(uuid) {
        const line = this.paymentLines.find((each) => each.uuid === uuid);
        const method = line.payment_method_id;
        if (!line.isSynced || (!method.dining_is_wechat && !method.dining_is_wallet)) {
            return super.deletePaymentLine(...arguments);
        }
        this.dialog.add(AlertDialog, {
            title: _t("Paid by phone"),
            body: _t("A guest has paid this by phone. A manager returns it in the back office, on the order's form."),
        });
    },
});

patch(OrderPaymentValidation.prototype, {
    /** The server refused: say why in its own words, and show the order as it is there. */
    handleValidationError(error) {
        if (!isRefusal(error)) {
            return super.handleValidationError(...arguments);
        }
        this.order.state = "draft";
        this.pos.dialog.add(AlertDialog, {
            title: _t("Please check the order"),
            body: error.data.message,
        });
        this.pos.deviceSync.readDataFromServer();
        return error;
    },
});
