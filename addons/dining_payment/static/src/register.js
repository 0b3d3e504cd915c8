import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import { PaymentScreen } from "@point_of_sale/app/screens/payment_screen/payment_screen";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";

const REFUSED = "odoo.addons.dining_base.errors.Refused";

/** What guests pay by phone or with stored value is recorded by the server, so the register offers no button for it. */
function withoutServers(methods) {
    return methods.filter((method) => !method.dining_is_wechat && !method.dining_is_wallet);
}

patch(PaymentScreen.prototype, {
    setup() {
        super.setup(...arguments);
        this.payment_methods_from_config = withoutServers(this.payment_methods_from_config);
    },
});

patch(OrderPaymentValidation.prototype, {
    /** The server refused: say why in its own words, and show the order as it is there. */
    handleValidationError(error) {
        if (!(error instanceof RPCError) || error.exceptionName !== REFUSED) {
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
