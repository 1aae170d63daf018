import { z } from 'zod';
import { CLOUDS, hostsIn, type SlackCloud } from './cloud.ts';

const token = (prefix: string, what: string) =>
  z
    .string()
    .regex(/^[\w.-]{8,300}$/u, `must be ${what}, which begins with ${prefix}`)
    .refine((text) => text.startsWith(prefix), `must be ${what}, which begins with ${prefix}`);
const secret = (what: string) =>
  z.string().regex(/^[\x21-\x7E]{8,200}$/u, `must be ${what}: 8 to 200 characters without blanks`);
/** A channel, with its workspace where the bot serves several: `C0123456`, `T0123456/C0123456`. */
const CHANNEL = /^(?:([TE][A-Z0-9]{2,20})\/)?([CG][A-Z0-9]{2,20})$/u;
const channel = (what: string) =>
  z.string().regex(CHANNEL, `must be the id of the ${what} channel, such as C0123456789`);

/** Slack's part of the settings: each with what it is for. */
export const slackSettings = {
  SLACK_BOT_TOKEN: token('xoxb-', 'the Bot User OAuth Token')
    .optional()
    .describe('Bot token of the Slack app, for one workspace'),
  SLACK_SIGNING_SECRET: secret('the signing secret of the app')
    .optional()
    .describe('Signing secret of the Slack app, for requests over HTTP'),
  SLACK_APP_TOKEN: token('xapp-', 'an app-level token')
    .optional()
    .describe('App-level token with `connections:write`: Socket Mode, without a public address'),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^[\w.-]{3,80}$/u, 'must be the client id of the app, such as 1234567890.1234567890')
    .optional()
    .describe('Client id, for installing into several workspaces in place of one bot token'),
  SLACK_CLIENT_SECRET: secret('the client secret of the app')
    .optional()
    .describe('Client secret, for installing into several workspaces'),
  SLACK_STATE_SECRET: z
    .string()
    .regex(/^[\x21-\x7E]{32,200}$/u, 'must be 32 to 200 characters without blanks that nobody can guess')
    .optional()
    .describe('Signs installations under way and seals the tokens in the database; keep it'),
  SLACK_API_URL: z
    .string()
    .refine(isApiUrl, 'must be an address such as https://slack-gateway.example.gov/api/')
    .optional()
    .describe("Base address of the Slack Web API, where it is not the cloud's own"),
  SLACK_CLOUD: z
    .enum(CLOUDS, { error: 'must be commercial or gov' })
    .default('commercial')
    .describe('`commercial` for slack.com, `gov` for GovSlack'),
  SLACK_ISPG_CHANNEL: channel('ISPG').optional().describe('Id of the ISPG channel in Slack'),
  SLACK_PROGRAM_CHANNEL: channel('programme').optional().describe('Id of the programme channel in Slack'),
  SLACK_WORKSPACES: z
    .string()
    .regex(
      /^[TE][A-Z0-9]{2,20}(?:,[TE][A-Z0-9]{2,20}){0,99}$/u,
      'must be ids such as T0123456789,E0123456789',
    )
    .optional()
    .describe("Workspaces, beside those of the channels, whose word on people's mailboxes is believed"),
};

/** How the Slack app is set up. Tokens and secrets: never to be logged. */
export interface SlackSettings {
  readonly cloud: SlackCloud;
  /** Base address of the Web API, with a slash at its end. */
  readonly apiUrl: string;
  readonly transport:
    | { readonly kind: 'http'; readonly signingSecret: string }
    | { readonly kind: 'socket'; readonly appToken: string };
  readonly access:
    | { readonly kind: 'token'; readonly botToken: string }
    | {
        readonly kind: 'oauth';
        readonly clientId: string;
        readonly clientSecret: string;
        readonly stateSecret: string;
      };
  readonly channels: { readonly ispg: SlackChannel; readonly issoaas: SlackChannel };
  /**
   * Whose word on mailboxes is believed; null for the one workspace of a bot token. Anybody may install the app into a
   * workspace of their own, and name any mailbox there.
   */
  readonly trusted: readonly string[] | null;
}

/** A channel and the workspace it is in; null where the bot serves only one. */
export interface SlackChannel {
  readonly workspace: string | null;
  readonly channel: string;
}

type Values = z.infer<z.ZodObject<typeof slackSettings>>;

/** The settings of Slack, or null when it is not set up. */
export function readSlack(values: Values): SlackSettings | null {
  const transport = transportOf(values);
  const access = accessOf(values);
  const ispg = channelOf(values.SLACK_ISPG_CHANNEL);
  const issoaas = channelOf(values.SLACK_PROGRAM_CHANNEL);
  if (!transport || !access || !ispg || !issoaas) return null;
  const apiUrl = values.SLACK_API_URL ?? hostsIn(values.SLACK_CLOUD).api;
  return {
    cloud: values.SLACK_CLOUD,
    apiUrl: `${apiUrl.replace(/(?<!\/)\/+$/u, '')}/`,
    transport,
    access,
    channels: { ispg, issoaas },
    trusted: access.kind === 'token' ? null : trustedIn(values, ispg, issoaas),
  };
}

const trustedIn = (values: Values, ...channels: readonly SlackChannel[]): readonly string[] => [
  ...(values.SLACK_WORKSPACES?.split(',') ?? []),
  ...channels.flatMap(({ workspace }) => workspace ?? []),
];

function transportOf(values: Values): SlackSettings['transport'] | null {
  if (values.SLACK_APP_TOKEN) return { kind: 'socket', appToken: values.SLACK_APP_TOKEN };
  return values.SLACK_SIGNING_SECRET ? { kind: 'http', signingSecret: values.SLACK_SIGNING_SECRET } : null;
}

function accessOf(values: Values): SlackSettings['access'] | null {
  if (values.SLACK_BOT_TOKEN) return { kind: 'token', botToken: values.SLACK_BOT_TOKEN };
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = values;
  const { SLACK_STATE_SECRET: stateSecret } = values;
  return clientId && clientSecret && stateSecret
    ? { kind: 'oauth', clientId, clientSecret, stateSecret }
    : null;
}

function channelOf(id: string | undefined): SlackChannel | null {
  const [, workspace = null, channelId] = CHANNEL.exec(id ?? '') ?? [];
  return channelId ? { workspace, channel: channelId } : null;
}

const FOR_INSTALLING = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const;
const CHANNELS = ['SLACK_ISPG_CHANNEL', 'SLACK_PROGRAM_CHANNEL'] as const;

/** All of Slack or nothing: the name of each setting that is missing or too many, with the mend. */
export function slackProblems(set: Readonly<Record<string, unknown>>): { name: string; mend: string }[] {
  const given = Object.keys(slackSettings).filter((name) => name in set);
  if (given.length === 0) return [];
  const missing = (name: string, why: string) => ({ name, mend: `must be set as well, since ${why}` });
  const because = `${given[0]} is`;
  const byInstalling = FOR_INSTALLING.some((name) => name in set);
  const problems: { name: string; mend: string }[] = [];
  if (byInstalling && 'SLACK_BOT_TOKEN' in set) {
    problems.push({
      name: 'SLACK_BOT_TOKEN',
      mend: 'is for one workspace, SLACK_CLIENT_ID for several; unset the one or the other',
    });
  }
  if (byInstalling)
    problems.push(
      ...[...FOR_INSTALLING, 'PUBLIC_URL']
        .filter((name) => !(name in set))
        .map((name) => missing(name, 'the app is to be installed into several workspaces')),
    );
  else if (!('SLACK_BOT_TOKEN' in set)) problems.push(missing('SLACK_BOT_TOKEN', because));
  if (!('SLACK_SIGNING_SECRET' in set) && !('SLACK_APP_TOKEN' in set))
    problems.push(missing('SLACK_SIGNING_SECRET', `${because} (or SLACK_APP_TOKEN for Socket Mode)`));
  for (const name of CHANNELS) if (!(name in set)) problems.push(missing(name, because));
  if (byInstalling) problems.push(...withoutWorkspace(set));
  return problems;
}

/** Where there are several workspaces, a channel's id alone does not say where it is. */
const withoutWorkspace = (set: Readonly<Record<string, unknown>>): { name: string; mend: string }[] =>
  CHANNELS.filter((name) => typeof set[name] === 'string' && !String(set[name]).includes('/')).map(
    (name) => ({
      name,
      mend: 'must name its workspace as well, such as T0123456789/C0123456789',
    }),
  );

function isApiUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, search, hash } = new URL(text);
  const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
  // Tokens travel with every call: in clear only within this machine.
  return (
    (protocol === 'https:' || (protocol === 'http:' && isHere)) && username === '' && search + hash === ''
  );
}
