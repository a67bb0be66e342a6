import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { parseKeys } from './encryption-keys';

const bytes = Buffer.alloc(32, 7).toString('base64');

describe('the encryption keys', () => {
  it('keep their order: the first is the newest', () => {
    expect(parseKeys(`2026-11:${bytes}, 2026-05:${bytes}`).map(({ id }) => id)).toEqual(['2026-11', '2026-05']);
  });

  it('never show themselves when printed', () => {
    const shown =
      inspect(parseKeys(`k:${bytes}`), { depth: 9, showHidden: true }) + JSON.stringify(parseKeys(`k:${bytes}`));
    expect(shown).not.toContain(bytes);
    expect(shown).not.toContain('07 07');
  });

  it.each([
    ['', 'Encryption key 1 is not of the form'],
    ['abc', 'Encryption key 1 is not of the form'],
    [`:${bytes}`, 'Encryption key 1 has no usable id'],
    [`a b:${bytes}`, 'Encryption key 1 has no usable id'],
    [`a:${bytes},`, 'Encryption key 2 is not of the form'],
    ['a:c2hvcnQ=', 'Encryption key 1 ("a") is not 32 bytes of base64'],
    [`a:${bytes}A`, 'openssl rand -base64 32'],
    [`a:${bytes},a:${bytes}`, 'Encryption key id "a" is given twice'],
  ])('refuse %j', (text, message) => {
    expect(() => parseKeys(text)).toThrow(message);
  });

  it('are not quoted in the error that refuses them', () => {
    expect(() => parseKeys(`a:${bytes}x`)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(bytes) }),
    );
  });
});
