import { describe, expect, it } from '@jest/globals';
import { isOpenedByAPerson } from './opened';

describe('an alert counts as opened by', () => {
  it.each([
    ['a person who opens the page', 'GET', {}, true],
    ['a browser that fetches ahead', 'GET', { 'sec-purpose': 'prefetch;prerender' }, false],
    ['an older browser that fetches ahead', 'GET', { purpose: 'prefetch' }, false],
    ['a machine that asks for the headers', 'HEAD', {}, false],
  ])('%s', (_, method, headers, expected) => {
    expect(isOpenedByAPerson({ method, headers })).toBe(expected);
  });
});
