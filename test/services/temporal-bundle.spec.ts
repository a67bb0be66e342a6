import { describe, expect, it } from '@jest/globals';
import { bundleWorkflows, packagesIn } from '../../src/platform/temporal/bundle';

describe('the workflow bundle', () => {
  it('holds the workflows, the failure converter and nothing but the SDK', async () => {
    const { code } = await bundleWorkflows(require.resolve('./temporal-room.workflows'));
    expect(code).toContain("'not-inside'");
    expect(code).toContain('encodeCommonAttributes: true');
    expect([...packagesIn(code)]).toEqual(expect.arrayContaining(['@temporalio/common', '@temporalio/workflow']));
    expect(code.length).toBeLessThan(3_000_000);
  });

  it('is refused when a workflow brings a package along', async () => {
    const path = require.resolve('./temporal-planted.workflows');
    await expect(bundleWorkflows(path)).rejects.toThrow('The workflow bundle holds zod');
  });
});
