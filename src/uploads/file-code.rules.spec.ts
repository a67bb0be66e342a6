import { describe, expect, it } from '@jest/globals';
import { fileCodeOf } from './file-code.rules';

describe('the code of a file', () => {
  it.each([
    ['CPF02', 'all rows are loaded', { rows: 3, loaded: 3, rejected: 0, held: 0 }],
    ['CPF02', 'there is no row to load', { rows: 0, loaded: 0, rejected: 0, held: 0 }],
    ['CPF03', 'some are rejected', { rows: 3, loaded: 1, rejected: 2, held: 0 }],
    ['CPF03', 'some wait', { rows: 3, loaded: 2, rejected: 0, held: 1 }],
    ['CPF03', 'all wait', { rows: 3, loaded: 0, rejected: 0, held: 3 }],
    ['CPF04', 'none is loaded', { rows: 3, loaded: 0, rejected: 3, held: 0 }],
  ])('is %s when %s', (code, _, counts) => expect(fileCodeOf(counts)).toBe(code));
});
