import { paths } from '../paths';

/** Where somebody wants to be after signing in: the page they asked for, or the page of the form that they sent. */
export function returnPathOf({ method, url }: { readonly method: string; readonly url: string }): string {
  if (method === 'GET' || method === 'HEAD') return url;
  const path = url.split('?', 1)[0] ?? '';
  if (path === paths.check) return paths.check;
  const [, alertId] = /^\/my\/alerts\/([^/]+)\//.exec(path) ?? [];
  return alertId === undefined ? paths.home : paths.alerts.one(alertId);
}
