/** `/dashboard`: pages to look at, for whoever may. Nothing here changes an engagement; downloads are made by forms of our own. */
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import type { DashboardPage } from '../../domain/dashboard.ts';
import { EXPORTS_WORDS, NOT_THERE, pageFailed } from '../../messages/copy/dashboard.ts';
import { CANNOT_TELL, NO_DASHBOARD } from '../../messages/copy/dashboard-sign-in.ts';
import type { Log, Papermaker, Pictures } from '../../ports.ts';
import { type DashboardDeps, type Looked, type Looking, lookAt } from '../../usecases/dashboard.ts';
import { catalogueForDashboard } from '../../usecases/dashboard-catalogue.ts';
import { engagementForDashboard, numberInPath } from '../../usecases/dashboard-engagement.ts';
import { figuresForDashboard, pictureForDashboard } from '../../usecases/dashboard-figures.ts';
import { listForDashboard } from '../../usecases/dashboard-list.ts';
import { overviewForDashboard } from '../../usecases/dashboard-overview.ts';
import { makeExport } from '../../usecases/exports.ts';
import { CannotTell, type Door, isOwnForm, type Looker } from '../sign-in/door.ts';
import { cataloguePage } from './catalogue-page.ts';
import { engagementPage, engagementsPage } from './engagements-page.ts';
import { exportsPage } from './exports-page.ts';
import { figuresPage } from './figures-page.ts';
import { type FramedPage, pageFor, plainPage, type Seat, wayOut } from './frame.ts';
import { html } from './html.ts';
import { overviewPage } from './overview-page.ts';

export interface DashboardOptions {
  readonly deps: DashboardDeps;
  readonly door: Door;
  readonly pictures: Pictures;
  readonly papermaker: Papermaker;
  readonly log: Log;
}

const HERE = dirname(fileURLToPath(import.meta.url));
/** What is served as it lies here, and nothing else. */
const FILES = ['dashboard.css', 'icon.svg'] as const;

/** The pages, behind the door. Whoever the door lets not in finds nothing. */
export function dashboardRoutes(options: DashboardOptions): Router {
  const { door } = options;
  const router = Router();
  router.use((request, response, next) => {
    response.set('Cache-Control', 'no-store');
    if (door.letsIn(request)) next();
    else next('router');
  });
  for (const name of FILES)
    router.get(`/${name}`, (_request, response) => {
      response.sendFile(name, { root: HERE, cacheControl: false });
    });
  router.use(door.routes);
  pageRoutes(router, options);
  router.get('/pictures/:name', (request, response) => sendPicture(options, request, response));
  router.post('/exports', express.urlencoded({ extended: false, limit: '4kb' }), (request, response) =>
    sendExport(options, request, response),
  );
  router.use((request, response) => whatIsNotThere(options, request, response));
  router.use(answerTrouble(options));
  return router;
}

function pageRoutes(router: Router, options: DashboardOptions): void {
  const page = <T>(
    path: string,
    name: DashboardPage,
    load: (looking: Looking, request: Request) => Promise<T | null>,
    draw: (facts: T, seat: Seat) => FramedPage,
  ): void => {
    router.get(path, (request, response) =>
      showPage(options, request, response, {
        name,
        load: (looking) => load(looking, request),
        draw,
      }),
    );
  };
  page('/', 'overview', overviewForDashboard, (facts, { person }) => overviewPage(facts, person));
  page(
    '/engagements',
    'engagements',
    (looking, { query }) => listForDashboard(looking, query),
    (facts, { person }) => engagementsPage(facts, person),
  );
  page(
    '/engagements/:number',
    'engagement',
    async (looking, { params }) => {
      const number = numberInPath(String(params.number));
      return number === null ? null : engagementForDashboard(looking, number);
    },
    (facts, { person }) => engagementPage(facts, person),
  );
  page('/measures', 'measures', (looking, { query }) => figuresForDashboard(looking, query), figuresPage);
  page('/catalogue', 'catalogue', catalogueForDashboard, cataloguePage);
  page(
    '/exports',
    'exports',
    async () => ({}),
    (_facts, { looker }) => exportsPage(looker),
  );
}

interface Shown<T> {
  readonly name: DashboardPage;
  load(looking: Looking): Promise<T | null>;
  draw(facts: T, seat: Seat): FramedPage;
}

async function showPage<T>(
  options: DashboardOptions,
  request: Request,
  response: Response,
  { name, load, draw }: Shown<T>,
): Promise<void> {
  const { door, deps } = options;
  const looker = await door.who(request, response);
  if (!looker) return door.ask(request, response);
  const looked = await lookAt(deps, looker.known, name, load);
  if (looked.kind !== 'seen') return say(options, response, looker, looked);
  const { person, now, facts } = looked;
  const seat = { person, looker, wayOut: door.wayOut, now };
  sendHtml(response, 200, pageFor(draw(facts, seat), seat));
}

/** What is missing and what is forbidden get the same answer; so do whoever is not known and whoever has no right. */
function say(
  { door, deps }: DashboardOptions,
  response: Response,
  looker: Looker,
  looked: Exclude<Looked<unknown>, { kind: 'seen' }>,
): void {
  if (looked.kind === 'refused') {
    const body = html`${paragraphs(NO_DASHBOARD.words)}${wayOut(door.wayOut, looker)}`;
    sendHtml(response, 403, plainPage(NO_DASHBOARD.title, body));
  } else {
    const seat = { person: looked.person, looker, wayOut: door.wayOut, now: deps.clock.now() };
    const page = { title: NOT_THERE.title, menu: null, body: paragraphs(NOT_THERE.words) };
    sendHtml(response, 404, pageFor(page, seat));
  }
}

const paragraphs = (words: readonly string[]) => html`${words.map((each) => html`<p>${each}</p>`)}`;

async function whatIsNotThere(options: DashboardOptions, request: Request, response: Response) {
  const looker = await options.door.who(request, response);
  if (!looker) return options.door.ask(request, response);
  const looked = await lookAt(options.deps, looker.known, 'overview', async () => null);
  if (looked.kind !== 'seen') say(options, response, looker, looked);
}

async function sendPicture(options: DashboardOptions, request: Request, response: Response): Promise<void> {
  const { door, deps, pictures } = options;
  const looker = await door.who(request, response);
  if (!looker) return door.ask(request, response);
  const name = /^([a-z-]{1,20})\.png$/u.exec(String(request.params.name))?.[1] ?? '';
  const looked = await lookAt(deps, looker.known, 'measures', (looking) =>
    pictureForDashboard(looking, name, request.query),
  );
  if (looked.kind !== 'seen') return say(options, response, looker, looked);
  const png = await pictures.programme(looked.facts);
  response.type('image/png').send(Buffer.from(png, 'base64'));
}

async function sendExport(options: DashboardOptions, request: Request, response: Response): Promise<void> {
  const { door, deps, papermaker } = options;
  const looker = await door.who(request, response);
  if (!looker) return door.ask(request, response);
  const form: unknown = request.body;
  const isOwn = isOwnForm(request, looker, form);
  const looked = await lookAt(deps, looker.known, 'exports', async ({ tx, programme, now, person }) =>
    isOwn
      ? makeExport(
          { tx, programme, now, papermaker, platform: 'dashboard' },
          person,
          fieldOf(form, 'key'),
          fieldOf(form, 'format'),
        )
      : null,
  );
  if (looked.kind !== 'seen') return say(options, response, looker, looked);
  const { person, now, facts } = looked;
  if (facts.ok) {
    const { name, type, content, encoding } = facts.value;
    response
      .set('Content-Disposition', `attachment; filename="${name.replace(/[^\w.-]/gu, '_')}"`)
      .type(type)
      .send(Buffer.from(content, encoding ?? 'utf8'));
    return;
  }
  if (facts.refusal.code === 'not-yours' || facts.refusal.code === 'no-such-export')
    return say(options, response, looker, { kind: 'missing', person });
  const words =
    facts.refusal.code === 'too-many-rows' ? EXPORTS_WORDS.tooMany(facts.refusal.most) : EXPORTS_WORDS.failed;
  const seat = { person, looker, wayOut: door.wayOut, now };
  sendHtml(
    response,
    422,
    pageFor({ title: EXPORTS_WORDS.title, menu: 'exports', body: paragraphs([words]) }, seat),
  );
}

const fieldOf = (form: unknown, name: string): string => {
  const given =
    typeof form === 'object' && form !== null && Object.hasOwn(form, name)
      ? (form as Readonly<Record<string, unknown>>)[name]
      : '';
  return typeof given === 'string' ? given.slice(0, 80) : '';
};

/** A page for a person in a browser, in place of the server's JSON; a client's own mistake goes on to that. */
function answerTrouble({ log, deps }: DashboardOptions): ErrorRequestHandler {
  return async (error: unknown, _request, response, next) => {
    const isTheirs = error instanceof URIError || (error instanceof Error && 'status' in error);
    if (response.headersSent || isTheirs) return next(error);
    // With the database away every page fails: that is no mistake of ours, and it passes.
    if (error instanceof CannotTell || (await deps.store.troubles()).length > 0) {
      log.warn({ code: error instanceof Error ? error.name : 'unknown' }, 'dashboard.database-away');
      sendHtml(response, 503, plainPage(CANNOT_TELL.title, paragraphs(CANNOT_TELL.words)));
      return;
    }
    const reference = randomUUID().slice(0, 8);
    log.error({ error, reference }, 'dashboard.failed');
    const { title, words } = pageFailed(reference);
    sendHtml(response, 500, plainPage(title, paragraphs(words)));
  };
}

function sendHtml(response: Response, status: number, page: string): void {
  response.status(status).type('text/html; charset=utf-8').send(page);
}
