import { describe, expect, it } from '@jest/globals';
import { rightsOf } from './rights';

describe('rights', () => {
  it('add up over the roles, each right once', () => {
    expect(rightsOf(['duty-desk', 'manager', 'B0107'])).toEqual([
      'act-on-alerts',
      'answer-births',
      'run-batches',
      'check',
    ]);
  });

  it('are none for a role that nobody knows, however it is called', () => {
    expect(rightsOf(['constructor', 'toString', 'admin', ''])).toEqual([]);
  });

  it('let the authority’s system supply plans, and never approve what the guard holds', () => {
    expect(rightsOf(['authority-system'])).toContain('supply-plans');
    expect(rightsOf(['authority-system'])).not.toContain('approve-uploads');
  });
});
