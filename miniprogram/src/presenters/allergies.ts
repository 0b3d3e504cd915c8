/** What guests must not eat, and what dishes contain, in words. */
import type {
  AllergenOut,
  CartLineIn,
  DishOut,
  GuestOut,
  MenuOut,
  TableOut,
} from '../services/types';
import { fill, pick, words } from '../i18n/index';

/** Codes of allergens. */
export type Codes = readonly string[];

/** Code → seats of the guests who must not eat it. */
export type Clashes = Record<string, number[]>;

/** What is known of a dish's choice before the server has priced it. */
type Choice = Pick<CartLineIn, 'option_ids' | 'components'>;

/** The guests at the table, and this phone's own. */
export type Table = Pick<TableOut, 'guests' | 'me'> | null;

export interface AllergenView {
  code: string;
  name: string;
  on: boolean;
}

function unique(codes: Codes): string[] {
  return [...new Set(codes)];
}

/** What one may say to be allergic to, with what is said already. */
export function allergenViews(menu: MenuOut | null, mine: Codes): AllergenView[] {
  return (menu?.allergens ?? [])
    .filter(({ retired }) => !retired)
    .map(({ code, name }) => ({ code, name: pick(name), on: mine.includes(code) }));
}

/** `花生、芝麻`, in the store's order; one that the menu does not know by its code. */
export function allergenNames(allergens: AllergenOut[] = [], codes: Codes): string {
  const known = allergens.filter(({ code }) => codes.includes(code));
  const unknown = unique(codes).filter((one) => !known.some(({ code }) => code === one));
  return [...known.map(({ name }) => pick(name)), ...unknown].join(words().common.listJoin);
}

/** `过敏原：花生、芝麻`, without what is off the store's list; empty for none. Of a set meal it is what its choices may contain. */
export function containsText(dish: DishOut, allergens: AllergenOut[] = []): string {
  const retired = allergens.filter((one) => one.retired).map(({ code }) => code);
  const codes = (dish.allergens ?? []).filter((code) => !retired.includes(code));
  if (codes.length === 0) return '';
  const w = words().allergy;
  const isSet = (dish.sets ?? []).length > 0;
  return fill(isSet ? w.mayContain : w.contains, { names: allergenNames(allergens, codes) });
}

function ofOptions(groups: DishOut['groups'] = [], chosen: readonly number[] = []): string[] {
  const options = groups.flatMap((group) => group.options.filter(({ id }) => chosen.includes(id)));
  return options.flatMap(({ allergens = [] }) => allergens);
}

/** Codes of what a dish contains as it was chosen. */
export function contentsOf(dish: DishOut, { option_ids = [], components = [] }: Choice): string[] {
  const choices = (dish.sets ?? []).flatMap((group) => group.choices);
  const own = choices.length > 0 ? [] : (dish.allergens ?? []);
  const parts = components.flatMap(({ choice_id, option_ids: chosen }) => {
    const choice = choices.find(({ id }) => id === choice_id);
    return [...(choice?.allergens ?? []), ...ofOptions(choice?.groups, chosen)];
  });
  return unique([...own, ...ofOptions(dish.groups, option_ids), ...parts]);
}

function clashOf(guest: GuestOut, me: boolean, names: string): string {
  const w = words().allergy;
  return me ? fill(w.clashMine, { names }) : fill(w.clashOther, { names, who: pick(guest.name) });
}

/** Seats of the guests at the table who must not eat of what contains `codes`, by code. */
export function clashSeats(table: Table, codes: Codes): Clashes {
  const clashes: Clashes = {};
  for (const code of unique(codes)) {
    const guests = table?.guests.filter(({ allergens }) => allergens.includes(code)) ?? [];
    if (guests.length > 0) clashes[code] = guests.map(({ seat }) => seat);
  }
  return clashes;
}

/** Who at the table must not eat of what contains `codes`; empty for nobody. This phone's guest comes first. */
export function clashText(table: Table, codes: Codes, allergens: AllergenOut[] = []): string {
  if (!table) return '';
  const mine = table.me.seat;
  const guests = [...table.guests].sort(
    (one, other) => +(other.seat === mine) - +(one.seat === mine),
  );
  return guests
    .map((guest) => ({ guest, both: guest.allergens.filter((code) => codes.includes(code)) }))
    .filter(({ both }) => both.length > 0)
    .map(({ guest, both }) => clashOf(guest, guest.seat === mine, allergenNames(allergens, both)))
    .join(words().allergy.join);
}

/** `含花生等 2 种`: short, because a card of the list has one line for it. */
function markText(allergens: AllergenOut[] | undefined, codes: Codes): string {
  const w = words().allergy;
  const name = allergenNames(allergens, codes.slice(0, 1));
  return codes.length === 1
    ? fill(w.mark, { name })
    : fill(w.markMore, { name, count: codes.length });
}

/** Codes of what somebody at the table must not eat, one's own first. */
function avoidedAt({ guests, me }: Exclude<Table, null>): string[] {
  return unique([...me.allergens, ...guests.flatMap(({ allergens }) => allergens)]);
}

/** Dish id → `含花生`, of the dishes that somebody at the table must not eat of. */
export function dishClashes(table: Table, menu: MenuOut | null): Record<string, string> {
  const avoided = table ? avoidedAt(table) : [];
  const clashes: Record<string, string> = {};
  for (const dish of menu?.dishes ?? []) {
    const codes = avoided.filter((code) => dish.allergens?.includes(code));
    if (codes.length > 0) clashes[dish.id] = markText(menu?.allergens, codes);
  }
  return clashes;
}

/** Everything about allergies that the menu page shows. `table` is null while only looking. */
export function allergyView(table: Table, menu: MenuOut | null) {
  const known = menu?.allergens ?? [];
  const mine = table?.me.allergens ?? [];
  const names = allergenNames(known, mine);
  return {
    known,
    table: table && { guests: table.guests, me: table.me },
    choices: allergenViews(menu, mine),
    mine: names && fill(words().allergy.mine, { names }),
    dishes: dishClashes(table, menu),
  };
}

/** What is asked before a dish goes into the cart; empty where nobody is allergic to it. */
export function clashQuestion(table: Table, menu: MenuOut | null, line: CartLineIn): string {
  const dish = menu?.dishes.find(({ id }) => id === line.dish_id);
  const clash = dish ? clashText(table, contentsOf(dish, line), menu?.allergens) : '';
  if (!dish || !clash) return '';
  return fill(words().allergy.confirmAdd, { dish: pick(dish.name), clash });
}

/** Names of the dishes ordered so far that contain one of `codes` as they were chosen. */
export function orderedClashes(view: TableOut | null, codes: Codes): string {
  const order = view?.order;
  const lines = order
    ? [...order.rounds.flatMap((round) => round.lines), ...order.staff_lines]
    : [];
  const names = lines
    .filter(
      ({ allergens, state }) =>
        state !== 'voided' && allergens.some((code) => codes.includes(code)),
    )
    .map(({ name }) => pick(name));
  return unique(names).join(words().common.listJoin);
}
