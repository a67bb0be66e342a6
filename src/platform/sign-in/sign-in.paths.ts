/** Addresses of signing in and out; the identity service is told `callback` as the only redirect address. */
export const signInPaths = {
  signIn: '/sign-in',
  callback: '/sign-in/callback',
  signOut: '/sign-out',
} as const;

/** The address that signs a person in and brings them back to `returnTo`, a path of this product. */
export const signInAndReturnTo = (returnTo: string): string =>
  `${signInPaths.signIn}?return=${encodeURIComponent(returnTo)}`;
