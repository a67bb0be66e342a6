import type { Route } from './routes';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** The API for a reader: a plain page, nothing loaded from elsewhere; the document itself is `/openapi.json`. */
export function apiPage(routes: readonly Route[]): string {
  const rows = routes
    .filter((route) => route.described !== undefined)
    .map(
      ({ method, path, may, described }) =>
        `<tr><td><code>${method.toUpperCase()}</code></td><td><code>${escaped(path)}</code></td>` +
        `<td>${escaped(described?.summary ?? '')}</td><td>${escaped(may ?? '')}</td>` +
        `<td>${Object.keys(described?.answers ?? {}).join(', ')}</td></tr>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>API – Child protection bridge</title>
<link rel="stylesheet" href="/assets/app.css"></head>
<body><main id="main-content" class="govuk-width-container">
<h1>The API</h1>
<p>OpenAPI 3.1, with every field and answer: <a href="/openapi.json">openapi.json</a>. Systems send a bearer token;
every command carries an <code>X-Request-ID</code>. A problem is answered as <code>application/problem+json</code>.</p>
<table><caption>Routes</caption><thead><tr><th scope="col">Method</th><th scope="col">Address</th><th scope="col">What it does</th>
<th scope="col">Right</th><th scope="col">Answers</th></tr></thead><tbody>
${rows}
</tbody></table></main></body></html>`;
}
