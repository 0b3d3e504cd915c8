import { Component } from "@odoo/owl";
import { Allergies } from "./allergies";
import { portionsLeft } from "./board";

/** One dish of a card. */
export class Dish extends Component {
    static template = "dining_kitchen.Dish";
    static components = { Allergies };
    static props = { dish: Object, screen: Object };

    get dish() {
        return this.props.dish;
    }

    get screen() {
        return this.props.screen;
    }

    /** Portions that this screen still has to do with. */
    get left() {
        return portionsLeft(this.dish, this.screen.isPass);
    }

    get stage() {
        const { dish, screen } = this;
        if (dish.held) {
            return "held";
        }
        if (dish.voided && !this.left) {
            return "voided";
        }
        if (screen.isPass) {
            return dish.standing ? "standing" : dish.unserved ? "missing" : "done";
        }
        return !dish.owed ? "done" : dish.started ? "cooking" : "waiting";
    }

    get label() {
        const { dish, screen, stage } = this;
        const word = { held: "held", standing: "standing", missing: "missing", done: "done", cooking: "cooking" }[
            stage
        ];
        if (!word) {
            return "";
        }
        const portions =
            stage === "standing" && dish.standing < dish.unserved
                ? dish.standing
                : stage === "cooking" && dish.started < dish.owed
                  ? dish.started
                  : 0;
        const station = stage === "missing" && dish.station && !dish.at_pass ? ` · ${screen.text(dish.station)}` : "";
        return screen.word(word) + (portions ? ` ${portions}` : "") + station;
    }

    /** What is finished or gone says no more than its name. */
    get isShort() {
        return this.stage === "done" || this.stage === "voided";
    }

    get canTap() {
        return this.stage === "voided" || this.screen.stepsOf(this.dish).length > 0;
    }

    get canTapOne() {
        const steps = this.screen.stepsOf(this.dish);
        return steps.length > 0 && steps.at(-1).quantity > 1;
    }
}
