/** Calendar addresses: no login, so their tokens are unguessable; an unknown one is simply not found. */
import { type Response, Router } from 'express';
import { calendarFileName, calendarMethod, feed, invitation } from '../messages/icalendar.ts';
import type { Clock, Store } from '../ports.ts';
import { type CalendarEntry, readFeed, readInvitation } from '../usecases/read-calendar.ts';

const TOKEN = /^[A-Za-z0-9_-]{16,64}$/u;

/** `GET /meetings/<token>.ics` and `GET /people/<token>.ics`. */
export function calendarRoutes(store: Store, clock: Clock, publicUrl: string): Router {
  const router = Router();
  router.get('/meetings/:file', async (request, response) => {
    const token = tokenOf(request.params.file);
    const entry = token ? await readInvitation(store, token) : null;
    const method = entry && calendarMethod(entry.meeting);
    if (!entry || !method) return notFound(response);
    send(
      response,
      invitation({ ...withAddress(entry, publicUrl), method, now: clock.now() }),
      calendarFileName(entry),
    );
  });
  router.get('/people/:file', async (request, response) => {
    const token = tokenOf(request.params.file);
    const found = token ? await readFeed(store, token, clock.now()) : null;
    if (!found) return notFound(response);
    const meetings = found.entries.map((entry) => withAddress(entry, publicUrl));
    send(
      response,
      feed({ name: `ISSO As A Service: ${found.person.name}`, meetings, now: clock.now() }),
      'meetings.ics',
    );
  });
  return router;
}

const withAddress = (entry: CalendarEntry, publicUrl: string) => ({
  ...entry,
  url: `${publicUrl}/calendar/meetings/${entry.meeting.token}.ics`,
});

function tokenOf(file: string | undefined): string | null {
  const token = file?.endsWith('.ics') ? file.slice(0, -4) : '';
  return TOKEN.test(token) ? token : null;
}

function send(response: Response, calendar: string, name: string): void {
  response
    .set('Cache-Control', 'private, no-cache')
    .set('Content-Disposition', `inline; filename="${name}"`)
    .type('text/calendar; charset=utf-8')
    .send(calendar);
}

function notFound(response: Response): void {
  response.status(404).json({ error: 'There is no calendar at this address.' });
}
