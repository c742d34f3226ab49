import type { ForecastAnswer, ModelAnswer } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { exportCsv } from '../../parts/export-csv.js';
import { bandOf } from '../kinds/band.js';

/** Saves every step of every member on screen, with version and cut-off in each row. */
export function ExportMembers({ model, answer }: { model: ModelAnswer; answer: ForecastAnswer }) {
  const { language, t } = useLanguage();
  const { provenance } = answer;
  const series = answer.members.length > 0 ? answer.members : [answer.forecast];
  const rows = series.flatMap((member) => member.points.map((point) => ({ member, point })));
  type Row = (typeof rows)[number];
  const save = () =>
    exportCsv(
      `${model.name}-${answer.forecast.level ?? 'all'}`,
      [
        { title: t({ pt: 'nome', en: 'name' }), value: ({ member }: Row) => member.name },
        { title: t({ pt: 'data', en: 'date' }), value: ({ point }: Row) => point.at },
        { title: t({ pt: 'previsto', en: 'predicted' }), value: ({ point }: Row) => point.value },
        {
          title: t({ pt: 'de', en: 'from' }),
          value: ({ point }: Row) => bandOf(point.intervals)?.lower,
        },
        {
          title: t({ pt: 'até', en: 'to' }),
          value: ({ point }: Row) => bandOf(point.intervals)?.upper,
        },
        { title: t({ pt: 'versão', en: 'version' }), value: () => provenance.version },
        { title: t({ pt: 'dados até', en: 'data until' }), value: () => provenance.dataUntil },
      ],
      rows,
      language,
    );
  return (
    <Button className="wide-only" onClick={save}>
      {t({ pt: 'Exportar CSV', en: 'Export CSV' })}
    </Button>
  );
}
