// Taps on their way to the server. They are kept in the browser until the server has answered, so that neither
// a lost connection nor a reloaded page forgets one, and each has a key, so that none counts twice.

function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outbox {
    /**
     * @param {string} token of the display; another display of the same tablet has its own taps
     */
    constructor(token) {
        this.name = `dining-display-taps:${token}`;
        this.taps = this._stored();
    }

    _stored() {
        try {
            const taps = JSON.parse(localStorage.getItem(this.name) || "[]");
            return Array.isArray(taps) ? taps.filter((tap) => tap && tap.key) : [];
        } catch {
            return [];
        }
    }

    _store() {
        try {
            localStorage.setItem(this.name, JSON.stringify(this.waiting));
        } catch {
            // A full or forbidden storage: the taps live as long as the page.
        }
    }

    /** Taps that the server has not answered yet. */
    get waiting() {
        return this.taps.filter((tap) => !tap.answered);
    }

    /**
     * @param {Object} tap {steps} or {recall}, as the server takes it
     */
    add(tap) {
        this.taps.push({ key: newKey(), ...tap });
        this._store();
    }

    /** The server has answered: the tap is shown until a board has been read that knows it. */
    answered(tap) {
        tap.answered = true;
        this._store();
    }

    /** A refused tap has done nothing. */
    drop(tap) {
        this.taps = this.taps.filter((other) => other.key !== tap.key);
        this._store();
    }
}
