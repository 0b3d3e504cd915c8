import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { onMounted, onWillUnmount } from "@odoo/owl";

/** Printers change without Odoo's doing, so the page asks; the answer is one short statement. */
export const REFRESH_MS = 5000;

export class PrintersController extends kanbanView.Controller {
    setup() {
        super.setup();
        let timer;
        onMounted(() => (timer = browser.setInterval(() => this.refresh(), REFRESH_MS)));
        onWillUnmount(() => browser.clearInterval(timer));
    }

    /** Reads again, unless nobody looks or the last time is still under way. */
    async refresh() {
        if (document.visibilityState !== "visible" || this.refreshing) {
            return;
        }
        this.refreshing = true;
        try {
            await this.model.load();
        } finally {
            this.refreshing = false;
        }
    }
}

registry.category("views").add("dining_printers", { ...kanbanView, Controller: PrintersController });
