/** The dashboard behind the door that fits the settings. */
import type { Router } from 'express';
import type { Clock, Log, Papermaker, Pictures } from '../../ports.ts';
import { type DashboardDeps, lookersOf, noteSignIn } from '../../usecases/dashboard.ts';
import { createConsoleDoor } from '../sign-in/console-door.ts';
import type { Door } from '../sign-in/door.ts';
import type { SignInSettings } from '../sign-in-config.ts';
import { plainPage } from './frame.ts';
import { dashboardRoutes } from './routes.ts';

export interface OpenDashboard {
  readonly deps: DashboardDeps;
  readonly signIn: SignInSettings | null;
  /** The console is on, which no other machine reaches. */
  readonly withConsole: boolean;
  /** The machine's own clock. */
  readonly system: Clock;
  readonly log: Log;
  readonly pictures: Pictures;
  readonly papermaker: Papermaker;
}

/** Its routes under `/dashboard`; null where nobody could be known: neither signing in nor the console is set up. */
export async function openDashboard(options: OpenDashboard): Promise<Router | null> {
  const door = await doorOf(options);
  return door && dashboardRoutes({ ...options, door });
}

/** What signs people in is loaded only where it is used. */
async function doorOf({ deps, signIn, withConsole, system, log }: OpenDashboard): Promise<Door | null> {
  if (signIn)
    return (await import('../sign-in/oidc-door.ts')).createOidcDoor({
      settings: signIn,
      publicUrl: deps.programme.publicUrl,
      system,
      log,
      frame: plainPage,
      ended: deps.store.endedSessions,
      admit: (mailbox) => noteSignIn(deps, mailbox),
    });
  return withConsole ? createConsoleDoor({ system, frame: plainPage, people: () => lookersOf(deps) }) : null;
}
