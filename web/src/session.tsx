import type { Role, Session } from '@tino/system/contract';
import { createContext, useContext, useEffect, type ReactNode } from 'react';
import { setZone } from './dates.js';
import { setCurrency } from './format.js';
import { Failure } from './parts/failure.js';
import { Loading } from './parts/loading.js';
import { SignedOut } from './parts/signed-out.js';
import { useGet } from './use-get.js';

const SessionContext = createContext<Session | null>(null);
const ORDER: Role[] = ['viewer', 'analyst', 'approver', 'admin'];

/** Asks who is there; without a session, says how to get a link. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { data, error } = useGet<Session>('/v1/session');
  useEffect(() => {
    if (data) document.title = `Tino · ${data.workspace.title.pt}`;
  }, [data]);
  if (error?.status === 401) return <SignedOut />;
  if (error && !data) return <Failure error={error} />;
  if (!data) return <Loading />;
  setZone(data.workspace.zone);
  setCurrency(data.workspace.currency);
  return <SessionContext value={data}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession is called outside <SessionProvider>');
  return session;
}

/** Whether the reader's role may act; the server decides in the end. */
export const useMay = (needed: Role): boolean =>
  ORDER.indexOf(useSession().role) >= ORDER.indexOf(needed);

/** Whether the reader's key sees the whole workspace, and not only its own members. */
export const useSeesWhole = (): boolean => Object.keys(useSession().scope).length === 0;

/** Whether the reader may do what touches the whole workspace. */
export function useMayWhole(needed: Role): boolean {
  const may = useMay(needed);
  const whole = useSeesWhole();
  return may && whole;
}
