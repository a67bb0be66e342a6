const anywhere = 'http://local.invalid';

/**
 * A return address as a path of this product. Anything that a browser would read as another place (another origin,
 * `//host`, `\host`, control characters) becomes the start page: a sign-in link must not lead people away.
 */
export function localPath(address: unknown): string {
  if (typeof address !== 'string' || !address.startsWith('/') || address.length > 2000) return '/';
  if (!URL.canParse(address, anywhere)) return '/';
  const { origin, pathname, search } = new URL(address, anywhere);
  return origin === anywhere && !pathname.startsWith('//') && !pathname.startsWith('/sign-')
    ? `${pathname}${search}`
    : '/';
}
