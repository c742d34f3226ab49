import type { ModelAnswer, Segment, SegmentsAnswer } from '@tino/system/contract';
import { money, number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { useMay } from '../../session.js';
import { capital, nounOf } from '../kinds/labels.js';
import { ShareBars } from './share-bars.js';

interface SegmentTableProps {
  model: ModelAnswer;
  answer: SegmentsAnswer;
  onOpen(id: string): void;
}

/** A line per segment: name, size, share of base beside share of money, what they are, what to do. */
export function SegmentTable({ model, answer, onOpen }: SegmentTableProps) {
  const { language, t } = useLanguage();
  const may = useMay('analyst');
  const most = Math.max(
    ...answer.segments.flatMap(({ share, moneyShare }) => [share ?? 0, moneyShare ?? 0]),
  );
  return (
    <table className="table segments">
      <caption className="hidden">{t({ pt: 'Grupos', en: 'Groups' })}</caption>
      <thead>
        <tr>
          <th scope="col">{t({ pt: 'Segmento', en: 'Segment' })}</th>
          <th scope="col" className="num wide-only">
            {capital(nounOf(model, 2, language))}
          </th>
          <th scope="col">
            {t({ pt: 'da base / ', en: 'of base / ' })}
            <b>{t({ pt: 'do valor', en: 'of value' })}</b>
          </th>
          <th scope="col" className="num wide-only">
            {t({ pt: `Por ${nounOf(model, 1, 'pt')}`, en: `Per ${nounOf(model, 1, 'en')}` })}
          </th>
          <th scope="col" className="wide-only">
            {t({ pt: 'Como são, o que fazer', en: 'How they are, what to do' })}
          </th>
          <th scope="col">
            <span className="hidden">{t({ pt: 'Lista', en: 'List' })}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {answer.segments.map((segment, order) => (
          <Row
            key={segment.id}
            segment={segment}
            order={order}
            most={most}
            onOpen={may ? onOpen : null}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  segment: Segment;
  order: number;
  most: number;
  onOpen: ((id: string) => void) | null;
}

function Row({ segment, order, most, onOpen }: RowProps) {
  const { language, t } = useLanguage();
  const { id, name, size, share, money: total, sentences, hidden } = segment;
  return (
    <tr>
      <td>
        <SegmentName name={name[language]} order={order} />
        {!hidden && (
          <details className="narrow-only segment-says">
            <summary>{t({ pt: 'Como são, o que fazer', en: 'How they are, what to do' })}</summary>
            {sentences.map((sentence) => (
              <p key={sentence.en}>{sentence[language]}</p>
            ))}
          </details>
        )}
      </td>
      <td className="num wide-only">{size === null ? '—' : number(size, language)}</td>
      <td>
        {share === null ? (
          '—'
        ) : (
          <ShareBars base={share} moneyShare={segment.moneyShare} order={order} most={most} />
        )}
      </td>
      <td className="num wide-only">
        {total === null || !size ? '—' : money(total / size, language)}
      </td>
      <td className="wide-only segment-says">
        {hidden
          ? t({
              pt: 'Gente de menos para mostrar a este papel.',
              en: 'Too few people to be shown to this role.',
            })
          : sentences.slice(1).map((sentence) => <p key={sentence.en}>{sentence[language]}</p>)}
      </td>
      <td className="num">
        {onOpen && <Button onClick={() => onOpen(id)}>{t({ pt: 'Lista', en: 'List' })}</Button>}
      </td>
    </tr>
  );
}

const SegmentName = ({ name, order }: { name: string; order: number }) => (
  <span className="segment-name">
    <svg width={10} height={10} aria-hidden="true">
      <rect className={`category-${order + 1}`} width={10} height={10} rx={2} />
    </svg>
    <span className="name">{name}</span>
  </span>
);
