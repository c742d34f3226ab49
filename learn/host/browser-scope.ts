/** The little of a browser that a pool needs: the host's types are those of Node. */
export interface BrowserWorker {
  postMessage(message: unknown, transfer: readonly object[]): void;
  addEventListener(kind: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(kind: 'error', listener: (event: { message?: string }) => void): void;
  terminate(): void;
}

export interface WorkerScope extends Omit<BrowserWorker, 'terminate'> {
  readonly crossOriginIsolated?: boolean;
  /** A window has one; workers do not. */
  readonly document?: unknown;
  readonly navigator: { readonly hardwareConcurrency?: number };
  readonly Worker: new (url: URL, options: { type: 'module' }) => BrowserWorker;
}
