import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";
import { Orderline } from "@point_of_sale/app/components/orderline/orderline";

/** What phones said of a line: which round, which guest, rush, and whether the staff must still confirm it. */
patch(Orderline.prototype, {
    get diningBadges() {
        const { line, props } = this;
        if (props.mode !== "display" || !line.order_id || line.combo_parent_id) {
            return [];
        }
        const badges = [];
        const contained = (line.dining_allergies || []).filter((allergy) => allergy.contained);
        for (const { zh, en, seat } of contained) {
            const name = user.lang.startsWith("zh") ? zh : en;
            const text = _t("Guest %(seat)s is allergic: %(name)s", { seat, name });
            badges.push({ name: `allergy-${seat}-${en}`, text, style: "text-bg-danger" });
        }
        if (line.dining_rush) {
            badges.push({ name: "rush", text: _t("Rush"), style: "text-bg-danger" });
        }
        if (line.dining_round_state === "waiting") {
            badges.push({ name: "waiting", text: _t("To be confirmed"), style: "text-bg-warning" });
        }
        if (line.dining_round_number && !line.dining_charge) {
            const text = _t("Round %s", line.dining_round_number);
            badges.push({ name: "round", text, style: "text-bg-light border" });
        }
        const seat = line.dining_facts?.seat;
        if (seat) {
            badges.push({ name: "guest", text: _t("Guest %s", seat), style: "text-bg-light border" });
        }
        return badges;
    },
});
