import { demoNames } from '../test/servers/demo-callers';
import { runScript } from './clear-error';
import { tokenOf } from './token-of';

// npm run --silent token -- <demo name>: prints an access token for curl, and nothing else.
runScript(async () => {
  const name = process.argv[2] ?? '';
  if (demoNames.includes(name)) return console.log(await tokenOf(name));
  console.error(`${name ? `Nobody is called ${name}` : 'Say whose token'}; there are:\n  ${demoNames.join('\n  ')}`);
  process.exitCode = 2;
});
