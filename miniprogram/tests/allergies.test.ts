import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type * as Allergies from '../src/presenters/allergies';
import type * as Carts from '../src/presenters/cart';
import type { CartLineIn, GuestOut } from '../src/services/types';
import { load, restart } from './support/load';
import {
  cartLine,
  dish,
  group,
  GUESTS,
  menu,
  order,
  orderLine,
  table,
  text,
} from './support/samples';
import { FakePhone } from './support/wx';

const ALLERGENS = [
  { code: 'peanut', name: text('花生', 'Peanuts'), retired: false },
  { code: 'sesame', name: text('芝麻', 'Sesame'), retired: false },
  { code: 'egg', name: text('蛋', 'Eggs'), retired: false },
];
const EXTRAS = group({
  id: 60,
  kind: 'extra',
  min: 0,
  options: [{ id: 601, name: text('煎蛋'), price_fen: 300, allergens: ['egg'] }],
});
const KUNGPAO = dish({ id: 8, name: text('宫保鸡丁'), allergens: ['peanut'], groups: [EXTRAS] });
const FEAST = dish({
  id: 9,
  name: text('双人餐'),
  allergens: ['peanut', 'sesame'],
  sets: [
    {
      id: 70,
      name: text('热菜'),
      count: 1,
      choices: [
        {
          id: 701,
          dish_id: 8,
          name: text('宫保鸡丁'),
          extra_fen: 0,
          allergens: ['peanut'],
          groups: [EXTRAS],
        },
        { id: 702, dish_id: 7, name: text('汽锅鸡'), extra_fen: 0, allergens: ['sesame'] },
      ],
    },
  ],
});
const MENU = menu({ allergens: ALLERGENS, dishes: [dish(), KUNGPAO, FEAST] });

function line(over: Partial<CartLineIn>): CartLineIn {
  return {
    key: 'n1',
    dish_id: 8,
    option_ids: [],
    components: [],
    quantity: 1,
    note: '',
    rush: false,
    ...over,
  };
}

/** The table of two: what each is allergic to, this phone's guest on seat 1. */
function allergic(mine: string[], others: string[], over: Parameters<typeof table>[0] = {}) {
  const guests: GuestOut[] = [
    { ...GUESTS[1], allergens: others },
    { ...GUESTS[0], allergens: mine },
  ];
  return table({ guests, me: guests[1], ...over });
}

let allergies: typeof Allergies;
beforeEach(() => {
  restart();
  new FakePhone().install();
  allergies = load('presenters/allergies');
});

describe('what a dish contains', () => {
  it('is named, and of a set meal as a possibility; nothing where it contains none', () => {
    assert.equal(allergies.containsText(KUNGPAO, ALLERGENS), '过敏原：花生');
    assert.equal(allergies.containsText(FEAST, ALLERGENS), '视所选菜品，可能含过敏原：花生、芝麻');
    assert.equal(allergies.containsText(dish(), ALLERGENS), '');
  });

  it('grows with an option', () => {
    assert.deepEqual(allergies.contentsOf(KUNGPAO, line({})), ['peanut']);
    assert.deepEqual(allergies.contentsOf(KUNGPAO, line({ option_ids: [601] })), ['peanut', 'egg']);
  });

  it('is in a set meal what was chosen in it', () => {
    const chosen = (choice_id: number, option_ids: number[] = []) =>
      allergies.contentsOf(FEAST, line({ components: [{ choice_id, option_ids }] }));
    assert.deepEqual(chosen(702), ['sesame']);
    assert.deepEqual(chosen(701, [601]), ['peanut', 'egg']);
  });

  it('is read from a menu that was remembered before there were allergens', () => {
    const old = { ...MENU, allergens: undefined, dishes: [{ ...KUNGPAO, allergens: undefined }] };
    assert.deepEqual(allergies.dishClashes(allergic(['peanut'], []), old), {});
    assert.equal(allergies.allergyView(allergic(['peanut'], []), old).mine, '过敏：peanut');
    assert.deepEqual(allergies.allergyView(null, null).known, []);
  });
});

describe('what somebody at the table must not eat', () => {
  it('is said before it goes into the cart, oneself first', () => {
    const ask = (view: ReturnType<typeof table>) => allergies.clashQuestion(view, MENU, line({}));
    assert.equal(ask(allergic([], ['egg'])), '');
    assert.equal(
      ask(allergic(['peanut', 'egg'], ['peanut'])),
      '「宫保鸡丁」含花生，您过敏；含花生，2 号食客过敏。仍要点这道菜吗？',
    );
    assert.equal(allergies.clashQuestion(null, MENU, line({})), '');
  });

  it('stands at the dishes of the menu', () => {
    assert.deepEqual(allergies.dishClashes(allergic([], ['peanut']), MENU), {
      8: '含花生',
      9: '含花生',
    });
    assert.deepEqual(allergies.dishClashes(allergic(['sesame'], ['peanut']), MENU), {
      8: '含花生',
      9: '含芝麻等 2 种',
    });
    assert.deepEqual(allergies.dishClashes(allergic([], []), MENU), {});
  });

  it('stands at the line in the cart, whoever has added it', () => {
    const cart = load<typeof Carts>('presenters/cart');
    const lines = [
      cartLine({ key: 'k1', name: text('宫保鸡丁'), allergens: ['peanut'] }),
      cartLine({ key: 'k2' }),
    ];
    const view = allergic([], ['peanut'], { cart: { lines, quantity: 2, total_fen: 0 } });
    const unsettled = { newLines: () => [line({})], deltaOf: () => 0, isEmpty: () => false };
    const shown = cart.cartView(view, unsettled, MENU);
    assert.deepEqual(
      shown.lines.map(({ clash }) => clash),
      ['含花生，2 号食客过敏', '', '含花生，2 号食客过敏'],
    );
    assert.deepEqual(cart.clashLines(shown), [
      '宫保鸡丁 · 含花生，2 号食客过敏',
      '宫保鸡丁 · 含花生，2 号食客过敏',
    ]);
    assert.deepEqual(cart.clashesSeen(shown), { k1: { peanut: [2] }, n1: { peanut: [2] } });
  });

  it('is looked for in what is ordered already', () => {
    const lines = [
      orderLine({ dish_id: 8, name: text('宫保鸡丁'), allergens: ['peanut', 'egg'] }),
      orderLine({ dish_id: 8, name: text('宫保鸡丁'), allergens: ['peanut'] }),
      orderLine({ dish_id: 9, name: text('双人餐'), allergens: ['sesame'] }),
      orderLine({ dish_id: 8, name: text('米线'), allergens: ['peanut'], state: 'voided' }),
      orderLine({ dish_id: 7 }),
    ];
    const rounds = [{ ...order().rounds[0], lines }];
    const view = table({ order: order({ rounds }) });
    assert.equal(allergies.orderedClashes(view, ['peanut']), '宫保鸡丁', 'not a set without it');
    assert.equal(allergies.orderedClashes(view, ['egg']), '宫保鸡丁', 'an option brings it');
    assert.equal(allergies.orderedClashes(view, ['milk']), '');
    assert.equal(allergies.orderedClashes(table(), ['peanut']), '');
  });

  it('that the store has taken off its list is named to who said it, and to nobody else', () => {
    const [peanut, ...others] = ALLERGENS;
    const known = [{ ...peanut, retired: true }, ...others];
    const shown = { ...MENU, allergens: known };
    assert.equal(allergies.containsText(KUNGPAO, known), '');
    assert.equal(allergies.containsText(FEAST, known), '视所选菜品，可能含过敏原：芝麻');
    assert.deepEqual(
      allergies.allergenViews(shown, ['peanut']).map(({ code }) => code),
      ['sesame', 'egg'],
    );
    assert.equal(allergies.allergyView(allergic(['peanut'], []), shown).mine, '过敏：花生');
    assert.equal(
      allergies.clashQuestion(allergic([], ['peanut']), shown, line({})),
      '「宫保鸡丁」含花生，2 号食客过敏。仍要点这道菜吗？',
    );
  });

  it('is offered in the store’s order, with what was said', () => {
    assert.deepEqual(
      allergies.allergenViews(MENU, ['sesame']).map(({ name, on }) => [name, on]),
      [
        ['花生', false],
        ['芝麻', true],
        ['蛋', false],
      ],
    );
    assert.equal(
      allergies.allergyView(allergic(['sesame', 'peanut'], []), MENU).mine,
      '过敏：花生、芝麻',
    );
  });
});
