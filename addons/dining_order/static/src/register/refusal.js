import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";

const REFUSED = "odoo.addons.dining_base.errors.Refused";

/** Whether an error is the server's refusal, with words for a person; anything else is not ours to answer. */
export function isRefusal(error) {
    return error instanceof RPCError && error.exceptionName === REFUSED;
}

/** Whether the server has refused; its words are shown. */
export function showRefusal(dialog, error) {
    if (!isRefusal(error)) {
        return false;
    }
    dialog.add(AlertDialog, { title: _t("Not possible"), body: error.data.message });
    return true;
}
