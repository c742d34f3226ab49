import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClusterProfile } from '@tino/learn';
import { inNumber } from '../../src/contract/phrase.js';
import { factsOf, namesOf, sentencesOf } from '../../src/serving/segment/words.js';
import type { Page } from '../../src/workspace/types.js';

const page = {
  noun: { pt: ['cliente', 'clientes'], en: ['customer', 'customers'] },
  units: { spent: 'money' },
  phrases: {
    visits: { pt: 'voltou {value} {vez|vezes}', en: 'came back {value} {time|times}' },
    idle: { pt: '{value} {dia|dias} sem comprar', en: '{value} {day|days} without a purchase' },
    spent: { pt: 'gastou {value}', en: 'spent {value}' },
    score: { pt: 'nota {value}', en: 'rated {value}' },
  },
  names: {
    visits: { high: { pt: 'fiéis', en: 'loyal' }, low: { pt: 'raros', en: 'rare' } },
    idle: { high: { pt: 'sumidos', en: 'quiet' }, low: { pt: 'fiéis', en: 'loyal' } },
    spent: {
      high: { pt: 'gastam bem', en: 'spend well' },
      low: { pt: 'gastam pouco', en: 'spend little' },
    },
  },
} as unknown as Page;

/** Means of all are 5 times, 40 days and R$ 90; `differences` in deviations. */
const profileOf = (means: Record<string, [mean: number, difference: number]>): ClusterProfile => ({
  cluster: 0,
  size: 10,
  share: 0.1,
  numbers: Object.entries(means).map(([column, [mean, difference]]) => ({
    column,
    mean,
    overall: { visits: 5, idle: 40.4, spent: 90.126, score: 4.25 }[column]!,
    difference,
  })),
  categories: [],
});

const named = (...all: Record<string, [number, number]>[]) =>
  [
    ...namesOf(
      new Map(all.map((means, i) => [`s${i + 1}`, factsOf(profileOf(means), page)])),
      page,
    ).values(),
  ].map(({ pt }) => pt);

test('a name says nothing twice, and no two segments have one', () => {
  // Both columns would call them loyal.
  assert.deepEqual(named({ visits: [9, 1], idle: [3, -1], spent: [150, 0.5] }), [
    'Fiéis, gastam bem',
  ]);
  // The third trait of one tells it from the other, which keeps its two.
  assert.deepEqual(
    named(
      { visits: [1, -1], idle: [90, 0.9] },
      { visits: [1, -1.2], idle: [80, 0.8], spent: [20, -0.5] },
    ),
    ['Raros, sumidos', 'Raros, sumidos, gastam pouco'],
  );
  // Nothing else tells them apart.
  assert.deepEqual(named({ visits: [1, -1] }, { visits: [2, -0.8] }), ['Raros (1)', 'Raros (2)']);
  assert.deepEqual(named({}), ['Grupo 1']);
});

const counts = { size: 120, share: 0.4, money: 90_000, moneyShare: 0.8 };

test('three to five sentences, of means against everyone, in numbers as people say them', () => {
  const facts = factsOf(
    profileOf({ visits: [1.4, -1], idle: [96.8, 0.9], spent: [31.456, -0.6], score: [3.9, -0.4] }),
    page,
  );
  const said = sentencesOf(counts, facts, page, 'BRL');
  assert.deepEqual(
    said.map(({ pt }) => pt.replaceAll('\u00a0', ' ')),
    [
      'São 120 clientes, 40% da base, e respondem por 80% do valor (R$ 90 mil).',
      'Na média do grupo: voltou 1,4 vez (5 no geral), 97 dias sem comprar (40 no geral) e gastou R$ 31,46 (R$ 90,13 no geral).',
      'Além disso: nota 3,9 (4,3 no geral).',
      'Cada um vale 2 vezes a média: cuide primeiro de não perdê-los.',
    ],
  );
  assert.match(
    said[1]!.en,
    /^On average in the group: came back 1\.4 times \(5 overall\), 97 days/,
  );
});

test('what each is worth is told with its figure, also where it is near the average', () => {
  const last = (moneyShare: number) =>
    sentencesOf({ ...counts, moneyShare }, [], page, 'BRL').at(-1)!.pt;
  assert.match(last(0.3), /^Cada um vale 75% da média: teste uma oferta/);
  assert.match(last(0.2), /^Cada um vale 50% da média: um contato barato/);
  assert.match(last(0.6), /^Cada um vale 1,5 vez a média: cuide/);
});

test('one alone is told of as one, and without money that is said', () => {
  const [first, ...others] = sentencesOf(
    { size: 1, share: 0.01, money: null, moneyShare: null },
    [],
    page,
    'BRL',
  );
  assert.equal(first!.pt, 'É 1 cliente, 1% da base.');
  assert.equal(others.length, 2);
  assert.match(others[1]!.pt, /^Quanto valem não é contado/);
});

test('a phrase bends to the number that is shown', () => {
  const says = (value: number | undefined, language: 'pt' | 'en') =>
    inNumber('{value} {dia|dias} em {value}', value, language);
  assert.equal(says(1.94, 'pt'), '{value} dia em {value}');
  assert.equal(says(1.96, 'pt'), '{value} dias em {value}');
  assert.equal(says(0, 'pt'), '{value} dias em {value}');
  assert.equal(says(1.5, 'en'), '{value} dias em {value}');
  assert.equal(says(1, 'en'), '{value} dia em {value}');
  assert.equal(says(undefined, 'pt'), '{value} dias em {value}');
});
