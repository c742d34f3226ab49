/** Takes the lock of a folder and holds it until it is killed. */
import process from 'node:process';
import { acquireLock } from '../../src/store/lock.js';

await acquireLock(process.argv[2]!);
process.send!('locked');
setInterval(() => {}, 1_000);
