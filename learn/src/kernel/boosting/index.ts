import type { KernelModule } from '../engine.js';
import { alone, shared } from '../generated/boosting.js';
import { boostingTwin } from './twin.js';

export const boostingKernels: KernelModule = { shared, alone, twin: boostingTwin };
