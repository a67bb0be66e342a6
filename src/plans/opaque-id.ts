const shape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** True for an id of ours as it stands in an address: anything else names nothing, and never reaches PostgreSQL. */
export const isOpaqueId = (text: string): boolean => shape.test(text);
