import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";

const REFUSED = "odoo.addons.dining_base.errors.Refused";

/** Whether the server has refused, with words for a person; they are shown. Anything else is not ours to answer. */
export function showRefusal(dialog, error) {
    if (!(error instanceof RPCError) || error.exceptionName !== REFUSED) {
        return false;
    }
    dialog.add(AlertDialog, { title: _t("Not possible"), body: error.data.message });
    return true;
}
