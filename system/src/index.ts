export * from './workspace/declare.js';
export type * from './workspace/types.js';
