import type { EntityAnswer, Member, ScoresAnswer, SegmentsAnswer } from '@tino/system/contract';
import { sentenceOf, type Tino } from '../client.js';

const model = '/v1/models/customer-segments';

/** Segments in words, the members of the one with most money, and one customer of it looked up. */
export default async function client(tino: Tino) {
  const { segments, ...answer } = await tino.get<SegmentsAnswer>(`${model}/segments`);
  const [richest] = [...segments].sort((a, b) => (b.money ?? 0) - (a.money ?? 0));
  const members = await tino.get<{ items: Member[] }>(`${model}/segments/${richest!.id}/members`, {
    limit: 5,
  });
  const key = members.items[0]!.key['customer_id']!;
  const one = await tino.get<EntityAnswer>(`${model}/entities/${encodeURIComponent(key)}`);
  const value = await tino.get<ScoresAnswer>('/v1/models/customer-value/scores', { limit: 5 });
  return {
    says: sentenceOf(answer),
    segments: segments.map(({ name, sentences }) => ({ name: name.pt, says: sentences[0]?.pt })),
    customer: { key, segment: one.segment?.name.pt, says: sentenceOf(one) },
    best: value.items.map(({ key: { customer_id: id }, value: worth }) => ({ id, worth })),
  };
}
