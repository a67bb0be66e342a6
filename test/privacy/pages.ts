import { paths } from '../../src/ui/paths';
import { CookieBrowser } from '../services/cookie-browser';
import { alerts } from './decisions';
import { people } from './people';
import type { Run } from './run';

type Shown = Awaited<ReturnType<CookieBrowser['get']>>;

/** What a browser keeps of pages that show a child: address and title. */
export async function peopleBrowse(run: Run): Promise<void> {
  const [alert] = await alerts(run);
  const worker = await signedIn(run, 'E06000016/W001');
  await visit(run, worker, paths.alerts.list);
  await visit(run, worker, paths.alerts.one(alert?.id ?? ''), alert?.name);
  // typed by hand, for the logs to meet
  await worker.get(`${run.product.url}${paths.alerts.one(people.child.nhsNumber)}`);
  const clinician = await signedIn(run, 'clinician');
  const form = await visit(run, clinician, paths.check);
  for (const { nhsNumber } of [people.child, people.unknown, people.badNumber])
    keep(run, await clinician.send(form, paths.check, { nhsNumber }));
}

async function signedIn({ product }: Run, person: string): Promise<CookieBrowser> {
  const browser = new CookieBrowser();
  const choice = await browser.get(`${product.url}${paths.signIn}`);
  await browser.send(choice, new URL(choice.url).pathname, { person });
  return browser;
}

/** `shows` must stand on the page, so that the page is the one that was meant. */
async function visit(run: Run, browser: CookieBrowser, path: string, shows = ''): Promise<Shown> {
  const page = await browser.get(`${run.product.url}${path}`);
  if (!page.html.toLowerCase().includes(shows.toLowerCase())) throw new Error(`${path} does not show what it should`);
  return keep(run, page);
}

function keep({ read }: Run, page: Shown): Shown {
  const title = /<title>([^<]*)<\/title>/.exec(page.html)?.[1];
  if (!title) throw new Error(`a page without a title: ${page.status}`);
  const headers = [...page.headers].flat();
  read.push({ name: 'title, address and headers of a page', text: [title, page.url, ...headers].join('\n') });
  return page;
}
