import { dirname, join } from 'node:path';
import nunjucks, { type Environment } from 'nunjucks';

const packageRoot = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** Where templates are looked for: our own folders by name, and govuk-frontend's macros. */
export const templateRoots: readonly string[] = [join(__dirname, '..'), join(packageRoot('govuk-frontend'), 'dist')];

/** Everything is escaped; a word that a presenter forgot is an error, never an empty place on a page. */
export const templateOptions = {
  autoescape: true,
  throwOnUndefined: true,
  trimBlocks: true,
  lstripBlocks: true,
} as const;

/** The same templates without a web server, for specs. */
export const templates = (): Environment =>
  nunjucks.configure([...templateRoots], { ...templateOptions, watch: false, noCache: false });
