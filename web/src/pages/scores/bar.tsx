import type { ModelAnswer, ScoredRow, ScoresAnswer } from '@tino/system/contract';
import { money, number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { exportCsv } from '../../parts/export-csv.js';
import { nounOf } from '../kinds/labels.js';

interface ScoresBarProps {
  model: ModelAnswer;
  answer: ScoresAnswer;
  chosen: ScoredRow[];
}

/** What is marked, the money in it, and the list to take away with reason and version in each line. */
export function ScoresBar({ model, answer, chosen }: ScoresBarProps) {
  const { language, t } = useLanguage();
  const stake = chosen.reduce((sum, row) => sum + (row.money ?? 0), 0);
  const columns = model.page.columns ?? [];
  const save = () =>
    exportCsv<ScoredRow>(
      model.name,
      [
        ...model.key.map((name) => ({ title: name, value: (row: ScoredRow) => row.key[name] })),
        { title: t({ pt: 'previsto', en: 'predicted' }), value: (row) => row.value },
        ...columns.map((name) => ({ title: name, value: (row: ScoredRow) => row.columns[name] })),
        {
          title: t({ pt: 'motivos', en: 'reasons' }),
          value: (row) => row.reasons.map(({ phrase }) => phrase[language]).join(', '),
        },
        { title: t({ pt: 'versão', en: 'version' }), value: () => answer.provenance.version },
        {
          title: t({ pt: 'dados até', en: 'data until' }),
          value: () => answer.provenance.dataUntil,
        },
      ],
      chosen,
      language,
    );
  return (
    <div className="task-bar">
      <p className="task-bar-says" aria-live="polite">
        <b>
          {number(chosen.length, language)} {t({ pt: 'marcados', en: 'marked' })}
        </b>{' '}
        <span className="muted wide-only">
          {stake > 0 && `${money(stake, language)} ${t({ pt: 'em jogo', en: 'at stake' })} · `}
          {t({
            pt: 'a lista sai com motivo e versão do modelo em cada linha',
            en: 'the list leaves with the reason and the model version in each row',
          })}
        </span>
      </p>
      <div className="task-bar-verbs">
        <Button look="main" disabled={chosen.length === 0} onClick={save}>
          {t({ pt: 'Exportar', en: 'Export' })} {number(chosen.length, language)}{' '}
          {nounOf(model, chosen.length, language)}
        </Button>
      </div>
    </div>
  );
}
