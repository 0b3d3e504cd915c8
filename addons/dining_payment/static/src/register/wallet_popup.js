import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { isRefusal } from "@dining_order/register/refusal";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { MemberInput } from "./member_input";

/** Fen of an amount that was typed, or null where it is none. */
export function fenOf(text) {
    return /^\d{1,7}(\.\d{0,2})?$/.test(text.trim()) ? Math.round(Number(text) * 100) : null;
}

/** Words of the server in the cashier's language; {zh, en} */
export function spoken(words) {
    return user.lang.startsWith("zh") ? words.zh : words.en;
}

/** The words for an error of a question to the server; one that is nobody's fault is thrown on. */
export function wordsOf(error, offline) {
    if (error instanceof ConnectionLostError) {
        return offline;
    }
    if (isRefusal(error)) {
        return error.data.message;
    }
    throw error;
}

/** Who pays, what the server says of it, and how much: gives {who, amountFen}. */
export class WalletPopup extends Component {
    static template = "dining_payment.WalletPopup";
    static components = { Dialog, MemberInput };
    static props = { order: Object, getPayload: Function, close: Function };

    setup() {
        this.pos = usePos();
        this.dialog = useService("dialog");
        this.state = useState({ who: null, quote: null, amount: "", error: "", busy: false });
        this.asked = 0;
        this.askLater = useDebounced(() => this.askAmount(), 300);
        onWillStart(() => this.askCustomer());
    }

    /** The order's own customer may well be the member. */
    async askCustomer() {
        const partner = this.props.order.getPartner();
        if (partner) {
            await this.ask(partner.id);
            this.state.error = "";
        }
    }

    async askMember(who) {
        await this.ask(who);
    }

    /** An amount is quoted while it is typed; the last question counts. */
    async ask(who, amountFen = null) {
        const question = ++this.asked;
        this.state.busy = true;
        let quote = null;
        let error = "";
        try {
            quote = await this.pos.data.call("pos.order", "action_dining_wallet_quote", [
                [this.props.order.id],
                who,
                amountFen,
            ]);
            error = quote.refusal ? spoken(quote.refusal.message) : "";
        } catch (caught) {
            error = wordsOf(
                caught,
                _t("The server cannot be reached. Take cash or another payment, or try again when the network is back.")
            );
        }
        if (question !== this.asked) {
            return;
        }
        this.state.busy = false;
        this.state.error = error;
        if (quote) {
            this.state.who = who;
            this.state.quote = quote;
            if (amountFen === null) {
                this.state.amount = (quote.amount_fen / 100).toFixed(2);
            }
        }
    }

    onAmount() {
        this.asked++; // what is under way was asked of another amount
        this.state.busy = true;
        this.askLater();
    }

    async askAmount() {
        const amountFen = fenOf(this.state.amount);
        if (amountFen === null || amountFen === 0) {
            this.state.busy = false;
            this.state.error = _t("Enter an amount above 0, to the fen.");
            return;
        }
        await this.ask(this.state.who, amountFen);
    }

    another() {
        Object.assign(this.state, { who: null, quote: null, amount: "", error: "" });
    }

    money(fen) {
        return this.env.utils.formatCurrency(fen / 100);
    }

    get canPay() {
        const { quote, busy, error, amount } = this.state;
        return Boolean(quote && !busy && !error && fenOf(amount) === quote.amount_fen);
    }

    pay() {
        if (this.canPay) {
            this.props.getPayload({ who: this.state.who, amountFen: this.state.quote.amount_fen });
            this.props.close();
        }
    }
}
