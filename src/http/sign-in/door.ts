/** How somebody comes into the dashboard: by signing in, or in the console by being chosen there. */
import { timingSafeEqual } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import type { KnownBy } from '../../usecases/dashboard.ts';
import type { Html } from '../dashboard/html.ts';

export interface Looker {
  readonly known: KnownBy;
  /** What goes with each form of theirs, so that no other page can send one. */
  readonly mark: string;
}

/** How pages without a person look: the frame of the dashboard around them. */
export type PlainFrame = (title: string, body: Html) => string;

export interface Door {
  /** Whether anybody is answered at all who asks from there; others find nothing. */
  letsIn(request: Request): boolean;
  /** Who looks; null for nobody. Renews what their browser keeps. Rejects with `CannotTell` when that can't be found out. */
  who(request: Request, response: Response): Promise<Looker | null>;
  /** What somebody sees who is not known yet. */
  ask(request: Request, response: Response): Promise<void>;
  /** What belongs to the way in, under `/dashboard`; comes before the pages. */
  readonly routes: Router;
  /** At the top of each page: as whom one looks, and the way out; null where there is no way out. */
  readonly wayOut: 'sign-out' | 'choose';
}

/** Whether somebody is signed in can't be found out now: nobody is let in on trust. */
export class CannotTell extends Error {
  override readonly name = 'CannotTell';
}

const OWN_PLACE = /^\/dashboard(?:[/?][\w\-.~/?=&%+]{0,1500})?$/u;

/** A place of the dashboard to go on to; its first page for anything else. */
export const ownPlace = (wished: unknown): string =>
  typeof wished === 'string' && OWN_PLACE.test(wished) && !/\/\/|\.\./u.test(wished) ? wished : '/dashboard';

/** Whether the form comes from a page that we drew for this looker: it has their mark, and no other site sent it. */
export function isOwnForm(request: Request, { mark }: Pick<Looker, 'mark'>, form: unknown): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const given = typeof form === 'object' && form !== null && 'mark' in form ? form.mark : null;
  const [ours, theirs] = [Buffer.from(mark), Buffer.from(typeof given === 'string' ? given : '')];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}
