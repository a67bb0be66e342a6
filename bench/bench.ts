import { ClearError, runScript } from '../scripts/clear-error';
import { buildWhenNeeded } from '../scripts/product';
import { stopOnSignals } from '../scripts/signals';
import { asJson } from './check/as-json';
import { benchCheck } from './check/check-bench';
import { holds } from './check/goals';
import { reportOf } from './check/report';
import { verdictsOn } from './check/summary';
import { readOptions, usage } from './options';
import { profileReport } from './profile/profile-report';

// npm run bench -- check: exit code 1 when the correctness check or a floor does not hold.
runScript(async () => {
  const [what, ...args] = process.argv.slice(2);
  if (what !== 'check') throw new ClearError(usage);
  if (process.platform !== 'linux')
    throw new ClearError('The bench reads processor times from /proc: run it on Linux.');
  const options = readOptions(args);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const stack = new AsyncDisposableStack();
  let stopping: Promise<void> | undefined;
  const stopAll = (): Promise<void> => (stopping ??= stack.disposeAsync());
  stopOnSignals(stopAll);
  try {
    if (!options.main) await buildWhenNeeded(say);
    const result = await benchCheck(options, stack, say);
    await stopAll();
    console.log(options.json ? asJson(result) : reportOf(result));
    if (options.profileFolder) console.log(profileReport(options.profileFolder, result.measuredFromUs));
    process.exitCode = verdictsOn(result).every(holds) && result.correctness.holds ? 0 : 1;
  } finally {
    await stopAll();
  }
});
