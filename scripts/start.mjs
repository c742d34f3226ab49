// npm start: install, build, then the demo workspace in this very process.
import { build, install, needNode, top } from './common.mjs';
import { join } from 'node:path';

needNode();
install();
build();
const { main } = await import('../system/dist/src/cli/main.js');
process.exitCode = await main(
  ['start', ...process.argv.slice(2)],
  process,
  join(top, 'examples', 'demo'),
);
