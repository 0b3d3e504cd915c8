import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import { showRefusal } from "@dining_order/register/refusal";
import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { PosPayment } from "@point_of_sale/app/models/pos_payment";
import { register_payment_method } from "@point_of_sale/app/services/pos_store";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { PaymentInterface } from "@point_of_sale/app/utils/payment/payment_interface";
import { WalletPopup } from "./wallet_popup";

/** What a member's wallet is asked for stays with its payment line until the server's answer is heard. */
patch(PosPayment.prototype, {
    initState() {
        super.initState(...arguments);
        this.uiState = { ...this.uiState, diningRequest: null };
    },

    /** Whether this register may have paid, without having heard of it. */
    isDiningUncertain() {
        return Boolean(!this.isSynced && this.uiState?.diningRequest);
    },

    /** Whether the cashier can give it back: paid at the register, on an order that is open. */
    isDiningReturnable() {
        const isOurs = this.payment_method_id?.dining_is_wallet && this.payment_status === "done";
        return Boolean(isOurs && this.isSynced && !this.pos_order_id?.finalized);
    },
});

patch(PosOrder.prototype, {
    /** A payment with stored value is written by the server; the register has none to send. */
    serializeForORM() {
        const data = super.serializeForORM(...arguments);
        if (data.payment_ids) {
            const wallets = this.models["pos.payment.method"].filter((method) => method.dining_is_wallet);
            const isWallet = (values) => wallets.some((method) => method.id === values?.payment_method_id);
            data.payment_ids = data.payment_ids.filter(([command, , values]) => command !== 0 || !isWallet(values));
        }
        return data;
    },
});

/**
 * Stored value as a payment terminal: the server quotes, debits and writes the payment, under the payment line's own
 * uuid. So a line that is sent again pays once, and the line that the cashier sees becomes the server's.
 */
export class WalletTerminal extends PaymentInterface {
    setup() {
        super.setup(...arguments);
        this.supports_reversals = true;
    }

    /** @returns {Promise<boolean>} whether it is paid; the order is then as the server has it */
    async sendPaymentRequest(uuid) {
        const line = this.pos.models["pos.payment"].getBy("uuid", uuid);
        const order = line.pos_order_id;
        const request =
            line.uiState.diningRequest ||
            (await makeAwaitable(this.env.services.dialog, WalletPopup, { order }));
        if (!request) {
            return false;
        }
        line.uiState.diningRequest = request;
        try {
            await this.call("action_dining_wallet_pay", order, [request.who, uuid, request.amountFen]);
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                line.uiState.diningRequest = null;
            }
            return this.failed(
                error,
                _t(
                    "The server's answer got lost, so it is not known whether the member has paid. Press Retry when the network is back: nobody pays twice."
                )
            );
        }
        return true;
    }

    async sendPaymentCancel(order, uuid) {
        return this.sendPaymentReversal(uuid);
    }

    /** Give back what a line has taken, or may have taken. */
    async sendPaymentReversal(uuid) {
        const order = this.pos.models["pos.payment"].getBy("uuid", uuid).pos_order_id;
        try {
            await this.call("action_dining_wallet_return", order, [uuid]);
        } catch (error) {
            return this.failed(
                error,
                _t("Without the network it is not known whether it went back. Try again when the network is back.")
            );
        }
        return true;
    }

    /** Ask the server, then show the order as it is there. */
    async call(method, order, args) {
        await this.pos.data.call("pos.order", method, [[order.id], ...args]);
        const found = await this.pos.data.loadServerOrders([["id", "=", order.id]]);
        if (!found.length) {
            throw new ConnectionLostError();
        }
    }

    failed(error, offline) {
        showWalletError(this.env.services.dialog, error, offline);
        return false;
    }
}

/** Say why stored value cannot be used; an error that is nobody's fault is thrown on. */
export function showWalletError(dialog, error, offline) {
    if (error instanceof ConnectionLostError) {
        dialog.add(AlertDialog, { title: _t("The server cannot be reached"), body: offline });
    } else if (!showRefusal(dialog, error)) {
        throw error;
    }
}

register_payment_method("dining_wallet", WalletTerminal);
