import { workspaceMessages } from './messages/workspace.js';
import { dataMessages } from './messages/data.js';
import { modelMessages } from './messages/model.js';
import { requestMessages } from './messages/request.js';
import type { Words } from './words.js';

/** One table, four files: what is wrong, with which value, and what to do next. */
export interface Message {
  /** HTTP status when the API answers with it. */
  status: number;
  says: Words;
  next: Words;
}

export const messages = {
  ...workspaceMessages,
  ...dataMessages,
  ...modelMessages,
  ...requestMessages,
} as const satisfies Record<string, Message>;
export type MessageCode = keyof typeof messages;
