import type { Alert, SentenceSpan, Words } from '@tino/system/contract';
import { Link } from 'wouter';
import { moment } from '../dates.js';
import { money } from '../format.js';
import { useLanguage } from '../language.js';
import { Answer } from '../parts/answer.js';
import { Empty } from '../parts/empty.js';
import { Failure } from '../parts/failure.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { useGet } from '../use-get.js';
import { useModels } from '../use-models.js';

const ORDER = ['serious', 'warning', 'info'] as const;
const SEVERITIES: Record<Alert['severity'], { words: Words; look: string }> = {
  serious: { words: { pt: 'grave', en: 'serious' }, look: 'chip-attention' },
  warning: { words: { pt: 'atenção', en: 'warning' }, look: 'chip-caution' },
  info: { words: { pt: 'aviso', en: 'note' }, look: '' },
};

/** What went stale, drifted or broke its promise. */
export function AlertsPage() {
  const { t } = useLanguage();
  const { data, error } = useGet<{ items: Alert[] }>('/v1/alerts');
  const alerts = (data?.items ?? []).toSorted(
    (a, b) =>
      ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || (b.money ?? 0) - (a.money ?? 0),
  );
  return (
    <>
      <PageHead title={t({ pt: 'Alertas', en: 'Alerts' })} />
      {!data && (error ? <Failure error={error} /> : <Loading />)}
      {data && <AlertsAnswer alerts={alerts} />}
      {data && alerts.length === 0 && (
        <Empty
          title={t({
            pt: 'Fontes em dia, modelos dentro do que prometeram.',
            en: 'Sources in date, models within what they promised.',
          })}
        />
      )}
      <ul className="alerts">
        {alerts.map((alert) => (
          <AlertLine key={alert.id} alert={alert} />
        ))}
      </ul>
    </>
  );
}

const AlertsAnswer = ({ alerts }: { alerts: Alert[] }) => <Answer spans={useSentence(alerts)} />;

function AlertLine({ alert }: { alert: Alert }) {
  const { t, language } = useLanguage();
  const { severity, says, subject, at, money: stake } = alert;
  const isModel = useModels().some(({ name }) => name === subject);
  return (
    <li className="alert">
      <span className={`chip ${SEVERITIES[severity].look}`}>{t(SEVERITIES[severity].words)}</span>
      <div>
        <p className="alert-says">{sentence(t(says))}</p>
        <p className="note">
          {subject} · {moment(at, language)}
          {stake !== null && ` · ${money(stake, language)}`}
        </p>
      </div>
      <Link
        className="button button-plain"
        href={isModel ? `/models/${subject}` : `/data/${subject}`}
      >
        {isModel
          ? t({ pt: 'Ver o modelo', en: 'See the model' })
          : t({ pt: 'Ver a fonte', en: 'See the source' })}
      </Link>
    </li>
  );
}

function useSentence(alerts: Alert[]): SentenceSpan[] {
  const { t } = useLanguage();
  const open = alerts.filter(({ severity }) => severity !== 'info').length;
  const notes = alerts.length - open;
  return [
    {
      kind: 'strong',
      text:
        open === 0
          ? t({ pt: 'Nada pede socorro.', en: 'Nothing calls for help.' })
          : open === 1
            ? t({ pt: 'Um alerta pede atenção.', en: 'One alert needs attention.' })
            : t({ pt: `${open} alertas pedem atenção.`, en: `${open} alerts need attention.` }),
    },
    {
      kind: 'text',
      text:
        notes === 0
          ? ''
          : notes === 1
            ? t({ pt: ' E há um aviso.', en: ' And there is one note.' })
            : t({ pt: ` E há ${notes} avisos.`, en: ` And there are ${notes} notes.` }),
    },
  ];
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
