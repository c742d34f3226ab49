import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filledPhrase } from '../../src/serving/explain.js';
import { outlookSentence, predictionSentence } from '../../src/serving/predict-sentence.js';
import { formatNumber, plainText, type Unit } from '../../src/serving/sentence.js';
import type { Page } from '../../src/workspace/types.js';

const plain = (text: string) => text.replaceAll(/\u00a0|\u202f/g, ' ');

const table: [number, Unit, string, string][] = [
  [1234.56, 'money', 'R$ 1.234,56', 'R$1,234.56'],
  [45_200, 'money', 'R$ 45,2 mil', 'R$45.2K'],
  [38_000, 'money', 'R$ 38 mil', 'R$38K'],
  [3_300_000, 'money', 'R$ 3,3 mi', 'R$3.3M'],
  [-12.5, 'money', '−R$ 12,50', '−R$12.50'],
  [0.07, 'share', '7%', '7%'],
  [0.168, 'share', '16,8%', '16.8%'],
  [0.344, 'probability', '34%', '34%'],
  [0.004, 'probability', '0,4%', '0.4%'],
  [6.14, 'number', '6,1', '6.1'],
  [1234.5, 'number', '1.235', '1,235'],
  [-0.04, 'number', '0', '0'],
  [-0.0004, 'share', '0%', '0%'],
  [-0, 'number', '0', '0'],
];
for (const [value, unit, pt, en] of table)
  test(`${value} ${unit}`, () => {
    assert.equal(plain(formatNumber(value, unit, 'pt')), pt);
    assert.equal(plain(formatNumber(value, unit, 'en')), en);
  });

const page: Page = {
  title: { pt: 'Pedidos', en: 'Orders' },
  noun: { pt: ['pedido', 'pedidos'], en: ['order', 'orders'] },
  positive: { pt: 'chegar com atraso', en: 'arrive late' },
  unit: 'probability',
};

test('a chance is said beside the usual one', () => {
  const said = { value: 0.34, intervals: [] };
  const meta = { task: 'classify' as const, detail: { rate: 0.08 } };
  const sentence = (language: 'pt' | 'en') =>
    plainText(predictionSentence(meta, page, said, { language, currency: 'BRL' }));
  assert.equal(sentence('pt'), 'Chance de ~34% de chegar com atraso; o usual é 8%.');
  assert.equal(sentence('en'), '~34% likely to arrive late; the usual is 8%.');
});

test('what BG/NBD knows is said in the number that it has', () => {
  const sentence = (purchases: number, language: 'pt' | 'en') =>
    plainText(outlookSentence({ alive: 0.834, purchases, horizonDays: 90 }, language));
  assert.equal(
    sentence(2.34, 'pt'),
    ' Chance de ~83% de ainda estar ativo; ~2,3 compras esperadas em 90 dias.',
  );
  assert.equal(
    sentence(1.2, 'pt'),
    ' Chance de ~83% de ainda estar ativo; ~1,2 compra esperada em 90 dias.',
  );
  assert.equal(
    sentence(0.96, 'en'),
    ' ~83% likely to be active still; ~1 purchase expected in 90 days.',
  );
});

test('money in a phrase is of the workspace’s currency', () => {
  const spent = { pt: 'gastou {value}', en: 'spent {value}' };
  const declared: Page = { ...page, phrases: { spent }, units: { spent: 'money' } };
  const said = (currency: string) =>
    plain(filledPhrase({ ...declared, currency }, 'spent', 10.5).en);
  assert.equal(said('BRL'), 'spent R$10.50');
  assert.equal(said('EUR'), 'spent €10.50');
});

test('a value is said with its width', () => {
  const said = { value: 312_000, intervals: [{ level: 0.8, lower: 290_000, upper: 330_000 }] };
  const meta = { task: 'regress' as const, detail: {} };
  const sentence = (language: 'pt' | 'en') =>
    plain(
      plainText(
        predictionSentence(meta, { ...page, unit: 'money' }, said, { language, currency: 'BRL' }),
      ),
    );
  assert.equal(
    sentence('pt'),
    'Deve ficar em ~R$ 312 mil; em 8 de cada 10 vezes fica entre R$ 290 mil e R$ 330 mil.',
  );
  assert.equal(sentence('en'), 'Expected at ~R$312K; 8 times out of 10 between R$290K and R$330K.');
});
