// The board as it is shown: what the server said, with the taps that it has not heard of yet.

/** A copy of the board on which taps have been done. */
export function withTaps(board, taps) {
    if (!board || !taps.length) {
        return board;
    }
    const copy = JSON.parse(JSON.stringify(board));
    const dishes = new Map(copy.cards.flatMap((card) => card.dishes.map((dish) => [dish.line, dish])));
    for (const tap of taps) {
        for (const step of tap.steps || []) {
            if (dishes.has(step.line)) {
                take(dishes.get(step.line), step);
            }
        }
    }
    return copy;
}

function take(dish, { kind, quantity }) {
    if (kind === "started") {
        dish.started = Math.min(dish.started + quantity, dish.owed);
    } else if (kind === "ready") {
        const portions = Math.min(quantity, dish.owed);
        dish.owed -= portions;
        dish.started = Math.min(dish.started, dish.owed);
        dish.standing += portions;
    } else if (kind === "served") {
        const portions = Math.min(quantity, dish.standing);
        dish.standing -= portions;
        dish.unserved -= portions;
        dish.served += portions;
    }
}

/** Portions that this kind of screen still has to do with. */
export function portionsLeft(dish, isPass) {
    return isPass ? dish.unserved : dish.owed;
}

/** Cards with something left to do on this kind of screen, or taken off and not yet put away. */
export function openCards(board, isPass) {
    return board.cards.filter((card) =>
        card.dishes.some((dish) => dish.held || dish.voided || portionsLeft(dish, isPass)),
    );
}

/**
 * The board without what was taken off and a cook has put away.
 *
 * @param {Set} seen the events that are put away
 */
export function withoutVoids(board, seen) {
    if (!seen.size) {
        return board;
    }
    const unseen = (dish) => {
        const voids = dish.voids.filter((each) => !seen.has(each.event));
        return { ...dish, voids, voided: voids.reduce((sum, each) => sum + each.portions, 0) };
    };
    const cards = board.cards.map((card) => ({
        ...card,
        dishes: card.dishes.map(unseen).filter((dish, at) => dish.portions || dish.voided || !card.dishes[at].voided),
    }));
    return { ...board, cards };
}

/** Cards with nothing but what was taken off: it is shown by table also where the rest is shown by dish. */
export function voidCards(cards) {
    return cards
        .map((card) => ({ ...card, dishes: card.dishes.filter((dish) => dish.voided) }))
        .filter((card) => card.dishes.length);
}

/**
 * What a tap on a dish does next.
 *
 * @param {boolean} isPass
 * @param {boolean} singleTap one tap finishes a dish
 * @param {number} [portions] of the dish, all that can without it
 * @returns {Object[]} steps; empty where nothing can be done
 */
export function nextSteps(dish, isPass, singleTap, portions = Infinity) {
    if (dish.held) {
        return [];
    }
    const step = (kind, quantity) => ({ line: dish.line, kind, quantity: Math.min(quantity, portions) });
    if (!isPass) {
        if (!dish.owed) {
            return [];
        }
        const begun = dish.started >= Math.min(dish.owed, portions);
        return [singleTap || begun ? step("ready", dish.owed) : step("started", dish.owed)];
    }
    if (dish.standing && !singleTap) {
        return [step("served", dish.standing)];
    }
    if (singleTap && dish.unserved) {
        const served = Math.min(dish.unserved, portions);
        const cooked = Math.max(served - dish.standing, 0);
        const ready = cooked ? [{ line: dish.line, kind: "ready", quantity: cooked }] : [];
        return [...ready, { line: dish.line, kind: "served", quantity: served }];
    }
    return dish.at_pass && dish.owed ? [step("ready", dish.owed)] : [];
}

/** What the button under a card does: everything of it that can be finished. */
export function finishSteps(dishes, isPass, singleTap) {
    return dishes.flatMap((dish) => {
        if (dish.held) {
            return [];
        }
        if (!isPass) {
            return dish.owed ? [{ line: dish.line, kind: "ready", quantity: dish.owed }] : [];
        }
        return singleTap || dish.standing ? nextSteps(dish, true, singleTap) : [];
    });
}

/** The same dish, with the same options and wishes, across tables: the most portions first. */
export function batches(cards, isPass) {
    const found = new Map();
    for (const card of cards) {
        for (const dish of card.dishes) {
            const left = portionsLeft(dish, isPass);
            if (!left || dish.held) {
                continue;
            }
            const key = JSON.stringify([dish.dish, dish.name, dish.options, dish.note, dish.allergies]);
            if (!found.has(key)) {
                found.set(key, { key, dish, total: 0, rush: false, since: card.since, shares: [] });
            }
            const batch = found.get(key);
            batch.total += left;
            batch.rush ||= dish.rush;
            batch.since = batch.since < card.since ? batch.since : card.since;
            batch.shares.push({ card, dish, left });
        }
    }
    return [...found.values()].sort(
        (one, other) => other.rush - one.rush || other.total - one.total || (one.since < other.since ? -1 : 1),
    );
}
