import { describe, expect, it } from '@jest/globals';
import { localPath } from './local-path';

describe('the way back after signing in', () => {
  it('keeps a path of our own with its query', () => {
    expect(localPath('/my/alerts?sort=name')).toBe('/my/alerts?sort=name');
  });

  it.each([
    ['another origin', 'https://elsewhere.example/'],
    ['a host without a scheme', '//elsewhere.example/there'],
    ['a backslash that browsers read as a slash', '/\\elsewhere.example/there'],
    ['a tab that browsers drop', '/\t/elsewhere.example/there'],
    ['dots that end in a host', '/x/..//elsewhere.example'],
    ['a script', 'javascript:alert(1)'],
    ['the sign-in itself, which would go round in circles', '/sign-in?return=/'],
    ['nothing', undefined],
    ['two values', ['/a', '/b']],
  ])('answers the start page for %s', (_, address) => {
    expect(localPath(address)).toBe('/');
  });
});
