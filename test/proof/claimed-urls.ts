/** Addresses that activities may claim to be answered at, and a server that nobody is to be sent to by them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atTheEnd } from './databases.ts';

/** A server of this machine that no bot has any business with. */
export interface Stranger {
  readonly port: number;
  /** How many requests came to it since this was last asked. */
  taken(): number;
}

export async function strangerHere(): Promise<Stranger> {
  let count = 0;
  const server = createServer((_request, response) => {
    count += 1;
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"an-answer"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atTheEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    taken() {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}

/** Addresses of this machine, by any spelling. */
export const onThisMachine = ({ port }: Stranger): readonly string[] => [
  `http://127.0.0.1:${port}/`,
  `http://localhost:${port}/teams/`,
  `http://127.1:${port}/`,
  `http://2130706433:${port}/`,
  `http://0x7f.0.0.1:${port}/`,
];

/** What no cloud calls its own, some of it by the name of `host`, which is. */
export const foreign = (host: string, stranger: Stranger): readonly string[] => [
  'https://evil.example/',
  `https://${host}.evil.example/teams/`,
  `https://evil.example/${host}/teams/`,
  `https://evil.example/?x=https://${host}/`,
  `https://evil.example#${host}`,
  `https://${host}@evil.example/`,
  `https://user:word@${host}/teams/`,
  `https://user@${host}/teams/`,
  `https://evil.example\\@${host}/`,
  `https://evil.${host}/`,
  `https://${host.split('.').slice(1).join('.')}/`,
  `https://${host}./teams/`,
  `https://${host}:8443/teams/`,
  `https://${host}/teams/?to=1`,
  `https://${host}/teams/#to`,
  `http://${host}/teams/`,
  `ws://${host}/teams/`,
  `ftp://${host}/teams/`,
  `//${host}/teams/`,
  host,
  'https://smba.trafficmanager.net.example/',
  'https://xn--smba-9ra.trafficmanager.net/',
  'https://graph.microsoft.com/',
  'https://login.microsoftonline.com/',
  'https://169.254.169.254/metadata/',
  'http://169.254.169.254/latest/meta-data/',
  'https://10.0.0.1/teams/',
  'https://[fd00::1]/teams/',
  `https://127.0.0.1:${stranger.port}/`,
  'file:///etc/passwd',
  'javascript:1',
  'data:application/json,{}',
  '',
  ' ',
  'teams',
  `https://${'a'.repeat(600)}.example/`,
];
