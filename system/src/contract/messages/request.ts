/** The edge: requests, keys, jobs. */
export const requestMessages = {
  BAD_REQUEST: {
    status: 400,
    says: { pt: '{path}: {detail}', en: '{path}: {detail}' },
    next: { pt: 'veja /openapi.json', en: 'see /openapi.json' },
  },
  BODY_TOO_LARGE: {
    status: 413,
    says: { pt: 'o corpo passa de {max} bytes', en: 'the body is above {max} bytes' },
    next: { pt: 'mande menos linhas por vez', en: 'send fewer rows at a time' },
  },
  TOO_MANY_ROWS: {
    status: 413,
    says: { pt: '{rows} linhas; o máximo é {max}', en: '{rows} rows; the maximum is {max}' },
    next: { pt: 'mande em partes, ou use score', en: 'send them in parts, or use score' },
  },
  MISSING_FIELD: {
    status: 422,
    says: { pt: 'linha {row}: falta {column}', en: 'row {row}: {column} is missing' },
    next: { pt: 'mande null quando não souber', en: 'send null when unknown' },
  },
  NOT_A_NUMBER: {
    status: 422,
    says: {
      pt: 'linha {row}: {column} é {value}, esperado um número',
      en: 'row {row}: {column} is {value}, expected a number',
    },
    next: { pt: 'mande um número, com ponto decimal, ou null', en: 'send a number or null' },
  },
  UNKNOWN_CATEGORY: {
    status: 422,
    says: {
      pt: 'linha {row}: {column} é {value}, que o treino não viu',
      en: 'row {row}: {column} is {value}, which training has not seen',
    },
    next: {
      pt: 'mande null quando não souber; alguns dos valores: {known}',
      en: 'send null when unknown; some of the values: {known}',
    },
  },
  UNKNOWN_FIELD: {
    status: 422,
    says: {
      pt: 'linha {row}: {column} não é uma característica de {model}',
      en: 'row {row}: {column} is not a feature of {model}',
    },
    next: { pt: 'as características: {known}', en: 'the features: {known}' },
  },
  UNAUTHENTICATED: {
    status: 401,
    says: { pt: 'falta uma chave ou sessão válida', en: 'a valid key or session is missing' },
    next: {
      pt: 'mande Authorization: Bearer <chave>, ou entre pelo link impresso ao iniciar',
      en: 'send Authorization: Bearer <key>, or sign in with the link printed at start',
    },
  },
  FORBIDDEN: {
    status: 403,
    says: {
      pt: 'isto exige o papel {needed}; o seu é {role}',
      en: 'this needs the role {needed}; yours is {role}',
    },
    next: { pt: 'peça a quem administra', en: 'ask an administrator' },
  },
  LINK_USED: {
    status: 401,
    says: {
      pt: 'o link de entrada já foi usado ou venceu',
      en: 'the sign-in link was used or has expired',
    },
    next: { pt: 'peça outro com tino key link', en: 'ask for another with tino key link' },
  },
  IDEMPOTENCY_MISMATCH: {
    status: 409,
    says: {
      pt: 'a Idempotency-Key {key} já veio com outro corpo',
      en: 'Idempotency-Key {key} came before with another body',
    },
    next: { pt: 'use outra chave', en: 'use another key' },
  },
  IDEMPOTENCY_RUNNING: {
    status: 409,
    says: {
      pt: 'a requisição com a Idempotency-Key {key} ainda está em andamento',
      en: 'the request with Idempotency-Key {key} is still running',
    },
    next: { pt: 'espere e repita', en: 'wait and repeat' },
  },
  BAD_KEY: {
    status: 400,
    says: {
      pt: 'a chave deve ter {expected}; veio {found}',
      en: 'the key must have {expected}; got {found}',
    },
    next: { pt: 'complete a chave', en: 'complete the key' },
  },
  BAD_CURSOR: {
    status: 400,
    says: { pt: 'cursor {cursor} inválido', en: 'cursor {cursor} is not valid' },
    next: { pt: 'recomece da primeira página', en: 'start again from the first page' },
  },
  JOB_NOT_CANCELLABLE: {
    status: 409,
    says: { pt: 'a tarefa {id} já está {state}', en: 'job {id} is already {state}' },
    next: { pt: 'nada a fazer', en: 'nothing to do' },
  },
  CANCELLED: {
    status: 409,
    says: { pt: 'cancelado', en: 'cancelled' },
    next: { pt: 'comece de novo quando quiser', en: 'start again when you like' },
  },
  NO_SERVER: {
    status: 503,
    says: { pt: 'não há servidor em {address}', en: 'there is no server at {address}' },
    next: { pt: 'rode tino serve', en: 'run tino serve' },
  },
  USAGE: {
    status: 400,
    says: { pt: '{detail}', en: '{detail}' },
    next: { pt: 'veja tino {verb} --help', en: 'see tino {verb} --help' },
  },
  INTERNAL: {
    status: 500,
    says: { pt: 'falha inesperada; registro {id}', en: 'unexpected failure; log entry {id}' },
    next: { pt: 'procure o registro no log', en: 'look the entry up in the log' },
  },
} as const;
