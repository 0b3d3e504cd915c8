import { fill, words } from '../../i18n/index';
import { dropWords, showWords, someWords } from '../../i18n/bind';
import { clashText, containsText, contentsOf, type Table } from '../../presenters/allergies';
import { dishView, NO_DISH } from '../../presenters/menu';
import {
  type Chosen,
  components,
  defaultSelection,
  type GroupView,
  groupViews,
  missingGroup,
  type Refused,
  type Selection,
  type SetGroupView,
  setGroupViews,
  tapChoice,
  tapOption,
  untapChoice,
} from '../../presenters/selection';
import type { AllergenOut, DishOut, OptionGroupOut } from '../../services/types';
import { show } from '../../utils/patch';
import { uuid4 } from '../../utils/uuid';

type Pick = WechatMiniprogram.CustomEvent<{ groupId: number; optionId: number; choiceId: number }>;

function chosenIn({ optionIds, taken }: Selection) {
  return { option_ids: [...optionIds], components: components(taken) };
}

function isRefused(result: object): result is Refused {
  return 'max' in result;
}

/** Where a dish is chosen: options, parts of a set meal, wishes, 加急 and how many. */
Component({
  properties: {
    show: { type: Boolean, value: false },
    /** The dish as the menu has it; null when none is open. */
    dish: { type: Object, value: null as unknown as DishOut },
    /** Dish id → portions left, for the dishes that are limited. */
    remaining: { type: Object, value: {} as Record<string, number> },
    /** What the store knows of allergens. */
    allergens: { type: Array, value: [] as AllergenOut[] },
    /** The guests at the table; null while only looking. */
    table: { type: Object, value: null as unknown as Exclude<Table, null> },
    /** What this phone's guest has said to be allergic to. */
    mine: { type: String, value: '' },
  },
  data: {
    w: someWords('option', 'dish', 'allergy', 'common'),
    view: NO_DISH,
    groups: [] as GroupView[],
    sets: [] as SetGroupView[],
    /** How often the sheet was opened. */
    opening: 0,
    quantity: 1,
    max: 99,
    rush: false,
    note: '',
    missing: '',
    selection: { optionIds: [], taken: [] } as Selection,
    spicyLabel: '',
    contains: '',
    clash: '',
  },
  lifetimes: {
    attached() {
      showWords(this, 'option', 'dish', 'allergy', 'common');
    },
    detached() {
      dropWords(this);
    },
  },
  observers: {
    show(open: boolean) {
      if (open && this.data.dish) this.begin();
    },
    'table, allergens'() {
      if (this.data.show && this.data.dish) this.warn();
    },
  },
  methods: {
    begin() {
      const { dish } = this.data;
      const { spicy1, spicy2, spicy3 } = words().dish;
      const left = this.data.remaining[dish.id];
      this.setData({
        view: dishView(dish),
        spicyLabel: ['', spicy1, spicy2, spicy3][dish.spicy ?? 0],
        opening: this.data.opening + 1,
        quantity: 1,
        max: left === undefined ? dish.max_quantity : Math.min(dish.max_quantity, left),
        rush: false,
        note: '',
      });
      this.choose(defaultSelection(dish));
    },
    choose(selection: Selection) {
      const { dish, remaining } = this.data;
      show(this, {
        selection,
        groups: groupViews(dish.groups, selection.optionIds),
        sets: setGroupViews(dish, selection.taken, remaining),
        missing: missingGroup(dish, selection),
      });
      this.warn();
    },
    /** Says what the dish contains, and who at the table must not eat it as it is chosen now. */
    warn() {
      const { dish, selection, table, allergens } = this.data;
      const contents = contentsOf(dish, chosenIn(selection));
      show(this, {
        contains: containsText(dish, allergens),
        clash: clashText(table, contents, allergens),
      });
    },
    refuse({ group, max }: Refused) {
      const title = fill(words().option.tooMany, { group, max });
      void wx.showToast({ title, icon: 'none' });
    },
    tapped(group: OptionGroupOut | undefined, chosen: Chosen, optionId: number): Chosen | null {
      const result = group ? tapOption(group, chosen, optionId) : chosen;
      if (!isRefused(result)) return result;
      this.refuse(result);
      return null;
    },
    onPick({ detail: { groupId, optionId } }: Pick) {
      const { dish, selection } = this.data;
      const group = dish.groups?.find(({ id }) => id === groupId);
      const optionIds = this.tapped(group, selection.optionIds, optionId);
      if (optionIds) this.choose({ ...selection, optionIds });
    },
    onPartPick({ detail: { choiceId, groupId, optionId } }: Pick) {
      const { dish, selection } = this.data;
      const choice = dish.sets?.flatMap(({ choices }) => choices).find(({ id }) => id === choiceId);
      const group = choice?.groups?.find(({ id }) => id === groupId);
      const before = selection.taken.find((one) => one.choiceId === choiceId);
      const optionIds = before && this.tapped(group, before.optionIds, optionId);
      if (!optionIds) return;
      const taken = selection.taken.map((one) =>
        one.choiceId === choiceId ? { ...one, optionIds } : one,
      );
      this.choose({ ...selection, taken });
    },
    onChoose({ detail: { groupId, choiceId } }: Pick) {
      const { dish, selection } = this.data;
      const group = dish.sets?.find(({ id }) => id === groupId);
      if (!group) return;
      const taken = tapChoice(group, selection.taken, choiceId);
      if (isRefused(taken)) this.refuse(taken);
      else this.choose({ ...selection, taken });
    },
    onUnchoose({ detail: { choiceId } }: Pick) {
      const { selection } = this.data;
      this.choose({ ...selection, taken: untapChoice(selection.taken, choiceId) });
    },
    onNote({ detail }: WechatMiniprogram.CustomEvent<{ note: string }>) {
      this.data.note = detail.note;
    },
    onRush({ detail }: WechatMiniprogram.SwitchChange) {
      this.setData({ rush: detail.value });
    },
    onQuantity({ detail }: WechatMiniprogram.CustomEvent<{ delta: number }>) {
      this.setData({ quantity: this.data.quantity + detail.delta });
    },
    onFull() {
      const title = fill(words().option.leftOnly, { count: this.data.max });
      void wx.showToast({ title, icon: 'none' });
    },
    onAdd() {
      const { dish, selection, missing, quantity, note, rush } = this.data;
      if (missing) {
        const title = fill(words().option.missing, { group: missing });
        void wx.showToast({ title, icon: 'none' });
        return;
      }
      this.triggerEvent('add', {
        line: {
          key: uuid4(),
          dish_id: dish.id,
          ...chosenIn(selection),
          quantity,
          note,
          rush,
        },
      });
    },
    onAllergies() {
      this.triggerEvent('allergies', {});
    },
    onClose() {
      this.triggerEvent('close', {});
    },
  },
});
