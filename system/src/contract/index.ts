export * from './words.js';
export * from './error.js';
export { messages, type Message, type MessageCode } from './messages.js';
export * from './common.js';
export * from './models.js';
export * from './predictions.js';
export * from './operations.js';
export * from './privacy.js';
export * from './audiences.js';
