import type { DemoCaller } from './demo-callers';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (raw: string): string => raw.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

const style = `
  :root { color-scheme: light; }
  * { box-sizing: border-box; }
  body { margin: 0; font: 1.0625rem/1.5 system-ui, sans-serif; color: #1c2127; background: #f4f5f7; }
  main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
  h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .5rem; }
  h2 { font-size: 1.1875rem; margin: 2rem 0 .75rem; }
  .note { margin: 0 0 1rem; color: #454f5b; }
  ul { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .625rem; }
  button { width: 100%; min-height: 3.25rem; padding: .625rem .875rem; text-align: left; font: inherit; color: inherit; background: #fff; border: 1px solid #6b7683; border-radius: .375rem; cursor: pointer; }
  button:hover { background: #e8f0fa; border-color: #1a5fa8; }
  button:focus-visible, summary:focus-visible, a:focus-visible { outline: 3px solid #1a5fa8; outline-offset: 2px; }
  button strong, button span { display: block; }
  button span { font-size: .9375rem; color: #454f5b; }
  button.main { width: auto; text-align: center; color: #fff; background: #1a5fa8; border-color: #1a5fa8; font-weight: 600; }
  button.main:hover { background: #134a85; }
  details { margin-top: .875rem; }
  summary { cursor: pointer; padding: .5rem 0; color: #134a85; }
  a { color: #134a85; }`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body><main>
<h1>${text(title)}</h1>
${body}
</main></body>
</html>
`;

const roleWords: Readonly<Record<string, string>> = {
  worker: 'Social worker',
  manager: 'Team manager',
  'duty-desk': 'Duty desk',
  'data-quality': 'Data quality',
  'number-team': 'Questions about NHS numbers',
  operator: 'Runs the service, may read workflows',
};

const button = ({ claims: { name, sub, roles, clinician_role: clinicianRole } }: DemoCaller): string => {
  const role = clinicianRole ?? roleWords[roles[0] ?? ''] ?? '';
  return `<li><button name="person" value="${text(sub)}"><strong>${text(name)}</strong><span>${text(role)}</span></button></li>`;
};

const list = (callers: readonly DemoCaller[]): string => `<ul>${callers.map(button).join('\n')}</ul>`;

const groupSection = (group: string, callers: readonly DemoCaller[]): string => {
  const [first, others] = [callers.filter((one) => one.demoName), callers.filter((one) => !one.demoName)];
  const more = others.length
    ? `<details><summary>All ${others.length} others of ${text(group)}</summary>${list(others)}</details>`
    : '';
  return `<section><h2>${text(group)}</h2>${first.length ? list(first) : ''}${more}</section>`;
};

/** The sign-in page: a button for each person, the demo ones first, by organisation. Works without JavaScript. */
export const signInPage = (action: string, people: readonly DemoCaller[]): string => {
  const sections = Object.entries(Object.groupBy(people, ({ group }) => group)).map(([group, callers]) =>
    groupSection(group, callers ?? []),
  );
  return page(
    'Who are you today?',
    `<p class="note">This is the development identity server. Choose a person to sign in as; there is no password. Everybody here is invented.</p>
<form method="post" action="${text(action)}">${sections.join('\n')}</form>`,
  );
};

/** Asks whether to sign out; `form` is oidc-provider's own, with its hidden fields. */
export const signOutPage = (form: string): string =>
  page(
    'Sign out?',
    `${form}<button class="main" form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>`,
  );

export const signedOutPage = (webUrl: string): string =>
  page('You are signed out', `<p><a href="${text(webUrl)}">Back to the service</a></p>`);

export const errorPage = (reason: string, webUrl: string): string =>
  page('Sign-in did not work', `<p>${text(reason)}</p><p><a href="${text(webUrl)}">Start again at the service</a></p>`);
