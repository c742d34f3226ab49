import type { ItemPair } from '@tino/system/contract';
import { number, share } from '../../format.js';
import { useLanguage } from '../../language.js';

/** What goes into one basket, and what is bought after what: the pairs with the most money. */
export function PairTable({ pairs, title }: { pairs: ItemPair[]; title: string }) {
  const { t } = useLanguage();
  const kinds = [
    ['together', t({ pt: 'Na mesma compra', en: 'In one purchase' })],
    ['later', t({ pt: 'Uma depois da outra', en: 'One after the other' })],
  ] as const;
  return kinds.map(([kind, says]) => {
    const rows = pairs.filter((pair) => pair.kind === kind);
    return rows.length === 0 ? null : (
      <div
        key={kind}
        className="scroll-x"
        tabIndex={0}
        role="region"
        aria-label={`${title}: ${says}`}
      >
        <table className="table pairs">
          <caption className="note">{says}</caption>
          <Head later={kind === 'later'} />
          <tbody>
            {rows.map((pair) => (
              <Row key={`${pair.first} ${pair.next}`} pair={pair} />
            ))}
          </tbody>
        </table>
      </div>
    );
  });
}

function Head({ later }: { later: boolean }) {
  const { t } = useLanguage();
  const numbers = [
    later ? t({ pt: 'Quantos', en: 'How many' }) : t({ pt: 'Compras', en: 'Purchases' }),
    t({ pt: 'Dos que têm o primeiro', en: 'Of those with the first' }),
    t({ pt: 'Vezes o acaso', en: 'Times chance' }),
    t({ pt: 'Intervalo de 95%', en: '95% interval' }),
    ...(later ? [t({ pt: 'Dias depois', en: 'Days later' })] : []),
  ];
  return (
    <thead>
      <tr>
        <th scope="col">{t({ pt: 'Primeiro', en: 'First' })}</th>
        <th scope="col">{t({ pt: 'Segundo', en: 'Second' })}</th>
        {numbers.map((says) => (
          <th key={says} scope="col" className="num">
            {says}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Row({ pair }: { pair: ItemPair }) {
  const { language } = useLanguage();
  const { first, next, count, confidence, lift, lower, upper, gap } = pair;
  return (
    <tr>
      <th scope="row">{first}</th>
      <td>{next}</td>
      <td className="num">{number(count, language)}</td>
      <td className="num">{share(confidence, language)}</td>
      <td className="num">{number(lift, language)}</td>
      <td className="num">
        {number(lower, language)} – {number(upper, language)}
      </td>
      {gap !== null && <td className="num">{number(gap, language)}</td>}
    </tr>
  );
}
