import { Component, onMounted, onWillUnmount, useExternalListener, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import {
    batches,
    finishSteps,
    nextSteps,
    openCards,
    portionsLeft,
    voidCards,
    withoutVoids,
    withTaps,
} from "./board";
import { Batch, Card } from "./card";
import { Connection } from "./connection";
import { columns, Measure } from "./layout";
import { allowSound, ring, soundAllowed, stayAwake } from "./signals";
import { REASONS, word } from "./words";

const COLUMN_WIDTH = 380;
const TOAST_MS = 6000;
const KEPT = "dining-display-choices";

/** The whole screen; what it shows comes from its connection. */
export class DisplayApp extends Component {
    static template = "dining_kitchen.DisplayApp";
    static components = { Card, Batch };
    static props = {};

    setup() {
        this.settings = odoo.diningDisplay;
        this.isPass = this.settings.kind === "pass";
        this.reasons = REASONS;
        const kept = JSON.parse(localStorage.getItem(KEPT) || "{}");
        this.state = useState({
            language: kept.language || this.settings.language,
            sound: kept.sound ?? this.settings.sound,
            soundAllowed: false,
            byDish: Boolean(kept.byDish),
            listOpen: false,
            again: null,
            now: Date.now(),
            width: window.innerWidth,
            toast: "",
            cards: [],
            allDay: [],
            bumps: [],
            loaded: false,
            stale: false,
            revoked: false,
            queued: 0,
            staleSeconds: 0,
            heardAt: 0,
        });
        this.known = null;
        this.seenVoids = new Set();
        this.connection = new Connection(this.settings, useService("bus_service"), () => this.update());
        useExternalListener(window, "resize", () => (this.state.width = window.innerWidth));
        useExternalListener(window, "pointerdown", () => this.allowSound(), { capture: true });
        onMounted(() => {
            this.connection.start();
            this.clock = setInterval(() => this.tick(), 1000);
            stayAwake();
        });
        onWillUnmount(() => clearInterval(this.clock));
    }

    // -- what is shown --------------------------------------------------------

    update() {
        const { connection, state } = this;
        if (connection.refusal) {
            this.say(this.text(connection.refusal));
            connection.refusal = null;
        }
        if (connection.board) {
            const board = withoutVoids(withTaps(connection.board, connection.outbox.taps), this.seenVoids);
            state.cards = openCards(board, this.isPass);
            state.bumps = board.bumps;
            state.allDay = this.allDayOf(board);
            state.loaded = true;
            this.hear(board.cards);
        }
        this.tick();
    }

    /** The server's own count, less what has been tapped since. */
    allDayOf(board) {
        const counts = new Map();
        for (const dish of board.cards.flatMap((card) => card.dishes)) {
            const left = dish.held ? 0 : portionsLeft(dish, this.isPass);
            counts.set(dish.dish, (counts.get(dish.dish) || 0) + left);
        }
        return board.all_day
            .map((total) => ({ ...total, count: counts.get(total.dish) || 0 }))
            .filter((total) => total.count > 0);
    }

    tick() {
        const { connection, state } = this;
        state.now = connection.now;
        state.stale = connection.stale;
        state.revoked = connection.revoked;
        state.queued = connection.outbox.waiting.length;
        state.heardAt = connection.heardAt;
        state.staleSeconds = Math.floor((Date.now() - connection.heardAt) / 1000);
        state.soundAllowed = soundAllowed();
    }

    /** A sound for what was not there before; silence for what stands there when the screen opens. */
    hear(cards) {
        const loud = new Map();
        for (const card of cards) {
            if (!card.held) {
                loud.set(`${card.key}-${card.rush}`, card.rush);
            }
            card.dishes.flatMap((dish) => dish.voids).forEach(({ event }) => loud.set(`void-${event}`, true));
            for (const { line, allergies } of card.dishes) {
                allergies.forEach((one) => loud.set(`${line}-${one.code}-${one.seat}`, one.contained));
            }
        }
        const fresh = [...loud.keys()].filter((key) => this.known && !this.known.has(key));
        this.known = new Set(loud.keys());
        if (fresh.length && this.state.sound) {
            ring(fresh.some((key) => loud.get(key)));
        }
    }

    get title() {
        return this.isPass ? this.word("pass") : this.text(this.settings.name);
    }

    get columns() {
        const count = Math.max(1, Math.floor(this.state.width / COLUMN_WIDTH));
        const { cards, language } = this.state;
        const measure = new Measure(this.state.width / count, language === "en" ? "en" : "zh");
        const items = this.state.byDish ? [...voidCards(cards), ...batches(cards, this.isPass)] : cards;
        return columns(items, count, (item) => (item.shares ? measure.batch(item) : measure.card(item, this.isPass)));
    }

    get portions() {
        return this.state.allDay.reduce((sum, total) => sum + total.count, 0);
    }

    get clockTime() {
        return this.timeOf(this.state.now);
    }

    get staleFor() {
        const seconds = this.state.staleSeconds;
        return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }

    timeOf(moment, seconds = false) {
        const options = { hour: "2-digit", minute: "2-digit", hour12: false, ...(seconds && { second: "2-digit" }) };
        return new Date(moment).toLocaleTimeString("en-GB", options);
    }

    word(name, values) {
        return word(this.state.language, name, values);
    }

    text(texts) {
        return (this.state.language === "en" ? texts.en : texts.zh) || texts.zh || texts.en || "";
    }

    /** Why a dish is cooked again; what a person wrote elsewhere stays as it is. */
    reason(told) {
        const known = REASONS.find((reason) => reason[0] === told);
        return known && this.state.language === "en" ? known[1] : told;
    }

    placeOf(bump) {
        return bump.table || (bump.number ? `#${bump.number}` : this.word("tables_many"));
    }

    dishesOf(bump) {
        return bump.dishes
            .map((dish) => this.text(dish) + (dish.quantity === 1 ? "" : ` ×${dish.quantity}`))
            .join(this.state.language === "en" ? ", " : "、");
    }

    // -- what is tapped -------------------------------------------------------

    stepsOf(dish, portions) {
        return nextSteps(dish, this.isPass, this.settings.single_tap, portions);
    }

    finishOf(dishes) {
        return finishSteps(dishes, this.isPass, this.settings.single_tap);
    }

    tapDish(dish, portions) {
        const steps = this.stepsOf(dish, portions);
        if (steps.length) {
            this.tap({ steps });
        } else if (dish.voided) {
            this.putAway([dish]);
        }
    }

    /** Everything of a card that can be finished is, and what was taken off it goes. */
    finishCard(card, steps) {
        this.putAway(card.dishes);
        if (steps.length) {
            this.tap({ steps });
        }
    }

    putAway(dishes) {
        dishes.flatMap((dish) => dish.voids).forEach(({ event }) => this.seenVoids.add(event));
        this.update();
    }

    tap(tap) {
        this.connection.tap(tap);
    }

    recall(bump) {
        this.state.bumps = this.state.bumps.filter((other) => other.key !== bump.key);
        this.state.listOpen = this.state.listOpen && this.state.bumps.length > 0;
        this.tap({ recall: bump.key });
    }

    cookAgain(bump, reason) {
        const steps = bump.dishes.map((dish) => ({ line: dish.line, kind: "refired", quantity: dish.quantity }));
        this.state.again = null;
        this.state.listOpen = false;
        this.tap({ steps, reason: reason[0] });
    }

    keep(choice) {
        Object.assign(this.state, choice);
        const { language, sound, byDish } = this.state;
        localStorage.setItem(KEPT, JSON.stringify({ language, sound, byDish }));
    }

    async allowSound() {
        await allowSound();
        this.state.soundAllowed = soundAllowed();
    }

    say(text) {
        this.state.toast = text;
        clearTimeout(this.toastTimer);
        this.toastTimer = setTimeout(() => (this.state.toast = ""), TOAST_MS);
    }
}
