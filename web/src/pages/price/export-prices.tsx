import type { ModelAnswer, Suggestion, SuggestionsAnswer } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { exportCsv } from '../../parts/export-csv.js';

/** Saves every suggestion with what decides it and the version that made it. */
export function ExportPrices({ model, answer }: { model: ModelAnswer; answer: SuggestionsAnswer }) {
  const { language, t } = useLanguage();
  const save = () =>
    exportCsv<Suggestion>(
      model.name,
      [
        ...model.key.map((name) => ({ title: name, value: (one: Suggestion) => one.key[name] })),
        { title: t({ pt: 'nome', en: 'name' }), value: (one) => one.name },
        { title: t({ pt: 'hoje', en: 'today' }), value: (one) => one.current },
        { title: t({ pt: 'sugestão', en: 'suggestion' }), value: (one) => one.price },
        { title: t({ pt: 'ganho por semana', en: 'gain a week' }), value: (one) => one.gain.value },
        {
          title: t({ pt: 'o que decide', en: 'what decides' }),
          value: (one) => one.binding.says[language],
        },
        { title: t({ pt: 'situação', en: 'state' }), value: (one) => one.state },
        { title: t({ pt: 'versão', en: 'version' }), value: () => answer.provenance.version },
        {
          title: t({ pt: 'dados até', en: 'data until' }),
          value: () => answer.provenance.dataUntil,
        },
      ],
      answer.items,
      language,
    );
  return (
    <Button className="wide-only" onClick={save}>
      {t({ pt: 'Exportar CSV', en: 'Export CSV' })}
    </Button>
  );
}
