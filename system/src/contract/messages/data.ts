/** Sources, rows set aside, feature SQL. */
export const dataMessages = {
  SOURCE_FILE_MISSING: {
    status: 422,
    says: {
      pt: 'fonte {source}: nenhum arquivo em {files}',
      en: 'source {source}: no file at {files}',
    },
    next: {
      pt: 'ponha o arquivo lá ou corrija o caminho em tino.config.ts',
      en: 'put the file there or correct the path in tino.config.ts',
    },
  },
  SOURCE_EMPTY: {
    status: 422,
    says: {
      pt: 'fonte {source}: {file} não tem linhas',
      en: 'source {source}: {file} has no rows',
    },
    next: { pt: 'confira a exportação', en: 'check the export' },
  },
  SOURCE_UNREADABLE: {
    status: 422,
    says: {
      pt: 'fonte {source}: {file} não pôde ser lido: {detail}',
      en: 'source {source}: {file} could not be read: {detail}',
    },
    next: {
      pt: 'confira delimitador e codificação em format',
      en: 'check delimiter and encoding in format',
    },
  },
  SOURCE_DELIMITER: {
    status: 422,
    says: {
      pt: 'fonte {source}: {file} tem uma coluna só; o delimitador parece ser "{found}", não "{expected}"',
      en: 'source {source}: {file} has a single column; the delimiter looks like "{found}", not "{expected}"',
    },
    next: {
      pt: 'declare format: { delimiter: "{found}" }',
      en: 'declare format: { delimiter: "{found}" }',
    },
  },
  SOURCE_ENCODING: {
    status: 422,
    says: {
      pt: 'fonte {source}: {file} não é {expected} (byte {byte} na linha {line}); parece {found}',
      en: 'source {source}: {file} is not {expected} (byte {byte} in line {line}); it looks like {found}',
    },
    next: {
      pt: 'declare format: { encoding: "{found}" }',
      en: 'declare format: { encoding: "{found}" }',
    },
  },
  SOURCE_COLUMN_MISSING: {
    status: 422,
    says: {
      pt: 'fonte {source}: falta a coluna {column} em {file}; há {found}',
      en: 'source {source}: column {column} is missing in {file}; found {found}',
    },
    next: {
      pt: 'a mais parecida é {nearest}: use from: "{nearest}" se for ela',
      en: 'the nearest is {nearest}: use from: "{nearest}" if that is it',
    },
  },
  SOURCE_TOO_MANY_REJECTS: {
    status: 422,
    says: {
      pt: 'fonte {source}: {rejects} de {rows} linhas não cumprem o contrato (máximo {share}); a mais comum: {reason}',
      en: 'source {source}: {rejects} of {rows} rows break the contract (at most {share}); the commonest: {reason}',
    },
    next: {
      pt: 'corrija o arquivo ou o contrato; a tabela anterior continua valendo',
      en: 'mend the file or the contract; the table before it still serves',
    },
  },
  SOURCE_NOT_INGESTED: {
    status: 409,
    says: {
      pt: 'fonte {source} ainda não foi carregada',
      en: 'source {source} has not been loaded yet',
    },
    next: { pt: 'rode tino build', en: 'run tino build' },
  },
  PRIVACY_KEY_MISSING: {
    status: 500,
    says: {
      pt: 'a fonte {source} tem colunas pessoais e não há chave em {file}',
      en: 'source {source} has personal columns and there is no key at {file}',
    },
    next: {
      pt: 'crie a chave com tino key privacy ou aponte TINO_KEY_FILE para ela',
      en: 'make the key with tino key privacy or point TINO_KEY_FILE at it',
    },
  },
  PRIVACY_KEY_INSIDE: {
    status: 500,
    says: {
      pt: 'a chave de pseudônimos {file} está dentro da pasta dos dados que ela protege',
      en: 'the pseudonym key {file} is inside the folder of the data that it protects',
    },
    next: {
      pt: 'mova o arquivo para fora e aponte TINO_KEY_FILE para ele',
      en: 'move the file out and point TINO_KEY_FILE at it',
    },
  },
  SUPPRESSION_KEY_MISSING: {
    status: 500,
    says: {
      pt: 'pessoas foram apagadas deste workspace e a chave que impede sua volta não está em {file}',
      en: 'persons were erased from this workspace and the key that blocks their return is not at {file}',
    },
    next: {
      pt: 'restaure a chave de onde o workspace rodava, ou aponte TINO_KEY_FILE para a pasta dela',
      en: 'restore the key from where the workspace ran, or point TINO_KEY_FILE into its folder',
    },
  },
  UNKNOWN_ENTITY: {
    status: 404,
    says: {
      pt: 'não há entidade {entity}; há {known}',
      en: 'there is no entity {entity}; there are {known}',
    },
    next: {
      pt: 'use um dos nomes de tino.config.ts',
      en: 'use one of the names in tino.config.ts',
    },
  },
  ERASE_KEY: {
    status: 422,
    says: {
      pt: 'a chave de {entity} tem {columns}, e "{key}" não tem um valor para cada',
      en: 'the key of {entity} has {columns}, and "{key}" does not have a value for each',
    },
    next: { pt: 'separe os valores por vírgulas', en: 'separate the values by commas' },
  },
  ERASE_KEY_TYPE: {
    status: 422,
    says: {
      pt: 'a chave {column} de {entity} é {type}, e "{value}" não é',
      en: 'the key {column} of {entity} is {type}, and "{value}" is none',
    },
    next: { pt: 'escreva a chave como nos arquivos', en: 'write the key as the files do' },
  },
  ERASE_AGAIN: {
    status: 409,
    says: {
      pt: 'enquanto uma pessoa ({entity}) era apagada, outros trabalhos continuaram a gravá-la',
      en: 'while a person ({entity}) was being erased, other work kept writing of them',
    },
    next: {
      pt: 'apague de novo quando terminarem; ela continua de onde parou',
      en: 'erase again when they have ended; it goes on from where it stopped',
    },
  },
  ERASED_MEANWHILE: {
    status: 409,
    says: {
      pt: 'uma pessoa foi apagada das tabelas enquanto este trabalho as lia; nada dele foi gravado',
      en: 'a person was erased from the tables while this work read them; nothing of it was kept',
    },
    next: { pt: 'comece de novo', en: 'start again' },
  },
  AUDIENCE_EXISTS: {
    status: 409,
    says: {
      pt: 'já há um público "{name}" de {model}',
      en: 'there is an audience "{name}" of {model} already',
    },
    next: { pt: 'dê outro nome ou apague o que há', en: 'give another name or delete it' },
  },
  CONDITION_COLUMN: {
    status: 422,
    says: {
      pt: 'não há coluna {column}; há {known}',
      en: 'there is no column {column}; there are {known}',
    },
    next: { pt: 'use uma das colunas', en: 'use one of the columns' },
  },
  CONDITION_LIMIT: {
    status: 422,
    says: {
      pt: '{column} {is} pede um número, e veio "{values}"',
      en: '{column} {is} takes one number, and got "{values}"',
    },
    next: { pt: 'mande um número só', en: 'send one number' },
  },
  CONDITION_TEXT: {
    status: 422,
    says: {
      pt: '{column} é texto e não tem {is}',
      en: '{column} is text and has no {is}',
    },
    next: { pt: 'peça os valores, com oneOf', en: 'ask for its values, with oneOf' },
  },
  AUDIENCE_TOP: {
    status: 422,
    says: {
      pt: '{model} não diz qual coluna é dinheiro, e não há os {top} de maior valor',
      en: '{model} names no column of money, and there are no {top} of most value',
    },
    next: {
      pt: 'tire o tamanho da regra, ou declare money',
      en: 'leave the size out of the rule, or declare money',
    },
  },
  COMPARED_SEGMENTS: {
    status: 422,
    says: {
      pt: 'comparar pede de 2 a {most} segmentos diferentes, e vieram "{segments}"',
      en: 'a comparison takes 2 to {most} different segments, and got "{segments}"',
    },
    next: {
      pt: 'mande segment=A&segment=B; o primeiro é com quem se compara',
      en: 'send segment=A&segment=B; the first is what the others are compared with',
    },
  },
  REVIEW_CLOSED: {
    status: 409,
    says: { pt: 'a revisão {id} já foi encerrada por {by}', en: 'review {id} was ended by {by}' },
    next: { pt: 'peça outra revisão', en: 'ask for another review' },
  },
  REJECT_MALFORMED: {
    status: 422,
    says: { pt: 'registro malformado: {detail}', en: 'malformed record: {detail}' },
    next: { pt: 'confira aspas e delimitadores', en: 'check quotes and delimiters' },
  },
  REJECT_TYPE: {
    status: 422,
    says: { pt: '{column}: "{value}" não é {type}', en: '{column}: "{value}" is not a {type}' },
    next: { pt: 'corrija o valor', en: 'correct the value' },
  },
  REJECT_REQUIRED: {
    status: 422,
    says: { pt: '{column} está vazia', en: '{column} is empty' },
    next: { pt: 'preencha o valor', en: 'fill in the value' },
  },
  REJECT_RANGE: {
    status: 422,
    says: {
      pt: '{column}: {value} fora de {low} a {high}',
      en: '{column}: {value} is not between {low} and {high}',
    },
    next: { pt: 'corrija o valor', en: 'correct the value' },
  },
  REJECT_VALUE: {
    status: 422,
    says: {
      pt: '{column}: "{value}" não é um de {allowed}',
      en: '{column}: "{value}" is not one of {allowed}',
    },
    next: {
      pt: 'acrescente a categoria ao contrato ou corrija',
      en: 'add the category to the contract or correct it',
    },
  },
  REJECT_DUPLICATE: {
    status: 422,
    says: { pt: 'chave {key} repetida', en: 'key {key} is repeated' },
    next: { pt: 'fica a primeira linha', en: 'the first row is kept' },
  },
  REJECT_ORPHAN: {
    status: 422,
    says: {
      pt: '{column}: {value} não está em {source}',
      en: '{column}: {value} is not in {source}',
    },
    next: {
      pt: 'carregue a linha que falta em {source}',
      en: 'load the row that is missing in {source}',
    },
  },
  REJECT_TIME: {
    status: 422,
    says: {
      pt: '{column}: {value} não existe no fuso {zone}',
      en: '{column}: {value} does not exist in zone {zone}',
    },
    next: {
      pt: 'a hora foi pulada pelo horário de verão; corrija na origem',
      en: 'daylight saving skipped that hour; correct it at the source',
    },
  },
  SQL_DOES_NOT_BIND: {
    status: 422,
    says: { pt: '{file}:{line}: {detail}', en: '{file}:{line}: {detail}' },
    next: {
      pt: 'corrija o SQL; as visões são: {known}',
      en: 'mend the SQL; the views are: {known}',
    },
  },
  SQL_READS_RAW: {
    status: 422,
    says: {
      pt: '{file} lê {name}, que não é uma visão do corte',
      en: '{file} reads {name}, which is not an as-of view',
    },
    next: { pt: 'use uma destas: {known}', en: 'use one of: {known}' },
  },
  SQL_REFUSED: {
    status: 422,
    says: {
      pt: '{file} usa {name}: relógio, sorteio ou acesso ao mundo de fora não são permitidos',
      en: '{file} uses {name}: clocks, randomness and the outside world are not allowed',
    },
    next: {
      pt: 'para o momento do corte use :cutoff',
      en: 'for the moment of the cut-off use :cutoff',
    },
  },
  SQL_COLUMNS: {
    status: 422,
    says: {
      pt: '{file} deve dar a coluna {column}; dá {found}',
      en: '{file} must give column {column}; it gives {found}',
    },
    next: { pt: 'acrescente a coluna ao SELECT', en: 'add the column to the SELECT' },
  },
  PAST_IN_FUTURE: {
    status: 422,
    says: {
      pt: '{file} tem valores {steps} passos depois do último passo inteiro, e foi declarado em past',
      en: '{file} has values {steps} steps after the last whole step, and was declared as past',
    },
    next: {
      pt: 'declare em known o que se sabe antes, ou tire essas linhas',
      en: 'declare as known what is known ahead, or leave those rows out',
    },
  },
  SQL_COLUMN_TYPE: {
    status: 422,
    says: {
      pt: '{file}: a coluna {column} é {found}, esperado um número',
      en: '{file}: column {column} is {found}, expected a number',
    },
    next: { pt: 'converta a coluna no SELECT', en: 'cast the column in the SELECT' },
  },
  SQL_DUPLICATE_KEYS: {
    status: 422,
    says: {
      pt: '{file} dá {rows} linhas para a chave {key} no corte {cutoff}; esperada uma',
      en: '{file} gives {rows} rows for key {key} at cut-off {cutoff}; one is expected',
    },
    next: { pt: 'agregue por chave', en: 'aggregate by key' },
  },
  PERSONAL_COLUMN: {
    status: 422,
    says: {
      pt: '{file} lê a coluna pessoal {column}',
      en: '{file} reads the personal column {column}',
    },
    next: {
      pt: 'tire-a ou autorize-a em allowPersonal do modelo',
      en: 'drop it or allow it by name in the model’s allowPersonal',
    },
  },
  LEAK: {
    status: 422,
    says: {
      pt: '{file}: {column} da chave {key} no corte {cutoff} mudou de {before} para {after} quando só o futuro mudou',
      en: '{file}: {column} of key {key} at cut-off {cutoff} changed from {before} to {after} when only the future changed',
    },
    next: {
      pt: 'declare o known-at da coluna que vaza',
      en: 'declare known-at of the column that leaks',
    },
  },
  NO_CUTOFFS: {
    status: 422,
    says: {
      pt: 'modelo {model}: nenhum corte com rótulo fechado entre {from} e {until}',
      en: 'model {model}: no cut-off with a closed label between {from} and {until}',
    },
    next: {
      pt: 'espere mais dados ou encurte horizon',
      en: 'wait for more data or shorten horizon',
    },
  },
} as const;
