import { signInPaths } from '../platform/sign-in/sign-in.paths';

/**
 * Every address of a page, for routes, links and tests alike. No address carries an NHS number, a name or a date:
 * addresses are kept by browsers, proxies and logs. `id` is an alert's opaque id, or `:alertId` in a route.
 */
export const paths = {
  home: '/',
  ...signInPaths,
  check: '/check-a-number',
  alerts: {
    list: '/my/alerts',
    one: (id: string): string => `/my/alerts/${id}`,
    acknowledgement: (id: string): string => `/my/alerts/${id}/acknowledgement`,
    decline: (id: string): string => `/my/alerts/${id}/decline`,
    closure: (id: string): string => `/my/alerts/${id}/closure`,
  },
  apiDescription: '/docs',
} as const;
