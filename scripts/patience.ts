import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';

/** Told what goes on, a line at a time. */
export type Say = (line: string) => void;

export const sayAloud: Say = (line) => console.log(line);

export type LongStep = {
  /** What is being done, for the person who waits: "building the Temporal dev server". */
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly say: Say;
  /** Asked every ten seconds: an answer gives the step up, for that reason. */
  readonly giveUp?: (seconds: number) => string | undefined;
};

/** How a long step ended: nothing went wrong, or why it failed, in the words of the tool. */
export type StepResult = { readonly failure?: string };

const tickSeconds = 10;

/** Runs a tool that may take minutes and says every ten seconds that it still works. Never throws. */
export const longStep = (step: LongStep): Promise<StepResult> => {
  const options: SpawnOptions = { stdio: ['ignore', 'pipe', 'pipe'], env: step.env ?? process.env };
  const child = spawn(step.command, step.args, options);
  return watch(child, step);
};

const watch = (child: ChildProcess, step: LongStep): Promise<StepResult> =>
  new Promise((resolve) => {
    let said = '';
    let gaveUp: string | undefined;
    const begun = Date.now();
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    const tick = setInterval(() => {
      const seconds = Math.round((Date.now() - begun) / 1000);
      gaveUp = step.giveUp?.(seconds);
      if (gaveUp) kill();
      else step.say(`  … ${step.title} (${seconds} s)`);
    }, tickSeconds * 1000);
    const end = (result: StepResult) => {
      clearInterval(tick);
      process.off('exit', kill);
      resolve(result);
    };
    child.once('error', (error) => end({ failure: error.message }));
    child.once('close', (code) => end(code === 0 ? {} : { failure: gaveUp ?? lastLine(said, code) }));
  });

const lastLine = (said: string, code: number | null): string =>
  said.trim().split('\n').at(-1)?.trim() || `it ended with code ${code ?? 'none'}`;
