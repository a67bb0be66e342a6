/** A file may end this many live plans, or this share of them, without anybody being asked (performance.md, "Uploads"). */
const alwaysAllowed = 5;
const allowedShare = 0.02;

/** Few enough to apply whatever the authority has: then nobody needs to count its live plans. */
export const isSurelyAllowed = (ends: number): boolean => ends <= alwaysAllowed;

/** True when a file's ends, and what it takes out of sight, wait for a person. `ends` counts plans, `live` those before the file. */
export const mustWait = (ends: number, live: number): boolean => ends > Math.max(alwaysAllowed, live * allowedShare);
