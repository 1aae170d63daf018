import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isLoopbackUrl, TEAMS_CLOUDS, type TeamsCloud } from './cloud.ts';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const guid = (what: string) =>
  z
    .string()
    .regex(GUID, `must be ${what}, such as 11111111-2222-3333-4444-555555555555`)
    .transform((id) => id.toLowerCase());
/** A channel as Teams names it in its link, plain or as it stands in the address. */
const CHANNEL = /^19:[\w-]{8,120}@thread\.(?:tacv2|skype)$/u;
const channel = (what: string) =>
  z
    .string()
    .transform((id) => (id.includes('%') ? unescaped(id) : id))
    .refine(
      (id) => CHANNEL.test(id),
      `must be the id of the ${what} channel from its link, such as 19:abc123@thread.tacv2`,
    );

function unescaped(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** Microsoft Teams' part of the settings: each with what it is for. */
export const teamsSettings = {
  TEAMS_APP_ID: guid('the application (client) id of the Azure Bot')
    .optional()
    .describe('Application id of the Azure Bot'),
  TEAMS_APP_PASSWORD: z
    .string()
    .regex(/^[\x21-\x7E]{8,200}$/u, 'must be the client secret: 8 to 200 characters without blanks')
    .optional()
    .describe('Client secret of the application'),
  TEAMS_CERTIFICATE_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'PEM file with the certificate of the application and its private key, in place of a client secret',
    ),
  TEAMS_TENANT_ID: guid('the directory (tenant) id')
    .optional()
    .describe('The tenant the bot serves; no other is let in'),
  TEAMS_CLOUD: z
    .enum(TEAMS_CLOUDS, { error: 'must be public, gcc, gcch or dod' })
    .default('public')
    .describe('`public`, `gcc`, `gcch` (GCC High) or `dod`'),
  TEAMS_ISPG_CHANNEL: channel('ISPG').optional().describe('Id of the ISPG channel in Teams'),
  TEAMS_PROGRAM_CHANNEL: channel('programme').optional().describe('Id of the programme channel in Teams'),
  TEAMS_LOCAL: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('off')
    .describe('`on` lets local test clients in without credentials, on loopback only'),
  TEAMS_STAND_IN: z
    .string()
    .refine(isLoopbackUrl, 'must be an address of this machine such as http://127.0.0.1:4000')
    .optional()
    .describe("For tests: a stand-in for Microsoft's cloud on this machine, loopback only"),
};

/** How the bot shows who it is. Secrets: never to be logged. */
export type TeamsCredential =
  | { readonly kind: 'password'; readonly password: string }
  /** PEM texts, and the certificate's SHA-256 thumbprint in hexadecimal digits. */
  | {
      readonly kind: 'certificate';
      readonly certificate: string;
      readonly privateKey: string;
      readonly thumbprint: string;
    };

/** How the Teams app is set up. */
export interface TeamsSettings {
  readonly cloud: TeamsCloud;
  /** Null: local test clients only, without credentials. */
  readonly app: {
    readonly id: string;
    readonly tenantId: string;
    readonly credential: TeamsCredential;
  } | null;
  /** Conversation ids; null where a channel is not in Teams. */
  readonly channels: { readonly ispg: string | null; readonly issoaas: string | null };
  /** A stand-in for the cloud, without a slash at its end; null for the cloud itself. */
  readonly standIn: string | null;
}

type Values = z.infer<z.ZodObject<typeof teamsSettings>>;

/** The settings of Teams, or null when it is not set up. To be called once there are no `teamsProblems`. */
export function readTeams(values: Values): TeamsSettings | null {
  const { TEAMS_APP_ID: id, TEAMS_TENANT_ID: tenantId } = values;
  const credential = credentialOf(values);
  const app = id && tenantId && credential ? { id, tenantId, credential } : null;
  if (!app && values.TEAMS_LOCAL !== 'on') return null;
  return {
    cloud: values.TEAMS_CLOUD,
    app,
    channels: { ispg: values.TEAMS_ISPG_CHANNEL ?? null, issoaas: values.TEAMS_PROGRAM_CHANNEL ?? null },
    standIn: values.TEAMS_STAND_IN?.replace(/(?<!\/)\/+$/u, '') ?? null,
  };
}

function credentialOf(values: Values): TeamsCredential | null {
  if (values.TEAMS_APP_PASSWORD) return { kind: 'password', password: values.TEAMS_APP_PASSWORD };
  const read = values.TEAMS_CERTIFICATE_FILE ? readCertificate(values.TEAMS_CERTIFICATE_FILE) : null;
  return read?.ok ? read.credential : null;
}

type ReadCertificate =
  | { readonly ok: true; readonly credential: TeamsCredential }
  | { readonly ok: false; readonly mend: string };

/** The certificate and key of a PEM file; never what stands in it, when it is no such file. */
function readCertificate(file: string): ReadCertificate {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch {
    return { ok: false, mend: 'must be a file that can be read' };
  }
  const certificate = blockIn(pem, 'CERTIFICATE');
  const privateKey = blockIn(pem, 'PRIVATE KEY') ?? blockIn(pem, 'RSA PRIVATE KEY');
  if (!certificate || !privateKey)
    return { ok: false, mend: 'must hold the certificate and its unencrypted private key, both as PEM' };
  try {
    const read = new X509Certificate(certificate);
    const key = createPrivateKey(privateKey);
    if (!read.checkPrivateKey(key))
      return { ok: false, mend: 'must hold a private key that belongs to its certificate' };
    if (key.asymmetricKeyType !== 'rsa')
      return { ok: false, mend: 'must hold a certificate with an RSA key: Microsoft takes no other' };
    const thumbprint = read.fingerprint256.replaceAll(':', '');
    return { ok: true, credential: { kind: 'certificate', certificate, privateKey, thumbprint } };
  } catch {
    return { ok: false, mend: 'must hold a certificate and a private key that can be read' };
  }
}

/** The first block of that kind in a PEM text, with its marks; null when there is none. */
function blockIn(pem: string, kind: string): string | null {
  const end = `-----END ${kind}-----`;
  const from = pem.indexOf(`-----BEGIN ${kind}-----`);
  const to = from < 0 ? -1 : pem.indexOf(end, from);
  return to < 0 ? null : pem.slice(from, to + end.length);
}

const CREDENTIALS = ['TEAMS_APP_PASSWORD', 'TEAMS_CERTIFICATE_FILE'] as const;
/** Names by which Bot Framework's own samples choose a cloud: set beside ours, one of the two is wrong. */
const CLOUD_BY_OTHER_NAMES: Readonly<Record<string, (value: string, cloud: TeamsCloud) => boolean>> = {
  ChannelService: (value, cloud) => isGovernment(cloud) === /botframework\.azure\.us\/?$/iu.test(value),
  BotOpenIdMetadata: (value, cloud) => isGovernment(cloud) === /\.us\//iu.test(value),
  ToChannelFromBotLoginUrl: (value, cloud) => isGovernment(cloud) === /\.us(?:\/|$)/iu.test(value),
  ToChannelFromBotOAuthScope: (value, cloud) => isGovernment(cloud) === /\.us(?:\/|$)/iu.test(value),
  ToBotFromChannelTokenIssuer: (value, cloud) => isGovernment(cloud) === /\.us\/?$/iu.test(value),
};
const isGovernment = (cloud: TeamsCloud): boolean => cloud === 'gcch' || cloud === 'dod';

/** All of Teams or nothing, and all of one cloud: the name of each setting that is missing, too many or at odds, with the mend. */
export function teamsProblems(
  set: Readonly<Record<string, unknown>>,
  isLoopbackHost: boolean,
): { name: string; mend: string }[] {
  const given = Object.keys(teamsSettings).filter((name) => name in set);
  if (given.length === 0) return [];
  const problems = set.TEAMS_LOCAL === 'on' ? localProblems(set, isLoopbackHost) : appProblems(set, given);
  if ('TEAMS_STAND_IN' in set && !isLoopbackHost)
    problems.push({
      name: 'TEAMS_STAND_IN',
      mend: 'is for tests on this machine; unset it, or leave HOST unset',
    });
  const cloud = TEAMS_CLOUDS.find((each) => each === (set.TEAMS_CLOUD ?? 'public'));
  for (const [name, agrees] of Object.entries(CLOUD_BY_OTHER_NAMES)) {
    const value = set[name];
    if (cloud && typeof value === 'string' && !agrees(value, cloud))
      problems.push({
        name,
        mend: `names another cloud than TEAMS_CLOUD (${cloud}); unset it, or set TEAMS_CLOUD to match`,
      });
  }
  return problems;
}

function localProblems(
  set: Readonly<Record<string, unknown>>,
  isLoopbackHost: boolean,
): { name: string; mend: string }[] {
  const problems = ['TEAMS_APP_ID', ...CREDENTIALS]
    .filter((name) => name in set)
    .map((name) => ({
      name,
      mend: 'is for a real bot, TEAMS_LOCAL for test clients without credentials; unset the one or the other',
    }));
  if (!isLoopbackHost)
    problems.push({
      name: 'TEAMS_LOCAL',
      mend: 'is for this machine alone; leave HOST unset or set TEAMS_LOCAL=off',
    });
  return problems;
}

function appProblems(
  set: Readonly<Record<string, unknown>>,
  given: readonly string[],
): { name: string; mend: string }[] {
  const named = given.filter((name) => name !== 'TEAMS_LOCAL');
  if (named.length === 0) return [];
  const missing = (name: string, how = '') => ({
    name,
    mend: `must be set as well, since ${named[0]} is${how}`,
  });
  const problems: { name: string; mend: string }[] = [];
  // The programme's channels are somewhere: in Slack, or here.
  const channels = 'SLACK_ISPG_CHANNEL' in set ? [] : ['TEAMS_ISPG_CHANNEL', 'TEAMS_PROGRAM_CHANNEL'];
  for (const name of ['TEAMS_APP_ID', 'TEAMS_TENANT_ID', ...channels])
    if (!(name in set)) problems.push(missing(name));
  const credentials = CREDENTIALS.filter((name) => name in set);
  if (credentials.length === 0)
    problems.push(missing('TEAMS_APP_PASSWORD', ' (or TEAMS_CERTIFICATE_FILE in its place)'));
  if (credentials.length > 1)
    problems.push({
      name: 'TEAMS_APP_PASSWORD',
      mend: 'and TEAMS_CERTIFICATE_FILE are two ways of one thing; unset the one or the other',
    });
  const file = set.TEAMS_CERTIFICATE_FILE;
  const read = typeof file === 'string' ? readCertificate(file) : null;
  if (read && !read.ok) problems.push({ name: 'TEAMS_CERTIFICATE_FILE', mend: read.mend });
  return problems;
}
