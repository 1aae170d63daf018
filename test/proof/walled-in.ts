/**
 * Nothing that this process sends leaves the machine: whatever host is called, a server here answers for it, and each connection
 * is noted. Loopback is called as ever, and noted as well.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { selfSigned } from '../support/teams/certificate.ts';
import { atTheEnd } from './databases.ts';

export interface Wall {
  /** Where connections went since it was last forgotten, such as `smba.trafficmanager.net:443`, each once. */
  called(): readonly string[];
  forget(): void;
  /** Base address of the HTTP server of this machine that answers in the place of all hosts. */
  answersFor: string;
  /** Where each request to a host is sent on to instead; null: it is answered. */
  redirectsTo: string | null;
}

/** Where a connection is to go, as Node's own clients put it. */
interface Target {
  host?: string | undefined;
  port?: number | string | undefined;
  path?: string | null | undefined;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/u;

/** Stands until the row ends. */
export async function wallIn(): Promise<Wall> {
  const called = new Set<string>();
  const wall: Wall = {
    called: () => [...called],
    forget: () => called.clear(),
    answersFor: '',
    redirectsTo: null,
  };
  const ports = await frontsOf(wall);
  const { connect } = net.Socket.prototype;
  const secured = tls.connect;
  function led(this: net.Socket, ...words: unknown[]): unknown {
    const target = targetOf(words[0]);
    if (target && !target.path) {
      const { host = 'localhost', port = '' } = target;
      called.add(`${host}:${port}`);
      if (!LOOPBACK.test(host))
        Object.assign(target, {
          host: '127.0.0.1',
          port: this instanceof tls.TLSSocket ? ports.secure : ports.plain,
        });
    }
    return Reflect.apply(connect, this, words);
  }
  const trusting = (...words: unknown[]): unknown => {
    // The certificate shown is of no host.
    Object.assign(targetOf(words[0]) ?? {}, { rejectUnauthorized: false });
    return Reflect.apply(secured, tls, words);
  };
  Object.assign(net.Socket.prototype, { connect: led });
  Object.assign(tls, { connect: trusting });
  atTheEnd(async () => {
    Object.assign(net.Socket.prototype, { connect });
    Object.assign(tls, { connect: secured });
  });
  return wall;
}

/** The options among a connection's arguments, which may stand in a list of their own; null for a port alone. */
function targetOf(given: unknown): Target | null {
  const first: unknown = Array.isArray(given) ? given[0] : given;
  return typeof first === 'object' && first !== null ? first : null;
}

/** Servers that answer for every host, in clear and by TLS. */
async function frontsOf(wall: Wall): Promise<{ readonly plain: number; readonly secure: number }> {
  const answer = (asked: IncomingMessage, response: ServerResponse): void => {
    if (wall.redirectsTo !== null) {
      response.writeHead(307, { location: wall.redirectsTo }).end();
      return;
    }
    const { host: _host, ...headers } = asked.headers;
    const { method = 'GET', url = '/' } = asked;
    const passed = request(`${wall.answersFor}${url}`, { method, headers }, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    });
    passed.on('error', () => response.destroy());
    asked.pipe(passed);
  };
  const { certificate: cert, privateKey: key } = selfSigned();
  const portOf = async (server: net.Server & { closeAllConnections(): void }): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    atTheEnd(async () => {
      server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  };
  return {
    plain: await portOf(createServer(answer)),
    secure: await portOf(createSecureServer({ cert, key }, answer)),
  };
}
