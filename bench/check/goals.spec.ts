import { expect, test } from '@jest/globals';
import { goals, holds, verdictOn } from './goals';

test('names the best mark that was reached, whichever way is better', () => {
  expect([0.11, 0.12, 0.2, 0.35].map((value) => verdictOn(goals.g1, value).reached)).toEqual([
    'below the floor',
    'floor',
    'goal',
    'stretch',
  ]);
  expect([2.01, 2, 1.5, 1.25].map((value) => verdictOn(goals.g2, value).reached)).toEqual([
    'below the floor',
    'floor',
    'goal',
    'stretch',
  ]);
});

test('does not hold what could not be measured', () => {
  expect(holds(verdictOn(goals.g4, Number.NaN))).toBe(false);
});

test('lets the ticks of the product between thousands of checks pass, but no second commit', () => {
  expect(holds(verdictOn(goals.g7Commits, 1.03))).toBe(true);
  expect(holds(verdictOn(goals.g7Commits, 1.1))).toBe(false);
});
