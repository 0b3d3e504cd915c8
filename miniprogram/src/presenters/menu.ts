/** The menu as the page shows it: plain texts in one language, nothing to work out in templates. */
import { imageUrl } from '../services/store/index';
import type { DishOut, HoursOut, MenuOut, OptionGroupOut } from '../services/types';
import { fill, pick, words } from '../i18n/index';
import { shortYuan } from '../utils/money';

/** Heights in px, as in dish-card.wxss and menu.wxss: sections are placed without measuring. */
export const CARD_HEIGHT = 124;
export const HEADING_HEIGHT = 44;

/** So many dishes are drawn, or left out, together. */
const BLOCK_SIZE = 6;

export interface DishView {
  id: number;
  name: string;
  description: string;
  image: string;
  price: string;
  /** Other sizes cost more. */
  from: boolean;
  /** What is chosen may cost more, so the price is only where it begins. */
  begins: boolean;
  spicy: number;
  serves: string;
  tag: string;
  hours: string;
  isSet: boolean;
  /** Neither options nor parts to choose: one tap adds it. */
  plain: boolean;
}

/** Before there is a dish to show. */
export const NO_DISH: DishView = {
  id: 0,
  name: '',
  description: '',
  image: '',
  price: '',
  from: false,
  begins: false,
  spicy: 0,
  serves: '',
  tag: '',
  hours: '',
  isSet: false,
  plain: true,
};

/** Some dishes of a section, drawn while they are near the view. */
export interface BlockView {
  id: number;
  height: number;
  on: boolean;
  dishes: DishView[];
}

export interface SectionView {
  id: number;
  name: string;
  height: number;
  blocks: BlockView[];
}

const EVERY_DAY = 7;

/** `周一至周五`, or each day by name; empty for every day. */
function daysText(days: number[]): string {
  const { weekdays, dayJoin, dayRange } = words().dish;
  const names = weekdays.split(',');
  if (days.length === EVERY_DAY) return '';
  const [first, last] = [days[0], days[days.length - 1]];
  const inARow = days.every((day, index) => day === first + index);
  if (inARow && days.length > 2) return fill(dayRange, { from: names[first], to: names[last] });
  return days.map((day) => names[day]).join(dayJoin);
}

/** When a dish is served: `06:30–10:00`, with its weekdays when it is not every day. */
export function hoursText(hours: HoursOut[]): string {
  const { dayJoin, nextDay } = words().dish;
  return hours
    .map(({ weekdays, start, end }) => {
      // A span whose end is not after its start runs past midnight.
      const until = end > start ? end : fill(nextDay, { time: end });
      return `${daysText(weekdays)} ${start}–${until}`.trim();
    })
    .join(dayJoin);
}

function hasPrice({ options }: OptionGroupOut): boolean {
  return options.some(({ price_fen }) => price_fen > 0);
}

function costsMore(dish: DishOut): boolean {
  return (dish.groups ?? []).some((group) => group.kind === 'size' && hasPrice(group));
}

function servedText(hours: HoursOut[] = []): string {
  return hours.length > 0 ? fill(words().dish.hours, { hours: hoursText(hours) }) : '';
}

/** One dish for its card and its sheet. */
export function dishView(dish: DishOut): DishView {
  const w = words().dish;
  const { groups = [], sets = [], tags = [] } = dish;
  return {
    id: dish.id,
    name: pick(dish.name),
    description: dish.description ? pick(dish.description) : '',
    image: imageUrl(dish.image),
    price: shortYuan(dish.price_fen),
    from: costsMore(dish),
    begins: sets.length > 0 || groups.some(hasPrice),
    spicy: dish.spicy ?? 0,
    serves: dish.serves ? fill(w.serves, { count: dish.serves }) : '',
    tag: tags.length > 0 ? pick(tags[0]) : '',
    hours: servedText(dish.hours),
    isSet: sets.length > 0,
    plain: groups.length === 0 && sets.length === 0,
  };
}

function blocksOf(dishes: DishView[]): BlockView[] {
  const count = Math.ceil(dishes.length / BLOCK_SIZE);
  return Array.from({ length: count }, (_, index) => {
    const some = dishes.slice(index * BLOCK_SIZE, (index + 1) * BLOCK_SIZE);
    return { id: index, height: some.length * CARD_HEIGHT, on: false, dishes: some };
  });
}

/** The menu by category; an empty category is left out. */
export function menuSections(menu: MenuOut): SectionView[] {
  const dishes = new Map(menu.dishes.map((dish) => [dish.id, dishView(dish)]));
  return menu.categories
    .map(({ id, name, dish_ids }) => {
      const shown = dish_ids.flatMap((dishId) => dishes.get(dishId) ?? []);
      return {
        id,
        name: pick(name),
        height: HEADING_HEIGHT + shown.length * CARD_HEIGHT,
        blocks: blocksOf(shown),
      };
    })
    .filter((section) => section.blocks.length > 0);
}

/** The dishes of a section. */
export function dishesOf(section: SectionView): DishView[] {
  return section.blocks.flatMap(({ dishes }) => dishes);
}

/** How far down each section begins. */
export function sectionTops(sections: SectionView[]): number[] {
  let top = 0;
  return sections.map(({ height }) => {
    const here = top;
    top += height;
    return here;
  });
}

/** Which section is at the top when scrolled down by `scrollTop`: from half its heading on. */
export function sectionAt(tops: number[], scrollTop: number): number {
  const next = tops.findIndex((top) => top > scrollTop + HEADING_HEIGHT / 2);
  return next === -1 ? tops.length - 1 : Math.max(0, next - 1);
}

/** The dish of a menu by its id. */
export function findDish(menu: MenuOut | null, dishId: number): DishOut | undefined {
  return menu?.dishes.find(({ id }) => id === dishId);
}
