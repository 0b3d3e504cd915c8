import { Component, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";
import { uuidv4 } from "@point_of_sale/utils";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { MemberInput } from "./member_input";
import { TopupReceipt } from "./topup_receipt";
import { spoken, wordsOf } from "./wallet_popup";

/** Words around an amount: their order is the language's. */
const SAY = {
    toppedUp: (money) => _t("Topped up %s", money),
    given: (money) => _t("%s given with it", money),
    cash: (money) => _t("%s in cash", money),
    received: (money) => _t("%s received in cash", money),
};

/** The member tops up in cash: who, which offer, the cash, and a slip. */
export class TopupPopup extends Component {
    static template = "dining_payment.TopupPopup";
    static components = { Dialog, MemberInput };
    static props = { close: Function };

    setup() {
        this.pos = usePos();
        this.printer = useService("printer");
        this.hardwareProxy = useService("hardware_proxy");
        this.spoken = spoken;
        this.say = SAY;
        // What was asked and not answered outlives this window, and a reload: asked again, it is the same top-up.
        this.place = `dining_topup_${this.pos.config.id}`;
        const asked = JSON.parse(browser.localStorage.getItem(this.place) || "null");
        this.state = useState({ who: null, shown: null, offer: null, asked, done: null, error: "", busy: false });
    }

    async ask(method, args) {
        this.state.busy = true;
        this.state.error = "";
        try {
            return await this.pos.data.call("pos.session", method, [[this.pos.session.id], ...args]);
        } finally {
            this.state.busy = false;
        }
    }

    async askMember(who) {
        try {
            this.state.shown = await this.ask("action_dining_topup_offers", [who]);
            this.state.who = who;
        } catch (error) {
            this.state.error = wordsOf(error, _t("The server cannot be reached, so nobody can top up now. Try again when the network is back."));
        }
    }

    choose(offer) {
        if (!offer.refusal) {
            this.state.offer = offer;
        }
    }

    /** The cash is there. */
    async take() {
        const { who, offer, shown } = this.state;
        this.state.asked = { who, offerId: offer.id, key: uuidv4(), member: shown.member, priceFen: offer.price_fen };
        browser.localStorage.setItem(this.place, JSON.stringify(this.state.asked));
        this.hardwareProxy.openCashbox(_t("Top-up"));
        await this.send();
    }

    /** Ask for what was asked before, until the server says yes or no. */
    async send() {
        const { who, offerId, key } = this.state.asked;
        try {
            this.state.done = await this.ask("action_dining_topup", [who, offerId, key]);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.state.error = _t(
                    "The server's answer got lost, so it is not known whether the top-up was credited. Ask again when the network is back: it is credited once."
                );
                return;
            }
            this.state.error = wordsOf(error);
        }
        this.state.asked = null;
        browser.localStorage.removeItem(this.place);
        if (this.state.done) {
            await this.print(false);
        }
    }

    /** @param {boolean} inBrowser where there is no printer, print on paper of any size */
    async print(inBrowser) {
        const { pos } = this;
        // The slip's head is that of a receipt, which belongs to an order.
        const order = pos.models["pos.order"].create({
            session_id: pos.session,
            company_id: pos.company,
            config_id: pos.config,
            user_id: pos.user,
            ticket_code: "",
            tracking_number: "",
            sequence_number: 0,
            pos_reference: "",
        });
        try {
            const at = formatDateTime(deserializeDateTime(this.state.done.at.replace("T", " ").replace("Z", "")));
            await this.printer.print(TopupReceipt, { order, topup: this.state.done, at }, { webPrintFallback: inBrowser });
        } finally {
            pos.models["pos.order"].delete(order);
        }
    }

    another() {
        Object.assign(this.state, { who: null, shown: null, offer: null, error: "" });
    }

    money(fen) {
        return this.env.utils.formatCurrency(fen / 100);
    }
}
