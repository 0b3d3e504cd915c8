import { Component } from "@odoo/owl";
import { ReceiptHeader } from "@point_of_sale/app/screens/receipt_screen/receipt/receipt_header/receipt_header";
import { spoken } from "./wallet_popup";

/** The slip of a top-up in cash: for the guest to keep. */
export class TopupReceipt extends Component {
    static template = "dining_payment.TopupReceipt";
    static components = { ReceiptHeader };
    static props = { order: Object, topup: Object, at: String };

    setup() {
        this.offer = spoken(this.props.topup.offer);
    }

    money(fen) {
        return this.env.utils.formatCurrency(fen / 100);
    }
}
