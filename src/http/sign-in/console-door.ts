/** The way into the dashboard beside the console, where nobody signs in: for this machine alone, as whoever is chosen. */
import { randomBytes } from 'node:crypto';
import { type Response, Router } from 'express';
import { CHOOSE_PERSON } from '../../messages/copy/dashboard-sign-in.ts';
import type { Clock } from '../../ports.ts';
import { html } from '../dashboard/html.ts';
import { isLocalBrowser } from '../this-machine.ts';
import { createJar } from './cookies.ts';
import { type Door, ownPlace, type PlainFrame } from './door.ts';
import { createSeal } from './sealed.ts';

export interface ConsoleDoorOptions {
  readonly system: Clock;
  readonly frame: PlainFrame;
  /** Who can be chosen. */
  people(): Promise<readonly { readonly id: string; readonly name: string }[]>;
}

const PERSON = /^[\w.:-]{1,80}$/u;
const KEPT_S = 8 * 3600;

/** Whoever comes from elsewhere finds nothing. */
export function createConsoleDoor({ system, frame, people }: ConsoleDoorOptions): Door {
  const seal = createSeal(randomBytes(32), system);
  const jar = createJar('isso-dashboard-as', false);
  const ask = async (response: Response): Promise<void> => {
    const { title, words, label, button } = CHOOSE_PERSON;
    const options = (await people()).map(({ id, name }) => html`<option value="${id}">${name}</option>`);
    const body = html`${words.map((each) => html`<p>${each}</p>`)}
      <form method="get" action="/dashboard" class="choose">
        <label for="as">${label}</label> <select id="as" name="as">${options}</select>
        <button type="submit">${button}</button>
      </form>`;
    response
      .status(401)
      .set('Cache-Control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(frame(title, body));
  };
  const routes = Router();
  routes.get('/choose', (_request, response) => ask(response));
  routes.get(/.*/u, (request, response, next) => {
    const { as, ...rest } = request.query;
    if (as === undefined) return next();
    if (typeof as === 'string' && PERSON.test(as)) jar.put(response, as, KEPT_S);
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(rest)) if (typeof value === 'string') query.set(name, value);
    const place = ownPlace(
      `/dashboard${request.path === '/' ? '' : request.path}${query.size === 0 ? '' : `?${query}`}`,
    );
    response.set('Cache-Control', 'no-store').redirect(303, place);
  });
  return {
    letsIn: isLocalBrowser,
    wayOut: 'choose',
    routes,
    async who(request) {
      const personId = jar.read(request);
      if (personId === undefined || !PERSON.test(personId)) return null;
      return { known: { by: 'person', personId }, mark: seal.mark(personId) };
    },
    ask: (_request, response) => ask(response),
  };
}
