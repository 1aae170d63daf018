/** A door before a database that can be shut as networks and servers shut doors, for tests of what happens then. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface CuttableProxy {
  readonly url: string;
  /** Cuts every connection and refuses new ones, as a stopped server does. */
  refuse(): Promise<void>;
  /** Keeps connections open and passes nothing on, as a dead network or a stopped process does. */
  hang(): void;
  /** Everything passes again. */
  heal(): Promise<void>;
  /** How often the database has answered something so far. */
  answers(): number;
  close(): Promise<void>;
}

export async function cuttableProxy(databaseUrl: string): Promise<CuttableProxy> {
  const target = new URL(databaseUrl);
  const socketFolder = target.searchParams.get('host');
  const dial = (): Socket =>
    socketFolder
      ? connect(`${socketFolder}/.s.PGSQL.${target.port || 5432}`)
      : connect(Number(target.port), target.hostname);
  const open = new Set<Socket>();
  let isHanging = false;
  let answers = 0;
  const makeServer = (): Server =>
    createServer((near) => {
      const far = dial();
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        open.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          open.delete(from);
          to.destroy();
        });
        from.on('data', (chunk) => {
          if (from === far) answers += 1;
          to.write(chunk);
        });
        if (isHanging) from.pause();
      }
    });
  let server = makeServer();
  const port = await listen(server, 0);
  const cut = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of open) socket.destroy();
    await closed;
  };
  return {
    url: `postgresql://postgres@127.0.0.1:${port}${target.pathname}`,
    refuse: cut,
    hang: () => {
      isHanging = true;
      for (const socket of open) socket.pause();
    },
    heal: async () => {
      isHanging = false;
      for (const socket of open) socket.resume();
      if (server.listening) return;
      server = makeServer();
      await listen(server, port);
    },
    answers: () => answers,
    close: async () => {
      if (server.listening) await cut();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address !== 'object') reject(new Error('No port.'));
      else resolve(address.port);
    });
  });
}
