import { Outbox } from "./outbox";

/** Without any answer for so long the screen says that it is stale. */
const STALE_MS = 15_000;
/** How often to ask where Odoo's bus does not tell; also what the bus could miss. */
const POLL_WITHOUT_BUS_MS = 2_000;
const TIMEOUT_MS = 8_000;
const CHANNEL = "dining_display";

/**
 * What a display knows of the kitchen, and how it tells what was tapped. Odoo's bus says that something has
 * changed; what, is asked for. A poll catches what the bus has lost, and works alone where there is no bus.
 */
export class Connection {
    /**
     * @param {Object} settings as the server wrote them into the page
     * @param {Object} bus Odoo's bus service
     * @param {function} onChange called when something to show has changed
     */
    constructor(settings, bus, onChange) {
        this.base = `/diancan/display/${encodeURIComponent(settings.token)}`;
        this.pollMs = settings.poll_seconds * 1000;
        this.bus = bus;
        this.onChange = onChange;
        this.outbox = new Outbox(settings.token);
        this.board = null;
        this.revoked = false;
        this.failed = false;
        this.heardAt = Date.now();
        this.skewMs = 0;
        this.live = false;
        this.refusal = null;
    }

    start() {
        this.bus.addChannel(`${CHANNEL}:${odoo.diningDisplay.token}`);
        this.bus.subscribe(CHANNEL, () => this.refresh());
        for (const [name, live] of [
            ["BUS:CONNECT", true],
            ["BUS:RECONNECT", true],
            ["BUS:DISCONNECT", false],
            ["BUS:RECONNECTING", false],
        ]) {
            this.bus.addEventListener(name, () => {
                this.live = live;
                this.refresh();
            });
        }
        window.addEventListener("online", () => this.refresh());
        window.addEventListener("offline", () => this._lost());
        document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
        this.refresh();
    }

    get stale() {
        return this.failed || Date.now() - this.heardAt > Math.max(STALE_MS, this.pollMs + TIMEOUT_MS);
    }

    /** The server's time now. */
    get now() {
        return Date.now() + this.skewMs;
    }

    /** Do what was tapped: at once on the screen, and at the server as soon as it can be reached. */
    tap(tap) {
        this.outbox.add(tap);
        this.onChange();
        return this.refresh();
    }

    /** Send what waits and read the board; one at a time, and once more where it was asked for meanwhile. */
    async refresh() {
        if (this.busy) {
            this.again = true;
            return;
        }
        this.busy = true;
        clearTimeout(this.timer);
        try {
            do {
                this.again = false;
                await this._send();
                await this._read();
            } while (this.again && !this.failed);
        } catch {
            this._lost();
        } finally {
            this.busy = false;
            if (!this.revoked) {
                const wait = this.live && !this.failed ? this.pollMs : Math.min(POLL_WITHOUT_BUS_MS, this.pollMs);
                this.timer = setTimeout(() => this.refresh(), wait);
            }
        }
    }

    async _send() {
        for (const tap of this.outbox.waiting) {
            const { ok, answer } = await this._ask("/taps", { method: "POST", body: JSON.stringify(tap) });
            if (ok) {
                this.outbox.answered(tap);
            } else {
                this.outbox.drop(tap);
                this.refusal = answer.message;
                this.onChange();
            }
        }
    }

    async _read() {
        const known = this.outbox.taps.filter((tap) => tap.answered);
        const query = this.board ? `?revision=${this.board.revision}` : "";
        const { ok, answer } = await this._ask(`/board${query}`);
        if (!ok) {
            this.revoked = true;
            this.onChange();
            return;
        }
        this.heardAt = Date.now();
        this.skewMs = Date.parse(answer.now) - this.heardAt;
        this.failed = false;
        if (answer.cards) {
            this.board = answer;
        }
        known.forEach((tap) => this.outbox.drop(tap));
        this.onChange();
    }

    /**
     * @returns {Promise<{ok: boolean, answer: Object}>} ok is false where the server refused
     * @throws where it could not be reached or was in trouble: the same may be asked again
     */
    async _ask(path, options = {}) {
        const response = await fetch(this.base + path, {
            ...options,
            headers: { "Content-Type": "application/json" },
            cache: "no-store",
            signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        const refused = response.status >= 400 && response.status < 500 && response.status !== 429;
        if (!response.ok && !refused) {
            throw new Error(`HTTP ${response.status}`);
        }
        return { ok: response.ok, answer: await response.json() };
    }

    _lost() {
        this.failed = true;
        this.onChange();
    }
}
