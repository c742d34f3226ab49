/** Declarations, configuration, the workspace folder. */
export const workspaceMessages = {
  NO_WORKSPACE: {
    status: 500,
    says: { pt: 'não há tino.config.ts em {folder}', en: 'there is no tino.config.ts in {folder}' },
    next: {
      pt: 'entre na pasta do projeto ou rode tino init',
      en: 'go to the workspace folder or run tino init',
    },
  },
  CONFIG_BROKEN: {
    status: 500,
    says: {
      pt: 'o arquivo {file} não carrega: {detail}',
      en: 'file {file} does not load: {detail}',
    },
    next: { pt: 'corrija o arquivo e rode tino check', en: 'mend the file and run tino check' },
  },
  CONFIG_INVALID: {
    status: 500,
    says: {
      pt: '{file}: {path} é {value}; esperado: {expected}',
      en: '{file}: {path} is {value}; expected: {expected}',
    },
    next: {
      pt: 'corrija a declaração e rode tino check',
      en: 'mend the declaration and run tino check',
    },
  },
  INSIGHT_MODEL: {
    status: 500,
    says: {
      pt: 'insights.{insight} nomeia o modelo {model}, que não é um segment da mesma parte',
      en: 'insights.{insight} names the model {model}, which is no segment of the same part',
    },
    next: {
      pt: 'corrija o nome em tino.config.ts e rode tino check',
      en: 'mend the name in tino.config.ts and run tino check',
    },
  },
  DUPLICATE_MODEL: {
    status: 500,
    says: {
      pt: 'dois modelos se chamam {name}: {first} e {second}',
      en: 'two models are named {name}: {first} and {second}',
    },
    next: { pt: 'renomeie um dos arquivos', en: 'rename one of the files' },
  },
  UNKNOWN_NAME: {
    status: 500,
    says: { pt: '{file}: {kind} {name} não existe', en: '{file}: {kind} {name} does not exist' },
    next: { pt: 'os que existem: {known}', en: 'those that exist: {known}' },
  },
  FILE_MISSING: {
    status: 500,
    says: {
      pt: 'arquivo {file} não existe (citado em {by})',
      en: 'file {file} does not exist (named in {by})',
    },
    next: { pt: 'crie o arquivo ou corrija o caminho', en: 'create the file or correct the path' },
  },
  WORKSPACE_LOCKED: {
    status: 409,
    says: {
      pt: 'a pasta {folder} já está aberta pelo processo {pid} desde {since}',
      en: 'folder {folder} is already open in process {pid} since {since}',
    },
    next: {
      pt: 'use o servidor em {address} ou encerre o processo',
      en: 'use the server at {address} or end the process',
    },
  },
} as const;
