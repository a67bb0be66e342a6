/** The one task queue that the worker process polls. */
export const taskQueue = 'child-protection';
