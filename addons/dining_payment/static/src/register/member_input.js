import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { PartnerList } from "@point_of_sale/app/screens/partner_list/partner_list";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";

/** Who pays or tops up: a code that is scanned or typed, or a customer that is chosen. */
export class MemberInput extends Component {
    static template = "dining_payment.MemberInput";
    /** `ask` is given the member's code, or the customer's id */
    static props = { ask: Function, busy: Boolean };

    setup() {
        this.dialog = useService("dialog");
        this.state = useState({ code: "" });
        useAutofocus({ refName: "code" });
        this.placeholder = _t("Scan or type the member's code");
    }

    /** A scanner types the code and ends it with Enter. */
    onKeydown(event) {
        if (event.key === "Enter") {
            event.preventDefault();
            this.ask();
        }
    }

    ask() {
        if (this.state.code.trim() && !this.props.busy) {
            this.props.ask(this.state.code);
        }
    }

    async chooseCustomer() {
        const partner = await makeAwaitable(this.dialog, PartnerList, { partner: null });
        if (partner) {
            this.props.ask(partner.id);
        }
    }
}
