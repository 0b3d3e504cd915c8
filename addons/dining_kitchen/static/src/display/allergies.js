import { Component } from "@odoo/owl";
import { word } from "./words";

/**
 * What guests must not eat, in words.
 *
 * @param {{zh: string, en: string, seat: number, contained: boolean}[]} allergies of a dish
 * @param {string} language "zh" or "en"
 * @returns {{dangers: string[], said: string}} what is in the dish, and who must not eat what
 */
export function allergyTexts(allergies, language) {
    const names = (some) => [...new Set(some.map((one) => (language === "en" ? one.en : one.zh)))];
    const seats = [...new Set(allergies.map(({ seat }) => seat))].sort((one, other) => one - other);
    const said = seats.map((n) => {
        const mine = names(allergies.filter(({ seat }) => seat === n));
        return word(language, "ofGuest", { names: mine.join(word(language, "join")), n });
    });
    const contained = allergies.filter((one) => one.contained);
    return {
        dangers: names(contained).map((name) => word(language, "contains", { name })),
        said: said.join(word(language, "join")),
    };
}

/** What guests must not eat, and, louder, what of it is in this very dish. */
export class Allergies extends Component {
    static template = "dining_kitchen.Allergies";
    static props = { dish: Object, screen: Object };

    get texts() {
        return allergyTexts(this.props.dish.allergies, this.props.screen.state.language);
    }
}
