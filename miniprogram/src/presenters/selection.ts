/**
 * What a diner has chosen in a dish's sheet, and what is still missing.
 *
 * The server decides what may be ordered; this only keeps the sheet from
 * offering what it would refuse.
 */
import type { ComponentIn, DishOut, OptionGroupOut, SetGroupOut } from '../services/types';
import { fill, pick, words } from '../i18n/index';
import { surcharge } from '../utils/money';

/** Option ids that are chosen. */
export type Chosen = readonly number[];

/** A choice of a set meal, how often it is taken and with which options. */
export interface Taken {
  choiceId: number;
  count: number;
  optionIds: Chosen;
}

export interface Selection {
  optionIds: Chosen;
  taken: readonly Taken[];
}

/** Why a tap was not followed. */
export interface Refused {
  group: string;
  max: number;
}

function idsOf(group: OptionGroupOut): number[] {
  return group.options.map(({ id }) => id);
}

function chosenIn(group: OptionGroupOut, chosen: Chosen): number[] {
  const ids = idsOf(group);
  return chosen.filter((id) => ids.includes(id));
}

/** The first option of every group that wants exactly one. */
export function defaultOptions(groups: OptionGroupOut[] = []): Chosen {
  return groups
    .filter(({ min, max, options }) => min === 1 && max === 1 && options.length > 0)
    .map(({ options }) => options[0].id);
}

/** Whether a part can be one dish only. The same one may be taken several times, so two leave a choice. */
function isFixed({ choices }: SetGroupOut): boolean {
  return choices.length === 1;
}

/** Parts that leave no choice are taken; of the others nothing is. */
export function defaultSelection(dish: DishOut): Selection {
  const fixed = (dish.sets ?? []).filter(isFixed);
  return {
    optionIds: defaultOptions(dish.groups),
    taken: fixed.flatMap(({ count, choices }) =>
      choices.map(({ id, groups }) => ({
        choiceId: id,
        count,
        optionIds: defaultOptions(groups),
      })),
    ),
  };
}

/** Taps an option: the only one of its group is exchanged, one of several is added or taken back. */
export function tapOption(
  group: OptionGroupOut,
  chosen: Chosen,
  optionId: number,
): Chosen | Refused {
  const here = chosenIn(group, chosen);
  const others = chosen.filter((id) => !here.includes(id));
  if (here.includes(optionId)) {
    const last = group.max === 1 && group.min === 1;
    return last ? chosen : chosen.filter((id) => id !== optionId);
  }
  if (group.max === 1) return [...others, optionId];
  if (here.length >= group.max) return { group: pick(group.name), max: group.max };
  return [...chosen, optionId];
}

function takenIn(group: SetGroupOut, taken: readonly Taken[]): Taken[] {
  const ids = group.choices.map(({ id }) => id);
  return taken.filter(({ choiceId }) => ids.includes(choiceId));
}

export function countIn(group: SetGroupOut, taken: readonly Taken[]): number {
  return takenIn(group, taken).reduce((total, { count }) => total + count, 0);
}

/** Taps a choice of a set meal: one more of it, or, where one is wanted, this instead of that. */
export function tapChoice(
  group: SetGroupOut,
  taken: readonly Taken[],
  choiceId: number,
): readonly Taken[] | Refused {
  const here = takenIn(group, taken);
  const fresh = {
    choiceId,
    count: 1,
    optionIds: defaultOptions(group.choices.find(({ id }) => id === choiceId)?.groups),
  };
  if (group.count === 1) {
    if (here.some((one) => one.choiceId === choiceId)) return taken;
    return [...taken.filter((one) => !here.includes(one)), fresh];
  }
  if (countIn(group, taken) >= group.count) {
    return { group: pick(group.name), max: group.count };
  }
  if (!here.some((one) => one.choiceId === choiceId)) return [...taken, fresh];
  return taken.map((one) => (one.choiceId === choiceId ? { ...one, count: one.count + 1 } : one));
}

/** Takes one of a choice back. */
export function untapChoice(taken: readonly Taken[], choiceId: number): readonly Taken[] {
  return taken
    .map((one) => (one.choiceId === choiceId ? { ...one, count: one.count - 1 } : one))
    .filter(({ count }) => count > 0);
}

function missingOption(groups: OptionGroupOut[], chosen: Chosen): OptionGroupOut | undefined {
  return groups.find((group) => chosenIn(group, chosen).length < group.min);
}

function missingInSet(group: SetGroupOut, taken: readonly Taken[]): string {
  if (countIn(group, taken) < group.count) return pick(group.name);
  for (const { choiceId, optionIds } of takenIn(group, taken)) {
    const choice = group.choices.find(({ id }) => id === choiceId);
    const missing = missingOption(choice?.groups ?? [], optionIds);
    if (missing) return pick(missing.name);
  }
  return '';
}

/** The first group in which something must still be chosen, or an empty text. */
export function missingGroup(dish: DishOut, { optionIds, taken }: Selection): string {
  const option = missingOption(dish.groups ?? [], optionIds);
  if (option) return pick(option.name);
  return (dish.sets ?? []).map((group) => missingInSet(group, taken)).find(Boolean) ?? '';
}

/** The chosen parts as the API takes them: one entry for every portion. */
export function components(taken: readonly Taken[]): ComponentIn[] {
  return taken.flatMap(({ choiceId, count, optionIds }) =>
    Array.from({ length: count }, () => ({ choice_id: choiceId, option_ids: [...optionIds] })),
  );
}

// -- as the sheet shows it ---------------------------------------------------

export interface OptionView {
  id: number;
  name: string;
  extra: string;
  on: boolean;
}

export interface GroupView {
  id: number;
  name: string;
  required: boolean;
  hint: string;
  options: OptionView[];
}

/** Before there is a group to show. */
export const NO_GROUP: GroupView = { id: 0, name: '', required: false, hint: '', options: [] };

export interface ChoiceView {
  id: number;
  name: string;
  extra: string;
  count: number;
  soldOut: boolean;
  groups: GroupView[];
}

export interface SetGroupView {
  id: number;
  name: string;
  hint: string;
  /** Nothing to choose: its parts are simply listed. */
  fixed: boolean;
  /** More than one is taken, so a choice can be taken back. */
  several: boolean;
  done: boolean;
  choices: ChoiceView[];
}

/** Before there is a part to show. */
export const NO_SET_GROUP: SetGroupView = {
  id: 0,
  name: '',
  hint: '',
  fixed: true,
  several: false,
  done: false,
  choices: [],
};

function groupHint({ min, max, options }: OptionGroupOut): string {
  const w = words().option;
  if (max === 1) return min === 1 ? '' : w.chooseOne;
  if (min === max) return fill(w.exactly, { count: min });
  if (min > 0) return fill(w.between, { min, max });
  return max >= options.length ? '' : fill(w.atMost, { max });
}

export function groupViews(groups: OptionGroupOut[] = [], chosen: Chosen): GroupView[] {
  return groups.map((group) => ({
    id: group.id,
    name: pick(group.name),
    required: group.min > 0,
    hint: groupHint(group),
    options: group.options.map(({ id, name, price_fen }) => ({
      id,
      name: pick(name),
      extra: surcharge(price_fen),
      on: chosen.includes(id),
    })),
  }));
}

function setHint(group: SetGroupOut, chosen: number, fixed: boolean): string {
  const w = words().option;
  if (fixed) return w.included;
  if (group.count === 1) return w.chooseOne;
  return fill(w.chosenOf, { chosen, count: group.count });
}

export function setGroupViews(
  dish: DishOut,
  taken: readonly Taken[],
  remaining: Record<string, number>,
): SetGroupView[] {
  return (dish.sets ?? []).map((group) => {
    const chosen = countIn(group, taken);
    const fixed = isFixed(group);
    return {
      id: group.id,
      name: pick(group.name),
      hint: setHint(group, chosen, fixed),
      fixed,
      several: group.count > 1 && !fixed,
      done: chosen >= group.count,
      choices: group.choices.map((choice) => {
        const one = taken.find(({ choiceId }) => choiceId === choice.id);
        return {
          id: choice.id,
          name: pick(choice.name),
          extra: surcharge(choice.extra_fen),
          count: one?.count ?? 0,
          soldOut: remaining[choice.dish_id] === 0,
          groups: one ? groupViews(choice.groups, one.optionIds) : [],
        };
      }),
    };
  });
}
