import type { Alert } from '../contract/operations.js';
import type { House } from '../ports/house.js';
import { championOf, history } from '../registry/index.js';
import { counted, formatNumber } from '../serving/sentence.js';
import { sourceStatus } from '../sources/index.js';

/** What is wrong now, computed from the tables and the registry: the most serious first. */
export async function listAlerts(house: House): Promise<Alert[]> {
  const alerts = [...(await staleSources(house)), ...(await modelAlerts(house))];
  const order = { serious: 0, warning: 1, info: 2 };
  return alerts.sort((a, b) => order[a.severity] - order[b.severity]);
}

async function staleSources(house: House): Promise<Alert[]> {
  const at = house.now().toISOString();
  return (await sourceStatus(house)).flatMap(({ id, fresh, newest, rejects, rows }): Alert[] => {
    const found: Alert[] = [];
    if (fresh === false)
      found.push({
        id: `stale ${id}`,
        at,
        kind: 'stale-source',
        subject: id,
        severity: 'warning',
        says: { pt: `a fonte ${id} parou em ${newest}`, en: `source ${id} stopped at ${newest}` },
        money: null,
      });
    if (rejects > 0)
      found.push({
        id: `rejects ${id}`,
        at,
        kind: 'rejects',
        subject: id,
        severity: 'info',
        says: {
          pt: `${counted(rejects, { pt: ['linha', 'linhas'], en: ['row', 'rows'] }, 'pt')} de ${id} ${rejects === 1 ? 'foi posta' : 'foram postas'} de lado (ficaram ${formatNumber(rows ?? 0, 'number', 'pt')})`,
          en: `${counted(rejects, { pt: ['linha', 'linhas'], en: ['row', 'rows'] }, 'en')} of ${id} ${rejects === 1 ? 'was' : 'were'} set aside (${formatNumber(rows ?? 0, 'number', 'en')} are kept)`,
        },
        money: null,
      });
    return found;
  });
}

async function modelAlerts(house: House): Promise<Alert[]> {
  const found: Alert[] = [];
  for (const { name } of Object.values(house.workspace.models)) {
    const champion = await championOf(house, name);
    const [last] = await history(house, name);
    if (champion === undefined)
      found.push({
        id: `untrained ${name}`,
        at: house.now().toISOString(),
        kind: 'untrained',
        subject: name,
        severity: 'serious',
        says: { pt: `${name} não tem campeã`, en: `${name} has no champion` },
        money: null,
      });
    else if (last !== undefined && (last.kind === 'held' || last.kind === 'rejected'))
      found.push({
        id: `gate ${last.id}`,
        at: last.at,
        kind: 'gate',
        subject: name,
        severity: 'warning',
        says: {
          pt: `a versão ${last.version} de ${name} não passou na comparação`,
          en: `version ${last.version} of ${name} did not pass the gate`,
        },
        money: null,
      });
  }
  return found;
}
