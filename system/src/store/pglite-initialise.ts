/**
 * Makes a new database in the folder named by the first argument and ends. A process of its own,
 * because the first initialisation takes 700 MB that a server would never give back.
 */
import { argv } from 'node:process';
import { startPglite } from './pglite-start.js';

const database = await startPglite(argv[2]!);
await database.close();
