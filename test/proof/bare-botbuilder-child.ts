/**
 * What the bot is measured against in Teams: a bare bot on Bot Framework's own adapter, as its samples are written. It looks at
 * the token, does as many statements in one transaction, posts an answer and acknowledges; nothing else. Arguments: an address
 * or data directory (empty for no database), how many statements, the app id (empty for none), the client secret, the tenant,
 * the address of the made-up cloud.
 */
import type { Server } from 'node:http';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import express from 'express';
import { bareWork } from './bare-work.ts';

type CredentialsFactory = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
>;

const [place = '', count = '0', appId = '', password = '', tenant = '', cloud = ''] = process.argv.slice(2);
const statements = place === '' ? async () => undefined : await bareWork(place, Number(count));
const SCOPE = 'https://api.botframework.com/.default';

let token: Promise<string> | null = null;
async function newToken(): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: password,
    scope: SCOPE,
  });
  const answer = await fetch(`${cloud}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: form });
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}

const credentials: CredentialsFactory = {
  isValidAppId: async (id) => id === appId,
  isAuthenticationDisabled: async () => appId === '',
  createCredentials: async () => ({
    signRequest: async (request) => {
      if (appId === '') return request;
      token ??= newToken();
      request.headers.set('authorization', `Bearer ${await token}`);
      return request;
    },
  }),
};

const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication(
    {
      ValidateAuthority: true,
      ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: `${cloud}/v1/.well-known/openidconfiguration`,
      // There is no emulator here.
      ToBotFromEmulatorOpenIdMetadataUrl: `${cloud}/emulator`,
      OAuthUrl: 'https://api.botframework.com',
      CallerId: 'urn:botframework:azure',
    },
    credentials,
  ),
);

async function turn(context: TurnContext): Promise<void> {
  const { type } = context.activity;
  if (type !== 'message' && type !== 'invoke') return;
  await statements();
  await context.sendActivity('I help people ask for an ISSO.');
  if (type !== 'invoke') return;
  const body = {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: 'Answered below.',
  };
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}

const app = express();
app.use(express.json());
app.post('/api/messages', (request, response) => adapter.process(request, response, turn));
const server: Server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` });
});
