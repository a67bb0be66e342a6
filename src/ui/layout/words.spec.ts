import { describe, expect, it } from '@jest/globals';
import { counted, dialled, listed, spacedNumber, spokenDay, spokenTime } from './words';

describe('words for people', () => {
  it('says an instant as London wall-clock time, in winter and in summer', () => {
    expect(spokenTime('2026-11-23T09:14:59Z')).toBe('23 November 2026 at 09:14');
    expect(spokenTime('2026-07-01T23:30:00Z')).toBe('2 July 2026 at 00:30');
    expect(spokenTime('2026-11-23T00:05:00Z')).toBe('23 November 2026 at 00:05');
  });

  it('tells the two hours apart when the clocks go back', () => {
    expect(spokenTime('2026-10-25T00:30:00Z')).toBe('25 October 2026 at 01:30 BST');
    expect(spokenTime('2026-10-25T01:30:00Z')).toBe('25 October 2026 at 01:30 GMT');
    expect(spokenTime('2026-10-25T02:30:00Z')).toBe('25 October 2026 at 02:30');
    expect(spokenTime('2026-03-29T01:30:00Z')).toBe('29 March 2026 at 02:30');
  });

  it('says a day without moving it across a time zone', () => {
    expect(spokenDay('2026-07-01')).toBe('1 July 2026');
  });

  it('shows an NHS number as 3-3-4 and leaves anything else alone', () => {
    expect(spacedNumber('9434765919')).toBe('943 476 5919');
    expect(spacedNumber('943 476 5919')).toBe('943 476 5919');
    expect(spacedNumber('94347')).toBe('94347');
  });

  it('counts and lists in English', () => {
    expect(counted(1, 'place', 'places')).toBe('1 place');
    expect(counted(0, 'place', 'places')).toBe('0 places');
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
    expect(listed(['a'])).toBe('a');
  });

  it('makes a telephone number that can be dialled', () => {
    expect(dialled('0116 496 0101')).toBe('tel:01164960101');
    expect(dialled('+44 (0)116')).toBe('tel:+440116');
  });
});
