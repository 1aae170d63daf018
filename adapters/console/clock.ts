import { Router } from 'express';
import type { JobRun, TimeControl } from '../../src/ports.ts';
import { Refused } from './failures.ts';
import { badField, durationMs, instantOf, readClock } from './inbound.ts';
import { LIMITS } from './limits.ts';
import { clockJson, type Live } from './live.ts';

export interface ClockParts {
  readonly time: TimeControl;
  readonly live: Live;
  /** The start of the next business day after an instant, for the page's button; left out when nobody knows. */
  readonly nextBusinessDay?: ((after: Date) => Date) | undefined;
}

/** `GET` and `POST /clock`: the app's time, and moving it on. Moves wait for each other. */
export function clockRoutes({ time, live, nextBusinessDay }: ClockParts): Router {
  const router = Router();
  let last: Promise<unknown> = Promise.resolve();

  router.get('/clock', (_request, response) => {
    const now = time.now();
    const next = nextBusinessDay ? { nextBusinessDay: nextBusinessDay(now).toISOString() } : {};
    response.json({ now: now.toISOString(), ...next });
  });

  router.post('/clock', async (request, response) => {
    const given = readClock(request.body);
    const move = last.then(() => moveTo(time, targetOf(given, time.now())));
    last = move.catch(() => undefined);
    const { now, ran } = await move;
    live.tell({ kind: 'clock', now, ran });
    response.json(clockJson(now, ran));
  });
  return router;
}

async function moveTo(
  time: TimeControl,
  to: Date,
): Promise<{ readonly now: Date; readonly ran: readonly JobRun[] }> {
  try {
    return await time.advanceTo(to);
  } catch (error) {
    if (error instanceof RangeError) throw backwards();
    throw error;
  }
}

function targetOf(
  given: { readonly advance?: string | undefined; readonly to?: string | undefined },
  now: Date,
): Date {
  if ((given.advance === undefined) === (given.to === undefined)) {
    throw refusal(
      'advance',
      'Give either "advance", such as "P1D", or "to", such as "2026-12-01T09:00:00-05:00".',
    );
  }
  if (given.to !== undefined) {
    const to = instantOf(given.to);
    if (!to) throw badField('to');
    if (to < now) throw backwards();
    return within(to, now, 'to');
  }
  const advanceMs = durationMs(given.advance ?? '');
  if (advanceMs === null) throw badField('advance');
  return within(new Date(now.getTime() + advanceMs), now, 'advance');
}

function within(to: Date, now: Date, field: string): Date {
  if (to.getTime() - now.getTime() <= LIMITS.advanceMs) return to;
  throw refusal(field, 'The clock moves on by at most five years at a time. Choose something nearer.');
}

const backwards = (): Refused =>
  refusal(
    'to',
    'The clock only moves on. Give an instant that is not before "now" of GET /console/api/clock.',
  );

const refusal = (field: string, error: string): Refused => new Refused({ kind: 'bad-input', field, error });
