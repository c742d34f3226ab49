/**
 * The rooms of system/src, top to bottom: a room imports from itself and from those below it.
 * The tidy test enforces the list, and ARCHITECTURE.md prints it.
 */
export const layers = [
  ['client', 'cli'],
  ['server'],
  ['jobs'],
  ['verbs'],
  ['monitoring'],
  ['insight'],
  ['serving'],
  ['registry'],
  ['training'],
  ['privacy'],
  ['tracking'],
  ['features'],
  ['sources'],
  ['access'],
  ['ports'],
  ['engine', 'store', 'calendar'],
  ['http'],
  ['workspace'],
  ['contract'],
];
