import { Component, useState } from "@odoo/owl";
import { Allergies } from "./allergies";
import { Dish } from "./dish";

/** What one table waits for. */
export class Card extends Component {
    static template = "dining_kitchen.Card";
    static components = { Dish };
    static props = { card: Object, screen: Object };

    get finish() {
        return this.props.screen.finishOf(this.props.card.dishes);
    }

    get canFinish() {
        return this.finish.length > 0 || this.props.card.dishes.some((dish) => dish.voided);
    }

    get finishWord() {
        const { screen, card } = this.props;
        if (!this.canFinish) {
            return screen.word("nothingReady");
        }
        if (!this.finish.length) {
            return screen.word("seen");
        }
        if (!screen.isPass) {
            return `✓ ${screen.word("bump")}`;
        }
        const portions = this.finish
            .filter((step) => step.kind === "served")
            .reduce((sum, step) => sum + step.quantity, 0);
        const whole = portions === card.dishes.reduce((sum, dish) => sum + (dish.held ? 1 : dish.unserved), 0);
        return `✓ ${whole ? screen.word("serve") : screen.word("serveReady", { n: portions })}`;
    }
}

/** One dish across tables. */
export class Batch extends Component {
    static template = "dining_kitchen.Batch";
    static props = { batch: Object, screen: Object };

    get finish() {
        return this.props.screen.finishOf(this.props.batch.shares.map((share) => share.dish));
    }
}

/** How long somebody has been waiting: a colour, and a word and a sign for who does not see it. */
export class Wait extends Component {
    static template = "dining_kitchen.Wait";
    static props = { since: String, held: { type: Boolean, optional: true }, screen: Object };

    setup() {
        // Its own: a card that nothing happens to is not drawn again with the screen.
        this.state = useState(this.props.screen.state);
    }

    get minutes() {
        return Math.max(0, Math.floor((this.state.now - Date.parse(this.props.since)) / 60000));
    }

    get level() {
        const { warn_minutes: warn, late_minutes: late } = this.props.screen.settings;
        return this.props.held ? "held" : this.minutes >= late ? "late" : this.minutes >= warn ? "warn" : "calm";
    }
}

Card.components.Wait = Wait;
Batch.components = { Allergies, Wait };
