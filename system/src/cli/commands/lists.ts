import type { Command } from '../commands.js';
import { withDoor } from '../door.js';

export const modelsCommand: Command = {
  says: { pt: 'lista os modelos e quem serve', en: 'list the models and who serves' },
  arguments: ['model?'],
  options: {},
  run: (input) =>
    withDoor(input, async (door) => {
      const [asked] = input.positionals;
      if (asked !== undefined) {
        const versions = await door.versions(asked);
        input.screen.result(versions, () =>
          input.screen.table(
            versions.map(({ version, aliases, createdAt, recipe, dataUntil }) => ({
              version,
              aliases: aliases.join(' '),
              recipe: recipe.kind,
              dataUntil,
              createdAt,
            })),
          ),
        );
        return 0;
      }
      const models = await door.models();
      input.screen.result(models, () =>
        input.screen.table(
          models.map(({ name, task, state, champion, provenance }) => ({
            model: name,
            task,
            state,
            champion,
            quality: provenance?.quality[input.language] ?? null,
          })),
        ),
      );
      return 0;
    }),
};

export const runsCommand: Command = {
  says: { pt: 'lista os treinos', en: 'list the training runs' },
  arguments: ['model?'],
  options: {},
  run: (input) =>
    withDoor(input, async (door) => {
      const runs = await door.runs(input.positionals[0]);
      input.screen.result(runs, () =>
        input.screen.table(
          runs.map(({ id, model, status, startedAt, version, metric, verdict }) => ({
            run: id,
            model,
            status,
            startedAt,
            version,
            metric,
            verdict: verdict?.verdict ?? null,
          })),
        ),
      );
      return 0;
    }),
};

export const jobsCommand: Command = {
  says: { pt: 'lista as tarefas', en: 'list the jobs' },
  arguments: [],
  options: {},
  run: (input) =>
    withDoor(input, async (door) => {
      const jobs = await door.jobs();
      input.screen.result(jobs, () =>
        input.screen.table(
          jobs.map(({ id, verb, state, progress, createdAt }) => ({
            job: id,
            verb,
            state,
            progress: `${Math.round(progress * 100)}%`,
            createdAt,
          })),
        ),
      );
      return 0;
    }),
};
