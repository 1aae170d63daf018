import pg from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ports.ts';
import type { Database } from '../../src/store/client.ts';
import { storeOn } from '../../src/store/index.ts';
import { openTestDatabase } from '../support/open-store.ts';
import { auditChainContract } from './contract-audit-chain.ts';
import { deliveriesContract } from './contract-deliveries.ts';
import { endedSessionsContract } from './contract-ended-sessions.ts';
import { engagementLifeContract } from './contract-engagement-life.ts';
import { inboxContract } from './contract-inbox.ts';
import { jobsContract } from './contract-jobs.ts';
import { peopleContract } from './contract-people.ts';
import { recordsContract } from './contract-records.ts';
import { redrawsContract } from './contract-redraws.ts';
import { rolesContract } from './contract-roles.ts';
import { aDelivery, aPerson } from './samples.ts';

/** What every database must do for the bot. `open` gives an empty store, `under` the connections under it. */
export function storeContract(open: () => Promise<Store>, under: () => Promise<Database>): void {
  let opened: Store | null = null;
  const store = (): Store => {
    if (!opened) throw new Error('The store is opened before each test.');
    return opened;
  };
  beforeEach(async () => {
    opened = await open();
  }, 60_000);

  describe('the inbox', () => inboxContract(store));
  describe('deliveries', () => deliveriesContract(store));
  describe('what is redrawn', () => redrawsContract(store, under));
  describe('ticks', () => jobsContract(store));
  describe('people', () => peopleContract(store));
  describe('sessions that were ended', () => endedSessionsContract(store, under));
  describe('roles', () => rolesContract(store));
  describe('records', () => recordsContract(store));
  describe('the life of an engagement', () => engagementLifeContract(store));
  describe('the chain of the record', () => auditChainContract(store, under));
  describe('transactions', () => transactionContract(store));
}

function transactionContract(store: () => Store): void {
  test('all of a transaction is kept or nothing', async () => {
    const work = store().transaction(async (tx) => {
      await tx.people.save([aPerson()]);
      await tx.deliveries.enqueue(aDelivery('k'));
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await store().transaction((tx) => tx.people.list())).toEqual([]);
    expect(await store().deliveries.find('k')).toBeNull();
  });

  test('what is done under one name is done one after the other', async () => {
    let inside = 0;
    let most = 0;
    const work = (name: string) =>
      store().transaction(async (tx) => {
        await tx.lock(name);
        inside += 1;
        most = Math.max(most, inside);
        await tx.people.list();
        await tx.people.list();
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 12 }, () => work('person:bo')));
    expect(most).toBe(1);
  });

  test('sixty transactions at once all come to their end', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `p${index}`);
    await Promise.all(ids.map((id) => store().transaction((tx) => tx.people.save([aPerson({ id })]))));
    expect(await store().transaction((tx) => tx.people.list())).toHaveLength(60);
  });

  test('a store that works has no troubles to tell', async () => {
    expect(await store().troubles()).toEqual([]);
  });

  test('troubles are told in our own words, without the address or the user', async () => {
    const database = await openTestDatabase();
    const url = 'postgresql://secret-user:secret-word@127.0.0.1:1/secret-name';
    const inboxPool = new pg.Pool({ connectionString: url });
    try {
      expect(await storeOn({ ...database, inboxPool }).troubles()).toEqual([
        "The database can't be reached.",
      ]);
    } finally {
      await inboxPool.end();
    }
  });

  test.each([
    [
      '28P01',
      'password authentication failed for user "secret"',
      'The database refuses our user or password.',
    ],
    ['3D000', 'database "secret" does not exist', 'The database does not exist on its server.'],
    ['53300', 'too many connections for role "secret"', 'The database is out of room or connections.'],
    ['57P03', 'the database system is starting up', 'The database is stopping or starting.'],
    ['XX000', 'something about secret', "The database can't be used."],
    [undefined, 'timeout exceeded when trying to connect', 'The database does not answer in time.'],
    [undefined, 'something about secret', "The database can't be used."],
  ])('a failure with the code %s is told without its message', async (code, message, told) => {
    const inboxPool = new pg.Pool();
    inboxPool.query = async () => Promise.reject(Object.assign(new Error(message), { code }));
    expect(await storeOn({ ...(await openTestDatabase()), inboxPool }).troubles()).toEqual([told]);
  });
}
