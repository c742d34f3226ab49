import type { Language, Words } from '../contract/words.js';
import type { ExitCode, Terminal } from './main.js';
import type { Screen } from './screen.js';
import { buildCommand } from './commands/build.js';
import { checkCommand } from './commands/check.js';
import { eraseCommand } from './commands/erase.js';
import { exportCommand } from './commands/export.js';
import { insightsCommand } from './commands/insights.js';
import { initCommand } from './commands/init.js';
import { keyCommand } from './commands/key.js';
import { jobsCommand, modelsCommand, runsCommand } from './commands/lists.js';
import { promoteCommand, rollbackCommand } from './commands/promote.js';
import { scoreCommand } from './commands/score.js';
import { serveCommand } from './commands/serve.js';
import { simulateCommand } from './commands/simulate.js';
import { startCommand } from './commands/start.js';
import { trainCommand } from './commands/train.js';

export interface CommandInput {
  positionals: string[];
  values: Record<string, unknown>;
  folder: string;
  terminal: Terminal;
  screen: Screen;
  language: Language;
}

export interface Command {
  says: Words;
  /** Positionals; one that ends in ? may be absent. */
  arguments: readonly string[];
  options: Record<string, { type: 'string' | 'boolean'; says: Words }>;
  run(input: CommandInput): Promise<ExitCode>;
}

export const commands: Record<string, Command> = {
  init: initCommand,
  simulate: simulateCommand,
  check: checkCommand,
  build: buildCommand,
  train: trainCommand,
  promote: promoteCommand,
  rollback: rollbackCommand,
  score: scoreCommand,
  insights: insightsCommand,
  export: exportCommand,
  erase: eraseCommand,
  serve: serveCommand,
  start: startCommand,
  key: keyCommand,
  models: modelsCommand,
  runs: runsCommand,
  jobs: jobsCommand,
};
