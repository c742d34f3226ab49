import { boundedExp, sigmoid } from './objective.js';
import { softmaxInPlace, type Objective } from './scores.js';

/** Raw scores (rows × outputs, row-major) become predictions. */
export function linkInPlace(link: Objective['link'], out: Float64Array, outputs: number): void {
  if (link === 'logit') for (let i = 0; i < out.length; i++) out[i] = sigmoid(out[i]!);
  else if (link === 'log') for (let i = 0; i < out.length; i++) out[i] = boundedExp(out[i]!);
  else if (link === 'softmax')
    for (let at = 0; at < out.length; at += outputs) softmaxInPlace(out, at, outputs);
}
