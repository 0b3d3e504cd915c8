import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type * as Carts from '../src/presenters/cart';
import type * as Changes from '../src/presenters/changes';
import type * as MenuViews from '../src/presenters/menu';
import type * as Look from '../src/pages/menu/look';
import type * as Orders from '../src/presenters/order';
import type * as TableViews from '../src/presenters/table';
import type { CartLineIn } from '../src/services/types';
import { load, restart } from './support/load';
import {
  cartLine,
  dish,
  group,
  menu,
  order,
  orderLine,
  scan,
  table,
  text,
} from './support/samples';
import { FakePhone } from './support/wx';

const NOTHING: Carts.Unsettled = { newLines: () => [], deltaOf: () => 0, isEmpty: () => true };

function newLine(key: string): CartLineIn {
  return { key, dish_id: 7, option_ids: [], components: [], quantity: 2, note: '', rush: false };
}

let phone: FakePhone;
beforeEach(() => {
  restart();
  phone = new FakePhone().install();
});

describe('the cart on show', () => {
  let cart: typeof Carts;
  beforeEach(() => (cart = load('presenters/cart')));

  const withLines = (...lines: ReturnType<typeof cartLine>[]) =>
    table({ cart: { lines, quantity: 1, total_fen: 16600 } });

  it('says what, by whom and how much, in the server’s words', () => {
    const line = cartLine({
      options: [text('大份'), text('微辣')],
      components: [{ choice_id: 1, name: text('米饭'), options: [text('加大')] }],
      seat: 2,
      amount_fen: 16600,
    });
    const [shown] = cart.cartView(withLines(line), NOTHING, menu()).lines;
    assert.equal(shown.options, '大份、微辣');
    assert.deepEqual(shown.parts, ['米饭 · 加大']);
    assert.equal(shown.amount, '166.00');
    assert.equal(shown.by, '2 号食客点的');
    assert.equal(shown.guest.emoji, '🌸');
  });

  it('calls this phone’s own lines mine', () => {
    const [shown] = cart.cartView(withLines(cartLine({ seat: 1 })), NOTHING, menu()).lines;
    assert.equal(shown.by, '我点的');
    assert.equal(shown.guest.me, true);
  });

  it('shows a new line before the server has, without inventing its amount', () => {
    const unsettled = { ...NOTHING, newLines: () => [newLine('k9')], isEmpty: () => false };
    const shown = cart.cartView(withLines(cartLine()), unsettled, menu());
    assert.deepEqual(
      shown.lines.map(({ key, quantity, amount, sending }) => ({ key, quantity, amount, sending })),
      [
        { key: 'k1', quantity: 1, amount: '128.00', sending: false },
        { key: 'k9', quantity: 2, amount: '', sending: true },
      ],
    );
    assert.equal(shown.quantity, 3);
    assert.equal(shown.total, '166.00', 'the total stays the server’s');
    assert.equal(shown.updating, true);
  });

  it('does not show a new line twice once the server has it', () => {
    const unsettled = { ...NOTHING, newLines: () => [newLine('k1')] };
    assert.equal(cart.cartView(withLines(cartLine()), unsettled, menu()).lines.length, 1);
  });

  it('adds a change to the quantity and drops a line that falls to none', () => {
    const more = { ...NOTHING, deltaOf: () => 2 };
    const [shown] = cart.cartView(withLines(cartLine()), more, menu()).lines;
    assert.equal(shown.quantity, 3);
    assert.equal(shown.amount, '', 'the old amount is not shown beside a new quantity');
    const none = { ...NOTHING, deltaOf: () => -1 };
    assert.deepEqual(cart.cartView(withLines(cartLine()), none, menu()).lines, []);
  });

  it('says why a line cannot be ordered', () => {
    const problem = { code: 'dish_sold_out', message: text('已售罄', 'Sold out'), data: {} };
    const shown = cart.cartView(withLines(cartLine({ problem })), NOTHING, menu());
    assert.equal(shown.lines[0].problem, '已售罄');
    assert.equal(shown.hasProblem, true);
  });

  it('counts portions by dish, and 0 for one that has gone', () => {
    const { lines } = cart.cartView(
      withLines(cartLine({ quantity: 2 }), cartLine({ key: 'k2' })),
      NOTHING,
      menu(),
    );
    assert.deepEqual(cart.dishCounts(lines, { 5: 1 }), { 5: 0, 7: 3 });
  });

  it('adds to one’s own plain line, and takes from one’s own first', () => {
    const view = withLines(
      cartLine({ key: 'theirs', seat: 2 }),
      cartLine({ key: 'wish', note: '不要香菜' }),
      cartLine({ key: 'mine' }),
    );
    const { lines } = cart.cartView(view, NOTHING, menu());
    assert.equal(cart.ownPlainLine(lines, 7)?.key, 'mine');
    assert.equal(cart.lineToReduce(lines, 7)?.key, 'mine');
    assert.equal(cart.lineToReduce(lines.slice(0, 2), 7)?.key, 'wish');
    assert.equal(cart.lineToReduce(lines.slice(0, 1), 7)?.key, 'theirs');
    assert.equal(cart.ownPlainLine(lines.slice(0, 2), 7), undefined);
  });

  it('names the charges of the store', () => {
    const charged = menu();
    charged.store.seat_charge_fen = 300;
    charged.store.service_charge_permille = 100;
    assert.equal(cart.chargesText(charged, true), '茶位费 ¥3/位、服务费 10%');
    assert.equal(cart.chargesText(charged, false), '服务费 10%', 'seats are charged once');
    assert.equal(cart.chargesText(menu(), true), '');
  });
});

describe('the menu on show', () => {
  let views: typeof MenuViews;
  beforeEach(() => (views = load('presenters/menu')));

  it('is by category, in the diner’s language, without empty categories', () => {
    const shown = menu({
      categories: [
        { id: 1, name: text('招牌', 'Signatures'), dish_ids: [7] },
        { id: 2, name: text('空', 'Empty'), dish_ids: [] },
      ],
    });
    phone.language = 'en';
    assert.deepEqual(
      views.menuSections(shown).map(({ name, blocks }) => [name, blocks[0].dishes[0].name]),
      [['Signatures', 'Steam-pot chicken']],
    );
  });

  it('says the base price, and 起 only when another size costs more', () => {
    assert.deepEqual([views.dishView(dish()).price, views.dishView(dish()).from], ['128', false]);
    const sizes = group({ kind: 'size' });
    sizes.options[1].price_fen = 6000;
    assert.equal(views.dishView(dish({ groups: [sizes] })).from, true);
    const extras = group({ kind: 'extra' });
    extras.options[1].price_fen = 6000;
    assert.equal(views.dishView(dish({ groups: [extras] })).from, false);
    const prices = [dish(), dish({ groups: [sizes] }), dish({ groups: [extras] })];
    assert.deepEqual(
      prices.map((one) => views.dishView(one).begins),
      [false, true, true],
      'the sheet calls it the base price wherever a choice may add to it',
    );
  });

  it('adds with one tap only what leaves nothing to choose', () => {
    assert.equal(views.dishView(dish()).plain, true);
    assert.equal(views.dishView(dish({ groups: [group()] })).plain, false);
  });

  it('tells when a dish is served', () => {
    const daily = { weekdays: [0, 1, 2, 3, 4, 5, 6], start: '06:30', end: '10:30' };
    assert.equal(views.hoursText([daily]), '06:30–10:30');
    const weekend = { weekdays: [5, 6], start: '11:00', end: '14:00' };
    assert.equal(views.hoursText([weekend]), '周六、周日 11:00–14:00');
    const workdays = { ...weekend, weekdays: [0, 1, 2, 3, 4] };
    assert.equal(views.hoursText([workdays]), '周一至周五 11:00–14:00');
    const night = { ...daily, start: '21:00', end: '02:00' };
    assert.equal(views.hoursText([night]), '21:00–次日 02:00');
  });

  it('knows where sections are without measuring', () => {
    const sections = [{ height: 168 }, { height: 292 }, { height: 168 }];
    const tops = views.sectionTops(sections as MenuViews.SectionView[]);
    assert.deepEqual(tops, [0, 168, 460]);
    assert.deepEqual(
      [0, 145, 146, 168, 437, 438, 5_000].map((top) => views.sectionAt(tops, top)),
      [0, 0, 1, 1, 1, 2, 2],
    );
  });
});

describe('a long menu', () => {
  it('is drawn around the view only', () => {
    const { menuSections, sectionTops } = load<typeof MenuViews>('presenters/menu');
    const { blocksToDraw } = load<typeof Look>('pages/menu/look');
    const dishes = Array.from({ length: 300 }, (_, index) => dish({ id: index + 1 }));
    const ids = dishes.map(({ id }) => id);
    const categories = [
      { id: 1, name: text('一'), dish_ids: ids.slice(0, 250) },
      { id: 2, name: text('二'), dish_ids: ids.slice(250) },
    ];
    const sections = menuSections(menu({ categories, dishes }));
    const tops = sectionTops(sections);
    assert.deepEqual(tops, [0, 44 + 250 * 124]);
    const drawn = (scrollTop: number) => blocksToDraw(sections, tops, scrollTop, 600);
    assert.deepEqual(Object.keys(drawn(0)), [
      'sections[0].blocks[0].on',
      'sections[0].blocks[1].on',
    ]);
    assert.ok(Object.keys(drawn(12_000)).length <= 4);
    const atTheEnd = Object.keys(drawn(44 + 250 * 124));
    assert.deepEqual(atTheEnd, [
      'sections[0].blocks[40].on',
      'sections[0].blocks[41].on',
      'sections[1].blocks[0].on',
      'sections[1].blocks[1].on',
    ]);
    sections[0].blocks[0].on = true;
    assert.deepEqual(drawn(12_000)['sections[0].blocks[0].on'], false, 'and taken away again');
  });
});

describe('an order on show', () => {
  let orders: typeof Orders;
  const nobody = () => null;
  beforeEach(() => (orders = load('presenters/order')));

  it('is waiting while the staff have not confirmed its first round', () => {
    const waiting = order({ payable: false });
    waiting.rounds[0].state = 'waiting';
    const shown = orders.orderView(waiting, nobody);
    assert.equal(shown.phase, 'waiting');
    assert.equal(shown.rounds[0].waiting, true);
    assert.equal(shown.payHint, '服务员确认后可支付');
  });

  it('says every amount as the server does', () => {
    const shown = orders.orderView(
      order({
        charges: [{ kind: 'seat', name: text('茶位费'), quantity: 2, amount_fen: 600 }],
        total_fen: 13400,
        tax_fen: 758,
        paid_fen: 5000,
        due_fen: 8400,
        payments: [{ method: text('现金'), amount_fen: 5000 }],
      }),
      nobody,
    );
    const { total, tax, paid, due, partlyPaid, charges, payments } = shown;
    assert.deepEqual(
      { total, tax, paid, due, partlyPaid, charges, payments },
      {
        total: '134.00',
        tax: '7.58',
        paid: '50.00',
        due: '84.00',
        partlyPaid: true,
        charges: [{ name: '茶位费', quantity: 2, amount: '6.00' }],
        payments: [{ id: 0, method: '现金', amount: '50.00' }],
      },
    );
  });

  it('shows what the staff added, and no guest beside it', () => {
    const shown = orders.orderView(
      order({ staff_lines: [orderLine({ id: 's', seat: null })] }),
      nobody,
    );
    assert.equal(shown.rounds[1].title, '服务员加菜');
    assert.equal(shown.rounds[1].lines[0].guest, null);
  });

  it('says how long a dish will take as the server reckons it, and when it may be rushed', () => {
    const lines = [
      orderLine({ id: 'a', can_rush: true, wait: { low: 8, high: 12 } }),
      orderLine({ id: 'b', wait: { low: 1, high: 1 } }),
      orderLine({ id: 'c', state: 'started' }),
    ];
    const shown = orders.orderView(order({ staff_lines: lines }), nobody).rounds[1].lines;
    assert.deepEqual(
      shown.map(({ wait, canRush, stateText }) => [wait, canRush, stateText]),
      [
        ['预计 8–12 分钟', true, '已下厨'],
        ['预计约 1 分钟', false, '已下厨'],
        ['', false, '制作中'],
      ],
    );
  });

  it('offers no payment for what is settled', () => {
    const shown = orders.orderView(
      order({ state: 'paid', payable: false, due_fen: 0, paid_fen: 12800 }),
      nobody,
    );
    assert.equal(shown.phase, 'paid');
    assert.equal(shown.payable, false);
    assert.equal(shown.payHint, '');
  });
});

describe('the head of the menu', () => {
  let views: typeof TableViews;
  beforeEach(() => (views = load('presenters/table')));

  it('shows the table and who sits there, oneself last', () => {
    const shown = views.tableView({ phase: 'open', scan: scan(), view: table() }, '滇味小馆');
    assert.equal(shown.table, 'B12 桌');
    assert.equal(shown.people, '2 人用餐');
    assert.deepEqual(
      shown.faces.map(({ seat, me }) => [seat, me]),
      [
        [2, false],
        [1, true],
      ],
    );
  });

  it('says what was ordered so far, and when the table is closed', () => {
    const view = table({ order: order() });
    const seen = { phase: 'open', scan: scan(), view } as const;
    assert.equal(views.orderedText(seen), '已下单 1 轮，共 ¥128.00');
    assert.equal(views.orderedText({ ...seen, view: table() }), '');
    assert.equal(views.orderedText({ ...seen, phase: 'closed' }), '本桌已结账，感谢惠顾');
  });
});

describe('changes of the menu', () => {
  const change = {
    name: text('汽锅鸡', 'Steam-pot chicken'),
    kind: 'refused',
    old_price_fen: 12800,
    new_price_fen: null,
    code: 'dish_unknown',
  };

  it('are told dish by dish', () => {
    const { changeText } = load<typeof Changes>('presenters/changes');
    const price = { ...change, kind: 'price', new_price_fen: 13850, code: null };
    assert.equal(changeText(price), '汽锅鸡：价格由 ¥128 调整为 ¥138.50');
    assert.equal(changeText(change), '汽锅鸡：已下架');
    assert.equal(
      changeText({ ...change, code: 'option_required' }),
      '汽锅鸡：选项有调整，请重新选择',
    );
    assert.equal(changeText({ ...change, code: 'set_choice_unknown' }).includes('选项'), true);
    assert.equal(changeText({ ...change, code: 'what' }), '汽锅鸡：有调整，请核对');
  });
});
