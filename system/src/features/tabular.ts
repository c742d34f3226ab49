import { TinoError } from '../contract/error.js';
import type {
  ClassifyDeclaration,
  FeatureView,
  LoadedModel,
  Part,
  RegressDeclaration,
  SegmentDeclaration,
} from '../workspace/types.js';
import { viewsOf } from './cutoffs.js';
import type { Statement } from './statement.js';

export type TabularDeclaration = ClassifyDeclaration | RegressDeclaration | SegmentDeclaration;

/** A model that learns from rows, with what its declaration names already looked up. */
export interface TabularModel {
  model: LoadedModel;
  declaration: TabularDeclaration;
  part: Part;
  key: string[];
  views: FeatureView[];
  allowed: string[];
  /** SQL of the spine; none for `rows`. */
  spine: Statement | undefined;
  /** SQL of the label, or the column that is it; none for segments. */
  label: Statement | { column: string } | undefined;
  horizonDays: number;
}

export function tabular(model: LoadedModel, part: Part): TabularModel {
  const { declaration } = model;
  if (!('spine' in declaration)) {
    const params = {
      model: model.name,
      task: declaration.task,
      expected: 'spine',
      route: 'forecast',
    };
    throw new TinoError('WRONG_TASK', params, { where: model.file });
  }
  const statement = (path: string): Statement => ({
    file: part.name === '' ? path : `${part.name}/${path}`,
    sql: model.sql[path]!,
  });
  const { spine } = declaration;
  const label = 'label' in declaration ? declaration.label : undefined;
  return {
    model,
    declaration,
    part,
    key: part.entities[declaration.entity]!.key,
    views: viewsOf(model, part),
    allowed: declaration.allowPersonal ?? [],
    spine: spine.kind === 'rows' ? undefined : statement(spine.sql),
    label: typeof label === 'string' ? statement(label) : label,
    horizonDays: 'horizon' in declaration ? (declaration.horizon?.days ?? 0) : 0,
  };
}
