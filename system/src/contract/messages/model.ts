/** Training, registry, serving. */
export const modelMessages = {
  UNKNOWN_MODEL: {
    status: 404,
    says: { pt: 'modelo {model} não existe', en: 'model {model} does not exist' },
    next: { pt: 'os que existem: {known}', en: 'those that exist: {known}' },
  },
  UNKNOWN_VERSION: {
    status: 404,
    says: {
      pt: 'modelo {model} não tem versão {version}',
      en: 'model {model} has no version {version}',
    },
    next: { pt: 'veja /v1/models/{model}/versions', en: 'see /v1/models/{model}/versions' },
  },
  UNKNOWN_KEY: {
    status: 404,
    says: { pt: '{model} não conhece "{key}"', en: '{model} does not know "{key}"' },
    next: { pt: 'confira a chave', en: 'check the key' },
  },
  NOT_FOUND: {
    status: 404,
    says: { pt: '{kind} {id} não existe', en: '{kind} {id} does not exist' },
    next: { pt: 'confira o endereço', en: 'check the address' },
  },
  NOT_EXPORTABLE: {
    status: 422,
    says: {
      pt: 'modelo {model}, versão {version}, não cabe em {format}: {why}',
      en: 'model {model}, version {version}, cannot be written as {format}: {why}',
    },
    next: {
      pt: 'exporte uma versão de receita boosting; veja tino models {model}',
      en: 'export a version whose recipe is boosting; see tino models {model}',
    },
  },
  NOTHING_KNOWN_AHEAD: {
    status: 422,
    says: {
      pt: 'modelo {model} não tem colunas conhecidas antes, então não há plano para mudar',
      en: 'model {model} has no columns known ahead, so there is no plan to change',
    },
    next: {
      pt: 'declare known no modelo e treine de novo',
      en: 'declare known in the model and train again',
    },
  },
  NO_CHAMPION: {
    status: 409,
    says: { pt: 'modelo {model} ainda não tem campeã', en: 'model {model} has no champion yet' },
    next: { pt: 'treine com tino train {model}', en: 'train it with tino train {model}' },
  },
  NOT_SCORED: {
    status: 409,
    says: {
      pt: 'modelo {model} ainda não foi aplicado a ninguém',
      en: 'model {model} has not scored anyone yet',
    },
    next: { pt: 'rode tino score {model}', en: 'run tino score {model}' },
  },
  NO_PREVIOUS: {
    status: 409,
    says: {
      pt: 'modelo {model} não tem versão anterior para onde voltar',
      en: 'model {model} has no earlier version to go back to',
    },
    next: { pt: 'promova outra versão', en: 'promote another version' },
  },
  WRONG_TASK: {
    status: 400,
    says: {
      pt: 'modelo {model} é do tipo {task}; esta rota serve {expected}',
      en: 'model {model} is a {task} model; this route serves {expected}',
    },
    next: { pt: 'use {route}', en: 'use {route}' },
  },
  ONE_CLASS: {
    status: 422,
    says: {
      pt: 'modelo {model}: o rótulo tem uma classe só ({value}) em {rows} linhas',
      en: 'model {model}: the label has one class only ({value}) in {rows} rows',
    },
    next: { pt: 'confira o SQL do rótulo', en: 'check the label SQL' },
  },
  LABEL_NOT_BINARY: {
    status: 422,
    says: {
      pt: 'modelo {model}: o rótulo tem o valor {value}; esperado 0 ou 1',
      en: 'model {model}: the label has the value {value}; expected 0 or 1',
    },
    next: { pt: 'confira o SQL do rótulo', en: 'check the label SQL' },
  },
  TOO_FEW_CUTOFFS: {
    status: 422,
    says: {
      pt: 'modelo {model}: {cutoffs} cortes não bastam para comparar candidatos no tempo',
      en: 'model {model}: {cutoffs} cut-offs are too few to compare candidates over time',
    },
    next: {
      pt: 'espere mais dados, antecipe o primeiro corte ou encurte horizon',
      en: 'wait for more data, start the cut-offs earlier or shorten horizon',
    },
  },
  SEGMENTS_ALL_ALIKE: {
    status: 422,
    says: {
      pt: 'modelo {model}: nenhuma coluna distingue uma linha de outra; não há o que agrupar',
      en: 'model {model}: no column tells one row from another; there is nothing to group',
    },
    next: {
      pt: 'veja se as colunas têm valores, e dê ao menos uma que varie',
      en: 'see whether the columns hold values, and give at least one that varies',
    },
  },
  SEGMENTS_ONE_CLOUD: {
    status: 422,
    says: {
      pt: 'modelo {model}: os dados parecem uma nuvem só; de {min} a {max} grupos seriam recortes arbitrários',
      en: 'model {model}: the rows look like one cloud; {min} to {max} groups would be arbitrary cuts',
    },
    next: {
      pt: "dê colunas que separem melhor, ou declare shapeless: 'cut' para recortar mesmo assim",
      en: "give columns that part them better, or declare shapeless: 'cut' to cut all the same",
    },
  },
  SEGMENTS_UNSTABLE: {
    status: 422,
    says: {
      pt: 'modelo {model}: de {min} a {max} grupos, nenhuma divisão volta em reamostras; a melhor chegou a um acordo de {stability}',
      en: 'model {model}: of {min} to {max} groups none comes back on resamples; the best reached an agreement of {stability}',
    },
    next: {
      pt: "espere mais dados, dê menos colunas, ou declare shapeless: 'cut' para recortar mesmo assim",
      en: "wait for more data, give fewer columns, or declare shapeless: 'cut' to cut all the same",
    },
  },
  TOO_FEW_ROWS: {
    status: 422,
    says: {
      pt: 'modelo {model}: {rows} linhas para treinar; são precisas {needed}',
      en: 'model {model}: {rows} rows to train on; {needed} are needed',
    },
    next: {
      pt: 'espere mais dados ou antecipe o primeiro corte',
      en: 'wait for more data or start the cut-offs earlier',
    },
  },
  SERIES_TOO_SHORT: {
    status: 422,
    says: {
      pt: 'a série {key} tem {points} pontos; são precisos {needed}',
      en: 'series {key} has {points} points; {needed} are needed',
    },
    next: { pt: 'ela é prevista pelo modelo global', en: 'it is forecast by the global model' },
  },
  ARTIFACT_DAMAGED: {
    status: 500,
    says: {
      pt: 'o arquivo da versão {version} de {model} está danificado: {detail}',
      en: 'the file of version {version} of {model} is damaged: {detail}',
    },
    next: {
      pt: 'volte à versão anterior com tino rollback {model}',
      en: 'go back to the version before with tino rollback {model}',
    },
  },
  GATE_REFUSES: {
    status: 409,
    says: {
      pt: 'versão {version} de {model} não passou: {reason}',
      en: 'version {version} of {model} did not pass: {reason}',
    },
    next: {
      pt: 'treine de novo com outros candidatos ou mais dados',
      en: 'train again with other candidates or more data',
    },
  },
  GUARDRAILS_CONFLICT: {
    status: 422,
    says: {
      pt: 'as travas {first} e {second} não deixam preço possível para {key}',
      en: 'guardrails {first} and {second} leave no possible price for {key}',
    },
    next: { pt: 'afrouxe uma delas', en: 'loosen one of them' },
  },
  COST_ABOVE_PRICE: {
    status: 422,
    says: {
      pt: 'o custo {cost} de {key} passa do preço {price}',
      en: 'the cost {cost} of {key} is above its price {price}',
    },
    next: { pt: 'confira custo e receita do item', en: 'check the cost and recipe of the item' },
  },
  BELOW_FLOOR: {
    status: 422,
    says: {
      pt: 'o preço {price} fica abaixo do piso {floor} de {key}: custo mais a margem mínima',
      en: 'price {price} is below the floor {floor} of {key}: cost plus the smallest margin',
    },
    next: {
      pt: 'use {floor} ou mais; o piso não se contorna',
      en: 'use {floor} or more; the floor is never bypassed',
    },
  },
  PRICE_ORDER: {
    status: 422,
    says: {
      pt: 'o preço {price} de {key} quebra a ordem com {other}, que está a {otherPrice}',
      en: 'price {price} of {key} breaks the order with {other}, which is at {otherPrice}',
    },
    next: { pt: 'use {limit}', en: 'use {limit}' },
  },
  PRICE_ORDER_FIRST: {
    status: 422,
    says: {
      pt: 'o preço {price} de {key} quebra a ordem com {other}, que ainda está a {otherPrice}',
      en: 'price {price} of {key} breaks the order with {other}, which is still at {otherPrice}',
    },
    next: {
      pt: 'aprove antes {suggested} para {other}, ou use {limit}',
      en: 'approve {suggested} of {other} first, or use {limit}',
    },
  },
  HORIZON_TOO_LONG: {
    status: 400,
    says: {
      pt: 'horizonte {horizon} passa do máximo {max} de {model}',
      en: 'horizon {horizon} is above the maximum {max} of {model}',
    },
    next: { pt: 'peça até {max}', en: 'ask for up to {max}' },
  },
  UNKNOWN_LEVEL: {
    status: 400,
    says: {
      pt: 'modelo {model} não tem o nível {level}',
      en: 'model {model} has no level {level}',
    },
    next: { pt: 'os que tem: {known}', en: 'those it has: {known}' },
  },
  EDIT_WITHOUT_PRICE: {
    status: 400,
    says: {
      pt: 'editar a sugestão {id} pede o novo preço',
      en: 'editing suggestion {id} needs the new price',
    },
    next: { pt: 'mande price, como 29.90', en: 'send price, such as 29.90' },
  },
  OUTCOME_MOMENT: {
    status: 400,
    says: {
      pt: 'o resultado {id} traz at {at}: esperava um momento que já passou, como {example}',
      en: 'outcome {id} has at {at}: expected a moment that is past, such as {example}',
    },
    next: { pt: 'corrija at; sem ele vale agora', en: 'correct at; without it now is meant' },
  },
  ALREADY_DECIDED: {
    status: 409,
    says: { pt: 'a sugestão {id} já está {state}', en: 'suggestion {id} is already {state}' },
    next: { pt: 'peça uma nova sugestão', en: 'ask for a new suggestion' },
  },
} as const;
