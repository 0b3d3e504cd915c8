// Which card stands in which column: about how high each will be, in pixels, before it is drawn.

import { allergyTexts } from "./allergies";

/** Width of a column that is not for text: margins, borders, and the quantity before a dish's name. */
const MARGIN = 50;
const INDENT = 64;

/** Heights as display.css makes them. */
export class Measure {
    /**
     * @param {number} width of a column
     * @param {string} language "zh" or "en"
     */
    constructor(width, language) {
        this.width = width - MARGIN;
        this.language = language;
    }

    card(card, isPass) {
        return 190 + card.dishes.reduce((sum, dish) => sum + this._dish(dish, isPass ? dish.unserved : dish.owed), 0);
    }

    batch({ dish, shares }) {
        const perRow = Math.max(1, Math.floor(this.width / 130));
        return 190 + this._allergies(dish.allergies) + this._note(dish.note) + Math.ceil(shares.length / perRow) * 74;
    }

    _dish(dish, left) {
        if (!left && !dish.held) {
            return 54;
        }
        const flags = dish.rush || dish.again || dish.held || dish.started || dish.standing;
        const options = dish.options.map((option) => option[this.language] || "").join(" · ");
        return (
            24 +
            (flags ? 34 : 0) +
            this._lines(dish.name[this.language] || "", 34, INDENT) * 42 +
            this._lines(options, 27, INDENT) * 35 +
            (dish.set || dish.seat ? 28 : 0) +
            this._allergies(dish.allergies) +
            this._note(dish.note)
        );
    }

    _allergies(allergies) {
        if (!allergies.length) {
            return 0;
        }
        const { dangers, said } = allergyTexts(allergies, this.language);
        const loud = dangers.reduce((sum, danger) => sum + 14 + this._lines(`⚠ ${danger}`, 36, 26) * 46, 0);
        return loud + this._note(said);
    }

    _note(note) {
        return note
            ? 24 + note.split("\n").reduce((sum, line) => sum + this._lines(`忌口  ${line}`, 30, 26) * 39, 0)
            : 0;
    }

    _lines(text, size, indent) {
        // A letter is about half as wide as a Chinese character.
        const width = [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? size : size * 0.55), 0);
        return Math.ceil(width / Math.max(this.width - indent, size));
    }
}

/** Cards side by side in columns, each under the shortest one so far, so that the first stand at the top. */
export function columns(items, count, heightOf) {
    const result = Array.from({ length: count }, () => ({ height: 0, items: [] }));
    for (const item of items) {
        const shortest = result.reduce((best, column) => (column.height < best.height - 40 ? column : best));
        shortest.items.push(item);
        shortest.height += heightOf(item);
    }
    return result.map((column) => column.items);
}
