/** `/api/messages`: who sent it is looked at first, then what it is, then it is handed on. */
import { isUtf8 } from 'node:buffer';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { Log } from '../../src/ports.ts';
import { type Activity, readActivity, readEnvelope } from './bodies.ts';
import type { TokenCheck } from './bot-framework.ts';
import { type ServiceTrust, trustedServiceUrl } from './cloud.ts';
import { isOfTenant } from './inbound.ts';
import { TEAMS } from './limits.ts';
import type { Answered } from './reply.ts';

export interface EndpointParts {
  /** Null: local test clients only, without credentials. */
  readonly tokens: TokenCheck | null;
  readonly trust: ServiceTrust;
  /** The tenant that is served; null in local mode. */
  readonly tenant: string | null;
  readonly log: Log;
  /** Whether a call was made on this very machine, and not passed on: who is let in without credentials. */
  isFromThisMachine(request: Request): boolean;
  /** Carries out what an activity means. */
  hear(activity: Activity, serviceUrl: string): Promise<Answered>;
}

/** Nobody is told more than what to mend: these sentences are for whoever sets the bot up. */
const REFUSALS = {
  unreadable: [400, 'The request could not be read. Send one activity as a JSON object in UTF-8.'],
  unknown: [401, 'The request does not show that it comes from Microsoft Teams.'],
  untrusted: [403, 'The service URL of the activity is not one of the configured cloud.'],
  foreign: [403, 'This bot serves another tenant.'],
  elsewhere: [403, 'Without credentials this bot answers test clients on its own machine only.'],
  type: [
    415,
    'The request is in a form that is not read here. Send application/json in UTF-8, uncompressed.',
  ],
  later: [503, "The bot can't look at the sender of this request now. Send it again in a moment."],
} as const;
type Refusal = keyof typeof REFUSALS;

export function messagesEndpoint(parts: EndpointParts): Router {
  const router = Router();
  const open = (request: Request, response: Response, next: NextFunction): void => {
    const refusal = atTheDoor(parts, request);
    if (refusal === null) next();
    else refuse(parts, response, refusal);
  };
  const json = express.json({
    limit: TEAMS.requestBytes,
    strict: true,
    inflate: false,
    verify: (_request, _response, bytes) => refuseNoText(bytes),
  });
  router.post('/messages', open, json, async (request, response) => {
    const admitted = await admit(parts, request);
    if (typeof admitted === 'string') return refuse(parts, response, admitted);
    if (admitted === null) return answer(response, { status: 200 });
    answer(response, await parts.hear(admitted.activity, admitted.serviceUrl));
  });
  return router;
}

/** Bytes that are no text would be read as other words than were sent. */
function refuseNoText(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw Object.assign(new Error('a body is not in UTF-8'), { status: 400 });
}

/** What can be said before the body is read. */
function atTheDoor({ tokens, isFromThisMachine }: EndpointParts, request: Request): Refusal | null {
  if (tokens === null && !isFromThisMachine(request)) return 'elsewhere';
  if (tokens !== null && !request.headers.authorization) return 'unknown';
  return request.is('application/json') ? null : 'type';
}

/** The activity, once it is certain who sent it; null for one that means nothing to a bot. */
async function admit(
  { tokens, trust, tenant }: EndpointParts,
  request: Request,
): Promise<{ readonly activity: Activity; readonly serviceUrl: string } | Refusal | null> {
  const envelope = readEnvelope(request.body);
  if (!envelope) return 'unreadable';
  const serviceUrl = trustedServiceUrl(envelope.serviceUrl, trust);
  if (tokens !== null) {
    const header = request.headers.authorization ?? '';
    // Of another channel than Teams, the SDK would look at the token in other ways.
    const outcome = envelope.channelId === 'msteams' ? await tokens.check(header, envelope) : 'refused';
    if (outcome !== 'genuine') return outcome === 'refused' ? 'unknown' : 'later';
  }
  if (serviceUrl === null) return 'untrusted';
  const read = readActivity(request.body);
  if (read === null) return 'unreadable';
  if (read.kind === 'other') return null;
  if (tenant !== null && !isOfTenant(read.activity, tenant)) return 'foreign';
  return { activity: read.activity, serviceUrl };
}

function refuse({ log }: EndpointParts, response: Response, refusal: Refusal): void {
  const [status, error] = REFUSALS[refusal];
  log.warn({ refusal, status }, 'a request to the Teams endpoint was refused');
  response.status(status).set('Cache-Control', 'no-store').json({ error });
}

function answer(response: Response, { status, body }: Answered): void {
  response.status(status).set('Cache-Control', 'no-store');
  if (body === undefined) response.end();
  else response.json(body);
}
