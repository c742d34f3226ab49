import { openEngine } from './open.js';
import type { Engine, EngineOptions, Session } from './port.js';

/**
 * An engine that opens at its first session and closes `idleMs` after its last one was closed, so
 * that a server at rest does not hold the engine's memory. What is kept between sessions is
 * nothing but macros, so closing loses nothing.
 */
export function lazyEngine(options: EngineOptions, { idleMs = 60_000 } = {}): Engine {
  let engine: Promise<Engine> | undefined;
  let open = 0;
  let timer: NodeJS.Timeout | undefined;

  const closeNow = async () => {
    clearTimeout(timer);
    const closing = engine;
    engine = undefined;
    await (await closing)?.close();
  };
  const released = () => {
    open -= 1;
    if (open > 0 || !engine) return;
    timer = setTimeout(() => void closeNow(), idleMs);
    timer.unref();
  };
  return {
    async session(): Promise<Session> {
      clearTimeout(timer);
      open += 1;
      try {
        engine ??= openEngine(options);
        return onClosed(await (await engine).session(), released);
      } catch (cause) {
        engine = undefined;
        released();
        throw cause;
      }
    },
    close: closeNow,
  };
}

/** The same session, telling once when it is closed. */
function onClosed(session: Session, closed: () => void): Session {
  const close = session.close.bind(session);
  let told = false;
  session.close = () => {
    close();
    if (!told) closed();
    told = true;
  };
  return session;
}
