/** Every request that this process sends by HTTP, by whatever client, until it is stopped. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

export interface Outgoing {
  /** Where requests went, such as `https://login.microsoftonline.com/path`, in order. */
  readonly addresses: readonly string[];
  /** Hosts with their port, each once. Those of `ours` are left out. */
  hosts(...ours: readonly string[]): readonly string[];
  forget(): void;
  stop(): void;
}

interface ByFetch {
  readonly request: { readonly origin: string | URL; readonly path: string };
}

export function watchOutgoing(): Outgoing {
  const addresses: string[] = [];
  const byFetch = (message: unknown): void => {
    const { origin, path } = (message as ByFetch).request;
    addresses.push(`${String(origin).replace(/\/$/u, '')}${path}`);
  };
  const byHttp = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    const { protocol, host, path } = request;
    const named = String(request.getHeader('host'));
    // Whoever makes up the header goes to the host all the same.
    addresses.push(`${protocol}//${named.startsWith(`${host}:`) ? named : host}${path}`);
  };
  subscribe('undici:request:create', byFetch);
  subscribe('http.client.request.start', byHttp);
  return {
    addresses,
    hosts: (...ours) =>
      [...new Set(addresses.map((address) => new URL(address).host))].filter((host) => !ours.includes(host)),
    forget: () => void addresses.splice(0),
    stop() {
      unsubscribe('undici:request:create', byFetch);
      unsubscribe('http.client.request.start', byHttp);
    },
  };
}
