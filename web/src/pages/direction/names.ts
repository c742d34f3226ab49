import type { Forecast, ModelAnswer } from '@tino/system/contract';

/** What a member is called: its first declared column leads, the second says where. */
export function namesOf(
  { name, attributes }: Forecast,
  { page }: ModelAnswer,
): { main: string; where: string; full: string } {
  const [main, where] = (page.columns ?? [])
    .slice(0, 2)
    .map((column) => attributes[column])
    .map((value) => (typeof value === 'string' ? value : ''));
  if (!main) return { main: name, where: '', full: name };
  return { main, where: where ?? '', full: where ? `${main} (${where})` : main };
}
