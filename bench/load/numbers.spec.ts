import { expect, test } from '@jest/globals';
import { hasValidCheckDigit, isTestNumber } from '../../src/nhs-numbers/nhs-number';
import { chanceOf, gapMs } from './chance';
import { anyPlanned, anyUnplanned, baseStep, firstBase, plannedBases, plannedNumber } from './numbers';

const times = (count: number, make: () => string): string[] => Array.from({ length: count }, make);

test('draws valid numbers that were never issued', () => {
  const chance = chanceOf(1);
  const numbers = [...times(500, () => anyPlanned(chance)), ...times(500, () => anyUnplanned(chance))];
  expect(numbers.filter((number) => !isTestNumber(number) || !hasValidCheckDigit(number))).toEqual([]);
});

test('never draws a person without a plan from those with one', () => {
  const chance = chanceOf(2);
  const baseOf = (number: string): number => Number(number.slice(0, 9)) - firstBase;
  expect(times(500, () => anyPlanned(chance)).every((number) => baseOf(number) % baseStep === 0)).toBe(true);
  expect(times(500, () => anyUnplanned(chance)).some((number) => baseOf(number) % baseStep === 0)).toBe(false);
});

test('has room for 220,000 plans, of which one in fifty shares a number', () => {
  let numbers = 0;
  for (let n = 0; n < plannedBases; n += 1) if (plannedNumber(n) !== undefined) numbers += 1;
  expect(numbers).toBeGreaterThan(215_500);
  expect(numbers).toBeLessThan(215_800);
});

test('repeats itself from a seed, at the rate that was asked for', () => {
  const gaps = (seed: number): number[] => {
    const chance = chanceOf(seed);
    return Array.from({ length: 20_000 }, () => gapMs(chance, 200));
  };
  expect(gaps(3)).toEqual(gaps(3));
  expect(gaps(3).reduce((sum, gap) => sum + gap, 0) / 20_000).toBeCloseTo(5, 0);
});
