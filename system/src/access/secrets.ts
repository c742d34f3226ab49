import { hash, randomBytes } from 'node:crypto';

/** 256 random bits, so a plain digest of it needs no salt and no slow hash. */
export const newSecret = (prefix: string): string =>
  `${prefix}_${randomBytes(32).toString('base64url')}`;

export const digest = (secret: string): string => hash('sha256', secret, 'hex');
