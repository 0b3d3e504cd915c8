/** Answers of the API, as small as they can be. */
import type {
  CartLineOut,
  DishOut,
  GuestOut,
  MenuOut,
  OptionGroupOut,
  OrderLineOut,
  OrderOut,
  ScanOut,
  TableOut,
} from '../../src/services/types';

export const text = (zh: string, en: string = zh) => ({ zh, en });

export const SCENE = 'table-B12-code-AbCd_';

export function scan(over: Partial<ScanOut> = {}): ScanOut {
  return {
    store_id: 1,
    store_name: text('滇味小馆', 'Yunnan Kitchen'),
    table_id: 9,
    table_name: 'B12',
    floor_name: '二楼',
    menu_version: 3,
    open: true,
    ...over,
  };
}

export function dish(over: Partial<DishOut> = {}): DishOut {
  return {
    id: 7,
    name: text('汽锅鸡', 'Steam-pot chicken'),
    description: null,
    image: null,
    price_fen: 12800,
    spicy: 0,
    serves: null,
    tags: [],
    hours: [],
    groups: [],
    sets: [],
    max_quantity: 99,
    ...over,
  };
}

export function group(over: Partial<OptionGroupOut> = {}): OptionGroupOut {
  return {
    id: 50,
    kind: 'method',
    name: text('辣度', 'Heat'),
    min: 1,
    max: 1,
    options: [
      { id: 501, name: text('不辣', 'Mild'), price_fen: 0 },
      { id: 502, name: text('特辣', 'Hot'), price_fen: 0 },
    ],
    ...over,
  };
}

export function menu(over: Partial<MenuOut> = {}): MenuOut {
  return {
    version: 3,
    store: {
      id: 1,
      name: text('滇味小馆', 'Yunnan Kitchen'),
      seat_charge_fen: 0,
      service_charge_permille: 0,
    },
    categories: [{ id: 1, name: text('招牌', 'Signatures'), dish_ids: [7] }],
    dishes: [dish()],
    ...over,
  };
}

export function cartLine(over: Partial<CartLineOut> = {}): CartLineOut {
  return {
    key: 'k1',
    dish_id: 7,
    name: text('汽锅鸡', 'Steam-pot chicken'),
    option_ids: [],
    options: [],
    components: [],
    quantity: 1,
    note: '',
    rush: false,
    seat: 1,
    allergens: [],
    unit_price_fen: 12800,
    amount_fen: 12800,
    problem: null,
    ...over,
  };
}

export const GUESTS: GuestOut[] = [
  { seat: 1, name: text('1 号食客', 'Guest 1'), emoji: '🍄', allergens: [] },
  { seat: 2, name: text('2 号食客', 'Guest 2'), emoji: '🌸', allergens: [] },
];

export function table(over: Partial<TableOut> = {}): TableOut {
  return {
    token: 'token-1',
    rev: 'r1',
    state: 'open',
    store_id: 1,
    table_name: 'B12',
    floor_name: '二楼',
    guest_count: 2,
    me: GUESTS[0],
    guests: GUESTS,
    cart: { lines: [], quantity: 0, total_fen: 0 },
    order: null,
    menu_version: 3,
    remaining: {},
    allergies_rev: 0,
    ...over,
  };
}

export function orderLine(over: Partial<OrderLineOut> = {}): OrderLineOut {
  return {
    id: 'l1',
    dish_id: 7,
    name: text('汽锅鸡', 'Steam-pot chicken'),
    options: [],
    parts: [],
    note: '',
    rush: false,
    quantity: 1,
    amount_fen: 12800,
    seat: 1,
    allergens: [],
    state: 'fired',
    can_rush: false,
    wait: null,
    ...over,
  };
}

export function order(over: Partial<OrderOut> = {}): OrderOut {
  return {
    id: 'order-1',
    rev: 'o1',
    number: '037',
    store_id: 1,
    store_name: text('滇味小馆', 'Yunnan Kitchen'),
    table_name: 'B12',
    placed_at: '2026-05-01T10:00:00Z',
    state: 'open',
    rounds: [
      {
        number: 1,
        placed_at: '2026-05-01T10:00:00Z',
        state: 'confirmed',
        lines: [orderLine()],
      },
    ],
    charges: [],
    staff_lines: [],
    total_fen: 12800,
    tax_fen: 725,
    paid_fen: 0,
    due_fen: 12800,
    payments: [],
    payable: true,
    ...over,
  };
}
