import { AlertDialog, ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import { PaymentScreen } from "@point_of_sale/app/screens/payment_screen/payment_screen";
import { ask } from "@point_of_sale/app/utils/make_awaitable_dialog";
import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import { showWalletError } from "./wallet_terminal";

const isWallet = (line) => line.payment_method_id?.dining_is_wallet;

patch(PaymentScreen.prototype, {
    /** A line that the server may have paid is asked for again, before another is begun. */
    async addNewPaymentLine(method) {
        if (!method.dining_is_wallet) {
            return super.addNewPaymentLine(...arguments);
        }
        if (this.isRefundOrder) {
            this.dialog.add(AlertDialog, {
                title: _t("Not possible"),
                body: _t("Stored value goes back with the Refund button of the order that was paid, in the back office."),
            });
            return false;
        }
        const begun = this.paymentLines.find((line) => isWallet(line) && !line.isDone());
        if (begun) {
            return this.sendPaymentRequest(begun);
        }
        return (await this.syncForWallet()) && super.addNewPaymentLine(...arguments);
    },

    /** What is paid is what the server has: everything typed here must be there first. */
    async syncForWallet() {
        try {
            if (this.pos.data.network.offline) {
                throw new ConnectionLostError();
            }
            await this.pos.syncAllOrders({ orders: [this.currentOrder], throw: true });
        } catch (error) {
            showWalletError(
                this.dialog,
                error,
                _t(
                    "Stored value cannot be used without the network, as nobody knows the balance. Take cash or another payment, or try again when the network is back."
                )
            );
            return false;
        }
        return true;
    },

    async sendPaymentRequest(line) {
        if (!isWallet(line)) {
            return super.sendPaymentRequest(...arguments);
        }
        const order = this.currentOrder;
        const terminal = line.payment_method_id.payment_terminal;
        this.pos.paymentTerminalInProgress = true;
        this.numberBuffer.capture();
        line.setPaymentStatus("waiting");
        try {
            if (await terminal.sendPaymentRequest(line.uuid)) {
                await this.walletHasPaid(order);
            } else if (line.isDiningUncertain()) {
                line.setPaymentStatus("retry");
            } else {
                order.removePaymentline(line);
            }
        } finally {
            this.pos.paymentTerminalInProgress = false;
            this.numberBuffer.reset();
        }
    },

    /** Where the server has settled the order, the register goes on as after its own validation. */
    async walletHasPaid(order) {
        if (!order.finalized) {
            return;
        }
        const validation = new OrderPaymentValidation({ pos: this.pos, orderUuid: order.uuid });
        await validation.afterOrderValidation();
        this.pos.navigate(validation.nextPage.page, validation.nextPage.params);
    },

    /** The cashier gives a payment back while the order is open. */
    async sendPaymentReverse(line) {
        if (!isWallet(line)) {
            return super.sendPaymentReverse(...arguments);
        }
        const sure = await ask(
            this.dialog,
            {
                title: _t("Give it back?"),
                body: _t("What the member has paid, principal and bonus, goes back to the wallet at once."),
                confirmLabel: _t("Give it back"),
            },
            {},
            ConfirmationDialog
        );
        if (sure) {
            await line.payment_method_id.payment_terminal.sendPaymentReversal(line.uuid);
        }
    },

    async deletePaymentLine(uuid) {
        const line = this.paymentLines.find((each) => each.uuid === uuid);
        if (!isWallet(line) || !line.isDiningUncertain()) {
            return super.deletePaymentLine(...arguments);
        }
        const order = this.currentOrder;
        if (await line.payment_method_id.payment_terminal.sendPaymentCancel(order, uuid)) {
            order.payment_ids.filter((each) => each.uuid === uuid).forEach((each) => order.removePaymentline(each));
            this.numberBuffer.reset();
        }
    },
});
