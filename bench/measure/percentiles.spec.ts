import { expect, test } from '@jest/globals';
import { median, percentile } from './percentiles';

test('takes the nearest rank of numbers in any order', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([1, 50, 99, 99.9].map((p) => percentile(hundred, p))).toEqual([1, 50, 99, 100]);
});

test('has no percentile and no median of nothing', () => {
  expect(percentile([], 50)).toBeNaN();
  expect(median([])).toBeNaN();
});

test('takes the middle, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});
