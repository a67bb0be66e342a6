interface Shown {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly headers: Headers;
}

/** A browser without a window: keeps cookies of one host, follows redirects, fills the hidden fields of forms. */
export class CookieBrowser {
  readonly cookies = new Map<string, string>();
  /** Every `Set-Cookie` header as it came. */
  readonly given: string[] = [];

  async get(url: string): Promise<Shown> {
    return this.ask(url, 'GET');
  }

  /** Sends the form of a page that goes to `action`, with its hidden fields and what else is filled in. */
  async send(page: Shown, action: string, filled: Readonly<Record<string, string>> = {}): Promise<Shown> {
    const form = [...page.html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].find(
      ([, to]) => to === action,
    );
    const hidden = [...(form?.[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const fields = { ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), ...filled };
    return this.ask(new URL(action, page.url).href, 'POST', new URLSearchParams(fields));
  }

  /** One request, and whatever it leads to. */
  async ask(url: string, method: 'GET' | 'POST', body?: URLSearchParams): Promise<Shown> {
    let answer = await this.step(url, method, body);
    while (answer.status >= 300 && answer.status < 400)
      answer = await this.step(new URL(answer.headers.get('location') ?? '', answer.url).href, 'GET');
    return answer;
  }

  /** One request, and where it leads is not followed. */
  async step(url: string, method: 'GET' | 'POST' = 'GET', body?: URLSearchParams): Promise<Shown> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie && { cookie }) },
      ...(body && { body }),
    });
    for (const each of answer.headers.getSetCookie()) this.keep(each);
    return { status: answer.status, url, html: await answer.text(), headers: answer.headers };
  }

  private keep(header: string): void {
    this.given.push(header);
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    if (value === '' || /max-age=0/i.test(header)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
