import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { failureConverterPath } from './data-converter';

/** Where `npm run build` leaves the bundle: `dist/workflow-bundle.js`, seen from `dist/src/platform/temporal`. */
export const builtBundlePath = resolve(__dirname, '../../../workflow-bundle.js');
const builtWorkflowsPath = resolve(__dirname, '../../../workflows');

/** Packages that the SDK itself brings into a bundle; everything else is a stranger (a wall of `temporal.md`). */
const allowedPackages = new Set(['@temporalio/common', '@temporalio/workflow', 'long', 'ms', 'nexus-rpc']);
/** Webpack's heading of a module, a line such as: three stars, then "./node_modules/@temporalio/common/lib/time.js" */
const moduleHeading = /^\/\*{3}\/ "[^"\n]*node_modules\/((?:@[^/"\n]+\/)?[^/"\n]+)\/[^"\n]*"/gm;

/**
 * Bundles every workflow that `workflowsPath` exports, with the failure converter. Once per build, once per test run.
 * Throws when a package came along that has no business there (zod at the top of a file once took 6 GB).
 */
export const bundleWorkflows = async (workflowsPath: string): Promise<{ readonly code: string }> => {
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    failureConverterPath,
    payloadConverterPath: require.resolve('./workflow-payload-converter'),
    logger: new DefaultLogger('WARN'),
  });
  const strangers = [...packagesIn(code)].filter((name) => !allowedPackages.has(name));
  if (strangers.length > 0) {
    throw new Error(
      `The workflow bundle holds ${strangers.join(', ')}: workflows/ may import @temporalio/workflow only.`,
    );
  }
  return { code };
};

/** The names of the npm packages whose modules are in a bundle. */
export const packagesIn = (code: string): ReadonlySet<string> =>
  new Set([...code.matchAll(moduleHeading)].map(([, name = '']) => name));

/** Written beside and renamed, so that a worker that starts meanwhile reads the old bundle or the new one. */
const writeBundle = async (workflowsPath: string, path: string): Promise<number> => {
  const { code } = await bundleWorkflows(workflowsPath);
  await mkdir(dirname(path), { recursive: true });
  const unfinished = join(dirname(path), `.workflow-bundle-${process.pid}.js`);
  await writeFile(unfinished, code);
  await rename(unfinished, path);
  return code.length;
};

if (require.main === module) {
  const startedAt = performance.now();
  void writeBundle(builtWorkflowsPath, builtBundlePath).then(
    (size) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      process.stdout.write(`Workflow bundle: ${Math.round(size / 1024)} KB in ${seconds} s.\n`);
    },
    (error: unknown) => {
      process.stderr.write(
        `The workflow bundle could not be made. ${error instanceof Error ? error.message : String(error)}\n`,
      );
      process.exitCode = 1;
    },
  );
}
