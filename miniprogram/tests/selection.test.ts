import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type * as Selections from '../src/presenters/selection';
import type { SetGroupOut } from '../src/services/types';
import { load, restart } from './support/load';
import { dish, group, text } from './support/samples';
import { FakePhone } from './support/wx';

const EXTRAS = group({
  id: 60,
  kind: 'extra',
  name: text('加料', 'Extras'),
  min: 0,
  max: 2,
  options: [601, 602, 603].map((id) => ({ id, name: text(`o${id}`), price_fen: 200 })),
});

function part(over: Partial<SetGroupOut> = {}): SetGroupOut {
  return {
    id: 90,
    name: text('主食', 'Staple'),
    count: 1,
    choices: [
      { id: 901, dish_id: 7, name: text('米线'), extra_fen: 0, groups: [group()] },
      { id: 902, dish_id: 8, name: text('米饭'), extra_fen: 400, groups: [] },
    ],
    ...over,
  };
}

describe('choosing in a dish’s sheet', () => {
  let select: typeof Selections;
  beforeEach(() => {
    restart();
    new FakePhone().install();
    select = load('presenters/selection');
  });

  it('begins with the first option where exactly one is wanted', () => {
    assert.deepEqual(select.defaultOptions([group(), EXTRAS]), [501]);
  });

  it('exchanges the only option of a group, and cannot leave a required one empty', () => {
    assert.deepEqual(select.tapOption(group(), [501, 601], 502), [601, 502]);
    assert.deepEqual(select.tapOption(group(), [501], 501), [501]);
  });

  it('lets an optional single choice go', () => {
    assert.deepEqual(select.tapOption(group({ min: 0 }), [501], 501), []);
  });

  it('takes several up to the most, and says when it is enough', () => {
    assert.deepEqual(select.tapOption(EXTRAS, [601], 602), [601, 602]);
    assert.deepEqual(select.tapOption(EXTRAS, [601, 602], 603), { group: '加料', max: 2 });
    assert.deepEqual(select.tapOption(EXTRAS, [601, 602], 601), [602]);
  });

  it('takes the parts of a set meal that leave no choice', () => {
    const fixed = part({ count: 2, choices: [part().choices[0]] });
    assert.deepEqual(select.defaultSelection(dish({ sets: [fixed] })).taken, [
      { choiceId: 901, count: 2, optionIds: [501] },
    ]);
    assert.deepEqual(select.defaultSelection(dish({ sets: [part()] })).taken, []);
    const twoOfTwo = dish({ sets: [part({ count: 2 })] });
    assert.deepEqual(select.defaultSelection(twoOfTwo).taken, [], 'it may be one of them twice');
  });

  it('exchanges the one choice of a part', () => {
    const first = select.tapChoice(part(), [], 901) as Selections.Taken[];
    assert.deepEqual(first, [{ choiceId: 901, count: 1, optionIds: [501] }]);
    assert.deepEqual(select.tapChoice(part(), first, 902), [
      { choiceId: 902, count: 1, optionIds: [] },
    ]);
  });

  it('takes the same choice twice where several are wanted, but not one too many', () => {
    const three = part({
      count: 2,
      choices: [...part().choices, { ...part().choices[1], id: 903 }],
    });
    const once = select.tapChoice(three, [], 902) as Selections.Taken[];
    const twice = select.tapChoice(three, once, 902) as Selections.Taken[];
    assert.deepEqual(twice, [{ choiceId: 902, count: 2, optionIds: [] }]);
    assert.deepEqual(select.tapChoice(three, twice, 903), { group: '主食', max: 2 });
    assert.deepEqual(select.untapChoice(twice, 902), once);
    assert.deepEqual(select.untapChoice(once, 902), []);
    assert.deepEqual(select.components(twice), [
      { choice_id: 902, option_ids: [] },
      { choice_id: 902, option_ids: [] },
    ]);
  });

  it('names the first thing that is missing', () => {
    const meal = dish({ groups: [group()], sets: [part()] });
    const none = { optionIds: [], taken: [] };
    assert.equal(select.missingGroup(meal, none), '辣度');
    assert.equal(select.missingGroup(meal, { ...none, optionIds: [501] }), '主食');
    const taken = [{ choiceId: 901, count: 1, optionIds: [] }];
    assert.equal(select.missingGroup(meal, { optionIds: [501], taken }), '辣度', 'of the part');
    const done = [{ choiceId: 901, count: 1, optionIds: [502] }];
    assert.equal(select.missingGroup(meal, { optionIds: [501], taken: done }), '');
  });

  it('shows each option’s own surcharge and no sum', () => {
    const [shown] = select.groupViews([EXTRAS], [601]);
    assert.equal(shown.hint, '最多 2 项');
    assert.deepEqual(
      shown.options.map(({ extra, on }) => [extra, on]),
      [
        ['+¥2', true],
        ['+¥2', false],
        ['+¥2', false],
      ],
    );
  });

  it('marks a part that is sold out', () => {
    const [shown] = select.setGroupViews(dish({ sets: [part()] }), [], { 8: 0 });
    assert.deepEqual(
      shown.choices.map(({ soldOut, extra }) => [soldOut, extra]),
      [
        [false, ''],
        [true, '+¥4'],
      ],
    );
  });
});
